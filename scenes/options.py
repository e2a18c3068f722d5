"""What the options of the command line mean: each word checked, with one line where it is off."""

from __future__ import annotations

import math
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from gdsim import Trajectory
from scenes.catalogue import LESSONS, Lesson
from scenes.film.narration import with_voice
from scenes.film.spec import ASPECTS, CAPTIONS, GIF_RATES, QUALITIES, RenderSpec, frame_pixels
from scenes.script.beat import Script
from scenes.script.recording import Recording
from scenes.script.timing import TimedBeat, timed, total_frames
from scenes.script.voice import FASTEST, INSTALL, SLOWEST, VOICES, Voice, VoiceMissingError, find_voice

if TYPE_CHECKING:
    from scenes.simulation import Fit

SUFFIXES = (".mp4", ".gif", ".webm")
SMALLEST, LARGEST, NARROWEST = 160, 7680, 0.4
MOST_STEPS = 100_000
Answer = TypeVar("Answer")
Command = TypeVar("Command", bound=Callable[..., Any])


class SceneName(click.ParamType):
    """A lesson's name; a wrong one is answered with the nearest."""

    name = "scene"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in LESSONS:
            return value
        plain = value.lower().replace("_", "-").replace(" ", "-")
        near = get_close_matches(plain, LESSONS, n=2, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(LESSONS)}"
        raise click.UsageError(f"there is no scene {value!r}; {hint}")

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(name, help=LESSONS[name].summary) for name in LESSONS if name.startswith(incomplete)]


class Number(click.ParamType):
    """A finite number above zero."""

    name = "number"

    def __init__(self, example: str) -> None:
        self.example = example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            number = float(value)
        except ValueError:
            raise click.BadParameter(f"must be a number, got {value!r}; {self.example}", ctx, param) from None
        if not (math.isfinite(number) and number > 0):
            raise click.BadParameter(f"must be above 0 and finite, got {value}; {self.example}", ctx, param)
        return number


class Whole(click.ParamType):
    """A whole number in a range."""

    name = "whole"

    def __init__(self, low: int, high: int, example: str) -> None:
        self.low, self.high, self.example = low, high, example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            number = int(value)
        except ValueError:
            number = self.low - 1
        if not self.low <= number <= self.high:
            words = f"must be a whole number from {self.low} to {self.high}, got {value}; {self.example}"
            raise click.BadParameter(words, ctx, param)
        return number


class Speed(click.ParamType):
    """How fast the voice speaks."""

    name = "factor"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            speed = float(value)
        except ValueError:
            speed = math.nan
        if not SLOWEST <= speed <= FASTEST:
            raise click.BadParameter(
                f"must be from {SLOWEST:g} to {FASTEST:g}, got {value}; 1.2 is a fifth faster", ctx, param
            )
        return speed


class Start(click.ParamType):
    """One coordinate or several, by commas."""

    name = "x[,y]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, ...]:
        try:
            start = tuple(float(part) for part in str(value).split(","))
        except ValueError:
            raise click.BadParameter(f"must be numbers by commas, got {value!r}; 3,4 works", ctx, param) from None
        if not all(map(math.isfinite, start)):
            raise click.BadParameter(f"must be finite, got {value}; 3,4 works", ctx, param)
        return start


class Resolution(click.ParamType):
    """Width and height in pixels."""

    name = "w,h"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        try:
            width, height = (int(part) for part in str(value).replace("x", ",").split(","))
        except ValueError:
            raise click.BadParameter(
                f"must be width,height in pixels, got {value!r}; 1280,720 works", ctx, param
            ) from None
        if not all(SMALLEST <= side <= LARGEST and side % 2 == 0 for side in (width, height)):
            rule = f"sides must be even and from {SMALLEST} to {LARGEST}"
            raise click.BadParameter(f"{rule}, got {width},{height}; 1280,720 works", ctx, param)
        if not NARROWEST <= width / height <= 1 / NARROWEST:
            raise click.BadParameter(
                f"one side must be at most 2.5 times the other, got {value}; 1280,720 works", ctx, param
            )
        return width, height


