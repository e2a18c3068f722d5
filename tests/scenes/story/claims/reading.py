"""Numbers read back out of sentences, and a run with what sentences speak of."""

from __future__ import annotations

import re

import numpy as np

N = r"(?:−?(?:\d+(?:,\d{3})*(?:\.\d+)?(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
P = rf"\({N}, {N}\)"
DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def read(text: str) -> float:
    """The number that is written."""
    plain = text.translate(DIGITS).replace(",", "")
    factor, _, power = plain.partition(" × 10")
    if not power and re.fullmatch(r"-?10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", text.replace("−", "-")):
        sign, power = ("-1" if text.startswith("−") else "1"), re.sub(r"^-?10", "", plain)
        return float(f"{sign}e{power}")
    return float(f"{factor}e{power or 0}")


def told(text: str, value: float, share: float = 6e-4) -> bool:
    """Whether a number was rightly rounded to what is written: four digits, three in pairs, two with a power of ten."""
    share = 0.051 if "10" in text and set(text) & set("⁻⁰¹²³⁴⁵⁶⁷⁸⁹") else share
    return abs(read(text) - value) <= share * abs(value) + 1e-300


def pair(text: str, vector) -> bool:
    """The same of two coordinates."""
    first, second = text.strip("()").split(", ")
    return told(first, vector[0], 6e-3) and told(second, vector[1], 6e-3)


class Told:
    """A run with what sentences speak of."""

    def __init__(self, run, runs) -> None:
        self.run, self.runs = run, runs
        self.points, self.losses, self.slopes = run.points[:, 0], run.losses, run.gradients[:, 0]
        self.moves = np.diff(run.points, axis=0)
        self.lengths = np.linalg.norm(self.moves, axis=1)
        self.steep = np.linalg.norm(run.gradients, axis=1)

    @property
    def off(self) -> bool:
        return any(not low <= x <= high for x, (low, high) in zip(self.run.points[-1], self.run.objective.domain))

    @property
    def away(self) -> float:
        """From the end to the nearest minimum."""
        return min(float(np.linalg.norm(self.run.points[-1] - low.point)) for low in self.run.objective.minima)

    @property
    def lower(self) -> bool:
        return bool(self.losses[-1] < self.losses[0])


def steps_said(told_run: Told, words: str) -> bool:
    """`1 step`, `20 steps`."""
    amount, noun = words.split(" ")
    return read(amount) == told_run.run.steps and (noun == "step") == (told_run.run.steps == 1)


def change_said(it: Told, verb: str, before: str, after: str) -> bool:
    """`falls from 25 to 16`."""
    right = it.losses[1] < it.losses[0] if verb == "falls" else it.losses[1] > it.losses[0]
    return bool(right) and told(before, it.losses[0]) and told(after, it.losses[1])


def follows(it: Told) -> bool:
    """Whether every step is the rate times the slope, turned round."""
    return np.allclose(it.moves, -it.run.learning_rates[:, None] * it.run.gradients[:-1], rtol=1e-6, atol=1e-8)


STEPS = r"([\d,]+ steps?)"
