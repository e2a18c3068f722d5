"""The options of the command line, and how they become one checked value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from scenes.catalogue import LESSONS
from scenes.command.param_types import (
    Assignment,
    Formats,
    Method,
    Methods,
    Number,
    Resolution,
    SceneName,
    Schedules,
    Speed,
    Start,
    Title,
    Whole,
)
from scenes.command.terminal import one_line, tell
from scenes.run_options import OPTIONS
from scenes.spec import ANIMATIONS, ASPECTS, CAPTIONS, CLEAR, CUTS, GIF_RATES, QUALITIES, RenderSpec, frame_pixels
from scenes.voice.choice import VOICES

# The limits for a film, in which every worker computes the runs, and for a single run that is printed.
MOST_STEPS, MOST_PRINTED_STEPS = 100_000, 1_000_000
# A picture can tell so many hidden units apart.
MOST_HIDDEN = 16
Answer = TypeVar("Answer")
Command = TypeVar("Command", bound=Callable[..., Any])

SCENE, FORMATS, JOBS = SceneName(), Formats(), Whole(1, 64, "2 works")


def run_options(command: Command, most_steps: int = MOST_STEPS) -> Command:
    """The options that determine the run."""
    for option in reversed(
        (
            click.option(
                "--lr",
                "rates",
                type=Number("0.1 suits most scenes"),
                multiple=True,
                help="Learning rate; a film of overshoot takes several.",
            ),
            click.option("--steps", type=Whole(1, most_steps, "20 suits most scenes"), help="Maximum number of steps."),
            click.option("--start", type=Start(), help="Starting point: X or X,Y."),
            click.option("--optimiser", type=Method(), help="Method: adam, momentum, …  [default: gradient-descent]"),
            click.option("--schedule", help="How the learning rate changes: cosine, step, …  [default: constant]"),
            click.option(
                "--set",
                "settings",
                type=Assignment(),
                multiple=True,
                help="Setting of the method or the schedule, such as beta2=0.99; repeat for several.",
            ),
            click.option(
                "--function", help='Function, such as "x**2 + 4*y**2", or the name of one, such as rosenbrock.'
            ),
        )
    ):
        command = option(command)
    return command


def printed_run_options(command: Command) -> Command:
    """The same for a run that is printed."""
    return run_options(command, MOST_PRINTED_STEPS)


def data_options(command: Command) -> Command:
    """The options that determine what a model is fitted to, and which methods are compared."""
    for option in reversed(
        (
            click.option(
                "--data",
                help="Data to fit: doubles, noisy-, centred-, raised-line, two-groups, -clouds, -moons, or a CSV file.",
            ),
            click.option("--model", help="line, line-through-origin, logistic or network.  [default: automatic]"),
            click.option(
                "--hidden",
                type=Whole(1, MOST_HIDDEN, "4 works"),
                help="Hidden units of a network.  [default: automatic]",
            ),
            click.option("--batch-size", type=Whole(1, 100_000, "32 works"), help="Rows per step.  [default: all]"),
            click.option("--epochs", type=Whole(1, MOST_STEPS, "20 works"), help="Passes over the data."),
            click.option(
                "--seed",
                type=Whole(0, 2**32 - 1, "0 works"),
                default=0,
                show_default=True,
                help="Seed of the data, the batches, the network, the quiz and the starts in fog.",
            ),
        )
    ):
        command = option(command)
    return command


def comparison_options(command: Command) -> Command:
    """The options of a film that compares methods or schedules, or many starts."""
    for option in reversed(
        (
            click.option("--optimisers", type=Methods(), help="Methods to compare, comma-separated: gd,momentum,adam."),
            click.option("--tune", is_flag=True, help="Try 49 learning rates per method instead of 13."),
            click.option("--schedules", type=Schedules(), help="Schedules to compare, comma-separated: step,cosine."),
            click.option(
                "-n",
                "--points",
                "points_a_side",
                type=Whole(16, 400, "100 works"),
                help="Starts along the map's longer side.  [default: 100]",
            ),
        )
    ):
        command = option(command)
    return command


def picture_options(command: Command) -> Command:
    """The options that determine the picture."""
    qualities = ", ".join(f"{key}: {one.height}p{one.fps}" for key, one in QUALITIES.items())
    for option in reversed(
        (
            click.option(
                "-q", "--quality", type=click.Choice(list(QUALITIES)), default="m", show_default=True, help=qualities
            ),
            click.option("-r", "--resolution", type=Resolution(), help="Width and height in pixels, such as 1280,720."),
            click.option("--fps", type=Whole(1, 120, "30 works"), help="Frames per second."),
            click.option(
                "--aspect", type=click.Choice(list(ASPECTS)), default="16:9", show_default=True, help="Frame shape."
            ),
            click.option("--title", type=Title(), default="", help="Title of the film.  [default: the lesson's]"),
            click.option(
                "--theme", type=click.Choice(["dark", "light"]), default="dark", show_default=True, help="Colours."
            ),
        )
    ):
        command = option(command)
    return command


def words_options(command: Command) -> Command:
    """The options that determine what is said, and how it is shown."""
    for option in reversed(
        (
            click.option("--voice", type=click.Choice(VOICES), default="auto", show_default=True, help="Narrator."),
            click.option("--voice-model", type=click.Path(path_type=Path), help="Your own Piper model (.onnx)."),
            click.option(
                "--speed",
                type=Speed(),
                default=1.0,
                show_default=True,
                help="Pace of the voice.",
            ),
            click.option(
                "--captions",
                type=click.Choice(CAPTIONS),
                default="both",
                show_default=True,
                help="Captions in the picture, as a track to switch on, both, or none; for files see --texts.",
            ),
            click.option(
                "--texts/--no-texts",
                default=None,
                help="Write captions (.srt, .vtt), chapters, transcript, poster and embed snippets beside the film.  "
                "[default: texts; for a loop no-texts]",
            ),
            click.option("--alt", help="What the picture shows, for those who cannot see it.  [written from the run]"),
            click.option("--lab", is_flag=True, help="Write a page beside the film to try it yourself."),
        )
    ):
        command = option(command)
    return command


def table_options(command: Command) -> Command:
    """The options that choose what is listed instead of the lessons."""
    for option in reversed(
        (
            click.option("--functions", is_flag=True, help="Named functions, for --function."),
            click.option("--optimisers", is_flag=True, help="Methods, for --optimiser."),
            click.option("--schedules", is_flag=True, help="How a learning rate changes, for --schedule."),
            click.option("--models", is_flag=True, help="What is fitted to data, for --model."),
        )
    ):
        command = option(command)
    return command


def table_of(chosen: dict[str, bool]) -> str | None:
    """The one table that was chosen, or None for the lessons."""
    names = sorted(name for name, wanted in chosen.items() if wanted)
    if len(names) > 1:
        raise click.UsageError(f"list prints one list, got --{' and --'.join(names)}; --{names[0]} alone works")
    return names[0] if names else None


def cut_option(command: Command) -> Command:
    """The option that chooses between a lesson's two films."""
    return click.option(
        "--cut", type=click.Choice(CUTS), help="Narrated film or short loop.  [default: full; for GIF and WebP loop]"
    )(command)


