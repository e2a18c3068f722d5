"""The colours: one per concept, the same in every lesson, and distinct for colour-blind viewers, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """Colours as `#rrggbb`.

    ink: words and curves; muted: axes and labels; faint: grid lines.
    heights: from low (cool) to high (warm).
    rates: one shade per run, for up to six in one picture; none is a concept's colour.
    The concepts' colours are from Okabe and Ito's palette (2008), lightened or darkened for the background.
    """

    background: str
    panel: str
    ink: str
    muted: str
    faint: str
    ball: str
    slope: str
    step: str
    loss: str
    minimum: str
    rate: str
    heights: tuple[str, ...]
    rates: tuple[str, ...]

    def concept(self, name: str | None) -> str:
        """The colour of a concept named in a sentence, or of a run, `run1` to `run6`; plain words are ink."""
        if name is None:
            return self.ink
        return self.rates[int(name[3:]) - 1] if name.startswith("run") else str(getattr(self, name))


def blended(one: str, other: str, share: float) -> str:
    """The colour at a share of the way from one to another, all as `#rrggbb`."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(first + share * (last - first)):02x}" for first, last in pairs)


def along(colours: Sequence[str], share: float) -> str:
    """The colour at a share, from 0 to 1, of the way through several."""
    place = min(max(share, 0.0), 1.0) * (len(colours) - 1)
    first = min(int(place), len(colours) - 2)
    return blended(colours[first], colours[first + 1], place - first)


THEMES: dict[str, Theme] = {
    "dark": Theme(
        background="#10141c",
        panel="#171d28",
        ink="#eef1f6",
        muted="#98a3b5",
        faint="#2a3342",
        ball="#fbbd39",
        slope="#61c0fa",
        step="#ff7847",
        loss="#dd8dc3",
        minimum="#35c99b",
        rate="#f7ec76",
        heights=("#2b5fd9", "#2f9fd0", "#45c6a8", "#c9cf63", "#f2a541", "#e4572e"),
        rates=("#1f83b8", "#5f63f5", "#d68af8", "#ffa8a0", "#e8384f", "#9fe03c"),
    ),
    "light": Theme(
        background="#fbfaf7",
        panel="#f1efe9",
        ink="#1d2430",
        muted="#626c7c",
        faint="#dedbd2",
        ball="#e08a00",
        slope="#0476b9",
        step="#eb543c",
        loss="#a84688",
        minimum="#008761",
        rate="#756702",
        heights=("#2b5fd9", "#2f9fd0", "#45c6a8", "#d3cf58", "#f2a541", "#e4572e"),
        rates=("#3a97cf", "#4150e8", "#6a1a8c", "#7d0f2c", "#b97755", "#4e7a7f"),
    ),
}
