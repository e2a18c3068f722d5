"""The film about the slingshot: what it says and shows, held against shots that are worked out here."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

import numpy as np
import pytest

from scenes.catalogue import LESSONS
from scenes.lesson import tell_story
from scenes.runs import runs_of
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Area, Disc
from scenes.stage.line_marks import ArrowMark, Stroke

from .sentences import Said, faults, told
from .truth import Film, axes, read

STARTS = (None, (25.0, 80.0), (30.0, 45.0), (0.0, 30.0), (20.0, 0.0), (20.0, 130.0), (32.16, 17.34), (60.0, 70.0))
RATES = (None, 0.001, 0.005, 0.05, 0.1, 0.3, 10.0)
STEPS = (None, 0, 1, 2, 40)
HALF = 2.5  # of the basket's width in metres


def lands(speed: float, angle: float) -> float:
    """Where a shot comes down: across as fast as it goes, for as long as it takes up and down."""
    turn = np.pi * angle / 180
    return speed * np.cos(turn) * 2 * speed * np.sin(turn) / 9.81


def off(one: Said) -> np.ndarray:
    """By how many metres each shot is too long."""
    return offs(one.run)


@lru_cache(maxsize=4)
def offs(run) -> np.ndarray:
    return np.array([lands(*shot) - 60 for shot in run.points])


def inside(one: Said, step: int) -> bool:
    return abs(off(one)[step]) <= HALF


def tells_miss(one: Said, name: str, step: int) -> bool:
    return told(one.values[name], abs(off(one)[step]))


def gradient(speed: float, angle: float) -> np.ndarray:
    """Of the squared miss, by differences."""
    shifts = 1e-5 * np.eye(2)
    point = np.array([speed, angle])
    return np.array([((lands(*(point + one)) - 60) ** 2 - (lands(*(point - one)) - 60) ** 2) / 2e-5 for one in shifts])


def level(one: Said) -> bool:
    return float(np.hypot(*gradient(*one.run.points[0]))) < 1e-3


def beyond(one: Said) -> bool:
    """Whether the next correction asks for what is no shot, or for one that is out of all measure."""
    here = one.run.points[-1]
    rate = one.asked_rate
    speed, angle = here - rate * gradient(*here)
    return not (speed >= 0 and 0 <= angle <= 180) or here[0] > 4500


def second(one: Said) -> np.ndarray:
    """The shots from the other angle, worked out here."""
    return other_row(tuple(one.run.points[0].tolist()), one.asked_rate, one.run.steps)


@lru_cache(maxsize=4)
def other_row(start: tuple[float, float], rate: float, steps: int) -> np.ndarray:
    points = [np.array([start[0], 90 - start[1]])]
    for _ in range(steps):
        points.append(points[-1] - rate * gradient(*points[-1]))
    return np.array(points)


def turns(one: Said, by: int, arc: str) -> bool:
    """Whether the second row turns its angle that way, the first the other, and both end in the basket."""
    row = second(one)
    change, main = row[-1, 1] - row[0, 1], one.run.points[-1, 1] - one.run.points[0, 1]
    steep = (row[-1, 1] > 45) == (arc == "high")
    ends = abs(lands(*row[-1]) - 60) <= HALF and inside(one, -1)
    return np.sign(change) == by == -np.sign(main) and abs(change) > 0.49 and steep and ends


def hardly(one: Said, arc: str) -> bool:
    row = second(one)
    return abs(row[-1, 1] - row[0, 1]) < 0.51 and (row[-1, 1] > 45) == (arc == "high") and inside(one, -1)


def stays_in(one: Said, first: int) -> bool:
    return all(inside(one, step) for step in range(first, one.run.steps + 1))


def first_hit(one: Said) -> int:
    return next(step for step in range(one.run.steps + 1) if inside(one, step))


def always(one: Said) -> bool:
    """A question, a task, or what is true of every shot."""
    return True


CLAIMS = {
    "A slingshot takes two numbers: a force, here the launch speed, and an angle.": always,
    "Which pair hits the basket? Take a guess!": always,
    "First shot. The ball lands {miss} metres short.": lambda one: off(one)[0] < -HALF and tells_miss(one, "miss", 0),
    "First shot. The ball lands {miss} metres too far.": lambda one: off(one)[0] > HALF and tells_miss(one, "miss", 0),
    "First shot. It's in the basket already!": lambda one: inside(one, 0),
    "The miss is the error. Squared, it's the loss: {loss}.": lambda one: told(one.values["loss"], off(one)[0] ** 2),
    "Nudge the force, then the angle. How fast the loss changes is the slope for each.": lambda one: not level(one),
    "Together, they're the gradient: twice the miss, times how each moves the landing.": lambda one: not level(one),
    "Nudge the force or the angle: both slopes are as good as zero. No error, no correction.": (
        lambda one: level(one) and inside(one, 0)
    ),
    "Nudge the force or the angle: both slopes are as good as zero. Nothing says which way to correct.": (
        lambda one: level(one) and not inside(one, 0)
    ),
    "With a minus, and scaled by the learning rate, it corrects force and angle.": lambda one: bool(
        np.allclose(one.run.points[1] - one.run.points[0], -one.asked_rate * gradient(*one.run.points[0]), 1e-4)
    ),
    "Scaled by the learning rate, it asks for a shot that nobody can shoot: the rate is too large.": beyond,
    "Shoot again, and it's in!": lambda one: inside(one, 1) and not inside(one, 0),
    "Shoot again: it's in, as before.": lambda one: inside(one, 1) and inside(one, 0),
    "Shoot again. This correction hardly changes the miss.": lambda one: (
        abs(abs(off(one)[1]) / abs(off(one)[0]) - 1) < 0.021 and not inside(one, 1)
    ),
    "Shoot again. Now it's {miss} metres off: the correction was too large.": lambda one: (
        abs(off(one)[1]) > abs(off(one)[0]) and tells_miss(one, "miss", 1)
    ),
    "Shoot again. Now it misses on the other side, by {miss} metres.": lambda one: (
        off(one)[0] * off(one)[1] < 0 and abs(off(one)[1]) < abs(off(one)[0]) and tells_miss(one, "miss", 1)
    ),
    "Shoot again. Now it's {miss} metres short: a smaller miss.": lambda one: (
        off(one)[0] < off(one)[1] < -HALF and tells_miss(one, "miss", 1)
    ),
    "Shoot again. Now it's {miss} metres too far: a smaller miss.": lambda one: (
        off(one)[0] > off(one)[1] > HALF and tells_miss(one, "miss", 1)
    ),
    "On this map of the loss, each shot is a point: force across, angle up.": always,
    "Miss, correct, shoot again, until a correction asks for a shot that nobody can shoot.": beyond,
    "Miss, correct, shoot again: shot number {number} is in!": lambda one: (
        one.number("number") == first_hit(one) + 1 and stays_in(one, first_hit(one))
    ),
    "Shoot on: from here on, every shot is in.": lambda one: stays_in(one, 1),
    "Miss, correct, shoot again: of {shots}, the last is in.": lambda one: (
        inside(one, -1) and counted(one) and not stays_in(one, first_hit(one))
    ),
    "Miss, correct, shoot again: each lands closer, but {shots} aren't enough.": lambda one: (
        bool((np.diff(abs(off(one))) < 0).all()) and not inside(one, -1) and counted(one)
    ),
    "Miss, correct, shoot again: after {shots}, it's still {miss} metres off.": lambda one: (
        tells_miss(one, "miss", -1) and not inside(one, -1) and counted(one)
    ),
    "Same force, same miss, but steep. What will the rule do?": lambda one: one.run.points[0, 1] < 45 and same(one),
    "Same force, same miss, but flat. What will the rule do?": lambda one: one.run.points[0, 1] > 45 and same(one),
    "This time, it lowers the angle, and a high arc hits, too.": lambda one: turns(one, -1, "high"),
    "This time, it lowers the angle, and a low arc hits, too.": lambda one: turns(one, -1, "low"),
    "This time, it raises the angle, and a high arc hits, too.": lambda one: turns(one, 1, "high"),
    "This time, it raises the angle, and a low arc hits, too.": lambda one: turns(one, 1, "low"),
    "Hardly anything: a high arc hits, too.": lambda one: hardly(one, "high"),
    "Hardly anything: a low arc hits, too.": lambda one: hardly(one, "low"),
    "On the map, all hits form one curved valley, and both paths end there.": lambda one: (
        inside(one, -1) and abs(lands(*second(one)[-1]) - 60) <= HALF
    ),
    "On the map, all hits form one curved valley.": always,
    "Follow it: force and angle change together, and every shot is a hit.": always,
    "That's learning: try, miss, correct by the error.": always,
    "But how large should each correction be?": always,
    "Miss, correct by the error, shoot again.": lambda one: one.run.steps > 0,
    "Many shots hit: they form a valley.": always,
    "A slingshot shoots at a basket. A map of the loss shows all hits as one curved valley.": lambda one: (
        one.run.steps == 0
    ),
    "A slingshot takes {shots} at a basket. Each miss corrects force and angle; the miss goes from {first} to {last} "
    "metres.": lambda one: tells_miss(one, "first", 0) and tells_miss(one, "last", -1) and counted(one),
}


def counted(one: Said) -> bool:
    number, _, noun = one.values["shots"].replace("\u00a0", " ").partition(" ")
    return int(number) == one.run.steps + 1 and noun == ("shot" if one.run.steps == 0 else "shots")


def same(one: Said) -> bool:
    start = second(one)[0]
    return start[0] == one.run.points[0, 0] and abs(lands(*start) - 60 - off(one)[0]) < 1e-9


class Asked(Said):
    """A sentence, and the rate that was asked for: a run of no steps does not tell it."""

    asked_rate: float


def checked(words: dict) -> list[str]:
    """The faults of a film."""
    rate = words.get("learning_rate") or 0.02
    claims = {text: (lambda one, check=check: check(with_rate(one, rate))) for text, check in CLAIMS.items()}
    return list(faults("slingshot", words, claims))


def with_rate(one: Said, rate: float) -> Asked:
    found = Asked(*one)
    found.asked_rate = rate
    return found


@pytest.mark.parametrize("start", STARTS)
def test_every_sentence_is_true(start):
    """From everywhere, at every rate, after any number of shots: each sentence is known here, and borne out."""
    found = []
    for rate, steps in product(RATES, STEPS):
        asked = {"start": start, "learning_rate": rate, "steps": steps}
        found += checked({name: value for name, value in asked.items() if value is not None})
    assert found == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"start": (-1.0, 20.0)}, r"speed from 0 to 60 m/s and an angle from 0 to 180 degrees, got -1,20; 25,10 works"),
        ({"start": (20.0, 181.0)}, r"got 20,181; 25,10 works"),
        ({"start": (61.0, 20.0)}, r"got 61,20; 25,10 works"),
        ({"start": (20.0,)}, r"must have 2 coordinates, got 1; 25,10 works"),
        ({"steps": 41}, r"up to 40 corrections, got 41; 4 works"),
    ],
)
def test_what_is_no_shot_is_refused(words, message):
    """In one line, with the rule and with a value that works."""
    with pytest.raises(ValueError, match=message) as refused:
        tell_story(LESSONS["slingshot"], RenderSpec("slingshot", **words))
    assert "\n" not in str(refused.value)


def test_the_second_row_is_the_firsts_mirror():
    """The same force at each step, the same miss, and angles that add up to a right one; only where both rows hit."""
    main, other = runs_of(LESSONS["slingshot"], RenderSpec("slingshot"))
    apart = other.points[:, 1] + main.points[:, 1]

    np.testing.assert_allclose(other.points[:, 0], main.points[:, 0], rtol=1e-9)
    np.testing.assert_allclose(apart, 90, rtol=1e-9)
    np.testing.assert_allclose(other.losses, main.losses, rtol=1e-6)
    for words in ({"steps": 1}, {"steps": 0}, {"start": (25.0, 44.0)}, {"start": (20.0, 130.0)}):
        assert len(runs_of(LESSONS["slingshot"], RenderSpec("slingshot", **words))) == 1


FILMS = [
    {},
    {"aspect": "1:1"},
    {"aspect": "9:16", "start": (25.0, 80.0)},
    {"cut": "loop"},
    {"start": (20.0, 130.0)},
    {"learning_rate": 0.1},
    {"steps": 0},
]
filmed = pytest.mark.parametrize("number", range(len(FILMS)))


@lru_cache(maxsize=len(FILMS))
def played(number: int) -> Film:
    return Film("slingshot", **FILMS[number])


def sampled(film: Film) -> list[int]:
    return sorted({*range(0, film.frames, 14), *film.ends()})


def shown(film: Film, frame: int, quantity: str, kind: type) -> list:
    marks = film.stage.marks(frame)
    return [mark for mark in marks if isinstance(mark, kind) and mark.shows and mark.shows.quantity == quantity]


def metres(film: Film, frame: int) -> tuple[float, float, float] | None:
    """Where 0 and the ground are in the frame, and how many metres a unit is, from the numbers along the ground."""
    scale = axes(film, frame, 0, "range tick")
    (rim,) = shown(film, frame, "basket", Stroke)
    return None if scale is None else (-scale[0] / scale[1], float(rim.points[0, 1]), scale[1])


def test_the_metres_along_the_ground_reach_the_basket():
    """The number at the basket's middle is 60, and the numbers are evenly spaced."""
    film = played(0)
    for frame in sampled(film):
        zero, _, unit = metres(film, frame)
        (rim,) = shown(film, frame, "basket", Stroke)
        assert rim.points[:, 0].mean() == pytest.approx(zero + 60 / unit, abs=0.02)
        assert np.ptp(rim.points[:, 0]) * unit == pytest.approx(2 * HALF, abs=0.1)


