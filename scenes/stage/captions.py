"""The captions of a film as marks: which one is shown in a frame, and the quick fade from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenes.script.captions import card_text
from scenes.script.cues import Cue, fade_frames
from scenes.stage.marks import Mark, Text
from scenes.stage.type import lines_outline
from scenes.stage.write import Setting, placed


class Captions:
    """The captions of a film.

    cues: all of them, in order. A loop's one line does not change."""

    def __init__(self, setting: Setting, cues: Sequence[Cue], fps: int) -> None:
        self.setting = setting
        self.cues = _merged(cues)
        self.fade = fade_frames(fps)

    def fading(self) -> Iterator[int]:
        """The frames whose captions differ from those of the frame before."""
        for cue in self.cues[1:]:
            yield from range(cue.start, min(cue.start + self.fade, cue.end))

    def marks(self, frame: int) -> Iterator[Mark]:
        """The captions visible in a frame: the old one fades out, then the new one fades in."""
        for index, cue in enumerate(self.cues):
            if not cue.start <= frame < cue.end:
                continue
            share = (frame - cue.start + 1) / self.fade
            if index == 0 or share >= 1:
                yield self._mark(cue)
            elif share <= 0.5:
                yield self._mark(self.cues[index - 1]).faded(1 - 2 * share)
            else:
                yield self._mark(cue).faded(2 * share - 1)

    def _mark(self, cue: Cue) -> Text:
        composition = self.setting.composition
        box, outline = composition.caption, lines_outline(cue.card, self.setting.theme)
        size = min(composition.caption_size, box.width / outline.width, box.height / outline.height)
        return placed(outline, *box.centre, size, 0.5, 0.5, card_text(cue.card), self.setting.theme.ink)


def _merged(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Consecutive cues with the same text, merged."""
    found: list[Cue] = []
    for cue in cues:
        if found and found[-1].card == cue.card:
            found[-1] = Cue(cue.card, found[-1].start, cue.end)
        else:
            found.append(cue)
    return tuple(found)
