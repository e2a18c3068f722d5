"""A concept's word wears its colour, whoever wrote the sentence."""

import pytest

from scenes.catalogue import LESSONS
from scenes.script.concepts import CONCEPTS, parted
from scenes.script.spans import coloured_spans
from scenes.spec import RenderSpec
from scenes.stage.theme import THEMES


def test_words_of_concepts_are_cut_out():
    """Each form is found whole, in capitals too; a word that only begins like one is plain."""
    assert parted("Balls at a learning rate: one ballad, no stepping") == [
        ("Balls", "ball"),
        (" at a ", None),
        ("learning rate", "rate"),
        (": one ballad, no stepping", None),
    ]
    assert parted("") == []


def test_a_mark_is_stronger_than_the_word():
    """What the writer marked keeps the writer's colour; only plain words are looked through."""
    runs = coloured_spans("[8 steps](ball) down the slope")

    assert [tuple(run) for run in runs] == [("8 steps", "ball"), (" down the ", None), ("slope", "slope")]


def test_every_concept_has_a_colour():
    """The words' concepts are the theme's."""
    for concept in CONCEPTS:
        assert THEMES["dark"].concept(concept).startswith("#")


@pytest.mark.parametrize("cut", ["script", "loop"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_no_sentence_leaves_a_concepts_word_plain(lesson, cut):
    """In every lesson each concept's word is coloured, and the sentence is the same with its colours and without."""
    entry = LESSONS[lesson]
    for beat in getattr(entry, cut)(entry.run(RenderSpec(lesson, width=320, height=180))):
        runs = coloured_spans(beat.sentence)
        for run in runs:
            assert run.concept is not None or parted(run.text) == [(run.text, None)]
        assert "".join(run.text for run in runs) == beat.plain
