"""The gradient's film: slopes, shadows, bars and arrows are those of the function, worked out here by differences."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from scenes.catalogue import LESSONS
from scenes.runs import runs_of
from scenes.script.captions import caption_cards
from scenes.spec import RenderSpec
from scenes.stage.line_marks import ArrowMark, Lines, Stroke
from scenes.stage.marks import Text
from scenes.stage.part import Now

from .sentences import Said, faults
from .truth import Film, read, read_all, shown

PLACES = (None, (3.0, 4.0), (-1.2, 0.7), (2.5, -2.5), (-3.0, 0.0), (0.0, 0.5), (900.0, -2e3), (1e-4, 1e-4))
FUNCTIONS = (
    *(None, "x**2 - y**2", "x**2 + 20*y**2", "rosenbrock", "himmelblau", "abs(x) + abs(y)", "x + y", "1e-6*x + y"),
    *(
        "1e6*(x**2 + y**2)",
        "(x**2 + y**2)/1e6",
        "exp(x) + y**2",
        "-3*x - y/2",
        "sin(x)*cos(y)",
        "tanh(x) + y**2",
        "beale",
    ),
)
NAMES = [("x", "θ₁"), ("y", "θ₂")]
LEVEL = (
    {"start": (0.0, 0.0)},
    {"function": "saddle", "start": (0.0, 0.0)},
    {"function": "(x - 1)**3 + y**2", "start": (1.0, 0.0)},
)
# Films whose picture is measured: each sign of each slope, a zero in either place, arrows far too long and too short.
FILMS = (
    {},
    {"function": "x**2 - y**2", "start": (-4.0, 3.0)},
    {"start": (0.0, -4.0)},
    {"start": (-3.0, 0.0)},
    {"function": "1e6*(x**2 + y**2)"},
    {"function": "(x**2 + y**2)/1e6", "start": (-2.0, -3.0)},
    {"function": "rosenbrock"},
)


def rises(one: Said, ways: np.ndarray) -> np.ndarray:
    """The slopes in directions (n, 2) of length 1, by differences over a distance that suits the place."""
    objective, place = one.run.objective, one.run.points[0]
    h = 1e-6 * max(1.0, float(np.abs(place).max()))
    with np.errstate(all="ignore"):
        ahead, behind = (np.asarray(objective.value(place + side * h * ways), dtype=float) for side in (1, -1))
    return (ahead - behind) / (2 * h)


def rise(one: Said, way) -> float:
    return float(rises(one, np.array([way], dtype=float))[0])


def around(one: Said) -> np.ndarray:
    """The slopes in 720 directions, all around."""
    turns = np.radians(np.arange(0, 360, 0.5))
    return rises(one, np.column_stack([np.cos(turns), np.sin(turns)]))


def slopes(one: Said) -> tuple[float, float]:
    return rise(one, (1, 0)), rise(one, (0, 1))


def tells(one: Said, name: str, value: float, size: float) -> bool:
    """Whether a value of the sentence is this number, rightly rounded, as well as differences can say."""
    number, slack = read(one.values[name].replace("\u00a0", " "))
    return abs(number - value) <= slack + 1e-5 * size + noise(one)


def noise(one: Said) -> float:
    """By how much a difference may be off, because the function's values are rounded."""
    return 4e-10 * abs(float(one.run.losses[0])) / max(1.0, float(np.abs(one.run.points[0]).max()))


def steep(one: Said) -> float:
    return float(around(one).max())


def level(one: Said) -> bool:
    """Whether no direction has a slope, compared with the slopes one unit away."""
    away = np.abs(np.asarray(one.run.objective.gradient(one.run.points[0] + [1.0, 0.7]))).max()
    return float(np.abs(around(one)).max()) <= 1e-6 * float(away)


def uphill(one: Said) -> bool:
    """Whether the steepest of all directions is the one that the two slopes make, and its opposite the lowest."""
    found, (first, second) = around(one), slopes(one)
    top = np.degrees(np.arctan2(second, first))
    ways = np.arange(0, 360, 0.5)[[int(np.argmax(found)), int(np.argmin(found))]]
    off = [(ways[0] - top + 180) % 360 - 180, (ways[1] - top + 360) % 360 - 180]
    return float(np.abs(off).max()) <= 1.0


def measured(one: Said) -> bool:
    """Whether the named direction has the slope that is told, which one of the cuts had."""
    first, second = one.run.objective.variables
    axis = [name.replace("theta_1", "θ₁").replace("theta_2", "θ₂") for name in (first, second)].index(
        one.values["name"]
    )
    value = slopes(one)[axis]
    return tells(one, "slope", value, steep(one)) and abs(value) > 0.05 * steep(one)