def height(shot, x: np.ndarray) -> np.ndarray:
    """The parabola of a shot over the ground."""
    turn = np.pi * shot[1] / 180
    return x * np.tan(turn) - 9.81 * x**2 / (2 * shot[0] ** 2 * np.cos(turn) ** 2)


@filmed
def test_every_point_of_every_flight_is_on_its_parabola(number):
    """Measured with the range's own metres, which are the same across and up."""
    film, seen = played(number), 0
    for frame in sampled(film):
        found = metres(film, frame)
        if found is None:
            continue
        zero, ground, unit = found
        for mark in shown(film, frame, "flight", Stroke):
            shot = film.runs[mark.shows.run].points[mark.shows.step]
            x, y = ((mark.points - [zero, ground]) * unit).T
            if shot[0] < 1 or abs(shot[1] - 90) < 1:
                continue
            slack = 0.02 * unit + 0.003 * np.abs(np.tan(np.pi * shot[1] / 180)) * max(60.0, np.abs(x).max())
            assert np.abs(y - height(shot, x)).max() <= slack
            seen += len(x)
    assert seen > 300


@filmed
def test_every_ball_lies_where_its_shot_lands(number):
    """To a pixel and a half, on the ground."""
    film, seen = played(number), 0
    for frame in sampled(film):
        found = metres(film, frame)
        for mark in shown(film, frame, "landing place", Disc) if found else []:
            if mark.shows.step is None:
                continue
            zero, ground, unit = found
            place = zero + lands(*film.runs[mark.shows.run].points[mark.shows.step]) / unit
            assert mark.centre == pytest.approx((place, ground), abs=0.03)
            assert mark.colour == (film.theme.ball if mark.shows.run == 0 else film.theme.rates[1])
            seen += 1
    assert seen or film.runs[0].losses[0] > 1e5


