"""`gdsim …` and `python -m gdsim …`: the command line, wherever it was installed."""

import sys
from pathlib import Path


def main() -> None:
    """Run the command line; a wheel carries it in a folder of its own, a checkout at its top."""
    app = Path(__file__).parent / "_app"
    home = app if app.is_dir() else Path(__file__).parent.parent
    sys.path.insert(0, str(home))  # before the user's folder, which may hold a cli.py or scenes/ of its own

    try:
        from cli import main as command_line
    except ModuleNotFoundError as problem:
        if problem.name not in ("click", "numpy"):
            raise
        sys.exit(_missing(problem.name))

    command_line(prog_name="gdsim")


def _missing(package: str) -> int:
    """Without these not even the doctor can speak: say so, and return the exit code."""
    from scenes.remedy import pip_install

    print(f"gdsim: {package} is not installed; {pip_install(package)}", file=sys.stderr)
    return 3


if __name__ == "__main__":
    main()
