"""The film about fog: what it says and shows, held against runs and landscapes computed here."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest

from gdsim import SURFACES, Trajectory
from scenes.catalogue import LESSONS
from scenes.film.poster import BLUR
from scenes.planned_fog import FogRuns
from scenes.runs import runs_of
from scenes.script.language import ENGLISH
from scenes.spec import QUALITIES, RenderSpec, frame_pixels
from scenes.stage.area_marks import Area, Disc
from scenes.stage.camera import rgb
from scenes.stage.composition import compose
from scenes.stage.line_marks import ArrowMark, Ring, Stroke
from scenes.stage.marks import Text
from scenes.stage.part import Now
from scenes.stage.parts.fog import fog_box
from scenes.stage.theme import THEMES
from scenes.stage.veil import CELL, Veil
from scenes.stage.write import Setting

from .sentences import Said, said
from .truth import Film, end_of, read, shown

LESSON = LESSONS["fog"]
HOME = SURFACES["two-valleys-2d"]
FUNCTIONS = (
    *("bowl", "himmelblau", "rastrigin", "ackley", "mccormick", "plateau-2d", "styblinski-tang", "rosenbrock"),
    *("saddle", "monkey-saddle", "x + y", "-x**2 - y**2", "x**2 - y**2", "1/(x**2 + y**2)", "abs(x) + abs(y)"),
    *("1e6*(x**2 + y**2)", "(x**2 + y**2)/1e6", "x**2", "exp(x) + y**2", "x**4/4 - x**2 + x/2 + y**2"),
)
ASKED: list[dict[str, Any]] = [
    {},
    *({"learning_rate": rate} for rate in (0.001, 0.02, 0.2, 0.3, 0.45, 0.6, 1.0, 2.0, 10.0)),
    *({"steps": steps} for steps in (0, 1, 2, 3, 12, 200)),
    *({"start": start} for start in ((1.0, 1.7), (0.0, 0.0), (-1.673, 0.8365), (9.0, 9.0), (1.469617, -0.734809))),
    *({"seed": seed} for seed in (1, 2, 3, 4)),
    *({"function": text} for text in FUNCTIONS if text != "x**2"),
    {"function": "bowl", "start": (0.0, 0.0)},
    {"function": "bowl", "learning_rate": 1.2},
    {"function": "bowl", "learning_rate": 1.002},
    {"function": "x**2 - y**2", "start": (1.0, 0.0)},
    {"function": "x**2 - y**2", "start": (0.0, 0.0)},
    {"function": "rastrigin", "seed": 5, "steps": 3},
    {"learning_rate": 1e300},
]


class Case(NamedTuple):
    """What a film is about, worked out anew. low, place: the landscape's lowest loss, and where. high: its top."""

    runs: FogRuns
    low: float
    place: np.ndarray
    high: float
    box: np.ndarray

    def inside(self, index: int, step: int = -1) -> bool:
        """Whether a ball is in the landscape after a step."""
        run = self.runs[index]
        if step >= len(run.points):
            return False
        low, high = self.box
        return bool((run.points[step] >= low).all() and (run.points[step] <= high).all()) and (
            run.losses[step] <= self.high + 1e-6 * abs(self.high)
        )

    def level(self, index: int) -> bool:
        """Whether the last slope is next to nothing beside the steepest."""
        slopes = np.hypot(*self.runs[index].gradients.T)
        return bool(slopes[-1] <= 0.03 * slopes.max())

    def hollow(self, index: int) -> int | None:
        """The known minimum at which a ball ends."""
        run, side = self.runs[index], min(high - low for low, high in self.runs[0].objective.domain)
        near = [np.hypot(*(run.points[-1] - one.point)) < 0.0201 * side for one in run.objective.minima]
        return near.index(True) if any(near) else None

    def deeper(self, index: int) -> bool:
        """Whether the landscape has a place that is lower than the one where a ball rests."""
        run, found = self.runs[index], self.hollow(index)
        here = run.losses[-1] if found is None else min(run.losses[-1], run.objective.minima[found].value)
        return bool(self.low < here - 0.9e-6 * (self.high - self.low))

    def rests(self, index: int) -> bool:
        return self.inside(index) and self.level(index) and self.hollow(index) is not None

    def lowest(self, index: int) -> bool:
        return self.rests(index) and not self.deeper(index)

    def lake(self, index: int) -> bool:
        return self.rests(index) and self.deeper(index)

    def falls(self, index: int) -> bool:
        return bool((np.diff(self.runs[index].losses) <= 0).all())


