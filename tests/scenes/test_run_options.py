"""Each lesson takes the options that it has a use for, and refuses the others in one line."""

from dataclasses import replace

import pytest

from scenes.catalogue import LESSONS
from scenes.lesson import tell_story
from scenes.run_options import OPTIONS, PLAIN, refuse_other_options
from scenes.spec import RenderSpec

# For each option, a field of the spec with a value that asks for something.
ASKED = {
    "--lr": {"learning_rate": 0.03},
    "--steps": {"steps": 3},
    "--start": {"start": (1.5,)},
    "--optimiser": {"optimiser": "momentum"},
    "--schedule": {"schedule": "cosine"},
    "--set": {"settings": (("weight_decay", "0"),)},
    "--function": {"function": "x**2"},
    "--data": {"data": "doubles"},
    "--model": {"model": "line"},
    "--batch-size": {"batch_size": 2},
    "--epochs": {"epochs": 3},
    "--hidden": {"hidden": 3},
    "--seed": {"seed": 7},
    "--optimisers": {"optimisers": ("momentum", "adam")},
    "--tune": {"tune": True},
    "--schedules": {"schedules": ("step", "cosine")},
    "--points": {"points_a_side": 24},
}


def test_every_option_of_a_run_is_in_the_table():
    """The table and the trial know the same options, and each field is a field of a spec."""
    assert list(ASKED) == list(OPTIONS)
    for option, words in ASKED.items():
        assert set(words) <= set(OPTIONS[option])
        assert replace(RenderSpec("parabola"), **words)


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("scene", LESSONS)
def test_an_option_is_taken_or_refused_by_its_name(scene, option):
    """What a lesson does not take is refused in one line, which names the option and those that work."""
    spec, taken = RenderSpec(scene, **ASKED[option]), LESSONS[scene].takes
    if option in taken:
        refuse_other_options(spec, taken)
        return
    with pytest.raises(ValueError, match=f"^{scene} takes no {option}; it takes ") as refused:
        tell_story(LESSONS[scene], spec)
    assert "\n" not in str(refused.value)
    assert all(name in str(refused.value) for name in taken)


@pytest.mark.parametrize("scene", LESSONS)
def test_a_value_that_changes_nothing_is_never_refused(scene):
    """Plain descent at a constant rate is what every lesson does anyway."""
    refuse_other_options(RenderSpec(scene, **PLAIN), LESSONS[scene].takes)


@pytest.mark.parametrize("scene", LESSONS)
def test_the_catalogue_knows_how_long_a_film_takes(scene):
    """The seconds in the table are those of the narrated film without a voice."""
    spec = RenderSpec(scene, fps=30)

    assert LESSONS[scene].seconds == round(tell_story(LESSONS[scene], spec).frames / spec.fps)