@filmed
def test_the_miss_is_as_long_as_it_is_and_its_square_is_the_loss(number):
    """The pink line goes from the basket to the landing, and the area of its square, in square metres, is the loss."""
    film, seen = played(number), 0
    for frame in sampled(film):
        found = metres(film, frame)
        for mark in (
            [*shown(film, frame, "miss line", Stroke), *shown(film, frame, "miss square", Area)] if found else []
        ):
            assert mark.colour == film.theme.loss
            if mark.shows.step is None:
                continue
            zero, ground, unit = found
            run, step = film.runs[mark.shows.run], mark.shows.step
            miss = lands(*run.points[step]) - 60
            if abs(miss) > 180:
                continue  # it goes on beyond the picture
            ends = (mark.points - [zero, ground]) * unit
            assert ends[:2, 0] == pytest.approx([60, 60 + miss], abs=0.03 * unit)
            assert ends[:2, 1] == pytest.approx([0, 0], abs=0.03 * unit)
            if isinstance(mark, Area):
                x, y = ends.T
                area = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
                assert area == pytest.approx(run.losses[step], rel=0.02, abs=0.02)
                assert y.max() > -1e-6
            seen += 1
    assert seen > 5


@filmed
def test_the_arrow_points_where_the_ball_goes_and_is_as_long_as_it_is_fast(number):
    """At its angle above the ground, and by the same length for each metre per second, in every shot."""
    film, lengths = played(number), []
    for frame in sampled(film):
        found = metres(film, frame)
        for mark in shown(film, frame, "launch", ArrowMark) if found else []:
            if mark.shows.step is None or film.timeline.value((f"shots{mark.shows.run + 1}", "force.pulse"), frame)[0]:
                continue
            speed, angle = film.runs[mark.shows.run].points[mark.shows.step]
            way = np.subtract(mark.head, mark.tail)
            if speed > 0:
                assert np.degrees(np.arctan2(way[1], way[0])) == pytest.approx(angle, abs=0.01)
                lengths.append(np.hypot(*way) * found[2] / speed)
    assert np.ptp(lengths) < 0.02 * np.mean(lengths)


