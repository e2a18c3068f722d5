"""Films with options of all kinds: nothing in them collides, leaves the frame, stands in the wrong place or still."""

from random import Random

import pytest

from benchmarks.sweep import LONGEST_REST, LOOKS
from scenes.catalogue import LESSONS
from scenes.run_options import OPTIONS

from .asked import CHOICES, asked, ground
from .truth import Film, still_seconds

# Films that had a fault once.
ONCE = (
    ("slope", "1:1", {}),
    ("slope", "16:9", {"start": (4.3,), "function": "1e6*x**2"}),
    ("bowl", "1:1", {"start": (-2.1, 0.93), "function": "x**2 + 20*y**2"}),
    (
        "bowl",
        "9:16",
        {
            "learning_rate": 0.011,
            "start": (-0.37, -0.31),
            "function": "exp(x) + y**2",
            "settings": (("weight_decay", "0.1"),),
        },
    ),
    ("bowl", "1:1", {"learning_rate": 0.016, "start": (0.064, 0.022), "function": "1/(x**2 + y**2)"}),
    ("bowl", "1:1", {"learning_rate": 0.8, "start": (-11.0, 2.1), "optimiser": "rprop", "function": "rosenbrock"}),
    ("bowl", "9:16", {"learning_rate": 0.00064, "start": (-0.25, -0.25), "function": "1e6*(x**2 + y**2)"}),
    ("direction", "16:9", {"start": (12.0,), "function": "x**4-3*x**2+x"}),
    ("bowl", "1:1", {"learning_rate": 0.0014, "start": (0.57, -0.56)}),
    ("parabola", "9:16", {"optimiser": "newton", "function": "abs(x)"}),
    ("parabola", "9:16", {"learning_rate": 6.4, "steps": 1, "function": "shifted-parabola"}),
    ("momentum", "9:16", {"learning_rate": 0.013, "function": "plateau-2d"}),
    ("learning-rates", "1:1", {"learning_rate": 0.12, "steps": 200, "start": (-6.4,)}),
    ("learning-rates", "1:1", {"learning_rate": 0.019, "function": "abs(x)"}),
    ("gradient", "1:1", {"start": (-0.27, -0.68), "function": "matyas", "cut": "loop"}),
)


def sampled(film: Film) -> list[int]:
    """Every seventh frame, and the last of each beat."""
    return sorted({*range(0, film.frames, 7), *film.ends()})


# Films that stood still for too long once.
STILL = (
    ("learning-rates", {"steps": 20, "function": "x**4-3*x**2+x"}),
    ("learning-rates", {"learning_rate": 0.27, "function": "double-well"}),
    ("momentum", {"learning_rate": 0.57, "start": (0.055, -0.057), "function": "beale"}),
)


@pytest.mark.parametrize("once", ONCE, ids=lambda once: "-".join(once[:2]))
def test_what_was_wrong_once_is_right(once):
    """No fault in a film in which there was one."""
    lesson, shape, words = once
    film = Film(lesson, shape, **words)

    assert [fault for frame in sampled(film) for look in LOOKS.values() for fault in look(film, frame)] == []


@pytest.mark.parametrize("once", STILL, ids=lambda once: "-".join(map(str, once)))
def test_what_stood_still_once_moves(once):
    """No rest of more than four seconds in a film that had one."""
    lesson, words = once

    assert max(still_seconds(Film(lesson, **words))) <= LONGEST_REST


def test_there_is_something_to_ask_with_each_option():
    """A new option is not left out of the sweep."""
    assert set(CHOICES) == set(OPTIONS)


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_option_of_a_lesson_is_asked(lesson):
    """Among some films of a lesson, each option that it takes is given, and no other."""
    given = {field for number in range(60) for field in asked(lesson, Random(number))}
    takes = LESSONS[lesson].takes

    assert given <= {field for option in takes for field in OPTIONS[option]}
    for option in takes:
        assert given & set(OPTIONS[option]), option
    assert ("learning_rates" in given) == (ground(lesson).rates > 1)
