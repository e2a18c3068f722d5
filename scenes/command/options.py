"""What the options of the command line mean: the words typed become one checked value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scenes.command.param_types import Assignment, Formats, Number, Resolution, SceneName, Speed, Start, Whole
from scenes.spec import ANIMATIONS, ASPECTS, CAPTIONS, CLEAR, GIF_RATES, QUALITIES, RenderSpec, frame_pixels
from scenes.voice.choice import VOICES

if TYPE_CHECKING:
    from scenes.command.simulation import Fit

# Of a film, whose every worker makes its runs; and of one run that is printed.
MOST_STEPS, MOST_PRINTED_STEPS = 100_000, 1_000_000
Answer = TypeVar("Answer")
Command = TypeVar("Command", bound=Callable[..., Any])

SCENE, FORMATS, JOBS = SceneName(), Formats(), Whole(1, 64, "2 works")


def run_options(command: Command, most_steps: int = MOST_STEPS) -> Command:
    """The options that decide the run."""
    for option in reversed(
        (
            click.option("--lr", "learning_rate", type=Number("0.1 suits most scenes"), help="The learning rate."),
            click.option("--steps", type=Whole(1, most_steps, "20 suits most scenes"), help="At most so many steps."),
            click.option("--start", type=Start(), help="Where the ball starts: X or X,Y."),
            click.option("--optimiser", help="The method: adam, momentum, … (gradient-descent)."),
            click.option("--schedule", help="How the rate changes: cosine, step, … (constant)."),
            click.option("--set", "settings", type=Assignment(), multiple=True, help="A setting, such as beta2=0.99."),
            click.option("--function", help='Your own function, "x**2 + 4*y**2", or a name, rosenbrock.'),
        )
    ):
        command = option(command)
    return command


def printed_run_options(command: Command) -> Command:
    """The same for a run that is printed."""
    return run_options(command, MOST_PRINTED_STEPS)


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
    from scenes.command.simulation import Fit

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
            click.option(
                "--texts/--no-texts",
                default=None,
                help="Files beside it: captions, chapters, transcript, poster, how to embed it.  [yes; no for a loop]",
            ),
        )
    ):
        command = option(command)
    return command


def spec_of(scene: str, cut: str, gif: bool, words: dict[str, Any], animated: bool = False) -> RenderSpec:
    """The checked options as one value; `gif` where a GIF is among the outputs, `animated` where nothing but
    animated pictures is."""
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
    fps = fps or (quality.gif_fps if gif or animated else quality.fps)
    return RenderSpec(scene, width=width, height=height, fps=fps, cut=cut, **words)


def suffixes_of(
    outputs: tuple[Path, ...], formats: tuple[str, ...] | None, max_size: int | None, transparent: bool
) -> set[str]:
    """The kinds of file that are wanted, MP4 where none is named; --max-size and --transparent are not for all."""
    names = formats or (() if outputs else ("mp4",))
    suffixes = {path.suffix.lower() for path in outputs} | {f".{name}" for name in names}
    if max_size is not None and not suffixes & set(ANIMATIONS):
        raise click.UsageError(f"--max-size is for GIF and WebP, got {', '.join(sorted(suffixes))}; -o film.gif works")
    if transparent and suffixes - set(CLEAR):
        opaque = " and ".join(sorted(suffixes - set(CLEAR)))
        raise click.UsageError(f"--transparent needs .webm or .webp, got {opaque}; -o film.webm works")
    return suffixes


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


def asked(question: Callable[[], Answer]) -> Answer:
    """What the user asked for; a value that does not fit is their mistake, in one line."""
    try:
        return question()
    except ValueError as problem:
        raise click.UsageError(str(problem)) from None