def descend(run: Trajectory, rate: float) -> np.ndarray:
    """The places (steps + 1, 2) of plain descent from a run's start, written anew."""
    points = [run.points[0]]
    for _ in range(run.steps):
        points.append(points[-1] - rate * np.asarray(run.objective.gradient(points[-1])))
    return np.array(points)


@cache
def case_of(asked: tuple) -> Case:
    """The runs of a spec, their steps computed anew, and the landscape searched by a grid and the known minima."""
    with np.errstate(all="ignore"):
        runs = runs_of(LESSON, RenderSpec("fog", **dict(asked)))
        objective = runs[0].objective
        for run in runs:
            if run.steps:
                assert np.allclose(descend(run, float(run.learning_rates[0])), run.points, rtol=1e-9, atol=1e-12)
            assert (run.learning_rates == next((one.learning_rates[0] for one in runs if one.steps), 0)).all()
        low, high = np.array(objective.domain).T
        middle, half = (low + high) / 2, (high - low) / 2
        half = half * max(1.0, float(np.hypot(*((runs[0].points[0] - middle) / half))) / 0.87)
        turns = np.linspace(-1, 1, 161)
        disc = np.stack(np.meshgrid(turns, turns, indexing="ij"), axis=-1)
        disc = disc[np.hypot(disc[..., 0], disc[..., 1]) <= 1]
        places = middle + disc * half
        losses = np.asarray(objective.value(places))
        places, losses = places[np.isfinite(losses)], losses[np.isfinite(losses)]
        begin, floor = max(one.losses[0] for one in runs), losses.min()
        height = begin - floor if begin - floor >= 1e-9 else 0.25 * (losses.max() - floor)
        top = min(losses.max(), floor + 1.35 * height)
        known = [one for one in objective.minima if (np.abs(np.array(one.point) - middle) <= half).all()]
        lowest = min([*known], key=lambda one: one.value, default=None)
        place, value = places[losses.argmin()], floor
        if lowest is not None and lowest.value <= floor:
            place, value = np.array(lowest.point), lowest.value
        return Case(runs, float(value), place, float(max(top, floor)), np.array([middle - half, middle + half]))


@cache
def sentences(asked: tuple) -> tuple[Said, ...]:
    """All that a film says."""
    return tuple(said("fog", dict(asked)))


def beside(case: Case) -> bool:
    """Whether the two starts are near each other on the map."""
    sides = np.ptp(np.array(case.runs[0].objective.domain), axis=1)
    return bool(np.hypot(*((case.runs[1].points[0] - case.runs[0].points[0]) / sides)) < 0.25)


def always(case: Case, one: Said) -> bool:
    """Of fog and feet at large, or of what to do next."""
    return True


def slopes(case: Case, one: Said) -> bool:
    """Whether the start is on a slope: then some ways lead up, some down, and one is steepest."""
    return bool(case.runs[0].gradients[0].any())


def steps(case: Case, one: Said) -> bool:
    return one.tells_count("steps", case.runs[0].steps)


