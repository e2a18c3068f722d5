"""The words that have their concept's colour wherever they appear in a sentence."""

from __future__ import annotations

import re

# concept -> the forms of its words, longest first.
CONCEPTS: dict[str, tuple[str, ...]] = {
    "ball": ("balls", "ball"),
    "slope": ("gradients", "gradient", "slopes", "slope"),
    "step": ("steps", "step"),
    "loss": ("losses", "loss"),
    "minimum": ("minima", "minimum"),
    "rate": ("learning rates", "learning rate", "rates", "rate"),
}
# The maximum number of runs that a picture can tell apart.
MOST_RUNS = 6
_CONCEPT_OF = {form: concept for concept, forms in CONCEPTS.items() for form in forms}
_WORD = re.compile(rf"\b({'|'.join(form for forms in CONCEPTS.values() for form in forms)})\b", re.IGNORECASE)


def parted(text: str) -> list[tuple[str, str | None]]:
    """Plain text split at the concepts' words: (text, concept) in order; the concept of other words is None."""
    parts: list[tuple[str, str | None]] = []
    end = 0
    for match in _WORD.finditer(text):
        if match.start() > end:
            parts.append((text[end : match.start()], None))
        parts.append((match.group(), _CONCEPT_OF[match.group().lower()]))
        end = match.end()
    if end < len(text):
        parts.append((text[end:], None))
    return parts


def run_concept(index: int, count: int, alone: str = "ball") -> str:
    """The colour of words about one of `count` runs: the run's own, or that of a concept if there is only one run."""
    return alone if count == 1 else f"run{index + 1}"
