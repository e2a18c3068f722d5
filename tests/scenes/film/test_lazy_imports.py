"""A worker's manim, without the part of its import that no Scene uses."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from scenes.film.lazy_imports import lighten

lighten()
import manim
{body}
"""


def said_by(body: str) -> str:
    """What a fresh interpreter prints with manim imported lightly."""
    words = [sys.executable, "-c", PROGRAM.format(body=body)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def test_a_light_manim_leaves_much_out():
    """What takes half of the import is not loaded."""
    assert said_by("print('scipy.special' in sys.modules, 'networkx.algorithms' in sys.modules)") == "False False"


def test_a_rotation_that_is_used_after_all_is_right():
    """Whoever asks for a rotation gets scipy's own."""
    turned = said_by("print(manim.rotate_vector(manim.RIGHT, manim.PI / 2, axis=manim.OUT).round(6).tolist())")

    assert turned == "[0.0, 1.0, 0.0]"
    assert said_by("print(manim.rotation_matrix(manim.PI, manim.OUT)[0][0].round(6))") == "-1.0"
    assert said_by("from scipy.spatial.transform import Rotation as R; print(len(R.random(3)))") == "3"


def test_a_graph_that_is_used_after_all_is_there():
    """Manim's graphs, the layouts they name, and networkx itself work as ever."""
    ring = "graph = manim.Graph([1, 2, 3], [(1, 2), (2, 3), (3, 1)], layout='{layout}')"
    for layout in ("circular", "spring", "kamada_kawai"):
        assert said_by(f"{ring.format(layout=layout)}; print(len(graph.edges), len(graph.vertices))") == "3 3"
    tree = "manim.Graph([1, 2, 3], [(1, 2), (1, 3)], layout='tree', root_vertex=1)"
    assert said_by(f"print(len({tree}.vertices))") == "3"
    assert said_by("import networkx; print(networkx.path_graph(4).number_of_edges())") == "3"
    assert said_by("import networkx.algorithms.tree as t; print(t.is_tree.__name__)") == "is_tree"
    assert said_by("import networkx as nx; print(isinstance(nx.path_graph(2), nx.Graph))") == "True"
