"""Where things stand in the frame: boxes in frame units, for wide, square and tall films."""

from __future__ import annotations

from dataclasses import dataclass, replace

# The frame's shorter side measures eight units, whatever its shape: type keeps its size.
SHORT_SIDE = 8.0
MARGIN = 0.45
GAP = 0.4


@dataclass(frozen=True)
class Box:
    """A rectangle in frame units; the frame's centre is (0, 0) and y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def inset(self, left: float = 0.0, bottom: float = 0.0, right: float = 0.0, top: float = 0.0) -> Box:
        """The box with its sides moved inwards."""
        return Box(self.left + left, self.bottom + bottom, self.right - right, self.top - top)

    def holds(self, other: Box, slack: float = 1e-9) -> bool:
        """Whether `other` lies within."""
        return (
            other.left >= self.left - slack
            and other.right <= self.right + slack
            and other.bottom >= self.bottom - slack
            and other.top <= self.top + slack
        )

    def meets(self, other: Box) -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )


@dataclass(frozen=True)
class Layout:
    """The boxes of a film.

    frame: all of it. title, caption: words. plot: the main picture. formula, readouts, chart: the panel
    beside or below it. caption_size: the height of its type.
    """

    frame: Box
    title: Box
    plot: Box
    formula: Box
    readouts: Box
    chart: Box
    caption: Box
    caption_size: float

    @property
    def wide(self) -> bool:
        """Whether the panel stands beside the plot, not below it."""
        return self.chart.left >= self.plot.right

    @property
    def stage(self) -> Box:
        """Plot and panel together."""
        return Box(self.caption.left, self.caption.top + GAP / 2, self.caption.right, self.plot.top)

    def with_formula(self, height: float) -> Layout:
        """The same with a formula's box of at least this height: the chart, or a plot above the panel, gives way."""
        more = max(0.0, height - self.formula.height)
        formula = self.formula.inset(bottom=-more if self.wide else 0.0, top=0.0 if self.wide else -more)
        if not self.wide:
            return replace(self, formula=formula, plot=self.plot.inset(bottom=more))
        readouts = self.readouts.inset(bottom=-more, top=more)
        return replace(self, formula=formula, readouts=readouts, chart=self.chart.inset(top=more))


def frame_size(width: int, height: int) -> tuple[float, float]:
    """Pixels -> frame units, with a shorter side of eight."""
    short = min(width, height)
    return SHORT_SIDE * width / short, SHORT_SIDE * height / short


def layout(width: int, height: int, cut: str, captions: bool = True) -> Layout:
    """The boxes for a film of `width` × `height` pixels; a loop has one line of words and no title.

    captions: whether room is kept for them; without it the caption's box has no height.
    """
    across, up = frame_size(width, height)
    frame = Box(-across / 2, -up / 2, across / 2, up / 2)
    # Phones lay their own buttons over the ends of a tall film.
    ends = 0.07 * up if up > 1.5 * across else 0.0
    inner = frame.inset(MARGIN, 0.3 + ends, MARGIN, 0.3 + ends)
    size = min(0.44, inner.width / 20.5)
    lines = (1 if cut == "loop" else 2) if captions else 0
    caption = Box(inner.left, inner.bottom, inner.right, inner.bottom + lines * 1.32 * size)
    title_height = 0.0 if cut == "loop" else 0.6
    title = Box(inner.left, inner.top - title_height, inner.right, inner.top)
    middle = Box(
        inner.left,
        caption.top + (GAP if captions else 0.0),
        inner.right,
        title.bottom - (GAP / 2 if title_height else 0),
    )
    if across > 1.25 * up:
        plot, formula, readouts, chart = _beside(middle)
    else:
        plot, formula, readouts, chart = _below(middle)
    return Layout(frame, title, plot, formula, readouts, chart, caption, size)


def _beside(middle: Box) -> tuple[Box, Box, Box, Box]:
    """Plot at the left, panel at the right."""
    panel_left = middle.right - max(4.1, 0.32 * middle.width)
    plot = Box(middle.left, middle.bottom, panel_left - 1.2 * GAP, middle.top)
    formula = Box(panel_left, middle.top - 1.15, middle.right, middle.top)
    readouts = Box(panel_left, formula.bottom - 0.1 - 1.5, middle.right, formula.bottom - 0.1)
    chart = Box(panel_left, middle.bottom, middle.right, readouts.bottom - 0.15)
    return plot, formula, readouts, chart


def _below(middle: Box) -> tuple[Box, Box, Box, Box]:
    """Plot on top; below it the formula, then read-outs beside the chart."""
    row = min(3.4, max(1.5, 0.32 * middle.height))
    formula_height = min(1.2, max(0.8, 0.12 * middle.height))
    row_top = middle.bottom + row
    half = middle.centre[0]
    readouts = Box(middle.left, middle.bottom, half - GAP / 2, row_top)
    chart = Box(half + GAP / 2, middle.bottom, middle.right, row_top)
    formula = Box(middle.left, row_top + 0.1, middle.right, row_top + 0.1 + formula_height)
    plot = Box(middle.left, formula.top + 0.1, middle.right, middle.top)
    return plot, formula, readouts, chart
