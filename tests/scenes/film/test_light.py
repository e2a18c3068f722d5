"""A worker's manim, without the part of its import that no Scene uses."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from scenes.film.light import lighten

lighten()
import manim
{body}
"""


def said_by(body: str) -> str:
    """What a fresh interpreter prints with manim imported lightly."""
    words = [sys.executable, "-c", PROGRAM.format(body=body)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def test_a_light_manim_leaves_scipy_out():
    """What takes half of the import is not loaded."""
    assert said_by("print('scipy.special' in sys.modules)") == "False"


def test_a_rotation_that_is_used_after_all_is_right():
    """Whoever asks for a rotation gets scipy's own."""
    turned = said_by("print(manim.rotate_vector(manim.RIGHT, manim.PI / 2, axis=manim.OUT).round(6).tolist())")

    assert turned == "[0.0, 1.0, 0.0]"
    assert said_by("print(manim.rotation_matrix(manim.PI, manim.OUT)[0][0].round(6))") == "-1.0"
    assert said_by("from scipy.spatial.transform import Rotation as R; print(len(R.random(3)))") == "3"
