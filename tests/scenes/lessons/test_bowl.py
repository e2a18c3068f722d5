"""The bowl's film: every mark is where the run puts it, every number is the run's, every sentence is true."""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import Any, NamedTuple

import av
import numpy as np
import pytest

from gdsim import SURFACES
from gdsim.behaviour import jumps
from scenes.catalogue import LESSONS
from scenes.film.render import render
from scenes.script.language import ENGLISH
from scenes.script.timeline import Timeline
from scenes.script.timing import timed, total_frames
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Disc
from scenes.stage.composition import compose
from scenes.stage.line_marks import ArrowMark, Stroke
from scenes.stage.marks import Text
from scenes.stage.part import Now, Stage, channels_of
from scenes.stage.parts.sight import SurfaceMark
from scenes.stage.theme import THEMES
from scenes.stage.write import SMALLEST, Setting

from .truth import shown

FPS = 10
SIZES = {"16:9": (854, 480), "9:16": (270, 480), "1:1": (480, 480)}


class Played(NamedTuple):
    """A film as its parts and moves, without a Scene."""

    run: Any
    beats: Any
    stage: Stage
    setting: Setting

    @property
    def frames(self) -> int:
        return total_frames(self.beats)

    def beat(self, words: str) -> Any:
        """The first beat whose sentence has these words."""
        return next(beat for beat in self.beats if words in beat.beat.plain)

    def after(self, words: str) -> int:
        """The last frame of that beat."""
        return int(self.beat(words).end - 1)


@cache
def played(aspect: str = "16:9", cut: str = "full", **words: Any) -> Played:
    """The film that a spec asks for."""
    width, height = SIZES[aspect]
    lesson, spec = LESSONS["bowl"], RenderSpec("bowl", width=width, height=height, fps=FPS, cut=cut, **words)
    runs = lesson.run(spec)
    script = (lesson.loop if cut == "loop" else lesson.script)(runs)
    beats = timed(script, FPS, cut)
    setting = Setting(compose(width, height, cut), THEMES["dark"], lesson.title)
    parts = lesson.parts(runs, setting)
    segments = [segment for beat in beats for segment in beat.moves]
    stage = Stage(parts, Timeline(channels_of(parts), script.opening, segments), setting.theme)
    return Played(runs[0], beats, stage, setting)


def project(pose, world):
    """World points (n, 3) -> frame points, written anew from the pose's nine numbers."""
    azimuth, elevation, distance, zoom, x, y, rise, ground, _ = pose
    world = np.atleast_2d(np.asarray(world, dtype=float)).copy()
    world[:, 2] = ground + rise * (world[:, 2] - ground)
    east = -world[:, 0] * np.sin(azimuth) + world[:, 1] * np.cos(azimuth)
    ahead = world[:, 0] * np.cos(azimuth) + world[:, 1] * np.sin(azimuth)
    up = world[:, 2] * np.cos(elevation) - ahead * np.sin(elevation)
    near = ahead * np.cos(elevation) + world[:, 2] * np.sin(elevation)
    scale = zoom * distance / (distance - near)
    return np.column_stack([x + scale * east, y + scale * up])


# Where things are


@pytest.mark.parametrize("aspect", SIZES)
@pytest.mark.parametrize("words", ["Take a guess", "the landscape", "Put the numbers", "The rate stays", "Back to"])
def test_the_ball_lies_where_the_run_puts_it(aspect, words):
    """At rest the ball's centre is the run's point on the surface or on the map, to within a pixel."""
    film = played(aspect)
    frame = film.after(words)
    (ball,) = shown(film, frame, "point", Disc)
    now, land = Now(film.stage, frame), film.stage.part("land")
    step, terrain = ball.shows.step, land.terrain
    low, high = np.array(terrain.space.domain).T
    spans = (high - low) / (high - low).max()
    bottom, top = terrain.space.losses
    point, loss = film.run.points[step], film.run.losses[step]
    height = ((loss - bottom) / (top - bottom) - 0.5) * terrain.space.size[2]
    world = [*(((point - low) / (high - low) - 0.5) * spans * 4.6), height]

    expected = project(land.sight(now).pose, world)[0]

    assert step == round(film.stage.timeline.value(("run", "progress"), frame)[0])
    assert ball.centre == pytest.approx(expected.tolist(), abs=1 / 60)


