"""What methods are called in a sentence and next to a ball: short, and in the film's language."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.script.concepts import run_concept
from scenes.script.sentence import Listed, Sentence, Tinted, Value, Words, say

_CALLED = {
    "gradient-descent": say("plain descent"),
    "momentum": say("momentum"),
    "nesterov": say("Nesterov"),
    "asgd": say("averaged descent"),
    "adagrad": say("AdaGrad"),
    "adadelta": say("AdaDelta"),
    "rmsprop": say("RMSProp"),
    "rprop": say("Rprop"),
    "adam": say("Adam"),
    "adamw": say("AdamW"),
    "amsgrad": say("AMSGrad"),
    "nadam": say("NAdam"),
    "radam": say("RAdam"),
    "adamax": say("AdaMax"),
    "adafactor": say("Adafactor"),
    "newton": say("Newton"),
    "bfgs": say("BFGS"),
    "lbfgs": say("L-BFGS"),
}
# Where there is little room.
_LABELS = {"gradient-descent": "descent", "asgd": "averaged"}


def method_label(name: str) -> str:
    """One word, a template of the film's language."""
    return _LABELS.get(name, _CALLED[name].template)


def method_value(methods: Sequence[str], index: int) -> Value:
    """A method's name in the colour of its run."""
    return Tinted(Words(_CALLED[methods[index]]), run_concept(index, len(methods)))


def methods_listed(methods: Sequence[str], members: Sequence[int]) -> Value:
    """`momentum and Adam`, each in its colour."""
    return Listed(tuple(method_value(methods, index) for index in members))


def method_words(name: str) -> Sentence:
    """Its name as a sentence is told it."""
    return _CALLED[name]
