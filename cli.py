"""The command line: options -> RenderSpec -> one call. No mathematics, no drawing."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import click

from gdsim import __version__
from scenes.catalogue import LESSONS
from scenes.command import options, terminal
from scenes.command.ending import FAILED, MISSING, USAGE_ERROR, ending
from scenes.command.once import OnceGroup
from scenes.command.options import SCENE
from scenes.command.param_types import OutputPath, Size, Title, Whole
from scenes.film.problems import reason_of
from scenes.film.room import check_room
from scenes.spec import CUTS

if TYPE_CHECKING:
    from scenes.film.doctor import Finding


@click.group(cls=OnceGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="gdsim")
def cli() -> None:
    """Films that explain gradient descent, drawn from the run's own numbers.

    \b
    gdsim list                          the lessons
    gdsim render parabola               a narrated film in media/
    gdsim render parabola --cut loop    a short GIF
    """


@cli.command("list")
@options.table_options
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def list_lessons(as_json: bool, **tables: bool) -> None:
    """List the lessons in the order in which to learn them, with the length of each film.

    Or, one at a time, what else has a name: the functions, optimisers, schedules and models, each with its formula and
    its settings.
    """
    kind = options.table_of(tables)
    if kind is not None:
        from scenes.command.tables import TABLES, table_text

        terminal.say(json.dumps(TABLES[kind](), indent=2) if as_json else table_text(kind))
        return
    if as_json:
        rows = [
            {"name": one.name, "title": one.title, "summary": one.summary, "options": one.takes, "seconds": one.seconds}
            for one in LESSONS.values()
        ]
        terminal.say(json.dumps(rows, indent=2))
        return
    width = max(map(len, LESSONS))
    terminal.say("\n".join(f"{one.name:<{width}} {one.seconds:>4} s  {one.summary}" for one in LESSONS.values()))


@cli.command()
@click.argument("scenes", type=SCENE, nargs=-1, metavar="SCENE…")
@click.option("--all", "every", is_flag=True, help="All lessons in one film, in the order in which to learn them.")
@options.run_options
@options.data_options
@options.comparison_options
@options.picture_options
@options.words_options
@options.cut_option
@click.option("-o", "--output", "outputs", type=OutputPath(), multiple=True, help="File to write; repeat for several.")
@click.option("--format", "formats", type=options.FORMATS, help="Formats to write to media/, comma-separated: mp4,gif.")
@click.option("--max-size", type=Size(), help="Largest size of each file, such as 2MB: the best picture that fits.")
@click.option("--transparent", is_flag=True, help="Transparent background, for slides: WebM and WebP.")
@click.option(
    "--repeats/--no-repeats",
    default=True,
    show_default=True,
    help="MP4 and WebM: repeat a picture that stays, or encode every frame of it (slower).",
)
@click.option("--jobs", type=options.JOBS, help="Number of processes that draw.  [default: automatic]")
@click.option("--cache/--no-cache", default=True, show_default=True, help="Reuse and update the cache.")
@click.option("-p", "--preview", is_flag=True, help="Open the first file when it is done.")
@click.option("--json", "as_json", is_flag=True, help="Print a description of the files as JSON, and nothing else.")
@click.option("--progress/--no-progress", default=None, help="Report progress.  [default: progress; with --json not]")
def render(
    scenes: tuple[str, ...],
    every: bool,
    cut: str | None,
    preview: bool,
    as_json: bool,
    progress: bool | None,
    outputs: tuple[Path, ...],
    formats: tuple[str, ...],
    **words: Any,
) -> None:
    """Make a film of SCENE, or of several, one after the other; gdsim list shows the scenes."""
    names = options.scenes_of(scenes, every)
    from scenes.command.films import Asked, course, film

    quiet = as_json if progress is None else not progress
    wanted = Asked(outputs, formats, quiet, *(words.pop(name) for name in Asked._fields[3:]))
    content = (film if len(names) == 1 else course)(names, cut, wanted, words)
    if as_json:
        terminal.say(json.dumps(content, indent=2))
    else:
        lines = [f"{file['path']}  {file['seconds']:.1f} s  {file['bytes'] / 1e6:.2f} MB" for file in content["files"]]
        terminal.say("\n".join(map(terminal.one_line, lines)))
    if preview:
        from scenes.command.story import preview as opened

        opened(Path(content["files"][0]["path"]))


@cli.command()
@click.argument("scene", type=SCENE, required=False)
@options.printed_run_options
@options.data_options
@options.comparison_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="JSON and CSV have full double precision.",
)
@click.option("--standardise", is_flag=True, help="Fit to standardised inputs; numbers are in the data's own units.")
@click.option("--many", type=Whole(2, 1024, "64 works"), help="Start from this many points along each axis.")
@click.option("--every", type=Whole(1, 100_000, "10 works"), default=1, help="Print every Nth step of a table.")
def simulate(scene: str | None, form: str, standardise: bool, many: int | None, every: int, **words: Any) -> None:
    """Print a run step by step: of SCENE, of a --function, or of a model fitted to --data.

    JSON has all the runs of SCENE, under the key "runs"; tables and CSV have its first.
    """
    if scene is None or form != "json":
        options.only_one_rate(words)
    with ending("the run"):
        parts = _simulated(scene, form, standardise, many, every, words)
        while (part := options.asked(lambda: next(parts, None))) is not None:
            terminal.say(part, newline=False)


def _simulated(
    scene: str | None, form: str, standardise: bool, many: int | None, every: int, words: dict[str, Any]
) -> Iterator[str]:
    """The text of a run, or of many, part by part."""
    from scenes.command.simulation import printed

    if many is None:
        yield from printed(scene, options.spec_of(scene or "", "full", False, words), form, every, standardise)
        return
    from scenes.command.many_starts import printed_crowd

    if scene is not None or words["data"] is not None or words["start"] is not None or standardise:
        raise ValueError("--many starts all over the map of a --function, without SCENE, --data or --start")
    yield printed_crowd(options.spec_of("", "full", False, words), many, form)


@cli.command()
@click.argument("scene", type=SCENE)
@options.run_options
@options.data_options
@options.comparison_options
@options.picture_options
@click.option("--cut", type=click.Choice(CUTS), default="full", show_default=True, help="Narrated film or short loop.")
@click.option("-o", "--output", type=OutputPath((".png",)), required=True, help="PNG to write.")
def storyboard(scene: str, cut: str, output: Path, **words: Any) -> None:
    """Draw one picture per beat with its sentence: the whole film at a glance, in seconds."""
    spec = options.spec_of(scene, cut, False, words)
    from scenes.command.story import told
    from scenes.film.lazy_imports import lighten

    told(LESSONS[scene], spec)
    options.targets_of(spec, (output,), ())
    with ending("the storyboard"):
        check_room()
        lighten()
        from scenes.film.storyboard import storyboard as draw

        count = draw(spec, output)
    terminal.say(f"{terminal.one_line(output)}  {count} pictures")


@cli.command()
@click.argument("scene", type=SCENE, required=False)
@options.run_options
@options.data_options
@click.option(
    "--theme", type=click.Choice(["auto", "dark", "light"]), default="auto", show_default=True, help="Colours."
)
@click.option("--title", type=Title(), default="", help="Title of the page.  [default: the lesson's]")
@click.option("-o", "--output", type=OutputPath((".html",)), required=True, help="HTML file to write.")
@click.option("--json", "as_json", is_flag=True, help="Print a description of the page as JSON, and nothing else.")
def lab(scene: str | None, theme: str, title: str, output: Path, as_json: bool, **words: Any) -> None:
    """Write a page on which readers try it themselves: one HTML file that works without a network.

    It opens with the runs of SCENE, of a --function, or of a line through --data; all can be changed on the page.
    """
    if scene is None:
        options.only_one_rate(words, "lab")
    spec = options.spec_of(scene or "", "full", False, words)
    options.checked_targets((output,), (), "")
    with ending("the laboratory"):
        from scenes.command.laboratory import write_laboratory

        content = options.asked(lambda: write_laboratory(spec, title, theme, output))
    if as_json:
        terminal.say(json.dumps(content, indent=2))
    else:
        terminal.say(f"{terminal.one_line(output)}  {content['bytes'] / 1e3:.0f} kB")


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("media/gallery"))
@click.option("--theme", type=click.Choice(["dark", "light"]), default="dark", show_default=True, help="Colours.")
@click.option("--page", type=OutputPath((".md",)), help="Markdown page whose table of lessons is to be renewed.")
@click.option("--jobs", type=options.JOBS, help="Number of processes that draw.  [default: automatic]")
@click.option("--cache/--no-cache", default=True, show_default=True, help="Reuse and update the cache.")
def gallery(folder: Path, theme: str, page: Path | None, jobs: int | None, cache: bool) -> None:
    """Render the loop of every lesson as a small GIF into FOLDER, and print their table in Markdown.

    With --page, the table goes there instead, between the lines <!-- lessons --> and <!-- end of the lessons -->.
    """
    from scenes.command.gallery import ALL, lessons_table, render_gallery, with_table

    table = lessons_table(folder.as_posix())
    with ending("the gallery"):
        renewed = options.asked(lambda: with_table(page.read_text("utf-8"), table)) if page else ""
        files = render_gallery(folder, theme, jobs, cache, lambda file: terminal.tell(terminal.one_line(file)))
        if page:
            page.write_text(renewed, "utf-8", newline="\n")
    if (size := sum(file.stat().st_size for file in files)) > ALL:
        terminal.tell(
            f"the gallery has {size / 1e6:.1f} MB, more than the {ALL / 1e6:.0f} MB that a page loads at ease"
        )
    if page is None:
        terminal.say(table)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(as_json: bool) -> None:
    """Report what is installed, what is missing, and what to type."""
    from scenes.film.doctor import examine

    findings = examine()
    if as_json:
        terminal.say(json.dumps([finding._asdict() for finding in findings], indent=2))
    else:
        for finding in findings:
            remedy = f"\n{'':31}-> {finding.remedy}" if finding.remedy else ""
            terminal.say(f"{_mark(finding)}  {finding.name:<22}{terminal.one_line(finding.found)}{remedy}")
    if not all(finding.ok or not finding.needed for finding in findings):
        sys.exit(MISSING)


def _mark(finding: Finding) -> str:
    if finding.ok:
        return click.style("ok     ", fg="green")
    return click.style("missing", fg="red") if finding.needed else click.style("absent ", fg="yellow")


@cli.command()
@click.option("--clear", is_flag=True, help="Remove everything in it.")
@click.option("--json", "as_json", is_flag=True, help="Print its place and size as JSON.")
def cache(clear: bool, as_json: bool) -> None:
    """Show where drawn pieces and spoken sentences are kept, and how much space they take."""
    with ending("clearing the cache" if clear else "reading the cache"):
        from scenes.film.cache import MOST_BYTES, clear_all, folder_size
        from scenes.voice.speech import NOWHERE, cache_folder

        if cache_folder() == NOWHERE:
            raise RuntimeError("there is no home folder; set XDG_CACHE_HOME to a folder of your own")
        removed = clear_all() if clear else 0
        folder, size = cache_folder(), folder_size()
    if as_json:
        terminal.say(json.dumps({"folder": str(folder), "bytes": size, "removed": removed}, indent=2))
    elif clear:
        terminal.say(f"{terminal.one_line(folder)}  {removed / 1e6:.1f} MB removed")
    else:
        limit = f"{MOST_BYTES / 1e6:.0f} MB of pieces at most"
        terminal.say(f"{terminal.one_line(folder)}  {size / 1e6:.1f} MB, {limit}")


def main(prog_name: str = "gdsim") -> NoReturn:
    """Run the command line and leave with its exit code; a user's mistake is one line."""
    terminal.prepare()
    signal.signal(signal.SIGTERM, _terminated)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a shell may have asked to ignore it
        signal.signal(signal.SIGINT, _interrupted)
    try:
        code = _run(prog_name)
    except click.ClickException as problem:
        terminal.tell(f"{prog_name}: {problem.format_message()}")
        code = getattr(problem, "code", problem.exit_code)
    except (click.Abort, KeyboardInterrupt):
        terminal.tell(f"{prog_name}: stopped; nothing was written")
        code = 130
    except BrokenPipeError:
        terminal.discard_output()
        code = FAILED
    except OSError as problem:
        # Click prints help and version by itself: what fails without a file's name is standard output.
        reason = reason_of(problem) if problem.filename else terminal.OutputError(problem).format_message()
        terminal.tell(f"{prog_name}: {reason}")
        terminal.discard_output()
        code = FAILED
    except (MemoryError, RecursionError) as problem:
        terminal.tell(f"{prog_name}: {reason_of(problem)}")
        code = FAILED
    sys.exit(code)


def _run(prog_name: str) -> int:
    """Run the command line; returns its exit code where nothing is raised."""
    try:
        cli.main(prog_name=prog_name, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as help_text:
        terminal.say(help_text.format_message())
        return USAGE_ERROR
    return 0


class Interrupted(KeyboardInterrupt):
    """Ctrl-C. Python ends by the signal, whatever is caught, if a bare KeyboardInterrupt leaves an exec of a string."""


def _interrupted(number: int, frame: FrameType | None) -> None:
    """SIGINT unwinds, also out of what a dataclass or a named tuple runs while it is made."""
    raise Interrupted


def _terminated(number: int, frame: FrameType | None) -> None:
    """SIGTERM unwinds like any other ending, so that drafts are removed."""
    sys.exit(128 + number)


if __name__ == "__main__":
    main("cli.py")
