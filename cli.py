"""The command line: options -> RenderSpec -> one call. No mathematics, no drawing."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import click

from gdsim import __version__
from scenes.catalogue import LESSONS
from scenes.command import options
from scenes.command.options import SCENE
from scenes.command.param_types import OutputPath, Size, Whole
from scenes.spec import ANIMATIONS, CUTS
from scenes.voice.choice import VoiceMissingError

if TYPE_CHECKING:
    from scenes.film.doctor import Finding

BAD_WORDS, MISSING, FAILED = 2, 3, 1


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="gdsim")
def cli() -> None:
    """Films that explain gradient descent, drawn from the run's own numbers.

    \b
    gdsim list                          the lessons
    gdsim render parabola               a narrated film in media/
    gdsim render parabola --cut loop    a short GIF
    """


@cli.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the lessons as JSON.")
def list_lessons(as_json: bool) -> None:
    """Show the lessons there are."""
    if as_json:
        rows = [{"name": one.name, "title": one.title, "summary": one.summary} for one in LESSONS.values()]
        click.echo(json.dumps(rows, indent=2))
        return
    width = max(map(len, LESSONS))
    for lesson in LESSONS.values():
        click.echo(f"{lesson.name:<{width}}  {lesson.summary}")


@cli.command()
@click.argument("scene", type=SCENE)
@options.run_options
@options.picture_options
@options.words_options
@click.option(
    "--cut", type=click.Choice(CUTS), help="The narrated film or a short loop.  [full; for GIF and WebP loop]"
)
@click.option("-o", "--output", "outputs", type=OutputPath(), multiple=True, help="A file to write; may be repeated.")
@click.option("--format", "formats", type=options.FORMATS, help="mp4, webm, gif, webp, by commas: written into media/.")
@click.option("--max-size", type=Size(), help="GIF and WebP: the best that fits, such as 2MB.")
@click.option("--transparent", is_flag=True, help="A see-through ground, for slides: WebM and WebP.")
@click.option("--jobs", type=options.JOBS, help="Processes to draw with.  [as many as pay]")
@click.option("--cache/--no-cache", default=True, help="Use what was drawn before, and keep what is.  [--cache]")
@click.option("-p", "--preview", is_flag=True, help="Open the film when it is done.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON, and nothing else.")
def render(
    scene: str,
    cut: str | None,
    outputs: tuple[Path, ...],
    formats: tuple[str, ...],
    max_size: int | None,
    jobs: int | None,
    cache: bool,
    preview: bool,
    as_json: bool,
    voice: str,
    voice_model: Path | None,
    speed: float,
    texts: bool | None,
    **words: Any,
) -> None:
    """Make a film of SCENE (see gdsim list)."""
    suffixes = options.suffixes_of(outputs, formats, max_size, words["transparent"])
    animated = suffixes <= set(ANIMATIONS)
    spec = options.spec_of(scene, cut or ("loop" if animated else "full"), ".gif" in suffixes, words, animated)

    from scenes.film.jobs import standby

    with _making(), standby(spec, jobs) as workers:
        from scenes.command import story
        from scenes.command.report import Reporter
        from scenes.film.companions import companions

        lesson = LESSONS[scene]
        story.told(lesson, spec)
        options.targets_of(spec, outputs, formats)  # before the voice speaks: it takes a while
        speaker = None if animated else story.voice_of(spec, voice, voice_model)
        spec, script, recordings = story.narrated(lesson, spec, speaker, speed)
        targets = options.targets_of(spec, outputs, formats)
        beside = companions(spec, targets, script.beats, script.runs) if story.has_texts(spec, texts) else {}
        with Reporter(lesson.title, script.frames, quiet=as_json) as reporter:
            from scenes.film.cache import Cache
            from scenes.film.render import render as render_film

            kept = Cache() if cache else None
            fitted = render_film(spec, targets, reporter.advance, jobs, recordings, beside, kept, max_size, workers)
    for target, choice in () if as_json else fitted.items():
        click.echo(f"{target.name} fits as {choice}", err=True)
    from scenes.film.manifest import manifest

    content = manifest(spec, targets, script.runs, script.beats, beside, fitted)
    if as_json:
        click.echo(json.dumps(content, indent=2))
    else:
        for file in content["files"]:
            click.echo(f"{file['path']}  {file['seconds']:.1f} s  {file['bytes'] / 1e6:.2f} MB")
    if preview:
        click.launch(str(targets[0]))


@cli.command()
@click.argument("scene", type=SCENE, required=False)
@options.printed_run_options
@options.data_options
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@click.option("--many", type=Whole(2, 1024, "64 works"), help="Start from so many places along each axis.")
@click.option("--every", type=Whole(1, 100_000, "10 works"), default=1, help="Show each so-many-th step.")
def simulate(scene: str | None, form: str, many: int | None, every: int, **words: Any) -> None:
    """Print the run of SCENE, of a --function, or of a model fitted to --data, step by step."""
    from scenes.command.simulation import printed

    def answer() -> str:
        fit = options.fit_of(words)
        if many is not None:
            from scenes.command.many_starts import printed_crowd

            if scene is not None or fit is not None or words["start"] is not None:
                raise ValueError("--many starts all over the map of a --function; himmelblau works")
            return printed_crowd(options.spec_of("", "full", False, words), many, form)
        return printed(scene, options.spec_of(scene or "", "full", False, words), fit, form, every)

    click.echo(options.asked(answer), nl=False)


@cli.command()
@click.argument("scene", type=SCENE)
@options.run_options
@options.picture_options
@click.option("--cut", type=click.Choice(CUTS), default="full", show_default=True)
@click.option("-o", "--output", type=OutputPath((".png",)), required=True, help="The PNG to write.")
def storyboard(scene: str, cut: str, output: Path, **words: Any) -> None:
    """Draw one picture a beat with its sentence: the whole film at a glance, in seconds."""
    spec = options.spec_of(scene, cut, False, words)
    from scenes.command.story import told

    told(LESSONS[scene], spec)
    options.targets_of(spec, (output,), ())
    with _making():
        from scenes.film.storyboard import storyboard as draw

        count = draw(spec, output)
    click.echo(f"{output}  {count} pictures")


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(as_json: bool) -> None:
    """Say what is installed, what is missing, and what to type."""
    from scenes.film.doctor import examine

    findings = examine()
    if as_json:
        click.echo(json.dumps([finding._asdict() for finding in findings], indent=2))
    else:
        for finding in findings:
            mend = f"\n{'':31}-> {finding.mend}" if finding.mend else ""
            click.echo(f"{_mark(finding)}  {finding.name:<22}{finding.found}{mend}")
    if not all(finding.ok or not finding.needed for finding in findings):
        sys.exit(MISSING)


def _mark(finding: Finding) -> str:
    if finding.ok:
        return click.style("ok     ", fg="green")
    return click.style("missing", fg="red") if finding.needed else click.style("absent ", fg="yellow")


@cli.command()
@click.option("--clear", is_flag=True, help="Remove all of it.")
@click.option("--json", "as_json", is_flag=True, help="Print place and size as JSON.")
def cache(clear: bool, as_json: bool) -> None:
    """Say where drawn pieces and spoken sentences are kept, and how large that is."""
    from scenes.film.cache import MOST_BYTES, clear_all, folder_size
    from scenes.voice.speech import cache_folder

    with _making():
        removed = clear_all() if clear else 0
    if as_json:
        found = {"folder": str(cache_folder()), "bytes": folder_size(), "removed": removed}
        click.echo(json.dumps(found, indent=2))
    elif clear:
        click.echo(f"{cache_folder()}  {removed / 1e6:.1f} MB removed")
    else:
        click.echo(f"{cache_folder()}  {folder_size() / 1e6:.1f} MB, pieces at most {MOST_BYTES / 1e6:.0f} MB")


@contextmanager
def _making() -> Iterator[None]:
    """Turns a missing package or a render that fails on the way into one line and its exit code."""
    try:
        yield
    except ModuleNotFoundError as problem:
        name = (problem.name or str(problem)).split(".")[0]
        if name in ("gdsim", "scenes"):
            raise
        raise _Ending(f"a film needs {name}, which is not installed; gdsim doctor says what to type", MISSING) from None
    except VoiceMissingError as problem:
        raise _Ending(str(problem), MISSING) from None
    except (OSError, RuntimeError, MemoryError) as problem:
        raise _Ending(f"the render failed: {_one_line(problem)}", FAILED) from None


class _Ending(click.ClickException):
    """One line on stderr and an exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def _one_line(problem: BaseException) -> str:
    """A problem in a line: its own words, or its kind where it has none."""
    if isinstance(problem, OSError) and problem.strerror:
        return f"{problem.strerror.lower()}{f': {problem.filename}' if problem.filename else ''}"
    text = str(problem).strip().splitlines()
    return text[0] if text else type(problem).__name__


def main(prog_name: str = "gdsim") -> NoReturn:
    """Run the command line and leave with its exit code; a user's mistake is one line."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        cli.main(prog_name=prog_name, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as help_text:
        click.echo(help_text.format_message())
        sys.exit(BAD_WORDS)
    except click.ClickException as problem:
        click.echo(f"{prog_name}: {problem.format_message()}", err=True)
        sys.exit(getattr(problem, "code", problem.exit_code))
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"{prog_name}: stopped; nothing was written", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FAILED)
    sys.exit(0)


def _terminated(number: int, frame: FrameType | None) -> None:
    """SIGTERM unwinds like any other ending, so that drafts are removed."""
    sys.exit(128 + number)


if __name__ == "__main__":
    main("cli.py")
