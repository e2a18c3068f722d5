"""What a type checker makes of a user's script."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import gdsim

GOOD = """
import numpy as np
import numpy.typing as npt

import gdsim
from gdsim import OPTIMISERS, SURFACES, Objective, Stop, Trajectory, simulate

run: Trajectory = simulate("x**2 + 4*y**2", optimiser="adam", rate=0.1, start=[1.0, 2.0])
last: npt.NDArray[np.float64] = run.points[-1]
heavy = gdsim.build_optimiser("momentum", {"decay": 0.5})
one = gdsim.simulate(SURFACES["bowl"], heavy, rate=lambda step: 0.1 / (step + 1))
names: list[str] = list(OPTIMISERS)
flat: bool = run.stop is Stop.FLAT
same: bool = one == run
fit = gdsim.descend_in_batches(gdsim.line(), gdsim.doubles(), epochs=3)
mine: Objective = gdsim.parse_objective("sin(x)")
many: gdsim.Ensemble = gdsim.simulate_many("himmelblau", rate=0.01)
page: str = gdsim.lab("race").html
film: gdsim.Film = gdsim.render("bowl", learning_rate=0.3, settings={"decay": 0.5}, output=["bowl.mp4", "bowl.gif"])
shown: bytes = gdsim.storyboard("bowl", function=mine).png
first: str = gdsim.lessons()[0].name
gdsim.save_json(run, "run.json")
again: Trajectory = gdsim.load("run.json").trajectory(mine)
table = run.to_pandas()
"""
# A line that is wrong, and what mypy says of it.
WRONG = {
    "gdsim.simulat('x**2')": 'Module has no attribute "simulat"',
    "gdsim.render('bowl', learning_rte=0.3)": 'Unexpected keyword argument "learning_rte"',
    "gdsim.simulate(3)": 'incompatible type "int"; expected "Objective | str"',
    "gdsim.simulate('x**2', steps=2.5)": 'incompatible type "float"; expected "int"',
    "gdsim.simulate('x**2').steps = 3": 'Property "steps" defined in "Trajectory" is read-only',
}


def test_a_users_script_passes_strict_mypy_and_a_wrong_one_does_not(tmp_path):
    """The package is typed: strict mypy accepts a script that uses the public names, and finds each wrong line."""
    (tmp_path / "good.py").write_text(GOOD)
    (tmp_path / "wrong.py").write_text("import gdsim\n" + "\n".join(WRONG))
    house = Path(gdsim.__file__).parents[1]
    words = ["--strict", "--follow-imports=silent", "--config-file=", f"--cache-dir={tmp_path / 'cache'}"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *words, "good.py", "wrong.py"],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(house)},
        capture_output=True,
        text=True,
        timeout=300,
    )

    lines = [line for line in done.stdout.splitlines() if "error:" in line]
    assert [line for line in lines if not line.startswith("wrong.py")] == [], done.stdout + done.stderr
    assert [line.split(":")[1] for line in lines] == [str(2 + place) for place in range(len(WRONG))]
    assert all(says in line for says, line in zip(WRONG.values(), lines)), done.stdout
    assert (house / "gdsim" / "py.typed").read_bytes() == b""