LIFT, THEN = "Let the fog lift. ", "The fog lifts: "
CLAIMS = {
    "Imagine a mountain in thick fog. You want to get down, but you can't see the valley.": always,
    "All you have is the ground under your feet. Is that enough? Take a guess.": always,
    "It's level all around: no way leads down, so you stay where you are.": lambda c, s: (
        not slopes(c, s) and c.runs[0].steps == 0
    ),
    "Then feel the ground, in every direction.": slopes,
    "Some ways go [up](slope), some go [down](step). The longer the line, the steeper.": slopes,
    "One way goes down most steeply. That's the one to take.": slopes,
    "No step is asked for, so the ball stays.": lambda c, s: (
        c.runs[0].steps == 0 and c.runs[0].stop.name == "STEP_LIMIT"
    ),
    "The first step is longer than a computer can count: the ball is gone.": lambda c, s: (
        c.runs[0].steps == 0 and c.runs[0].stop.name == "DIVERGED"
    ),
    "Take a step that way, and feel again.": lambda c, s: c.inside(0, 1),
    "Take a step that way. This one is so long that it leaves the landscape.": lambda c, s: (
        c.runs[0].steps > 0 and not c.inside(0, 1)
    ),
    "Another step, another look with your feet.": lambda c, s: c.inside(0, 2),
    "And again: after {steps}, it's out of the landscape.": lambda c, s: steps(c, s) and not c.inside(0),
    "And again. But these steps are too long: after {steps}, you're higher than before.": lambda c, s: (
        steps(c, s) and c.runs[0].losses[-1] > c.runs[0].losses[0]
    ),
    "And again, and again, until the ground is almost level.": lambda c, s: c.level(0) and c.runs[0].steps > 2,
    "And again: {steps} in all.": steps,
    "Is this the [lowest point](minimum)? Take a guess.": lambda c, s: c.inside(0) and c.level(0),
    LIFT + "You made it: no place in this landscape is lower.": lambda c, s: c.lowest(0),
    LIFT + "You're in a mountain lake: level all around, and not the [lowest point](minimum).": lambda c, s: c.lake(0),
    LIFT + "You aren't down yet: the ground still slopes.": lambda c, s: (
        c.inside(0) and not c.level(0) and bool(c.runs[0].gradients[-1].any())
    ),
    LIFT + "The ball has left the landscape.": lambda c, s: not c.inside(0),
    LIFT + "It's level here, and lower elsewhere.": lambda c, s: (
        c.inside(0) and c.level(0) and c.runs[0].losses[-1] - c.low > 0.0099 * (c.high - c.low)
    ),
    LIFT + "It's level here, and nowhere much lower.": lambda c, s: (
        c.inside(0) and c.level(0) and c.runs[0].losses[-1] - c.low < 0.0101 * (c.high - c.low)
    ),
    "From above: a path all the way down, without a map. The slope underfoot was enough.": lambda c, s: (
        c.falls(0) and c.rests(0) and c.runs[0].steps > 0
    ),
    "From above: this path took no map. Each step used only the slope underfoot.": lambda c, s: c.runs[0].steps > 0,
    "Once more in the fog: a [second ball](run3) starts a little to the side.": lambda c, s: beside(c),
    "Once more in the fog: a [second ball](run3) starts somewhere else.": lambda c, s: not beside(c),
    "The same rule: feel, step, repeat, until it's level again.": lambda c, s: c.level(1),
    "The same rule: feel, step, repeat.": lambda c, s: c.runs[1].steps > 0,
    "Level, but a mountain lake: the [lowest point](minimum) lies {drop:loss} lower.": lambda c, s: (
        c.lake(1) and s.tells("drop", c.runs[1].losses[-1] - c.low)
    ),
    THEN + "the [second ball](run3) ends in the same place.": lambda c, s: (
        c.lowest(1) and c.hollow(0) == c.hollow(1) is not None
    ),
    THEN + "another place, and just as low.": lambda c, s: c.lowest(0) and c.lowest(1) and c.hollow(0) != c.hollow(1),
    THEN + "nothing in the landscape lies lower than this one.": lambda c, s: c.lowest(1),
    THEN + "this one has come to level ground.": lambda c, s: c.inside(1) and c.level(1),
    THEN + "this one isn't down yet.": lambda c, s: c.inside(1) and not c.level(1),
    THEN + "this one has left the landscape.": lambda c, s: not c.inside(1),
    "The slope underfoot tells you the way down. It can't tell you how far down you could get.": always,
    "A machine has no feet, only numbers. How does it find its way down?": always,
    "In the fog, you feel only the slope.": always,
    "In fog on {surface}, a ball feels the slope in every direction and takes {steps}. {end}": lambda c, s: (
        steps(c, s) and ENDS[s.values["end"]](c)
    ),
}
ENDS = {
    "When the fog lifts, no place in the landscape is lower.": lambda c: c.lowest(0),
    "When the fog lifts, a lower place is seen.": lambda c: c.lake(0),
    "When the fog lifts, it is on level ground.": lambda c: c.inside(0) and c.level(0),
    "When the fog lifts, it is still on a slope.": lambda c: c.inside(0) and not c.level(0),
    "When the fog lifts, it has left the landscape.": lambda c: not c.inside(0),
}


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_every_sentence_is_true(words):
    """Each sentence of film, loop and alt text has a claim here, and that holds for the runs."""
    with np.errstate(all="ignore"):
        case = case_of(tuple(words.items()))
        for one in sentences(tuple(words.items())):
            assert one.template in CLAIMS, one.template
            assert CLAIMS[one.template](case, one), (one.template, dict(one.values))


def test_all_that_can_be_said_is_said_somewhere():
    """The sweep above reaches every sentence."""
    heard = {one.template for words in ASKED for one in sentences(tuple(words.items()))}

    assert set(CLAIMS) - heard == set()


