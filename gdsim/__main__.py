"""The entry point of `gdsim …` and `python -m gdsim …`, in a checkout and when installed from a wheel."""

import sys
from pathlib import Path


def main() -> None:
    """Run the command line, which a wheel keeps in a folder of its own and a checkout at its top level."""
    app = Path(__file__).parent / "_app"
    home = app if app.is_dir() else Path(__file__).parent.parent
    sys.path.insert(0, str(home))  # before the user's folder, which may contain a cli.py or scenes/ of its own

    try:
        from cli import main as command_line
    except ModuleNotFoundError as problem:
        if problem.name not in ("click", "numpy"):
            raise
        sys.exit(_missing(problem.name))

    command_line(prog_name="gdsim")


def _missing(package: str) -> int:
    """Say which package is missing, since not even `gdsim doctor` can run without it; return the exit code."""
    from scenes.remedy import pip_install

    print(f"gdsim: {package} is not installed; {pip_install(package)}", file=sys.stderr)
    return 3


if __name__ == "__main__":
    main()