CLAIMS = {
    "On a curve, a point has one slope. On a landscape, it has one in every direction.": lambda one: np.isfinite(
        around(one)
    ).all(),
    "How many of them do you need to know them all? Take a guess.": lambda one: True,  # a question
    "Cut along {first}, the slope is {slope1:slope}; along {second}, it's {slope2:slope}.": lambda one: all(
        tells(one, name, slope, steep(one)) for name, slope in zip(("slope1", "slope2"), slopes(one))
    ),
    "They are called [partial derivatives](slope). Put in a column, they are the gradient.": lambda one: True,  # names
    "Both are zero, and so is every other slope: on level ground, no way is steepest.": level,
    "From above, they make an arrow, at a right angle to the line of equal loss.": lambda one: (
        not level(one) and abs(rise(one, across(one))) <= 1e-4 * steep(one) + noise(one)
    ),
    "Is there a steeper way than this? Let's try every direction.": lambda one: True,  # a question
    "In any direction, the slope is the arrow's shadow: along {name}, the {slope:slope} that we measured.": measured,
    "Along the line it casts none: the slope is zero.": lambda one: (
        abs(rise(one, across(one))) <= 1e-4 * steep(one) + noise(one)
    ),
    "Turn towards the arrow, and it grows: along the arrow the slope is highest, {top:slope}.": lambda one: (
        uphill(one) and tells(one, "top", steep(one), steep(one))
    ),
    "Keep turning, and it falls, back to zero and below. Lowest of all is the opposite way.": lambda one: uphill(one),
    "So two slopes were enough: the arrow's shadows are all the others.": lambda one: np.allclose(
        around(one), shadows(one), rtol=0, atol=1e-4 * steep(one) + noise(one)
    ),
    "The gradient points the steepest way up. Its opposite, the steepest way down.": lambda one: uphill(one),
    "With a million parameters, the gradient is just a longer list.": lambda one: True,  # a law
    "With a minus in front, it still points the steepest way down. So let's follow it.": lambda one: uphill(one),
    "The gradient points the steepest way up.": lambda one: uphill(one),
    "On level ground, every slope is zero.": level,
    "At {place} on {surface}, the ground is level: every slope is zero.": lambda one: level(one) and at_place(one),
    "Two slopes at {place} on {surface} make the gradient, ({first}, {second}): it points the steepest way up.": (
        lambda one: (
            uphill(one)
            and at_place(one)
            and all(tells(one, name, slope, steep(one)) for name, slope in zip(("first", "second"), slopes(one)))
        )
    ),
}


def across(one: Said) -> np.ndarray:
    """A direction at a right angle to the two slopes' arrow."""
    first, second = slopes(one)
    return np.array([-second, first]) / np.hypot(first, second)


def shadows(one: Said) -> np.ndarray:
    """What the two slopes foretell for 720 directions."""
    turns, (first, second) = np.radians(np.arange(0, 360, 0.5)), slopes(one)
    return np.asarray(first * np.cos(turns) + second * np.sin(turns))


def at_place(one: Said) -> bool:
    """Whether the place that is told is where the ball is."""
    return all(
        abs(read(one.values[name])[0] - value) <= read(one.values[name])[1]
        for name, value in zip("xy", one.run.points[0])
    )


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_sentence_is_true(function):
    """On all kinds of ground, at eight places: each sentence is known here, and the ground bears it out."""
    found, refused = [], []
    for start in PLACES:
        words = {"function": function, "start": start}
        try:
            runs_of(LESSONS["gradient"], RenderSpec("gradient", **words))
        except ValueError:
            refused.append(start)
            continue
        found += faults("gradient", words, CLAIMS)
    assert found == []
    assert len(refused) <= 3  # a kink, or a place without a value


@pytest.mark.parametrize("words", LEVEL, ids=str)
def test_level_ground_has_a_story_of_its_own(words):
    """Where no direction climbs, no arrow is promised, and what is said is true."""
    assert list(faults("gradient", words, CLAIMS)) == []
    runs = runs_of(LESSONS["gradient"], RenderSpec("gradient", **words))
    text = " ".join(beat.plain for beat in LESSONS["gradient"].script(runs))
    assert "no way is steepest" in text
    assert "arrow" not in text