@filmed
def test_every_nudged_flight_is_a_shots(number):
    """A dashed flight has the shot's angle and more force, or its force and more angle."""
    film, seen = played(number), set()
    moving = [one for one in film.timeline.segments if one.move.part == "nudges" and one.move.channel != "shown"]
    for frame in [at for one in moving for at in range(one.start, one.end, 3)]:
        found = metres(film, frame)
        for mark in shown(film, frame, "nudged flight", Stroke) if found else []:
            zero, ground, unit = found
            x, y = ((mark.points - [zero, ground]) * unit).T
            speed, angle = film.runs[0].points[0]
            more = film.timeline.value(("nudges", ("force", "angle")[mark.shows.axis]), frame)[0] * 5
            shot = (speed + more, angle) if mark.shows.axis == 0 else (speed, angle + more)
            assert np.abs(y - height(shot, x)).max() <= 0.03 * unit + 0.003 * abs(np.tan(np.radians(shot[1]))) * 60
            assert mark.colour == film.theme.slope
            seen.add(mark.shows.axis)
    assert seen == (set() if film.spec.cut == "loop" else {0, 1})


@filmed
def test_the_valley_is_where_the_loss_is_zero(number):
    """Each point of the green curve, read off the map's axes, is a shot that lands in the middle of the basket."""
    film, seen = played(number), 0
    for frame in sampled(film):
        across, up = axes(film, frame, 0, "map tick"), axes(film, frame, 1, "map tick")
        if across is None or up is None:
            continue
        for mark in shown(film, frame, "hits", Stroke):
            speeds, angles = across[0] + across[1] * mark.points[:, 0], up[0] + up[1] * mark.points[:, 1]
            # A point is drawn to a hundredth of a unit: so far may a landing be from the basket's middle.
            moves = np.abs(gradient_of_landing(speeds, angles)) * [[abs(across[1])], [abs(up[1])]]
            assert (np.abs(lands(speeds, angles) - 60) < 0.05 * moves.sum(axis=0) + 0.1).all()
            assert mark.colour == film.theme.minimum
            seen += len(speeds)
    assert seen > 100