def test_the_lessons_own_story():
    """From two starts 0.6 apart, one ball ends in the deepest valley, the other in a lake 1.58 above it."""
    case = case_of(())
    roots = np.sort(np.roots([1, 0, -2.5, 0.5]).real)  # along y = −x/2, the slope is x³ − 5/2 x + 1/2
    heights = roots**4 / 4 - 1.25 * roots**2 + roots / 2

    assert case.lowest(0)
    assert case.lake(1)
    assert np.array([one.point for one in HOME.minima]) == pytest.approx(
        np.column_stack([roots, -roots / 2])[[0, 2]], abs=1e-12
    )
    assert np.hypot(*(case.runs[1].points[0] - case.runs[0].points[0])) == pytest.approx(0.6)
    assert case.runs[1].losses[-1] - case.low == pytest.approx(heights[2] - heights[0], abs=1e-3)
    assert heights[1] - heights[2] > 0.3 * (heights[1] - heights[0])  # a lake, not a puddle


def test_a_seed_draws_the_starts():
    """Each seed has starts of its own, the same every time; a start that is given is kept, and 0 is the lesson's."""
    starts = [runs_of(LESSON, RenderSpec("fog", seed=seed))[0].points[0].tolist() for seed in (0, 1, 2, 1)]
    given = runs_of(LESSON, RenderSpec("fog", seed=3, start=(0.5, 0.5)))
    low, high = np.array(HOME.domain).T

    assert starts[0] == [0.4, 1.7]
    assert starts[1] == starts[3]
    assert len({tuple(one) for one in starts}) == 3
    assert all((low < one).all() and (one < high).all() for one in starts)
    assert given[0].points[0].tolist() == [0.5, 0.5]


@pytest.mark.parametrize("words", [{"seed": seed} for seed in range(1, 12)] + [{"start": (0.9, -1.5)}], ids=str)
def test_where_there_is_a_lake_one_of_the_balls_ends_in_it(words):
    """Wherever the first ball ends, the second start is one that leads to the other hollow."""
    case = case_of(tuple(words.items()))

    assert {case.hollow(0), case.hollow(1)} == {0, 1}


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ({"function": "x**2"}, "two variables"),
        ({"function": "beal"}, "did you mean beale"),
        ({"start": (1.0,)}, "2 coordinates"),
        ({"function": "log(x) + y", "start": (-1.0, 0.0)}, "start elsewhere"),
        ({"optimiser": "adam"}, "fog takes no --optimiser"),
        ({"schedule": "cosine"}, "fog takes no --schedule"),
    ],
    ids=str,
)
def test_what_cannot_be_told_is_refused_in_one_line(words, complaint):
    """The rule, the value and what works."""
    with pytest.raises(ValueError, match=complaint) as refusal:
        runs_of(LESSON, RenderSpec("fog", **words))

    assert "\n" not in str(refusal.value)


# The picture


@cache
def film(aspect: str = "16:9", cut: str = "full", words: tuple = ()) -> Film:
    """A film as its parts and moves."""
    return Film("fog", aspect, cut=cut, **dict(words))


def veils(seen: Film, frame: int) -> list[Veil]:
    """The veils of a frame that have a clear circle."""
    return [mark for mark in seen.stage.marks(frame) if isinstance(mark, Veil) and mark.radius > 0]


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
def test_the_film_opens_in_fog_with_the_ball_in_a_lit_circle(theme, aspect):
    """The first frame has the ball, the ground around it, and fog between night and daylight everywhere else."""
    seen = film(aspect, words=(("theme", theme),))
    (fog,), (ball,) = veils(seen, 0), shown(seen, 0, "point", Disc)
    frame, behind = seen.composition.frame, [sum(rgb(colour)) for colour in (seen.theme.background, seen.theme.ink)]
    density = fog.density(140, 80)[..., 0]

    assert fog.centre == pytest.approx(ball.centre)
    assert ball.opacity == 1
    assert (fog.around.left, fog.around.right, fog.around.top) == (frame.left, frame.right, frame.top)
    assert fog.around.bottom >= seen.composition.caption.top
    assert 0.55 < density.mean() < 0.97
    assert density.min() == 0
    for colour in fog.colours:
        assert min(behind) + 0.2 < sum(rgb(colour)) < max(behind) - 0.2