def test_the_default_film_tells_the_articles_numbers():
    """At (3, 4) the slopes are 6 and 8, the gradient is (6, 8), its opposite (−6, −8), and the steepest slope 10."""
    film = Film("gradient")
    said = " ".join(beat.beat.plain for beat in film.beats).replace("\u00a0", " ")
    seen = {mark.text for frame in film.ends() for mark in film.stage.words(frame)}

    assert "Cut along θ₁, the slope is 6; along θ₂, it's 8." in said
    assert "the slope is highest, 10." in said
    assert {"6", "8", "(6, 8)", "(−6, −8)", "10", "−10"} <= seen
    assert film.runs[0].steps == 0


@pytest.mark.parametrize("words", [{"learning_rate": 0.1}, {"steps": 3}, {"optimiser": "adam"}, {"schedule": "cosine"}])
def test_options_of_a_descent_are_refused(words):
    """The film is about one point: what only a descent has a use for is refused in one line that names the option."""
    option = {"learning_rate": "--lr"}.get(next(iter(words)), f"--{next(iter(words))}")
    with pytest.raises(ValueError, match=option) as refusal:
        runs_of(LESSONS["gradient"], RenderSpec("gradient", **words))
    assert "\n" not in str(refusal.value)


def test_a_function_of_one_variable_is_refused():
    """It takes two slopes; the error says what works."""
    with pytest.raises(ValueError, match=r"two variables.*works"):
        runs_of(LESSONS["gradient"], RenderSpec("gradient", function="x**2"))


def test_captions_are_short():
    """On no ground does a sentence take more than two captions."""
    for words in FILMS:
        for beat in LESSONS["gradient"].script(runs_of(LESSONS["gradient"], RenderSpec("gradient", **words))):
            assert len(caption_cards(beat.sentence)) <= 2, beat.plain


# The picture


@cache
def played(number: int, cut: str = "full") -> Film:
    """One of the films above."""
    return Film("gradient", cut=cut, **FILMS[number])


def frames_of(film: Film, words: str) -> range:
    """The frames of the beat with these words."""
    beat = next(beat for beat in film.beats if words in beat.beat.plain)
    return range(beat.start, beat.end)


def way_of(arrow: ArrowMark) -> np.ndarray:
    return np.subtract(arrow.head, arrow.tail) / arrow.length


numbered = pytest.mark.parametrize("number", range(len(FILMS)))


@numbered
def test_the_pointers_number_is_the_slope_in_its_direction(number):
    """As it turns, its number is the gradient's component in the direction in which it points on the map."""
    film = played(number)
    gradient, told = film.runs[0].gradients[0], 0
    for frame in range(frames_of(film, "In any direction").start, frames_of(film, "two slopes were enough").start, 9):
        for label in shown(film, frame, "climb", Text):
            (pointer,) = shown(film, frame, "pointer", ArrowMark)
            value, slack = read(label.text)
            slack = max(slack, 1.1e-3 * np.hypot(*gradient)) if value == 0 else slack
            assert abs(value - gradient @ way_of(pointer)) <= slack + 1e-9 * np.hypot(*gradient)
            told += 1
    assert told > 20


@numbered
def test_the_shadow_is_where_the_arrow_casts_it(number):
    """It lies on the pointer's line, its end is square below the arrow's tip, and it is as long as the slope says."""
    film = played(number)
    gradient, seen = film.runs[0].gradients[0], 0
    for frame in range(frames_of(film, "In any direction").start, frames_of(film, "two slopes were enough").start, 9):
        for shadow in shown(film, frame, "shadow", Stroke):
            (pointer,) = shown(film, frame, "pointer", ArrowMark)
            (arrow,) = shown(film, frame, "gradient arrow", ArrowMark)
            start, foot = shadow.points
            assert start == pytest.approx(np.array(arrow.tail), abs=1e-9)
            assert (foot - np.array(arrow.head)) @ way_of(pointer) == pytest.approx(0, abs=1e-6)
            share = (foot - start) @ way_of(pointer) / arrow.length
            assert share == pytest.approx(gradient @ way_of(pointer) / np.hypot(*gradient), abs=1e-6)
            seen += 1
    assert seen > 20


@numbered
def test_the_pointer_ends_along_the_cut_that_is_named(number):
    """At the end of the sentence it points along the parameter that is said, and its number is the one that is said."""
    film = played(number)
    frames = frames_of(film, "In any direction")
    values = dict(next(beat for beat in film.beats if beat.start == frames[0]).beat.words.values)
    axis = NAMES.index(next(pair for pair in NAMES if values["name"].text in pair))
    (pointer,), (label,) = (shown(film, frames[-1], *one) for one in (("pointer", ArrowMark), ("climb", Text)))

    assert way_of(pointer) == pytest.approx(np.eye(2)[axis], abs=1e-6)
    assert abs(read(label.text)[0] - values["slope"].value) <= read(label.text)[1]


