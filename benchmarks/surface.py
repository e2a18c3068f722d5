"""A bowl of 48 × 48 faces with axes and a ball, the camera turning, 1080p: ours against stock Manim, ms a frame.

Both draw the same picture through the same angles, frame by frame in turn; medians. `ours-full` is what a lesson
shows: fewer mesh lines, contours on the surface and the floor, and the dots of a path.

Run it with `python benchmarks/surface.py [folder for the last frames]`.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from manim import DEGREES, Sphere, Surface, ThreeDAxes, ThreeDCamera, tempconfig

from gdsim import SURFACES
from scenes.stage.area_marks import Disc
from scenes.stage.camera import Array, StageCamera
from scenes.stage.hidden import CutDisc, hiding_faces
from scenes.stage.line_marks import Lines, Stroke
from scenes.stage.map_lines import level_lines
from scenes.stage.marks import Mark
from scenes.stage.mesh import Space
from scenes.stage.picture import Picture
from scenes.stage.surface import HeightField
from scenes.stage.view import View

FRAMES = 9
FACES = 48
RAMP = ["#2b4fd0", "#1f9bd1", "#35c2a5", "#f2d15c", "#f08a3c", "#e5484d"]
BACKGROUND = "#11151c"
START = (3.0, 4.0)
ELEVATION = 36 * DEGREES
DISTANCE = 14.0
LEVELS = (1.0, 4.0, 9.0, 16.0)
TARGET = 20.0
OBJECTIVE = SURFACES["bowl"]

Draw = Callable[[float], None]


def loss(points: Array) -> Array:
    """θ₁² + θ₂²."""
    return np.sum(points**2, axis=-1)


def stock() -> tuple[ThreeDCamera, Draw]:
    """Manim's own: Surface, ThreeDAxes with ticks and no numbers, Sphere."""
    camera = ThreeDCamera(background_color=BACKGROUND, phi=90 * DEGREES - ELEVATION, focal_distance=DISTANCE)
    axes = ThreeDAxes((-5, 5, 2), (-5, 5, 2), (0, 50, 10), x_length=5, y_length=5, z_length=2)
    surface = Surface(
        lambda u, v: axes.c2p(u, v, u * u + v * v), (-5, 5), (-5, 5), resolution=(FACES, FACES), fill_opacity=1
    )
    surface.set_fill_by_value(axes, [(colour, 10.0 * place) for place, colour in enumerate(RAMP)], axis=2)
    ball = Sphere(axes.c2p(*START, 25), radius=0.13).set_color("#ffffff")

    def draw(azimuth: float) -> None:
        camera.set_theta(azimuth)
        camera.reset()
        camera.capture_mobjects([axes, surface, ball])

    return camera, draw


def ours(full: bool) -> tuple[StageCamera, Draw]:
    """The stage's: the same picture, or (full) one with contours on surface and floor, and the dots of a path."""
    camera = StageCamera(background_color=BACKGROUND)
    view = View(elevation=ELEVATION, distance=DISTANCE)
    space = Space(((-5, 5), (-5, 5)), (0, 50), size=(5.0, 5.0, 2.0), gap=0.8 if full else 0.0)
    field = HeightField(
        space, loss, view, RAMP, resolution=FACES, levels=LEVELS if full else (), mesh_every=4 if full else 1
    )
    grid = [[[at, -5.0], [at, 5.0]] for at in range(-4, 5, 2)] + [[[-5.0, at], [5.0, at]] for at in range(-4, 5, 2)]
    rings = [line for _, line in level_lines(OBJECTIVE, field.mesh, LEVELS if full else ())]
    steps = np.array(START) * 0.8 ** np.arange(20 if full else 1)[:, None]

    def floor(frame: int) -> list[Mark]:
        found: list[Mark] = [Lines(ends=view.look(space.on_floor(np.array(grid)))[0], colour="#8b95a5")]
        found += [Stroke(points=view.look(space.on_floor(ring))[0], colour="#ffffff", width=2.0) for ring in rings]
        return found

    def run(frame: int) -> list[Mark]:
        world = field.lift(steps)
        places = view.look(world)[0].tolist()
        ball = tuple(places[0])
        hiding = hiding_faces(field, world[0], ball, 0.13)
        dots: list[Mark] = [Disc(centre=tuple(place), radius=0.05, colour="#ffffff") for place in places[1:]]
        return [*dots, CutDisc(centre=ball, radius=0.13, colour="#ffffff", rim="#000000", hiding=hiding)]

    picture = [Picture(floor), field, Picture(run)]

    def draw(azimuth: float) -> None:
        view.set_azimuth(azimuth)
        camera.reset()
        camera.capture_mobjects(picture)

    return camera, draw


def measure() -> dict[str, float]:
    """Milliseconds a frame, the median over the same turn for each; the three take turns."""
    sides = {"stock": stock(), "ours": ours(full=False), "ours-full": ours(full=True)}
    times: dict[str, list[float]] = {name: [] for name in sides}
    for azimuth in np.radians(np.linspace(-60, -50, FRAMES + 1)):
        for name, (_, draw) in sides.items():
            start = time.perf_counter()
            draw(float(azimuth))
            times[name].append(1000 * (time.perf_counter() - start))
    if len(sys.argv) > 1:
        for name, (camera, _) in sides.items():
            camera.get_image().convert("RGB").save(
                Path(sys.argv[1]) / f"{name.replace(', ', '-').replace(' ', '-')}.png"
            )
    return {name: statistics.median(rows[1:]) for name, rows in times.items()}  # the first frame warms up


def main() -> int:
    """Print the table; 1 where the ratio is below the target."""
    with tempconfig({"pixel_width": 1920, "pixel_height": 1080}):
        medians = measure()
    for name, value in medians.items():
        print(f"{name:32} {value:8.1f} ms a frame   {medians['stock'] / value:6.1f} ×")
    ratio = medians["stock"] / medians["ours"]
    print(f"ratio {ratio:.1f}, to reach {TARGET:g}")
    return 0 if ratio >= TARGET else 1


if __name__ == "__main__":
    raise SystemExit(main())
