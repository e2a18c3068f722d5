"""The colours: one a concept, the same in every lesson, told apart by colour-blind viewers too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """Colours as `#rrggbb`.

    ink: words and curves; muted: axes and labels; faint: grid lines.
    heights: from low (cool) to high (warm).
    The concepts are those of Okabe and Ito's palette (2008), lightened or darkened for the ground.
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

    def concept(self, name: str | None) -> str:
        """The colour of a concept named in a sentence; plain words are ink."""
        return self.ink if name is None else str(getattr(self, name))


THEMES: dict[str, Theme] = {
    "dark": Theme(
        background="#10141c",
        panel="#171d28",
        ink="#eef1f6",
        muted="#98a3b5",
        faint="#2a3342",
        ball="#ffc145",
        slope="#62bdf5",
        step="#ff7847",
        loss="#e08fc6",
        minimum="#35c99b",
        rate="#f2e66b",
        heights=("#2b5fd9", "#2f9fd0", "#45c6a8", "#c9cf63", "#f2a541", "#e4572e"),
    ),
    "light": Theme(
        background="#fbfaf7",
        panel="#f1efe9",
        ink="#1d2430",
        muted="#626c7c",
        faint="#dedbd2",
        ball="#e08a00",
        slope="#0a73b4",
        step="#cf4213",
        loss="#a9478a",
        minimum="#008761",
        rate="#8a6d00",
        heights=("#2b5fd9", "#2f9fd0", "#45c6a8", "#d3cf58", "#f2a541", "#e4572e"),
    ),
}