@numbered
def test_the_bars_are_the_slopes_of_all_directions(number):
    """Each bar, to one scale, is the slope in its direction; the arrow's own is highest, its opposite lowest."""
    film = played(number)
    frame = frames_of(film, "two slopes were enough")[-1]
    bars = sorted(shown(film, frame, "bar", Lines), key=lambda bar: bar.ends[0, 0, 0])
    heights = {bar.shows.axis: float(bar.ends[0, 1, 1] - bar.ends[0, 0, 1]) for bar in bars}
    gradient = film.runs[0].gradients[0]
    along = np.degrees(np.arctan2(*gradient[::-1])) - 90
    turns = {axis: np.radians(along + 15 * axis) for axis in heights}
    true = {axis: float(gradient @ [np.cos(turn), np.sin(turn)]) for axis, turn in turns.items()}

    assert len(bars) == 22
    assert [bar.shows.axis for bar in bars] == sorted(heights)
    assert max(heights, key=heights.get) == 6
    assert min(heights, key=heights.get) == 18
    scale = heights[6] / np.hypot(*gradient)
    assert all(heights[axis] == pytest.approx(scale * true[axis], abs=1e-6) for axis in heights)
    top, low = (
        next(one for one in shown(film, frame, "bar slope", Text) if one.shows.axis == axis) for axis in (6, 18)
    )
    assert read(top.text)[0] == -read(low.text)[0] > 0


@numbered
def test_the_arrows_below_the_bars_point_where_the_bars_say(number):
    """Under each quarter of the chart is an arrow in that direction; uphill alone is in the slope's colour."""
    film = played(number)
    frame = frames_of(film, "Let's try")[-1]
    left = film.stage.part("bars").chart.left - 0.3
    ways = sorted(
        (mark for mark in film.stage.marks(frame) if isinstance(mark, ArrowMark) and mark.tail[0] > left),
        key=lambda mark: mark.tail[0] + mark.head[0],
    )
    gradient = film.runs[0].gradients[0] / np.hypot(*film.runs[0].gradients[0])
    along = np.array([gradient[1], -gradient[0]])

    assert len(ways) == 5
    for mark, true in zip(ways, (along, gradient, -along, -gradient, along)):
        assert way_of(mark) == pytest.approx(true, abs=1e-9)
    assert [mark.colour == film.theme.slope for mark in ways] == [False, True, False, False, False]


@numbered
def test_the_arrow_is_to_scale_or_says_its_scale(number):
    """Its tip is the gradient away from the ball in the map's units, times the number that is told, if any."""
    film = played(number)
    run, frame = film.runs[0], frames_of(film, "From above")[-1]
    (arrow,) = shown(film, frame, "gradient arrow", ArrowMark)
    keys = shown(film, frame, "arrow scale", Text)
    scale = read(keys[0].text.rpartition("× 10")[2] and keys[0].text.partition("× ")[2])[0] if keys else 1.0
    sight = film.stage.part("land").sight(Now(film.stage, frame))

    assert len(keys) == (number > 3)
    assert arrow.head == pytest.approx(sight.on_map(run.points[0] + scale * run.gradients[0]).tolist(), abs=1e-6)
    assert sight.box.left < arrow.head[0] < sight.box.right
    assert sight.box.bottom < arrow.head[1] < sight.box.top
    assert arrow.length > 1.0


@numbered
def test_the_arrow_stands_square_on_the_line_of_equal_loss(number):
    """The line through the ball is drawn, and the arrow leaves it at a right angle."""
    film = played(number)
    frame = frames_of(film, "From above")[-1]
    (arrow,) = shown(film, frame, "gradient arrow", ArrowMark)
    lines = [mark.points for mark in shown(film, frame, "level", Stroke)]
    line = min(lines, key=lambda one: np.hypot(*(one - arrow.tail).T).min())
    near = int(np.argmin(np.hypot(*(line - arrow.tail).T)))
    along = line[min(near + 1, len(line) - 1)] - line[max(near - 1, 0)]

    assert np.hypot(*(line[near] - arrow.tail)) < 0.1
    assert abs(along @ way_of(arrow)) < 0.12 * np.hypot(*along)