def only_one_rate(words: dict[str, Any], command: str = "simulate") -> None:
    """Refuse several learning rates for a command that makes one run."""
    if len(words["rates"]) > 1:
        rates = ", ".join(f"{rate:g}" for rate in words["rates"])
        raise click.UsageError(f"{command} takes one learning rate here, got {rates}; --lr {words['rates'][0]:g} works")


def _rates(scene: str, given: tuple[float, ...]) -> dict[str, Any]:
    """The learning rates of the spec: one, or several in ascending order for a lesson that compares them."""
    if len(given) < 2:
        return {"learning_rate": given[0] if given else None}
    rates, most = ", ".join(f"{rate:g}" for rate in given), LESSONS[scene].most_rates
    if most == 1:
        raise click.UsageError(f"{scene} takes one learning rate, got {rates}; overshoot compares several")
    if len(given) > most or len(set(given)) < len(given):
        raise click.UsageError(f"{scene} compares up to {most} different learning rates, got {rates}; 0.1 and 0.9 work")
    return {"learning_rates": tuple(sorted(given))}


def _digest(data: str | None) -> dict[str, Any]:
    """The digest of the data, if they are a file's: a worker must read the same."""
    if data is None:
        return {}
    from scenes.planned_fit import file_digest

    return {"data_digest": file_digest(data)}


def _function(name: str | None) -> str | None:
    """The function asked for, under the name that it has now."""
    if name is None:
        return None
    from gdsim.surfaces import RENAMED, renamed  # numpy is loaded when there is something to compute

    if name in RENAMED:
        tell(f"function: {renamed(name)}")
    return RENAMED.get(name, name)