def gradient_of_landing(speed: np.ndarray, angle: np.ndarray) -> np.ndarray:
    """(2, n): how far a metre per second and a degree move the landing."""
    more, steeper = lands(speed + 1e-4, angle), lands(speed, angle + 1e-4)
    return np.array([more - lands(speed, angle), steeper - lands(speed, angle)]) * 1e4


def test_the_valley_is_drawn_over_the_whole_map():
    """From flat shots to steep ones, as far as the map goes: it turns where 45 degrees need the least force."""
    film = played(0)
    frame = next(beat.end - 1 for beat in film.beats if "valley" in beat.beat.plain)
    across, up = axes(film, frame, 0, "map tick"), axes(film, frame, 1, "map tick")
    (mark,) = shown(film, frame, "hits", Stroke)
    speeds, angles = across[0] + across[1] * mark.points[:, 0], up[0] + up[1] * mark.points[:, 1]

    assert angles.min() < 10 < 80 < angles.max()
    assert angles[np.argmin(speeds)] == pytest.approx(45, abs=1.5)
    assert speeds.min() == pytest.approx(np.sqrt(9.81 * 60), abs=0.1)


@filmed
def test_the_swept_hits_go_from_the_slingshot_into_the_basket(number):
    """Each green flight ends at 60 m; the one that moves belongs to the green point on the map."""
    film, tops = played(number), []
    for frame in sampled(film):
        found = metres(film, frame)
        if found is None:
            continue
        zero, ground, unit = found
        for mark in [*shown(film, frame, "hit", Stroke), *shown(film, frame, "swept hit", Stroke)]:
            x, y = ((mark.points - [zero, ground]) * unit).T
            # Of all flights of 60 m, the one at an angle rises to a quarter of 60 m times its tangent.
            angle = np.degrees(np.arctan(y.max() / 15))
            assert x[[0, -1]] == pytest.approx([0, 60], abs=0.05 * unit)
            assert np.abs(y - height((np.sqrt(9.81 * 60 / np.sin(2 * np.radians(angle))), angle), x)).max() < 0.1 * unit
            assert film.theme.minimum == mark.colour or mark.shows.quantity == "hit"
            tops.append(round(float(y.max()), 2))
        across, up = axes(film, frame, 0, "map tick"), axes(film, frame, 1, "map tick")
        for flight, place in zip(shown(film, frame, "swept hit", Stroke), shown(film, frame, "swept place", Disc)):
            if across and up:
                top = (flight.points[:, 1].max() - ground) * unit
                angle = up[0] + up[1] * place.centre[1]
                assert angle == pytest.approx(np.degrees(np.arctan(top / 15)), abs=1.0)
                assert lands(across[0] + across[1] * place.centre[0], angle) == pytest.approx(60, abs=1.5)
    if film.spec.cut == "full":
        assert min(tops) < 6 < 40 < max(tops)


