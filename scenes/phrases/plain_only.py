"""A check for lessons that only hold for plain gradient descent at a constant rate, on their own function."""

from __future__ import annotations

from scenes.spec import RenderSpec


def plain_only(spec: RenderSpec) -> None:
    """Raise ValueError, in one line, if the spec asks for another function, method or schedule."""
    asked = {
        "--function": spec.function,
        "--optimiser": None if spec.optimiser == "gradient-descent" else spec.optimiser,
        "--schedule": None if spec.schedule == "constant" else spec.schedule,
        "--set": spec.settings or None,
    }
    given = [option for option, value in asked.items() if value is not None]
    if given:
        raise ValueError(
            f"{spec.scene} tells of plain gradient descent on a curve of its own and takes no {given[0]}; parabola does"
        )
