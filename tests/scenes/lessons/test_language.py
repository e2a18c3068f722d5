"""No word of a film escapes the templates: told in a language that puts ⟦…⟧ around each, none stands outside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from gdsim import Trajectory
from gdsim.methods import OPTIMISERS
from scenes.catalogue import LESSONS
from scenes.film.subtitles import chapters
from scenes.lesson import tell_story
from scenes.phrases.formulas import function_text, rule_text
from scenes.phrases.run_facts import method_title
from scenes.script.cues import film_cues
from scenes.script.language import Language
from scenes.script.sentence import Listed, Name, Sentence, Tinted, Words
from scenes.script.timeline import Timeline
from scenes.script.transcript import transcript
from scenes.spec import RenderSpec
from scenes.stage.composition import compose
from scenes.stage.part import Stage, channels_of
from scenes.stage.theme import THEMES
from scenes.stage.write import Setting


class Bracketing(Language):
    """Every template in brackets, its fields kept; a decimal comma."""

    def translated(self, template: str) -> str:
        return f"⟦{template}⟧" if re.search(r"[A-Za-z]{2}", template) else template


PSEUDO = Bracketing(code="xx", decimal=",", group=".")
WORD = re.compile(r"[A-Za-z]{2,}")
FILMS = [
    *((scene, {}) for scene in LESSONS),
    ("slope", {"function": "sin(x)"}),
    ("direction", {"learning_rate": 1.05}),
    ("direction", {"learning_rate": 0.001}),
    ("direction", {"start": (3.0,)}),
    ("direction", {"function": "-x**2", "start": (2.0,), "learning_rate": 0.3, "steps": 40}),
    ("parabola", {"optimiser": "adam"}),
    ("parabola", {"optimiser": "newton", "learning_rate": 0.1}),
    ("parabola", {"learning_rate": 1.05}),
    ("parabola", {"function": "exp(x)"}),
    ("parabola", {"start": (3.0,)}),
    ("parabola", {"start": (-1000.0,), "learning_rate": 1.2}),
    ("bowl", {"optimiser": "momentum", "learning_rate": 0.05}),
    ("bowl", {"learning_rate": 1.2}),
    ("slingshot", {"learning_rate": 0.1}),
    ("slingshot", {"start": (25.0, 80.0)}),
    ("slingshot", {"start": (0.0, 30.0)}),
    ("overshoot", {"learning_rate": 0.3}),
    ("convergence", {"learning_rate": 1.05}),
    ("learning-rates", {"learning_rate": 0.3}),
    ("learning-rates", {"function": "sin(x)"}),
    ("local-minima", {"function": "sin(x)"}),
    ("saddle", {"function": "x*y", "optimiser": "adam", "steps": 60}),
    ("saddle", {"steps": 40}),
    ("momentum", {"function": "rosenbrock", "settings": (("decay", "0"),)}),
    ("batches", {"batch_size": 1, "learning_rate": 0.5}),
    ("race", {"function": "rosenbrock", "optimisers": ("newton", "asgd", "bfgs"), "learning_rate": 0.01}),
]


def outside(text: str) -> str:
    """What stands in no brackets."""
    while "⟦" in text:
        shorter = re.sub(r"⟦[^⟦⟧]*⟧", "", text)
        assert shorter != text, text
        text = shorter
    return text


def names(sentence: Sentence) -> list[str]:
    """What no language changes in a sentence, those within it included."""
    found, values = [], [value for _, value in sentence.values]
    while values:
        value = values.pop()
        if isinstance(value, Words):
            values += [inner for _, inner in value.sentence.values]
        elif isinstance(value, Tinted):
            values.append(value.value)
        elif isinstance(value, Listed):
            values += value.items
        elif isinstance(value, Name):
            found.append(value.text)
    return found


def proper(run: Trajectory) -> set[str]:
    """The names that may stand in a sentence: variables, the function, methods."""
    letters = str.maketrans({"_": None, "1": "₁", "2": "₂"})
    variables = {name.replace("theta", "θ").translate(letters) for name in run.objective.variables}
    return {*variables, function_text(run), rule_text(run), *map(method_title, OPTIMISERS)}


@dataclass(frozen=True)
class Listening(Setting):
    """A setting that keeps every text that the picture writes in words."""

    heard: list[str] = field(default_factory=list)

    def words(self, text, *given, **named):
        mark = super().words(text, *given, **named)
        self.heard.append(mark.text)
        return mark


@pytest.fixture(scope="module", params=FILMS, ids=str)
def told(request):
    """(lesson, spec, story) in the pseudo-language."""
    scene, words = request.param
    spec = RenderSpec(scene, **{"width": 320, "height": 180, "fps": 10} | words)
    return LESSONS[scene], spec, tell_story(LESSONS[scene], spec, PSEUDO)


def test_no_word_of_a_caption_escapes(told):
    """Captions, chapters and alt text: each word is a template's, each name a variable's, a function's, a method's."""
    lesson, _, story = told
    alt = lesson.alt(story.runs)
    texts = [beat.beat.plain for beat in story.beats] + [alt.plain(PSEUDO)]
    texts += [part.title for part in chapters(story.beats)]
    for text in texts:
        assert text.startswith("⟦")
        assert not WORD.search(outside(text)), text
    assert " ".join(cue.text for cue in film_cues(story.beats, 10)).count("⟦") >= len(story.beats)
    for sentence in [beat.beat.words for beat in story.beats] + [alt]:
        assert set(names(sentence)) <= proper(story.runs[0]), sentence


def test_numbers_have_the_languages_sign(told):
    """Where a decimal comma is asked for, no caption and no label has a decimal point."""
    _, _, story = told
    for beat in story.beats:
        numbers = beat.beat.plain
        for name in names(beat.beat.words):
            numbers = numbers.replace(name, "")
        assert not re.search(r"\d\.\d\D", numbers), beat.beat.plain
    assert not [text for text in labels(told) if re.search(r"\d\.\d\d?\b(?!\d)", text)]


def test_no_word_of_the_picture_escapes(told):
    """Labels are templates, numbers, or a letter."""
    heard = labels(told)

    assert heard
    assert [text for text in heard if WORD.search(outside(text)) and text not in proper(told[2].runs[0])] == []


def test_no_word_of_the_transcript_escapes(told):
    """Headings, sentences, table heads: each word is a template's; formulas stand in code."""
    lesson, spec, story = told
    formulas = [function_text(story.runs[0])]
    text = transcript(lesson.title, story.beats, spec.fps, story.runs, formulas, PSEUDO)
    for line in text.splitlines():
        if not line.startswith("`"):
            assert not WORD.search(outside(line.replace("\\", ""))), line


def labels(told) -> set[str]:
    """All that is written in words in some forty frames of the film."""
    lesson, spec, story = told
    title = PSEUDO.translated(lesson.title)
    setting = Listening(compose(spec.width, spec.height, spec.cut, spec.burned), THEMES["dark"], title, PSEUDO)
    parts = lesson.parts(story.runs, setting)
    segments = [segment for beat in story.beats for segment in beat.moves]
    stage = Stage(parts, Timeline(channels_of(parts), story.script.opening, segments), setting.theme)
    for frame in sorted({0, *(beat.end - 1 for beat in story.beats), *range(0, story.frames, 60)}):
        stage.marks(frame)
    return set(setting.heard)