def test_the_map_follows_while_the_band_is_drawn():
    """Force and angle change before the ball flies, the miss when it has landed: no number is ahead of the picture."""
    film = played(0)
    on = next(segment for segment in film.timeline.segments if segment.move.channel == "progress")
    early, middle = on.start + int(0.15 * on.frames), on.start + int(0.7 * on.frames)

    def told_in(frame: int) -> dict[str, float]:
        marks = film.stage.words(frame)
        marks = [mark for mark in marks if mark.shows and mark.opacity > 0.3 and "(" not in mark.text]
        found = {mark.shows.quantity: read(mark.text)[0] for mark in marks}
        return {name: found.get(name) for name in ("point", "signed miss")}

    assert told_in(middle)["point"] == pytest.approx(film.runs[0].points[1, 0], abs=0.06)
    assert told_in(middle)["signed miss"] == pytest.approx(lands(*film.runs[0].points[0]) - 60, abs=0.06)
    assert told_in(on.end)["signed miss"] == pytest.approx(lands(*film.runs[0].points[1]) - 60, abs=0.06)
    (arrow,) = shown(film, early, "launch", ArrowMark)
    assert arrow.shows.step is None


def test_the_correction_is_worked_out_on_the_screen():
    """Twice the miss times what moves the landing is the gradient; start minus rate times that is the next shot."""
    film = played(0)
    ends = {beat.beat.plain: beat.end - 1 for beat in film.beats}
    first = next(end for text, end in ends.items() if "twice the miss" in text)
    then = next(end for text, end in ends.items() if "corrects force" in text)

    def number(frame: int, quantity: str) -> np.ndarray:
        (mark,) = [m for m in film.stage.words(frame) if m.shows and m.shows.quantity == quantity and "(" in m.text]
        return np.array([read(part)[0] for part in mark.text.strip("()").split(", ")])

    slope = number(first, "gradient")
    assert slope == pytest.approx(2 * number(first, "signed miss") * number(first, "landing slopes"), rel=0.01)
    assert slope == pytest.approx(gradient(25.0, 10.0), rel=0.005)
    assert number(then, "next point") == pytest.approx(number(then, "point") - 0.02 * slope, abs=0.06)


@pytest.mark.parametrize("words", [{}, {"steps": 40}, {"start": (25.0, 80.0)}, {"learning_rate": 0.1, "steps": 40}])
def test_the_film_has_a_films_length(words):
    """However many shots, no longer than a minute and a half or so, and a loop of six to twelve seconds."""
    full, loop = (
        tell_story(LESSONS["slingshot"], RenderSpec("slingshot", cut=cut, **words)).frames / 30
        for cut in ("full", "loop")
    )

    assert 45 <= full <= 94
    assert 6 <= loop <= 12
