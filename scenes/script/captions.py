"""Breaks a sentence into the lines of a caption, and a long one into several captions."""

from __future__ import annotations

from functools import cache, lru_cache

from scenes.script.numbers import NO_BREAK
from scenes.script.spans import Span, coloured_spans

LINE_LENGTH = 42
LINES = 2
# A film has a few dozen sentences.
KEPT = 256
# How good a place to break is, by the character before it or the word after it.
_BORDERS = ((".!?", 26), (";:—–", 20), (",", 16))
_OPENERS = frozenset(
    (
        *("and", "but", "so", "or", "yet", "if", "because", "which", "that", "where", "when", "while", "as", "than"),
        *("to", "of", "in", "on", "with", "at", "from"),
    )
)
_OPENER_WORTH = 8

Word = list[Span]
Line = list[Span]
Card = list[Line]


def caption_cards(sentence: str, length: int = LINE_LENGTH) -> list[Card]:
    """The sentence as a sequence of captions: as few as possible, broken between phrases.

    Raises ValueError if a single word is longer than a line.
    """
    return list(_cards(sentence, length))


@lru_cache(maxsize=KEPT)  # timing, keys, cues and the Scene each ask for every sentence, and looking takes milliseconds
def _cards(sentence: str, length: int) -> tuple[Card, ...]:
    words = _words(sentence, length)

    @cache
    def best(start: int) -> tuple[int, float, tuple[int, ...]]:
        """Number of cards, cost, and ends of the cheapest layout of the words from `start`."""
        if start == len(words):
            return 0, 0.0, ()
        ways = []
        for end in range(start + 1, len(words) + 1):
            if _card(words[start:end], length) is None:
                break
            cards, cost, ends = best(end)
            size = len(_text(_joined(words[start:end])))
            uneven = size**2 / length  # the sum of squares is least if all are alike
            parting = -_border(words, end) if end < len(words) else 0
            ways.append((cards + 1, cost + uneven + parting, (end, *ends)))
        if not ways:
            raise ValueError(f"a word has at most {length} characters, got {_text(words[start])!r} in {sentence!r}")
        return min(ways)

    _, _, ends = best(0)
    cards = [_card(words[start:end], length) for start, end in zip((0, *ends), ends)]
    return tuple(card for card in cards if card is not None)


def card_text(card: Card) -> str:
    """A caption's plain text, with line breaks between its lines and ordinary spaces."""
    return "\n".join(_text(line).replace(NO_BREAK, " ") for line in card)


def _card(words: list[Word], length: int) -> Card | None:
    """The words in one or two lines, or None where they need more."""
    total = len(_text(_joined(words)))
    if total <= length:
        return [_joined(words)]
    if total > LINES * length + 1:
        return None
    fits = []
    for cut in range(1, len(words)):
        top, bottom = _joined(words[:cut]), _joined(words[cut:])
        widths = len(_text(top)), len(_text(bottom))
        if max(widths) <= length:
            after_comma = _text(words[cut - 1])[-1:] in ",;:.—"
            fits.append((abs(widths[0] - widths[1]) - (12 if after_comma else 0), cut, [top, bottom]))
    return min(fits, key=lambda fit: fit[:2])[2] if fits else None


def _border(words: list[Word], cut: int) -> int:
    """How good it is to break before word number `cut`."""
    last = _text(words[cut - 1])[-1:]
    worth = next((value for signs, value in _BORDERS if last in signs), 0)
    return worth or (_OPENER_WORTH if _text(words[cut]) in _OPENERS else 0)


def _words(sentence: str, length: int) -> list[Word]:
    """The sentence's words; a word may have several colours.

    Words joined by no-break spaces count as one word, unless no line can hold it.
    """
    words = _split(sentence, " ")
    if all(len(_text(word)) <= length for word in words):
        return words
    return _split(sentence.replace(NO_BREAK, " "), " ")


def _split(sentence: str, space: str) -> list[Word]:
    words: list[Word] = [[]]
    for run in coloured_spans(sentence):
        for index, piece in enumerate(run.text.split(space)):
            if index:
                words.append([])
            if piece:
                words[-1].append(Span(piece, run.concept))
    return [word for word in words if word]


def _joined(words: list[Word]) -> Line:
    """The words with spaces between them; neighbours of one colour become one run."""
    runs: Line = []
    for index, word in enumerate(words):
        for piece, run in enumerate(word):
            space = " " if index and not piece else ""
            if runs and runs[-1].concept == run.concept:
                runs[-1] = Span(runs[-1].text + space + run.text, run.concept)
            else:
                if space and runs:
                    runs[-1] = Span(runs[-1].text + space, runs[-1].concept)
                runs.append(run)
    return runs


def _text(runs: Line) -> str:
    return "".join(run.text for run in runs)