@numbered
def test_the_turned_arrow_is_the_opposite(number):
    """At the end the arrow points straight down the slope, with both numbers' signs changed, inside the picture."""
    film = played(number)
    frame = film.frames - 1
    (arrow,) = shown(film, frame, "gradient arrow", ArrowMark)
    (label,) = shown(film, frame, "downhill", Text)
    gradient = film.runs[0].gradients[0]
    box = film.stage.part("land").sight(Now(film.stage, frame)).box

    assert way_of(arrow) == pytest.approx(-gradient / np.hypot(*gradient), abs=1e-9)
    assert label.colour == film.theme.slope
    for (told, slack), slope in zip(read_all(label.text), gradient):
        assert abs(told + slope) <= slack
    assert box.left <= arrow.head[0] <= box.right
    assert box.bottom <= arrow.head[1] <= box.top


@numbered
def test_the_numbers_of_the_column_come_from_the_cuts(number):
    """Each number sets out from its cut's tangent and ends in its own row, the first parameter's on top."""
    film = played(number)
    frames = frames_of(film, "Put in a column")
    slices = film.stage.part("slices")
    paths: dict[int, list] = {0: [], 1: []}
    for frame in frames:
        for name, mark, box in film.stage.boxes(frame):
            if name == "vector" and mark.shows is not None:
                now = Now(film.stage, frame)
                land = film.stage.part("land").sight(now)
                ends = land.at(slices.tangent(0, mark.shows.axis))
                paths[mark.shows.axis].append((np.array(box.centre), ends))
    for path in paths.values():
        assert np.hypot(*(path[0][1] - path[0][0]).T).min() < 0.8
        assert np.hypot(*(path[0][0] - path[-1][0])) > 0.5
    first, second = (paths[axis][-1][0] for axis in (0, 1))
    assert first[1] > second[1] + 0.2
    assert first[0] == pytest.approx(second[0], abs=1e-6)


@numbered
def test_the_spinning_arrow_tells_the_slope_where_it_points(number):
    """On the landscape, its number is the slope of the ground in the direction in which it turns, counter-clockwise."""
    film = played(number)
    gradient, told = film.runs[0].gradients[0], []
    for frame in range(0, frames_of(film, "Take a guess")[-1], 4):
        for label in shown(film, frame, "spun slope", Text):
            turn = 2 * np.pi * film.timeline.value(("spin", "turned"), frame)[0]
            value, slack = read(label.text)
            slack = max(slack, 1.1e-3 * np.hypot(*gradient)) if value == 0 else slack
            assert abs(value - gradient @ [np.cos(turn), np.sin(turn)]) <= slack + 1e-9 * np.hypot(*gradient)
            (arrow,) = shown(film, frame, "spun arrow", ArrowMark)
            sight = film.stage.part("land").sight(Now(film.stage, frame))
            place, loss = film.runs[0].points[0], film.runs[0].losses[0]
            small = 1e-5 * np.ptp(film.runs[0].objective.domain[0])
            there = place + small * np.array([np.cos(turn), np.sin(turn)])
            ends = sight.on_ground(np.array([place, there]), np.array([loss, loss + small * value]))
            way = (ends[1] - ends[0]) / np.hypot(*(ends[1] - ends[0]))
            assert way_of(arrow) == pytest.approx(way, abs=0.05)
            told.append(value)
    assert max(told) > 0.9 * np.hypot(*gradient)
    assert min(told) < -0.9 * np.hypot(*gradient)


def test_the_minus_is_on_both_sides_of_the_equation():
    """A minus before ∇J alone would be a lie: it comes before the column, too, and takes nobody's place."""
    film = played(0)
    texts = []
    for frame in (frames_of(film, "longer list")[-1], frames_of(film, "With a minus")[25]):
        texts.append([mark for name, mark, _ in film.stage.boxes(frame) if name == "column" and isinstance(mark, Text)])

    assert texts[0][0].text.count("hide") == 2
    assert texts[1][0].text.count("#text") == texts[0][0].text.count("#text") + 2
    assert texts[0][0].outline.width == pytest.approx(texts[1][0].outline.width, abs=0.02)


def test_the_loop_turns_once_around():
    """The loop's pointer passes all directions once, and its bars are all there from the first frame."""
    film = played(0, "loop")
    turned = np.unwrap(
        [np.arctan2(*way_of(shown(film, frame, "pointer", ArrowMark)[0])[::-1]) for frame in range(film.frames)]
    )

    assert 6 <= film.frames / film.spec.fps <= 12
    assert turned.max() - turned[0] == pytest.approx(2 * np.pi, abs=0.1)
    assert len(shown(film, 0, "bar", Lines)) == 22


def test_the_film_has_a_films_length():
    """From level ground to the steepest, the film lasts no longer than a minute and a half."""
    for number in range(len(FILMS)):
        assert 60 <= played(number).frames / 10 <= 92
    assert 20 <= Film("gradient", **LEVEL[0]).frames / 10 <= 45