@pytest.mark.parametrize("function", [None, "rosenbrock", "x**2 - y**2", "sin(x)*cos(y)", "elongated-bowl", "beale"])
def test_the_arrow_is_at_right_angles_to_the_contour(function):
    """On the map the gradient's arrow and the line of equal loss through the ball meet at 90°, on any function."""
    film = played(**({} if function is None else {"function": function}))
    frame = film.after("together they are the gradient")
    (arrow,) = shown(film, frame, "gradient arrow", ArrowMark)
    now, land = Now(film.stage, frame), film.stage.part("land")
    lines = [land.sight(now).on_map(line) for line in land.terrain.landing_lines(0)]
    line = min(lines, key=lambda one: np.hypot(*(one - arrow.tail).T).min())
    near = int(np.argmin(np.hypot(*(line - arrow.tail).T)))
    along = line[min(near + 1, len(line) - 1)] - line[max(near - 1, 0)]
    way = np.subtract(arrow.head, arrow.tail)

    cosine = along @ way / np.hypot(*along) / np.hypot(*way)

    assert abs(cosine) < 0.12


def test_arrows_are_to_scale():
    """The gradient's arrow is as long on the map as the gradient is; the step's ends on the very next point."""
    film = played()
    for words, quantity, tip in (
        ("together they are", "gradient arrow", film.run.points[0] + film.run.gradients[0]),
        ("Put the numbers", "step arrow", film.run.points[1]),
    ):
        frame = film.after(words)
        (arrow,) = shown(film, frame, quantity, ArrowMark)
        sight = film.stage.part("land").sight(Now(film.stage, frame))

        assert arrow.head == pytest.approx(sight.on_map(tip).tolist(), abs=1e-6)


def test_the_needle_feels_what_the_gradient_says():
    """In whatever direction it points, its number is the slope there; along the line 0, straight across all of it."""
    film = played()
    guess = film.beat("Take a guess")
    for frame in range(guess.start, film.after("you climb fastest") + 1, 3):
        needles = shown(film, frame, "climb", Text)
        arrows = [mark for mark in film.stage.marks(frame) if isinstance(mark, ArrowMark)]
        if needles and arrows and needles[0].opacity == 1:
            way = np.subtract(arrows[0].head, arrows[0].tail)
            climb = film.run.gradients[0] @ way / np.hypot(*way)
            assert ENGLISH.read(needles[0].text) == pytest.approx(climb, abs=0.06 + 0.01 * abs(climb))
    (last,) = shown(film, film.after("you climb fastest"), "climb", Text)
    assert last.text == "10"


@pytest.mark.parametrize("axis", [0, 1])
def test_tangents_have_the_slope_of_their_cut(axis):
    """Each cut's tangent, read back from the frame's world, rises as the gradient's component says."""
    film = played()
    slices, terrain = film.stage.part("slices"), film.stage.part("land").terrain
    start, end = slices.tangent(0, axis)
    run = (end - start)[axis] / 4.6 * 11.494252873563218
    low, high = terrain.space.losses
    rise = (end - start)[2] / terrain.space.size[2] * (high - low)

    assert rise / run == pytest.approx(film.run.gradients[0, axis], rel=1e-3)


# Numbers


def values(film: Played, shows: Any) -> list[float]:
    """What the run says a mark stands for."""
    run, step = film.run, shows.step or 0
    after = min(step + 1, run.steps)
    known = {
        "loss": [run.losses[step]],
        "point": run.points[step],
        "next point": run.points[after],
        "second point": [run.points[step, 1]],
        "gradient": run.gradients[step],
        "downhill": -run.gradients[step],
        "slope": [run.gradients[step, shows.axis]],
        "step": run.points[after] - run.points[step],
        "rate": [run.learning_rates[min(step, run.steps - 1)]] if run.steps else [0.0],
        "steps": [step],
        "steepness": [np.linalg.norm(run.gradients[step])],
    }
    return [float(value) for value in known[shows.quantity]]