def spec_of(scene: str, cut: str, gif: bool, words: dict[str, Any], animated: bool = False) -> RenderSpec:
    """The checked options as one value.

    gif: whether a GIF is among the outputs. animated: whether all of them are animated pictures.
    """
    words |= _rates(scene, words.pop("rates")) | _digest(words.get("data"))
    words["function"] = _function(words.get("function"))
    words |= {name: words.get(name) or () for name in ("optimisers", "schedules")}
    if "quality" not in words:
        return RenderSpec(scene, cut=cut, **words)
    quality = QUALITIES[words.pop("quality")]
    resolution, aspect, fps = words.pop("resolution"), words.pop("aspect"), words.pop("fps")
    if resolution is not None and aspect != "16:9":
        raise click.UsageError("--resolution and --aspect both set the frame's shape; give only one of them")
    width, height = resolution or frame_pixels(quality, aspect)
    if fps is not None and gif and fps not in GIF_RATES:
        rates = ", ".join(map(str, GIF_RATES))
        raise click.UsageError(f"a GIF plays evenly at {rates} frames per second, got --fps {fps}; 25 works")
    fps = fps or (quality.gif_fps if gif or animated else quality.fps)
    return RenderSpec(scene, width=width, height=height, fps=fps, cut=cut, **words)


def scenes_of(given: tuple[str, ...], every: bool) -> tuple[str, ...]:
    """The lessons of the film, each once; all of them have an opening and a closing."""
    if every and given:
        raise click.UsageError(f"--all is every lesson, so {given[0]} need not be named; --all alone works")
    if not (every or given):
        raise click.UsageError(f"SCENE is missing; {next(iter(LESSONS))} works, or --all for every lesson")
    if len(set(given)) < len(given):
        twice = next(name for name in given if given.count(name) > 1)
        raise click.UsageError(f"each lesson is shown once, got {twice} {given.count(twice)} times")
    return ("opening", *LESSONS, "closing") if every else given


def check_course(spec: RenderSpec, suffixes: set[str]) -> None:
    """Refuse what a film of several lessons cannot have."""
    for option, names in OPTIONS.items():
        if any(getattr(spec, name) != getattr(RenderSpec(""), name) for name in names):
            raise click.UsageError(f"a film of several lessons takes no {option}; a film of one does")
    if spec.cut != "full" or suffixes & set(ANIMATIONS):
        raise click.UsageError("several lessons make a narrated film, not loops; -o course.mp4 works")
    if spec.max_size is not None:
        raise click.UsageError("a film of several lessons takes no --max-size; a lower quality (-q l) makes it smaller")


def suffixes_of(outputs: tuple[Path, ...], formats: tuple[str, ...] | None, words: dict[str, Any]) -> set[str]:
    """The kinds of file to write, MP4 by default; not all of them can be transparent or have odd sides."""
    names = formats or (() if outputs else ("mp4",))
    suffixes = {path.suffix.lower() for path in outputs} | {f".{name}" for name in names}
    if words["resolution"] is not None and any(side % 2 for side in words["resolution"]) and suffixes - set(ANIMATIONS):
        films = " and ".join(sorted(suffixes - set(ANIMATIONS)))
        width, height = words["resolution"]
        even = f"{width + width % 2},{height + height % 2}"
        raise click.UsageError(f"{films} needs even sides, got {width},{height}; -r {even} works, or -o film.gif")
    if words["transparent"] and suffixes - set(CLEAR):
        opaque = " and ".join(sorted(suffixes - set(CLEAR)))
        raise click.UsageError(f"--transparent needs .webm or .webp, got {opaque}; -o film.webm works")
    return suffixes


def targets_of(spec: RenderSpec, outputs: tuple[Path, ...], formats: tuple[str, ...] | None) -> list[Path]:
    """The files to write; each path has been checked to be writable."""
    return checked_targets(
        outputs, formats or (() if outputs else ("mp4",) if spec.cut == "full" else ("gif",)), spec.key()
    )


def checked_targets(outputs: tuple[Path, ...], names: tuple[str, ...], key: str) -> list[Path]:
    """The files named, and one called `key` in media/ for each of the formats `names`; all can be written."""
    from scenes.film.publish import TargetError, check_target

    targets = [*outputs, *(Path("media") / f"{key}.{name}" for name in names)]
    try:
        for target in dict.fromkeys(targets):
            check_target(target)
    except TargetError as problem:
        raise click.UsageError(one_line(problem)) from None
    return list(dict.fromkeys(targets))


def asked(question: Callable[[], Answer]) -> Answer:
    """Ask `question`; a ValueError that it raises becomes a usage error of one line."""
    try:
        return question()
    except ValueError as problem:
        raise click.UsageError(str(problem)) from None
