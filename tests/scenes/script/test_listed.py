"""Values in a colour that a template cannot know, and lists of them."""

from scenes.script.language import Language
from scenes.script.sentence import Exact, Listed, Tinted, say
from scenes.script.spans import coloured_spans

RATES = tuple(Tinted(Exact(rate), f"run{index + 1}") for index, rate in enumerate((0.01, 0.1, 0.9)))


def test_each_number_of_a_list_keeps_its_colour():
    """`0.01, 0.1 and 0.9`: three spans in three colours, plain words between them."""
    sentence = say("{who} end here.", who=Listed(RATES))

    assert sentence.plain() == "0.01, 0.1 and 0.9 end here."
    spans = [(span.text, span.concept) for span in coloured_spans(sentence.markup())]
    assert [span for span in spans if span[1]] == [("0.01", "run1"), ("0.1", "run2"), ("0.9", "run3")]


def test_one_alone_is_no_list_and_two_have_no_comma():
    """`0.01`; `0.01 and 0.1`."""
    assert say("{who}", who=Listed(RATES[:1])).plain() == "0.01"
    assert say("{who}", who=Listed(RATES[:2])).plain() == "0.01 and 0.1"


def test_a_language_joins_a_list_in_its_own_word():
    """The joining word is a template like any other."""
    german = Language(code="de", templates={" and ": " und "}, decimal=",")

    assert say("{who}", who=Listed(RATES)).plain(german) == "0,01, 0,1 und 0,9"


def test_a_move_may_wait_for_one_of_the_values():
    """The place of a value is that of its first letter, colours not counted."""
    assert say("Race {r1} and {r2}.", r1=RATES[0], r2=RATES[1]).place("{r2}") == len("Race 0.01 and ")