class Assignment(click.ParamType):
    """NAME=VALUE."""

    name = "name=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        key, sign, given = value.partition("=")
        if not (sign and key.strip() and given.strip()):
            raise click.BadParameter(f"must be NAME=VALUE, got {value!r}; beta2=0.99 works", ctx, param)
        return key.strip(), given.strip()


class Formats(click.ParamType):
    """Formats by commas."""

    name = "formats"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        names = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",")))
        for name in names:
            if f".{name}" not in SUFFIXES:
                raise click.BadParameter(f"must be {_either(SUFFIXES)}, got {name!r}; mp4,gif works", ctx, param)
        return names


class OutputPath(click.ParamType):
    """A file whose suffix says what it becomes."""

    name = "file"

    def __init__(self, suffixes: tuple[str, ...] = SUFFIXES) -> None:
        self.suffixes = suffixes

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        if path.suffix.lower() not in self.suffixes:
            example = path.with_suffix(self.suffixes[0]) if path.name else f"film{self.suffixes[0]}"
            raise click.BadParameter(
                f"must end in {_either(self.suffixes)}, got {value!r}; {example} works", ctx, param
            )
        return path


def _either(suffixes: tuple[str, ...]) -> str:
    return " or ".join(suffixes)


SCENE, FORMATS, JOBS = SceneName(), Formats(), Whole(1, 64, "2 works")


def run_options(command: Command) -> Command:
    """The options that decide the run."""
    for option in reversed(
        (
            click.option("--lr", "learning_rate", type=Number("0.1 suits most scenes"), help="The learning rate."),
            click.option("--steps", type=Whole(1, MOST_STEPS, "20 suits most scenes"), help="At most so many steps."),
            click.option("--start", type=Start(), help="Where the ball starts: X or X,Y."),
            click.option("--optimiser", help="The method: adam, momentum, … (gradient-descent)."),
            click.option("--schedule", help="How the rate changes: cosine, step, … (constant)."),
            click.option("--set", "settings", type=Assignment(), multiple=True, help="A setting, such as beta2=0.99."),
            click.option("--function", help='Your own function, "x**2 + 4*y**2", or a name, rosenbrock.'),
        )
    ):
        command = option(command)
    return command


def data_options(command: Command) -> Command:
    """The options that decide what a model is fitted to."""
    for option in reversed(
        (
            click.option("--data", help="Rows to fit: doubles, noisy-line, two-groups, two-moons, or a CSV file."),
            click.option("--model", help="line, line-through-origin, logistic or network.  [what suits the data]"),
            click.option("--batch-size", type=Whole(1, 100_000, "32 works"), help="Rows a step.  [all]"),
            click.option("--epochs", type=Whole(1, MOST_STEPS, "20 works"), help="Passes over the data."),
            click.option("--seed", type=Whole(0, 2**32 - 1, "0 works"), default=0, help="Seed of data and batches."),
        )
    ):
        command = option(command)
    return command


def fit_of(words: dict[str, Any]) -> Fit | None:
    """Takes the data options out of `words`; None where no data were named."""
    from scenes.simulation import Fit

    given = {name: words.pop(name) for name in ("data", "model", "batch_size", "epochs", "seed")}
    if given["data"] is not None:
        return Fit(**given)
    for name in ("model", "batch_size", "epochs"):
        if given[name] is not None:
            raise click.UsageError(f"--{name.replace('_', '-')} needs --data; --data doubles works")
    return None


def picture_options(command: Command) -> Command:
    """The options that decide the picture."""
    qualities = ", ".join(f"{key}: {one.height}p{one.fps}" for key, one in QUALITIES.items())
    for option in reversed(
        (
            click.option(
                "-q", "--quality", type=click.Choice(list(QUALITIES)), default="m", show_default=True, help=qualities
            ),
            click.option("-r", "--resolution", type=Resolution(), help="Width and height in pixels, such as 1280,720."),
            click.option("--fps", type=Whole(1, 120, "30 works"), help="Frames a second."),
            click.option("--aspect", type=click.Choice(list(ASPECTS)), default="16:9", show_default=True),
            click.option("--theme", type=click.Choice(["dark", "light"]), default="dark", show_default=True),
        )
    ):
        command = option(command)
    return command