def numbers(text: str) -> list[float]:
    """The numbers of a label, powers of ten read."""
    plain = text.replace("−", "-").replace("\u00a0", "").replace(",", " ").strip("()")
    plain = plain.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")).replace("×10", "e")
    return [float(re.sub(r"^10(?=-?\d+$)", "1e", word)) for word in plain.split()]


FILMS = [
    {},
    {"learning_rate": 1.05},
    {"optimiser": "adam"},
    {"optimiser": "momentum", "learning_rate": 0.05},
    {"function": "rosenbrock"},
    {"function": "sin(x)*cos(y)"},
    {"function": "x**2 - y**2", "steps": 30},
    {"start": (0.0, 0.0)},
]


@pytest.mark.parametrize("words", FILMS, ids=str)
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_every_number_on_screen_is_the_runs(words, aspect):
    """At the end and in the middle of each beat, each label says what the run has there, to its last digit shown."""
    film = played(aspect, **words)
    texts = 0
    for frame in sorted({frame for beat in film.beats for frame in (beat.end - 1, (beat.start + beat.end) // 2)}):
        for mark in film.stage.marks(frame):
            told = isinstance(mark, Text) and mark.shows and mark.shows.quantity not in ("climb", "step")
            if not told or (mark.shows.quantity == "point" and mark.text.count(",") == 0):
                told = told and mark.shows.quantity == "point"
            if not told:
                continue
            expected = values(film, mark.shows)
            found = numbers(mark.text)
            expected = expected if len(found) == len(expected) else expected[:1]
            texts += 1
            assert found == pytest.approx(expected, rel=0.06, abs=6e-4), (mark.shows, mark.text)
    assert texts > 10 or film.run.steps == 0


def test_the_default_film_tells_the_articles_numbers():
    """At (3, 4) the loss is 25 and the gradient (6, 8); the first step goes by (−0.6, −0.8) to (2.4, 3.2)."""
    film = played()
    said = " ".join(beat.beat.plain for beat in film.beats).replace("\u00a0", " ")
    seen = {mark.text for beat in film.beats for mark in film.stage.words(beat.end - 1)}

    assert "on this one, 25." in said
    assert "the slope is 6; along θ₂, it's 8." in said
    assert {"(6, 8)", "(−6, −8)", "(−0.6, −0.8)", "(3, 4)", "(2.4, 3.2)", "16", "0.1"} <= seen


# The frame


@pytest.mark.parametrize("aspect", SIZES)
def test_the_hero_has_most_of_the_frame(aspect):
    """In every frame the hero's box covers 55 % of the film's; the surface alone a quarter of a wide film's."""
    film = played(aspect)
    frame = film.setting.composition.frame
    whole = frame.width * frame.height
    for number in range(0, film.frames, 4):
        hero = film.stage.part("land").hero(Now(film.stage, number))
        assert hero.width * hero.height >= 0.55 * whole
    surfaces = [mark for mark in film.stage.marks(film.after("the landscape")) if isinstance(mark, SurfaceMark)]
    share = surfaces[0].around.width * surfaces[0].around.height / whole
    assert share > {"16:9": 0.25, "9:16": 0.2, "1:1": 0.35}[aspect]


@pytest.mark.parametrize("words", FILMS, ids=str)
@pytest.mark.parametrize("aspect", SIZES)
def test_nothing_leaves_the_frame_and_all_can_be_read(aspect, words):
    """Marks lie in the frame above the captions; no type is smaller than may be."""
    film = played(aspect, **words)
    composition = film.setting.composition
    inside = composition.frame.inset(bottom=composition.caption.bottom - composition.frame.bottom)
    for beat, share in itertools.product(film.beats, (0.5, 1.0)):
        frame = round(beat.start + share * (beat.frames - 1))
        for name, mark, box in film.stage.boxes(frame):
            if isinstance(mark, Text):
                assert composition.frame.holds(box, 0.02), (beat.beat.plain, name, mark.text, box)
                assert mark.size >= SMALLEST - 1e-9 or name in ("column", "function"), (name, mark.text, mark.size)
            elif mark.clip is None and name != "column":
                assert inside.holds(box, 0.6), (beat.beat.plain, name, mark)


@pytest.mark.parametrize("aspect", SIZES)
def test_no_label_meets_another(aspect):
    """At the end of each beat no two numbers or words of the picture overlap."""
    film = played(aspect)
    for beat in film.beats:
        texts = [
            (mark.text, box)
            for name, mark, box in film.stage.boxes(beat.end - 1)
            if isinstance(mark, Text) and mark.opacity > 0.5 and name != "column"
        ]
        for (one, box), (other, there) in itertools.combinations(texts, 2):
            slim = box.inset(0.02, 0.06, 0.02, 0.06)
            assert not slim.meets(there.inset(0.02, 0.06, 0.02, 0.06)), (beat.beat.plain, one, other)


def test_the_picture_seldom_stands_still():
    """Captions aside, nothing rests for more than four seconds, and at most a third of the film is still."""
    film = played()
    moving = [film.stage.timeline.moving(frame) for frame in range(film.frames)]
    rests = [len(list(group)) for still, group in itertools.groupby(moving, lambda one: not one) if still]

    assert max(rests) <= 4.0 * FPS
    assert sum(rests) <= film.frames / 3


def test_a_ball_that_leaves_the_picture_gives_way_to_the_marker():
    """Thrown off the drawn ground, the ball is a marker at the edge, whose words are inside the hero."""
    film = played(learning_rate=1.2)
    frame = film.after("land higher") if any("land higher" in b.beat.plain for b in film.beats) else film.frames // 2
    frames = [beat.end - 1 for beat in film.beats]
    markers = [number for number in frames if shown(film, number, "off the scale")]

    assert markers
    for number in [*markers, frame]:
        assert len(shown(film, number, "off the scale")) + len(shown(film, number, "point", Disc)) == 1


def test_plain_descent_leaps_and_a_heavy_ball_rolls():
    """Between two steps the ball is above the ground, from above on the straight line; with momentum it stays on it."""
    for words, rolls in (({}, False), ({"optimiser": "momentum", "learning_rate": 0.05}, True)):
        film = played(**words)
        walk = film.beats[[beat.beat.chapter for beat in film.beats].index("Step by step")]
        ball, terrain = film.stage.part("ball"), film.stage.part("land").terrain
        heights = []
        for frame in range(walk.start, walk.end):
            world, step = ball.world(Now(film.stage, frame))
            if step is None:
                plan = world[:2] / (np.array(terrain.space.size[:2])) + 0.5
                low, high = np.array(terrain.space.domain).T
                heights.append(float(world[2] - terrain.field.lift(low + plan * (high - low))[2]))
        assert heights
        assert min(heights) > -1e-9
        assert max(heights) < 1e-9 if rolls else max(heights) > 0.01


# Words

RATES = np.geomspace(1e-4, 10, 12).tolist()
METHODS = ("gradient-descent", "momentum", "adam", "rmsprop", "newton", "bfgs")
ODD = (
    "x**2 - y**2",
    "-x**2 - y**2",
    "sin(x)*cos(y)",
    "x**2 + 20*y**2",
    "1e6*(x**2 + y**2)",
    "(x**2 + y**2)/1e6",
    "exp(x) + y**2",
    "abs(x) + abs(y)",
    "1/(x**2 + y**2)",
    "log(x) + y**2",
    "x + y",
    "rosenbrock",
    "himmelblau",
    "plateau-2d",
)
ASKED = [
    *({"learning_rate": rate} for rate in np.geomspace(1e-4, 10, 40).tolist()),
    *({"function": text, "optimiser": method} for text in ODD for method in METHODS),
    *({"function": text, "learning_rate": rate} for text in ODD[:8] for rate in RATES[::3]),
    {"start": (0.0, 0.0)},
    {"start": (-1000.0, 2.0)},
    {"start": (1e-7, 0.0)},
    {"steps": 0},
    {"steps": 1},
    {"steps": 2},
    {"steps": 400, "learning_rate": 1.05},
    {"learning_rate": 1e6},
    {"learning_rate": 1.0},
    {"learning_rate": 0.5},
    {"function": "saddle", "steps": 300, "start": (2.5, 0.0)},
]


def square_crossings(run) -> bool:
    """Whether the straight path meets each level line at 90° ± 2.5°, found by sampling it."""
    for tail, head in itertools.pairwise(run.points):
        for share in np.linspace(0, 1, 5):
            slope = np.asarray(run.objective.gradient(tail + share * (head - tail)))
            size = np.linalg.norm(slope) * np.linalg.norm(head - tail)
            if size > 0 and abs(slope @ (head - tail)) / size < np.cos(np.radians(2.5)):
                return False
    return True


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_what_is_said_is_what_happened(words):
    """Each claim that a sentence makes is checked against the numbers of the run."""
    lesson = LESSONS["bowl"]
    (run,) = lesson.run(RenderSpec("bowl", **words))
    beats = [beat.plain.replace("\u00a0", " ") for beat in lesson.script((run,))]
    text = " ".join(beats)
    lengths = np.linalg.norm(np.diff(run.points, axis=0), axis=1)
    plain = np.allclose(np.diff(run.points, axis=0), -run.learning_rates[:, None] * run.gradients[:-1], rtol=1e-5)
    slopes = np.linalg.norm(run.gradients, axis=1)
    minima = [np.linalg.norm(run.points[-1] - np.array(one.point)) for one in run.objective.minima]
    claims = {
        "you climb fastest": lambda: slopes[0] > 0,
        "together they are the gradient": lambda: slopes[0] > 0,
        "each step is shorter": lambda: np.all(np.diff(lengths) < 0) and plain,
        "each one is shorter": lambda: np.all(np.diff(lengths) < 0) and jumps(run).all(),
        "lands higher": lambda: np.all(np.diff(run.losses) > 0),
        "ends lower": lambda: run.losses[-1] < run.losses[0],
        "gets lower": lambda: np.all(np.diff(run.losses) < 0),
        "too large": lambda: run.losses[-1] > run.losses[0],
        "ended higher": lambda: run.losses[-1] > run.losses[0],
        "Not every step leads down": lambda: not np.all(np.diff(run.losses) < 0),
        "crosses every line at a right angle": lambda: plain and square_crossings(run),
        "leaves its line at a right angle": lambda: plain,
        "step against the gradient": lambda: plain,
        "the minus flips it": lambda: plain,
        "no step overshoots": lambda: np.all(np.diff(run.losses) <= 0) and not jumps(run).any(),
        "has not arrived": lambda: len(minima) > 0 and min(minima) > 1e-3 * np.ptp(run.objective.domain),
        "It never quite arrives": lambda: plain and min(minima) < 0.5 * np.linalg.norm(run.points[0] - run.points[-1]),
        "almost zero": lambda: slopes[-1] < 0.06 * slopes[0] or slopes[-1] < 1e-6,
        "the loss falls": lambda: run.losses[1] < run.losses[0],
        "the loss grows": lambda: run.losses[1] > run.losses[0],
        "much gentler": lambda: slopes[-1] < 0.1 * slopes[0],
    }
    for claim, holds in claims.items():
        if claim in text:
            assert holds(), claim
    if found := re.search(r"the ball is (\S+) from the minimum", text):
        assert numbers(found.group(1)) == pytest.approx([min(minima)], rel=0.05)
    assert "on the minimum" not in text or min(minima) < 5e-7
    if run.steps > 1:
        assert f"After {run.steps} steps" in text


def test_a_function_of_one_variable_is_refused():
    """The bowl draws two variables; the error says what works."""
    with pytest.raises(ValueError, match=r"two variables.*works"):
        LESSONS["bowl"].run(RenderSpec("bowl", function="x**2"))


@pytest.mark.parametrize("name", ["rosenbrock", "himmelblau", "beale", "x**2 + 20*y**2", "x**2 - y**2", "x + y"])
def test_a_function_of_ones_own_stays_on_its_map(name):
    """Without a rate from the user the film's ball goes down and never leaves the map."""
    (run,) = LESSONS["bowl"].run(RenderSpec("bowl", function=name))
    low, high = np.array(run.objective.domain).T

    assert (np.diff(run.losses) <= 0).all()
    assert (run.points >= low).all()
    assert (run.points <= high).all()
    assert run.losses[-1] < run.losses[0]


@pytest.mark.parametrize("function", ["sin(x)*cos(y)", "x**2 - y**2", "rosenbrock", "himmelblau", "beale"])
def test_the_eye_sees_the_run(function):
    """In the landscape most of the ball's places are not hidden by a hill, and the ground is seen from above."""
    film = played(function=function)
    frame = next(beat.end - 1 for beat in film.beats if beat.beat.chapter == "Step by step")
    sight = film.stage.part("land").sight(Now(film.stage, frame))
    terrain = film.stage.part("land").terrain
    held = [terrain.holds(point, loss) for point, loss in zip(film.run.points, film.run.losses)]
    world = terrain.space.place(film.run.points[held], film.run.losses[held])

    assert sight.visible(world).mean() > 0.85
    assert sight.pose[1] >= np.radians(29)


def test_loop_returns_to_its_first_picture():
    """The marks of a loop's last frame are those of its first."""
    film = played(cut="loop")
    first, last = ([mark.key for mark in film.stage.marks(frame)] for frame in (0, film.frames - 1))

    assert first == last
    assert 6 <= film.frames / FPS <= 12


def test_the_film_has_a_films_length():
    """A film that moves lasts between half a minute and two."""
    for words in FILMS[:-1]:
        assert 30 <= played(**words).frames / FPS <= 120


def test_a_stroke_of_the_level_has_its_loss():
    """Every point of the line through the ball has the ball's loss."""
    film = played()
    frame = film.after("on this one")
    marks = shown(film, frame, "level", Stroke)
    sight = film.stage.part("land").sight(Now(film.stage, frame))
    corner, other = sight.on_map(np.array([0.0, 0.0])), sight.on_map(np.array([1.0, 1.0]))
    points = np.concatenate([(mark.points - corner) / (other - corner) for mark in marks])

    assert np.allclose(SURFACES["bowl"].value(points), 25.0, rtol=2e-3)


def test_one_process_and_two_draw_the_same_film(tmp_path):
    """A small film's decoded pictures are the same from one process or two, a ball that leaves the map included."""
    words = {"function": "rosenbrock", "optimiser": "newton"}
    spec = RenderSpec("bowl", width=192, height=108, fps=2, steps=6, **words)
    films = []
    for jobs in (1, 2):
        target = tmp_path / f"{jobs}.mp4"
        render(spec, [target], lambda frames: None, jobs)
        with av.open(str(target)) as film:
            films.append([frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)])

    assert len(films[0]) == len(films[1]) > 50
    assert all(np.array_equal(one, other) for one, other in zip(*films))


def test_a_picture_is_a_matter_of_its_frame():
    """A frame's marks are the same asked for alone, backwards, or after all the others."""
    film = played()
    wanted = range(0, film.frames, 37)
    forwards = {frame: [mark.key for mark in film.stage.marks(frame)] for frame in wanted}

    assert all(forwards[frame] == [mark.key for mark in film.stage.marks(frame)] for frame in reversed(wanted))


def test_each_slice_cuts_along_its_own_parameter():
    """The cut for θ₁ lies over places with the ball's θ₂, and the other one over places with its θ₁."""
    film = played()
    land, run, seen = film.stage.part("land"), film.run, set()
    for frame in range(0, film.frames, 4):
        for mark in shown(film, frame, "slice"):
            axis = mark.shows.axis
            places = np.repeat(run.points[:1], 400, axis=0)
            places[:, axis] = np.linspace(*land.terrain.space.domain[axis], 400)
            line = land.sight(Now(film.stage, frame)).at(land.terrain.space.place(places, run.objective.value(places)))
            apart = np.hypot(*(mark.points[:, None] - line[None]).transpose(2, 0, 1)).min(axis=1)
            assert apart.max() < 0.05, f"frame {frame}, axis {axis}"
            seen.add(axis)
    assert seen == {0, 1}
