"""What is on the screen, held against the run: numbers, colours and places, read from the marks of a frame.

Nothing here is taken from the stories or the parts: a number is read as a person reads it, and a place is found on
the axes' own numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from scenes.catalogue import FILMS
from scenes.lesson import tell_story
from scenes.script.timeline import Timeline
from scenes.spec import QUALITIES, RenderSpec, frame_pixels
from scenes.stage.area_marks import Disc
from scenes.stage.box import Box
from scenes.stage.composition import compose
from scenes.stage.line_marks import ArrowMark, Stroke
from scenes.stage.marks import Mark, Text
from scenes.stage.part import Stage, channels_of
from scenes.stage.theme import THEMES
from scenes.stage.write import Setting

from .networks import difference, mean_loss, row_loss, sent_through

RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
# The colour in which each quantity must be written.
CONCEPTS = {
    "loss": "loss",
    "slope": "slope",
    "gradient": "slope",
    "rise": "slope",
    "downhill": "slope",
    "bar slope": "slope",
    "quotient": "slope",
    "step length": "step",
    "arrival": "minimum",
    "point": "ball",
    "next point": "ball",
    "step": "step",
    "taken": "step",
    "steps": "step",
    "rate": "rate",
    "slope size": "slope",
    "spun slope": "slope",
    "loss change": "loss",
    "second slope": "run3",
    "point cost": "loss",
    "row loss": "loss",
    "chain error": "loss",
    "chain slope": "slope",
    "row gradient": "slope",
    "edge gradient": "slope",
    "signed miss": "loss",
    "angle slope": "slope",
    "stripe limit": "rate",
    "steepest slope": "slope",
    "drop": "loss",
}
# For each kind of axes, what stands on them, and where: the run and the step, or the row, -> two numbers.
PLACES = {
    "tick": dict.fromkeys(("point", "landing"), lambda run, step: (run.points[step, 0], run.losses[step])),
    "map tick": dict.fromkeys(("map point", "map landing"), lambda run, step: run.points[step]),
    "feature tick": dict.fromkeys(("labelled row", "sample"), lambda run, row: run.data.inputs[row]),
    "data tick": {"row": lambda run, row: (run.data.inputs[row, 0], run.data.targets[row])},
}


class Remembering(Stage):
    """A stage that works out each picture once, however many tests look at it."""

    def __init__(self, *words) -> None:
        super().__init__(*words)
        self.seen: dict[int, list] = {}

    def named(self, frame: int) -> list:
        """(part's name, mark) of a picture, from back to front."""
        if frame not in self.seen:
            self.seen[frame] = super().named(frame)
        return self.seen[frame]


# Those that have no colour of their own.
PLAIN = (
    *("tally", "steepness", "second point", "decay", "updates", "epoch"),
    *("bias", "accuracy"),
    *("saddle bend", "rest bend", "steps to leave", "gap", "distance left", "landing slopes"),
    *("choice point", "choice loss", "choice rate"),
    *("input value", "activation", "output", "answer", "chain weight", "chain input"),
)


class Film:
    """A lesson as a viewer gets it, without a pixel drawn."""

    def __init__(self, scene: str, aspect: str = "16:9", **words) -> None:
        width, height = frame_pixels(QUALITIES["l"], aspect)
        self.spec = RenderSpec(scene, **{"width": width, "height": height, "fps": 10} | words)
        lesson = FILMS[scene]
        self.runs, self.script, self.beats = tell_story(lesson, self.spec)
        self.composition = compose(width, height, self.spec.cut, self.spec.burned)
        self.theme = THEMES[self.spec.theme]
        self.setting = Setting(self.composition, self.theme, lesson.title)
        self.parts = lesson.parts(self.runs, self.setting)
        segments = [segment for beat in self.beats for segment in beat.moves]
        self.timeline = Timeline(channels_of(self.parts), self.script.opening, segments)
        self.stage = Remembering(self.parts, self.timeline, self.theme)

    @property
    def frames(self) -> int:
        return self.beats[-1].end

    def ends(self) -> list[int]:
        """The last frame of each beat."""
        return [beat.end - 1 for beat in self.beats]


def end_of(film: Film, words: str) -> int:
    """The last frame of the beat that says this."""
    return next(beat.end - 1 for beat in film.beats if words in beat.beat.plain)


def shown(film: Film, frame: int, quantity: str, kind: type = Mark) -> list[Any]:
    """The marks of a frame, of one kind, that stand for a quantity and can be seen."""
    marks = film.stage.marks(frame)
    return [m for m in marks if isinstance(m, kind) and m.opacity > 0 and m.shows and m.shows.quantity == quantity]


def read(text: str) -> tuple[float, float]:
    """A number as a person reads it, and how far it may be from what it stands for: half of its last digit."""
    plain = text.strip("()").replace("−", "-").replace("\u00a0", " ").replace(",", "")
    match = re.fullmatch(r"([-+]?)(?:(\d+(?:\.\d+)?)(?: × 10(.+))?|10(.+))", plain)
    assert match, f"not a number: {text!r}"
    sign, digits, power, lone = match.groups()
    exponent = int((power or lone or "0").translate(RAISED))
    digits = digits or "1"
    places = len(digits.partition(".")[2])
    value = float(digits) * 10.0**exponent * (-1 if sign == "-" else 1)
    return value, 0.5000001 * 10.0 ** (exponent - places)


def read_all(text: str) -> list[tuple[float, float]]:
    """The numbers of a text: one, or those of a vector `(−0.6, −0.8)`; what stands before `= ` names them."""
    text = text.rpartition("= ")[2]
    parts = text.strip("()").split(", ") if text.startswith("(") and ", " in text else [text]
    return [read(part) for part in parts]


def expected(runs, shows, size: int) -> list[float] | None:
    """What a quantity is in the run, as so many numbers; None for what is no number of a run."""
    run, step = runs[shows.run], shows.step
    after = None if step is None else min(step + 1, run.steps)
    values = {
        "loss": lambda: run.losses[[step]],
        "slope": lambda: run.gradients[step],
        "gradient": lambda: run.gradients[step],
        "downhill": lambda: -run.gradients[step],
        # Number `axis` of 24 directions, counted from the contour line over straight uphill.
        "bar slope": lambda: np.linalg.norm(run.gradients[step]) * np.array([np.sin(np.radians(15 * shows.axis))]),
        "point": lambda: run.points[step],
        "second point": lambda: run.points[step, 1:],
        "next point": lambda: run.points[after],
        "step": lambda: run.points[after] - run.points[step],
        "taken": lambda: run.learning_rates[[step]] * run.gradients[step],
        "steps": lambda: np.array([step]),
        "slope size": lambda: abs(run.gradients[step]),
        "loss change": lambda: abs(np.diff(run.losses))[[step - 1]],
        "arrival": lambda: np.array([step]),
        "step length": lambda: abs(run.points[after] - run.points[step]),
        "steepness": lambda: np.array([np.linalg.norm(run.gradients[step])]),
        "rate": lambda: run.learning_rates[[min(step, run.steps - 1)]],
        "tally": lambda: np.array([step]),
        "second slope": lambda: bend(run, step),
        "decay": lambda: np.array([runs.decay]),
        "updates": lambda: np.array([step]),
        # The pass over the data in which the step number `step` is taken.
        "epoch": lambda: np.ceil(np.array([step / np.ceil(run.data.rows / run.batch_size)])),
        "bias": lambda: run.points[step, 2:],
        "accuracy": lambda: np.array([np.mean(run.data.targets == (logits(run, step) > 0))]),
        # What the row number `axis` costs: minus the log of the probability of its own answer.
        "point cost": lambda: np.logaddexp(0, np.where(run.data.targets == 1, -1, 1) * logits(run, step))[[shows.axis]],
        "saddle bend": lambda: bends_at(run.objective, runs[0].points[-1], runs[0].points[-1])[[shows.axis]],
        "rest bend": lambda: bends_at(run.objective, lowest_by(runs[1]), runs[0].points[-1])[[shows.axis]],
        "distance left": lambda: np.array([np.linalg.norm(run.points[step] - lowest_by(run))]),
        "steps to leave": lambda: np.array([step]),
        # The number on a card is what the run of that choice comes to.
        "choice point": lambda: run.points[step],
        "choice loss": lambda: run.losses[[step]],
        "choice rate": lambda: run.learning_rates[[step]],
        "angle slope": lambda: run.gradients[step, 1:],
        "signed miss": lambda: short_or_long(run.points[step]),
        "landing slopes": lambda: landing_moves(run.points[step]),
        # 2 over the largest curvature at the known minimum number `step`.
        "stripe limit": lambda: 2 / np.linalg.eigvalsh(curved(run.objective, run.objective.minima[step].point))[1:],
        "steepest slope": lambda: np.array([-np.linalg.norm(run.gradients[step])]),
        "gap": lambda: np.array([np.linalg.norm(run.points[step] - runs[0].points[min(step, runs[0].steps)])]),
        **(of_network(runs, run, step, shows.axis) if hasattr(runs, "followed") else {}),
    }
    if shows.quantity not in values or step is None or (shows.quantity == "rate" and not run.steps):
        return None
    found = np.atleast_1d(values[shows.quantity]()).tolist()
    return found if len(found) == size else found[shows.axis : shows.axis + 1]


def of_network(runs, run, step: int, axis: int) -> dict:
    """The numbers in and around a network: of the followed row, whose number is `row`, and of each weight."""
    (row, unit, feature), data, start = runs.followed, run.data, run.points[0]
    inputs, target, hidden = data.inputs[row], data.targets[row], (len(start) - 1) // 4
    one = {
        "input value": lambda: inputs[axis],
        "activation": lambda: sent_through(run.points[step], inputs)[0][axis],
        "output": lambda: sent_through(run.points[step], inputs)[2],
        "answer": lambda: target,
        "row loss": lambda: row_loss(run.points[step], inputs, target),
        "chain error": lambda: sent_through(start, inputs)[2] - target,
        "chain weight": lambda: start[3 * hidden + unit],
        "chain slope": lambda: 1 - sent_through(start, inputs)[0][unit] ** 2,
        "chain input": lambda: inputs[feature],
        "row gradient": lambda: difference(lambda at: row_loss(at, inputs, target), start, 2 * unit + feature),
        "edge gradient": lambda: edge_gradient(run, axis),
    }
    return {name: lambda value=value: np.array([value()]) for name, value in one.items()}


@lru_cache(maxsize=128)
def edge_gradient(run, weight: int) -> float:
    """The slope of the mean loss at the start along one weight, by differences."""
    return difference(lambda at: mean_loss(at, run.data), run.points[0], weight)


def short_or_long(shot) -> np.ndarray:
    """(1,): by how many metres a shot of this speed in m/s and angle in degrees flies beyond 60 m."""
    speed, angle = shot[0], np.radians(shot[1])
    return np.array([2 * speed * np.cos(angle) * speed * np.sin(angle) / 9.81 - 60])


def landing_moves(shot) -> np.ndarray:
    """(2,): how far one m/s more, and one degree more, would move the landing, from two shots beside it each."""
    shifts = 1e-4 * np.eye(2)
    return np.array([(short_or_long(shot + one) - short_or_long(shot - one))[0] / 2e-4 for one in shifts])


def bend(run, step: int) -> np.ndarray:
    """The second derivative at a point of a run in one variable, from two slopes beside it."""
    x, h = run.points[step], 1e-5 * max(1.0, abs(float(run.points[step, 0])))
    return (run.objective.gradient(x + h) - run.objective.gradient(x - h)) / (2 * h)


def logits(run, step: int) -> np.ndarray:
    """(rows,): what a logistic model of two inputs turns into a probability, after a step."""
    return np.column_stack([run.data.inputs, np.ones(run.data.rows)]) @ run.points[step]


def bends_at(objective, point, saddle) -> np.ndarray:
    """(2,): the curvatures at a level place by differences: first along the saddle's way up."""
    (_, up), ways = np.linalg.eigh(curved(objective, saddle))[1].T, np.linalg.eigh(curved(objective, point))
    return ways[0][np.argsort(-np.abs(up @ ways[1]))]


def curved(objective, point) -> np.ndarray:
    """(2, 2): the Hessian by central differences of the gradient."""
    shifts = 1e-5 * np.eye(2)
    rows = np.array([(objective.gradient(point + one) - objective.gradient(point - one)) / 2e-5 for one in shifts])
    return (rows + rows.T) / 2


def lowest_by(run) -> np.ndarray:
    """(2,): the known minimum nearest to where a run ends."""
    places = np.array([one.point for one in run.objective.minima])
    return places[np.argmin(np.linalg.norm(places - run.points[-1], axis=1))]


def wrong_numbers(film: Film, frame: int) -> Iterator[str]:
    """Every number in a frame that is not the run's, or wears another quantity's colour."""
    for mark in film.stage.words(frame):
        shows = mark.shows
        if shows is None or mark.opacity == 0 or shows.quantity not in (*CONCEPTS, *PLAIN):
            continue
        shown = read_all(mark.text)
        values = expected(film.runs, shows, len(shown))
        for (number, slack), value in zip(shown, values or ()):
            # The arrow that the minus has flipped bears the slope with its sign changed.
            turned = shows.quantity in ("slope", "gradient") and abs(number + value) <= slack
            if abs(number - value) > slack and not turned:
                yield f"frame {frame}: {shows} says {mark.text}, is {values}"
        concept = CONCEPTS.get(shows.quantity)
        if concept and mark.colour != film.theme.concept(concept) and shows.quantity != "step":
            yield f"frame {frame}: {shows} wears {mark.colour}"


def axes(film: Film, frame: int, axis: int, quantity: str = "tick") -> tuple[float, float] | None:
    """(offset, units per frame unit) of an axis, from where its numbers stand; None where fewer than two are there.

    quantity: "tick", that of a map or of data (PLACES), or "log tick" for an axis of logarithms, in powers of ten.
    """
    found = []
    for mark in film.stage.words(frame):
        if mark.shows is not None and mark.shows.quantity == quantity and mark.shows.axis == axis:
            value, _ = read(mark.text)
            found.append((mark.box.centre[axis], np.log10(value) if quantity == "log tick" else value))
    if len(found) < 2:
        return None
    places, values = np.array(found).T
    slope, offset = np.polyfit(places, values, 1)
    return float(offset), float(slope)


def misplaced_balls(film: Film, frame: int) -> Iterator[str]:
    """Every resting ball, landing and row that is not where the axes say it is: within a pixel and a half."""
    pixel = 8 / min(film.spec.width, film.spec.height)
    for ticks, places in PLACES.items():
        scales = axes(film, frame, 0, ticks), axes(film, frame, 1, ticks)
        if None in scales:
            continue
        for mark in film.stage.marks(frame):
            shows = mark.shows
            if isinstance(mark, Disc) and shows and shows.quantity in places and shows.step is not None:
                true = places[shows.quantity](film.runs[shows.run], shows.step)
                for (offset, slope), place, value in zip(scales, mark.centre, true):
                    if abs((value - offset) / slope - place) > 1.5 * pixel:
                        yield f"frame {frame}: {shows} stands at {offset + slope * place}, is at {value}"


def misdrawn_slopes(film: Film, frame: int) -> Iterator[str]:
    """Every tangent that is steeper or flatter than the run's slope, and every step's arrow of another length.

    Both are measured in the axes' own units.
    """
    pixel = 8 / min(film.spec.width, film.spec.height)
    scales = axes(film, frame, 0), axes(film, frame, 1)
    if None in scales:
        return
    (_, across), (_, up) = scales
    for mark in film.stage.marks(frame):
        shows = mark.shows
        if shows is None or shows.step is None or film.runs[shows.run].objective.dims != 1:
            continue
        run = film.runs[shows.run]
        if isinstance(mark, Stroke) and shows.quantity == "slope":
            drawn = np.subtract(mark.points[-1], mark.points[0])
            true = np.array([1 / across, run.gradients[shows.step, 0] / up])
            aside = (drawn[0] * true[1] - drawn[1] * true[0]) / np.hypot(*true)  # 0 where they are parallel
            if abs(aside) > 0.01 * np.hypot(*drawn) and np.hypot(*drawn) > 0.2:
                yield f"frame {frame}: {shows} is drawn {drawn[1] * up / (drawn[0] * across)}"
        if isinstance(mark, ArrowMark) and shows.quantity == "step arrow":
            step = run.points[shows.step + 1, 0] - run.points[shows.step, 0]
            if abs(mark.head[0] - mark.tail[0] - step / across) > 1.5 * pixel:
                yield f"frame {frame}: {shows} is {(mark.head[0] - mark.tail[0]) * across} long, not {step}"


def loose_paths(film: Film, frame: int) -> Iterator[str]:
    """Every path over a map that does not end at the middle of its ball; one that fades as the map tilts is let be."""
    pixel = 8 / min(film.spec.width, film.spec.height)
    told = [mark for mark in film.stage.marks(frame) if mark.shows is not None and mark.opacity > 0]
    balls = {mark.shows.run: mark for mark in told if isinstance(mark, Disc) and mark.shows.quantity == "point"}
    for mark in told:
        if (
            isinstance(mark, Stroke)
            and mark.shows.quantity == "path"
            and mark.opacity > 0.85
            and mark.shows.run in balls
        ):
            end, ball = mark.points[-1], balls[mark.shows.run].centre
            if np.hypot(*np.subtract(end, ball)) > 1.5 * pixel:
                yield f"frame {frame}: {mark.shows} ends at {end}, its ball is at {ball}"


def misplaced_ends(film: Film, frame: int) -> Iterator[str]:
    """Every point of what a run leaves of its loss, over its rate, that is not where the axes' logarithms say."""
    pixel = 8 / min(film.spec.width, film.spec.height)
    scales = axes(film, frame, 0, "log tick"), axes(film, frame, 1, "log tick")
    if None in scales:
        return
    for mark in film.stage.marks(frame):
        if isinstance(mark, Disc) and mark.shows and mark.shows.quantity == "loss left" and mark.shows.step is not None:
            run = film.runs[mark.shows.run]
            low = min((known.value for known in run.objective.minima), default=0.0)
            left = max(run.losses[-1] - low, 1e-6 * (run.losses[0] - low))  # the chart's floor
            true = np.log10(run.learning_rates[0]), np.log10(left)
            for (offset, slope), place, value in zip(scales, mark.centre, true):
                if abs((value - offset) / slope - place) > 1.5 * pixel or mark.shows.step != run.steps:
                    yield f"frame {frame}: {mark.shows} stands at {offset + slope * place}, is at {value}"


def clashes(film: Film, frame: int) -> Iterator[str]:
    """Every two pieces of type that meet, and every one that leaves the frame or is too small to read."""
    under_way = {segment.move.part for segment in film.timeline.segments if flies(segment, frame)}
    words = [(name, mark, shrunk(box)) for name, mark, box in film.stage.boxes(frame) if isinstance(mark, Text)]
    words = [(name, mark, box) for name, mark, box in words if mark.opacity > 0.3 and name not in under_way]
    yield from (f"frame {frame}: {name}'s {mark.text!r} is nowhere" for name, mark, box in words if not placed(box))
    for index, (name, mark, box) in enumerate(words):
        if not film.composition.frame.holds(box):
            yield f"frame {frame}: {name}'s {mark.text!r} leaves the frame"
        if box.meets(film.composition.caption):
            yield f"frame {frame}: {name}'s {mark.text!r} runs into the caption"
        for other_name, other, other_box in words[index + 1 :]:
            if box.meets(other_box):
                yield f"frame {frame}: {name}'s {mark.text!r} meets {other_name}'s {other.text!r}"


def spills(film: Film, frame: int) -> Iterator[str]:
    """Every line, ball and area that runs into the captions."""
    caption = film.composition.caption
    for name, mark, box in film.stage.boxes(frame):
        if isinstance(mark, Text) or mark.opacity <= 0.1:
            continue
        clip = mark.clip or film.composition.frame
        seen = Box(
            *map(max, (box.left, box.bottom), (clip.left, clip.bottom)),
            min(box.right, clip.right),
            min(box.top, clip.top),
        )
        if seen.inset(0.05, 0.05, 0.05, 0.05).meets(caption):
            yield f"frame {frame}: {name}'s {type(mark).__name__} {mark.shows} runs into the caption"


def placed(box) -> bool:
    """Whether a box has a place: no comparison with NaN would ever find a fault."""
    return bool(np.isfinite([box.left, box.bottom, box.right, box.top]).all())


def flies(segment, frame: int) -> bool:
    """Whether a number is on its way through the picture, where it may pass over others."""
    return segment.move.channel.endswith("flown") and segment.start <= frame < segment.end


def shrunk(box):
    """Type's box without the air above and below its letters."""
    return box.inset(bottom=0.22 * box.height, top=0.2 * box.height)


def still_seconds(film: Film) -> list[float]:
    """How long the picture stands still, each time, captions aside."""
    changing = set(film.timeline.changes(0, film.frames))
    lengths, run = [], 0
    for frame in range(1, film.frames):
        if frame in changing:
            lengths.append(run)
            run = 0
        else:
            run += 1
    return [length / film.spec.fps for length in [*lengths, run] if length]