def words_options(command: Command) -> Command:
    """The options that decide what is said, and how it is shown."""
    for option in reversed(
        (
            click.option("--voice", type=click.Choice(VOICES), default="auto", show_default=True, help="Who speaks."),
            click.option("--voice-model", type=click.Path(path_type=Path), help="A Piper model of your own (.onnx)."),
            click.option("--speed", type=Speed(), default=1.0, show_default=True, help="1.2: a fifth faster."),
            click.option(
                "--captions",
                type=click.Choice(CAPTIONS),
                default="both",
                show_default=True,
                help="In the picture, as a track of the film's own, both, or none.",
            ),
        )
    ):
        command = option(command)
    return command


def spec_of(scene: str, cut: str, gif: bool, words: dict[str, Any]) -> RenderSpec:
    """The checked options as one value; `gif` where a GIF is among the outputs."""
    if "quality" not in words:
        return RenderSpec(scene, cut=cut, **words)
    quality = QUALITIES[words.pop("quality")]
    resolution, aspect, fps = words.pop("resolution"), words.pop("aspect"), words.pop("fps")
    if resolution is not None and aspect != "16:9":
        raise click.UsageError("--resolution and --aspect both set the frame's shape; give one of them")
    width, height = resolution or frame_pixels(quality, aspect)
    if fps is not None and gif and fps not in GIF_RATES:
        rates = ", ".join(map(str, GIF_RATES))
        raise click.UsageError(f"a GIF plays evenly at {rates} frames a second, got --fps {fps}; 25 works")
    fps = fps or (quality.gif_fps if gif else quality.fps)
    return RenderSpec(scene, width=width, height=height, fps=fps, cut=cut, **words)


def targets_of(spec: RenderSpec, outputs: tuple[Path, ...], formats: tuple[str, ...] | None) -> list[Path]:
    """The files to write, each in a place that can take it."""
    from scenes.film.publish import TargetError, check_target

    names = formats or (() if outputs else ("mp4",) if spec.cut == "full" else ("gif",))
    targets = [*outputs, *(Path("media") / f"{spec.key()}.{name}" for name in names)]
    try:
        for target in dict.fromkeys(targets):
            check_target(target)
    except TargetError as problem:
        raise click.UsageError(str(problem)) from None
    return list(dict.fromkeys(targets))


def voice_of(spec: RenderSpec, name: str, model: Path | None) -> Voice | None:
    """The voice for the film; who speaks is said on stderr. A loop has none.

    Raises VoiceMissingError where the one named is not installed.
    """
    if spec.cut != "full":
        return None
    try:
        voice = find_voice(name, model)
    except VoiceMissingError:
        raise
    except ValueError as problem:
        raise click.UsageError(str(problem)) from None
    if name == "auto":
        click.echo(
            f"voice: {voice.described if voice else f'none is installed, the captions tell it ({INSTALL})'}", err=True
        )
    return voice


class Told(NamedTuple):
    """A lesson's story for a spec, before anything is drawn."""

    runs: tuple[Trajectory, ...]
    script: Script
    beats: tuple[TimedBeat, ...]
    frames: int


class Narrated(NamedTuple):
    """A story and its voice. recordings: one a beat, none for a silent film."""

    spec: RenderSpec
    story: Told
    recordings: list[Recording]


def told(lesson: Lesson, spec: RenderSpec) -> Told:
    """Run the lesson and lay out its script."""
    runs = asked(lambda: lesson.run(spec))
    script = (lesson.loop if spec.cut == "loop" else lesson.script)(runs)
    beats = timed(script, spec.fps, spec.cut, spec.speech)
    return Told(runs, script, beats, total_frames(beats))


def narrated(lesson: Lesson, spec: RenderSpec, voice: Voice | None, speed: float) -> Narrated:
    """The lesson's story with the voice's timing, its spec, and what the voice says."""
    story = told(lesson, spec)
    spec, recordings = asked(lambda: with_voice(spec, story.script, voice, speed))
    return Narrated(spec, told(lesson, spec) if recordings else story, recordings)


def asked(question: Callable[[], Answer]) -> Answer:
    """What the user asked for; a value that does not fit is their mistake, in one line."""
    try:
        return question()
    except ValueError as problem:
        raise click.UsageError(str(problem)) from None
