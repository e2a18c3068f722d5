"""A sentence broken into the lines of a caption."""

from __future__ import annotations

from scenes.script.beat import Run, coloured_runs

LINE_LENGTH = 42
LINES = 2


def caption_lines(sentence: str, length: int = LINE_LENGTH) -> list[list[Run]]:
    """The sentence's coloured runs in lines of at most `length` characters, as even as its words allow.

    Raises ValueError where it needs more than two lines: such a sentence is two beats.
    """
    words = _words(sentence)
    total = sum(len(_text(word)) for word in words) + len(words) - 1
    if total <= length:
        return [_joined(words)]
    fits = []
    for cut in range(1, len(words)):
        top, bottom = _joined(words[:cut]), _joined(words[cut:])
        widths = len(_text(top)), len(_text(bottom))
        if max(widths) <= length:
            after_comma = _text(words[cut - 1])[-1:] in ",;:.—"
            fits.append((abs(widths[0] - widths[1]) - (12 if after_comma else 0), cut, [top, bottom]))
    if not fits:
        raise ValueError(f"a caption has at most {LINES} lines of {length} characters, got {total}: {sentence!r}")
    return min(fits, key=lambda fit: fit[:2])[2]


def _words(sentence: str) -> list[list[Run]]:
    """The sentence's words; a word may change its colour within."""
    words: list[list[Run]] = [[]]
    for run in coloured_runs(sentence):
        for index, piece in enumerate(run.text.split(" ")):
            if index:
                words.append([])
            if piece:
                words[-1].append(Run(piece, run.concept))
    return [word for word in words if word]


def _joined(words: list[list[Run]]) -> list[Run]:
    """The words with spaces between them; neighbours of one colour become one run."""
    runs: list[Run] = []
    for index, word in enumerate(words):
        for piece, run in enumerate(word):
            space = " " if index and not piece else ""
            if runs and runs[-1].concept == run.concept:
                runs[-1] = Run(runs[-1].text + space + run.text, run.concept)
            else:
                if space and runs:
                    runs[-1] = Run(runs[-1].text + space, runs[-1].concept)
                runs.append(run)
    return runs


def _text(runs: list[Run]) -> str:
    return "".join(run.text for run in runs)
