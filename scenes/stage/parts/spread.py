"""Labels in a row, moved apart until none meets another."""

from __future__ import annotations

from collections.abc import Sequence


def spread_apart(wishes: Sequence[float], widths: Sequence[float], low: float, high: float, gap: float) -> list[float]:
    """The middles of labels that would be at `wishes`, moved as little as possible to keep `gap` between any two.

    All are between `low` and `high`; if they are too wide for that, they begin at `low` and keep their gaps.
    Their order is that of the wishes.
    """
    order = sorted(range(len(wishes)), key=lambda index: wishes[index])
    shifts, total = [], 0.0
    for place, index in enumerate(order):
        total += 0.0 if place == 0 else (widths[order[place - 1]] + widths[index]) / 2 + gap
        shifts.append(total)
    level = _rising([wishes[index] - shift for index, shift in zip(order, shifts)])
    if order:
        least, most = low + widths[order[0]] / 2, high - widths[order[-1]] / 2 - total
        level = [max(least, min(value, most)) for value in level]
    found = [0.0] * len(wishes)
    for index, value, shift in zip(order, level, shifts):
        found[index] = value + shift
    return found


def _rising(values: Sequence[float]) -> list[float]:
    """The nearest non-decreasing sequence, by least squares: neighbours that decrease are replaced by their mean."""
    blocks: list[tuple[float, int]] = []
    for value in values:
        mean, size = value, 1
        while blocks and blocks[-1][0] > mean:
            before, many = blocks.pop()
            mean, size = (before * many + mean * size) / (many + size), many + size
        blocks.append((mean, size))
    return [mean for mean, size in blocks for _ in range(size)]