def test_the_circle_goes_with_the_ball_that_walks():
    """In every frame with fog, its clear circle is around the one ball that is in the picture."""
    seen, followed = film(), set()
    for frame in range(0, seen.frames, 9):
        for fog in veils(seen, frame):
            balls = [ball for ball in shown(seen, frame, "point", Disc) if ball.opacity == 1]
            if fog.lifted == 0:
                assert len(balls) <= 1
                for ball in balls:
                    assert fog.centre == pytest.approx(ball.centre, abs=1e-6)
                    followed.add((ball.shows.run, ball.shows.step))
    assert {(0, 0), (0, 1), (0, 2), (0, 30), (1, 0), (1, 30)} <= followed


@pytest.mark.parametrize(
    ("aspect", "words"),
    [("16:9", ()), ("9:16", ()), ("1:1", (("function", "himmelblau"),)), ("16:9", (("function", "rosenbrock"),))],
)
def test_the_fan_is_as_long_as_the_ground_is_steep(aspect, words):
    """Each line leaves the ball along the ground, as long as the slope in its direction; blue rises, orange falls."""
    seen = film(aspect, words=words)
    run, frame = seen.runs[0], end_of(seen, "Some ways go")
    lines = {mark.shows.axis: mark for mark in shown(seen, frame, "felt slope", Stroke)}
    space = seen.stage.part("land").terrain.space
    sight = seen.stage.part("land").sight(Now(seen.stage, frame))
    here, loss, gradient = run.points[0], run.losses[0], run.gradients[0]
    start, small = sight.on_ground(here, loss), 1e-5 * np.ptp(run.objective.domain[0])
    down = np.arctan2(*-gradient[::-1])

    assert len(lines) == 22  # along the contour line there is no slope
    for axis, line in lines.items():
        turn = np.radians(15 * axis) + down
        way = np.array([np.cos(turn), np.sin(turn)])
        climb = gradient @ way
        tail, head = space.place(np.array([here, here + small * way]), np.array([loss, loss + small * climb]))
        tip = tail + abs(climb) / np.hypot(*gradient) * (head - tail) / np.linalg.norm(head - tail)
        assert line.points[0] == pytest.approx(start, abs=1e-6)
        assert line.points[-1] == pytest.approx(sight.at(tip), abs=0.01)
        assert line.colour == (seen.theme.slope if climb > 0 else seen.theme.step)


@pytest.mark.parametrize("step", [0, 1, 2])
def test_the_winner_is_the_way_that_the_ball_takes(step):
    """The arrow points where the next step goes, in the step's colour, and its number is the steepest slope there."""
    seen = film()
    run = seen.runs[0]
    frame = end_of(seen, ("most steeply", "feel again", "another look")[step])
    (arrow,), (number,) = shown(seen, frame, "steepest way", ArrowMark), shown(seen, frame, "steepest slope", Text)
    sight = seen.stage.part("land").sight(Now(seen.stage, frame))
    near = run.points[step] + 1e-4 * (run.points[step + 1] - run.points[step])
    ends = sight.on_ground(np.array([run.points[step], near]), run.objective.value(np.array([run.points[step], near])))
    along, drawn = ends[1] - ends[0], np.subtract(arrow.head, arrow.tail)

    assert arrow.shows.step == number.shows.step == step
    assert along @ drawn / np.hypot(*along) / np.hypot(*drawn) > 0.9999
    assert read(number.text)[0] == pytest.approx(-np.hypot(*run.gradients[step]), abs=0.0051)
    assert (arrow.colour, number.colour) == (seen.theme.step, seen.theme.slope)


def test_the_fan_is_tiny_where_the_ground_is_almost_level():
    """At the end of the way, no line is longer than the ball is wide."""
    seen = film()
    lines = shown(seen, end_of(seen, "almost level"), "felt slope", Stroke)

    assert all(np.hypot(*(line.points[-1] - line.points[0])) < 0.2 for line in lines)


def test_the_fog_lifts_and_hides_nothing():
    """Then the whole landscape is seen, both hollows have their rings, and the ball rests in the deeper one."""
    seen = film()
    frame = end_of(seen, "Let the fog lift")
    rings = {mark.shows.step: mark for mark in shown(seen, frame, "minimum", Ring)}
    (ball,) = shown(seen, frame, "point", Disc)

    assert not [mark for mark in seen.stage.marks(frame) if isinstance(mark, Veil)]
    assert set(rings) == {0, 1}
    assert rings[0].centre == pytest.approx(ball.centre, abs=0.05)
    assert not shown(seen, end_of(seen, "Take a guess"), "minimum")


