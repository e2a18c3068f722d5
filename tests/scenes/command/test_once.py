"""An option is given once, unless it gathers values."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from cli import cli

VALUES = {"integer": "2", "number": "0.1", "x[,y]": "1", "w,h": "320,180", "size": "1MB", "factor": "1"}
GATHERING = {"--lr", "--set", "--output"}
DECIDING = [
    (command.name, option)
    for command in cli.commands.values()
    for option in command.params
    if isinstance(option, click.Option) and not (option.is_flag and not option.secondary_opts)
]


def typed(option: click.Option) -> list[str]:
    """The option with a value that suits it."""
    if option.is_flag:
        return [option.opts[-1]]
    if isinstance(option.type, click.Choice):
        return [option.opts[-1], option.type.choices[0]]
    return [option.opts[-1], VALUES.get(option.type.name, "x.mp4" if option.type.name == "file" else "mp4")]


@pytest.mark.parametrize(("command", "option"), DECIDING, ids=lambda one: getattr(one, "name", one))
def test_a_second_value_is_refused(command, option):
    """Every option of every command that holds one value refuses a second in one line, exit code 2."""
    if option.opts[-1] in GATHERING:
        assert option.multiple or command in ("storyboard", "lab")
        if option.multiple:
            return
    done = CliRunner().invoke(cli, [command, *typed(option), *typed(option)])

    assert done.exit_code == 2
    assert "is given 2 times; give it once" in done.stderr


def test_opposite_switches_are_refused():
    """--texts and --no-texts together, like any option twice."""
    done = CliRunner().invoke(cli, ["render", "parabola", "--texts", "--no-texts"])

    assert done.exit_code == 2
    assert "--texts/--no-texts is given 2 times" in done.stderr


def test_a_switch_twice_is_the_switch():
    """`--json --json` is not ambiguous."""
    assert CliRunner().invoke(cli, ["list", "--json", "--json"]).exit_code == 0
