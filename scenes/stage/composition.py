"""Where things are: a hero with most of the frame, and the room that it gives up while something else is needed.

The hero always covers at least 55 % of the frame. A strip above it is for the rule or the title, an aside (a
column next to it in a wide film, a row below it in others) for read-outs and a chart; never both at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from scenes.stage.box import Box

# The frame's shorter side measures eight units, whatever its shape: type keeps its size.
SHORT_SIDE = 8.0
MARGIN = 0.35
GAP = 0.3
# How much of the frame the hero keeps while it makes room.
HERO = 0.555
STRIP = 0.95
CAPTION_LINES = 2
LINE = 1.32


@dataclass(frozen=True)
class Composition:
    """The boxes of a film in frame units.

    frame: all of it. stage: what captions and margins leave. strip: above the hero, when it makes room.
    aside: next to or below the hero, likewise. caption: the captions. caption_size: the height of their type.
    wide: whether the aside is a column.
    """

    frame: Box
    stage: Box
    strip: Box
    aside: Box
    caption: Box
    caption_size: float
    wide: bool

    def hero(self, strip: float, aside: float) -> Box:
        """The hero's box while it gives up these shares, from 0 to 1, of strip and aside."""
        top = self.stage.top - strip * (self.stage.top - self.strip.bottom + GAP)
        if self.wide:
            right = self.stage.right - aside * (self.stage.right - self.aside.left + GAP)
            return Box(self.stage.left, self.stage.bottom, right, top)
        bottom = self.stage.bottom + aside * (self.aside.top - self.stage.bottom + GAP)
        return Box(self.stage.left, bottom, self.stage.right, top)


def frame_size(width: int, height: int) -> tuple[float, float]:
    """Pixels -> frame units, with a shorter side of eight."""
    short = min(width, height)
    return SHORT_SIDE * width / short, SHORT_SIDE * height / short


def compose(width: int, height: int, cut: str, captions: bool = True) -> Composition:
    """The boxes of a film of `width` × `height` pixels. captions: whether they need room in the frame."""
    across, up = frame_size(width, height)
    frame = Box(-across / 2, -up / 2, across / 2, up / 2)
    # Phones put their own buttons over the top and bottom of a tall film.
    ends = 0.07 * up if up > 1.5 * across else 0.0
    inner = frame.inset(MARGIN, 0.22 + ends, MARGIN, 0.22 + ends)
    size = min(0.44, inner.width / 20.5)
    lines = 1 if cut == "loop" else CAPTION_LINES
    caption = Box(
        inner.left, inner.bottom, inner.right, inner.bottom + lines * LINE * size if captions else inner.bottom
    )
    stage = Box(inner.left, caption.top + (0.25 if captions else 0.0), inner.right, inner.top)
    strip_height = min(STRIP, stage.height - HERO * across * up / stage.width - GAP)
    strip = Box(stage.left, stage.top - strip_height, stage.right, stage.top)
    wide = across > 1.25 * up
    if wide:
        kept = HERO * across * up / stage.height
        aside = Box(stage.left + kept + GAP, stage.bottom, stage.right, stage.top)
    else:
        kept = HERO * across * up / stage.width
        aside = Box(stage.left, stage.bottom, stage.right, stage.top - kept - GAP)
    return Composition(frame, stage, strip, aside, caption, size, wide)