@pytest.mark.parametrize(
    ("aspect", "words", "index"),
    [("16:9", (), 1), ("9:16", (), 1), ("1:1", (("start", (1.0, 1.7)),), 0), ("16:9", (("function", "mccormick"),), 1)],
)
def test_the_lake_is_level_and_around_the_ball(aspect, words, index):
    """Its shore is a contour line that goes once around the ball and its minimum."""
    seen = film(aspect, words=words)
    objective, run = seen.runs[0].objective, seen.runs[index]
    frame = end_of(seen, "mountain lake")
    (lake,), case = shown(seen, frame, "lake", Area), case_of(words)
    part = next(one for one in seen.parts if one.name == f"lake{lake.shows.step + 1}")
    losses = objective.value(part.shore)
    away = part.shore - run.points[-1]
    turns = np.unwrap(np.arctan2(away[:, 1], away[:, 0]))
    sight = seen.stage.part("land").sight(Now(seen.stage, frame))

    assert lake.shows.step == case.hollow(index)
    assert losses == pytest.approx(part.level, abs=0.02 * (part.level - objective.minima[lake.shows.step].value))
    assert part.level > run.losses[-1]
    assert abs(turns[-1] - turns[0]) > 1.9 * np.pi
    assert lake.points == pytest.approx(sight.on_ground(part.shore, np.full(len(losses), part.level)), abs=1e-6)


@pytest.mark.parametrize(("aspect", "words"), [("16:9", ()), ("9:16", ()), ("1:1", (("function", "mccormick"),))])
def test_the_drop_is_to_scale(aspect, words):
    """Its arrow falls from the ball's height to the landscape's lowest place, and its number is the difference."""
    seen, case = film(aspect, words=words), case_of(words)
    frame, run = end_of(seen, "mountain lake"), seen.runs[1]
    (arrow,), (number,) = shown(seen, frame, "drop", ArrowMark), shown(seen, frame, "drop", Text)
    sight = seen.stage.part("land").sight(Now(seen.stage, frame))

    assert arrow.tail == pytest.approx(sight.on_ground(case.place, run.losses[-1]), abs=1e-6)
    assert arrow.head == pytest.approx(sight.on_ground(case.place, case.low), abs=1e-6)
    assert read(number.text)[0] == pytest.approx(run.losses[-1] - case.low, abs=0.0051)
    assert arrow.colour == number.colour == seen.theme.loss


def test_each_ball_has_its_colour_everywhere():
    """Yellow is the first, violet the second: ball, landings and path."""
    seen, kinds = film(), set()
    wears = [seen.theme.ball, seen.theme.concept("run3")]
    for frame in [*range(0, seen.frames, 15), *seen.ends()]:
        for mark in seen.stage.marks(frame):
            if mark.shows and mark.shows.quantity in ("point", "landing", "path"):
                kinds.add((mark.shows.quantity, mark.shows.run))
                assert mark.colour == wears[mark.shows.run]
    assert {("point", 0), ("point", 1), ("landing", 0), ("landing", 1), ("path", 0)} <= kinds


@pytest.mark.parametrize(
    "words",
    [
        (("learning_rate", 2.0),),
        (("steps", 0),),
        (("function", "bowl"), ("start", (0.0, 0.0))),
        (("function", "x + y"),),
    ],
    ids=str,
)
def test_an_odd_film_can_be_drawn(words):
    """Whatever is asked, every beat's last picture has its ball or its marker, and no channel is missing."""
    seen = film(words=words)
    for frame in seen.ends():
        assert shown(seen, frame, "point") or shown(seen, frame, "off the scale")


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
def test_no_ground_shows_beneath_the_fog(aspect):
    """The fog ends between the landscape and the captions: where the lowest ground may stand, it is dense."""
    width, height = frame_pixels(QUALITIES["l"], aspect)
    composition = compose(width, height, "full")
    box = fog_box(Setting(composition, THEMES["dark"], "", ENGLISH))
    up = round(box.height / CELL)
    veil = Veil(around=box, centre=box.centre, radius=0.0, colours=("#888888", "#999999"))
    hidden = veil.density(8, up)[..., 0]
    heights = box.top - (np.arange(up) + 0.5) * box.height / up

    assert composition.caption.top + BLUR < box.bottom < composition.stage.bottom
    assert hidden[heights >= composition.stage.bottom - CELL / 2].min() > 0.99
