"""The loss over two parameters as one mobject, coloured and shaded, without its hidden parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import cairo
import numpy as np

from scenes.stage.camera import Array, Painted, StageCamera, rgb, swapped
from scenes.stage.contours import contour, on_mesh
from scenes.stage.depth_order import Seen, is_hem, look_at, nearer_faces
from scenes.stage.isobands import cut_into_bands
from scenes.stage.mesh import Edge, Indices, Loss, Mesh, Space, beyond_edge, build_mesh
from scenes.stage.painter import Rows, by_layer, fill_hexagons, fill_quadrilaterals, stroke_hems, stroke_segments
from scenes.stage.view import View

# Where the light comes from in the world, and how much of a colour is left where it does not reach.
LIGHT = (-0.35, -0.25, 0.9)
SHADE = 0.7
UNDERSIDE = 0.72

# Sight lines are sampled twice per cell, from this many cells in front of their starting point.
SAMPLE = 0.5
CLEARANCE = 1.0

# The maximum numbers of pieces of colour and parts of contours: rough surfaces are drawn more plainly.
MOST_PIECES, MOST_SEGMENTS = 27_000, 8_000

# Faces end in jagged edges; a smooth line this many pixels wide covers them.
HEM = 1.3

# The rim's line is drawn this many layers late; otherwise the hems of the next cells would cover it.
RIM_DELAY = 6


class HeightField(Painted):
    """A loss over two parameters, drawn in one go.

    space: where the loss stands in the world. loss: (..., 2) -> (...,). colours: hex colours, low to high.
    resolution: cells along a side. edge: 'square', 'disc' or 'level' (see `build_mesh`).
    bands: how many steps the colours take from low to high. mesh_every: a mesh line every so many cells, 0 for none.
    levels: losses whose contour is drawn on the surface. rim_colour: colour of a line around the surface.
    Widths are in Manim's stroke units.
    """

    def __init__(
        self,
        space: Space,
        loss: Loss,
        view: View,
        colours: Sequence[Any],
        resolution: int = 48,
        edge: Edge = "square",
        bands: int = 32,
        mesh_every: int = 4,
        mesh_colour: Any = "#ffffff",
        mesh_opacity: float = 0.16,
        mesh_width: float = 1.0,
        levels: Sequence[float] = (),
        level_colour: Any = "#ffffff",
        level_opacity: float = 0.55,
        level_width: float = 1.5,
        rim_colour: Any | None = None,
        rim_width: float = 2.0,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.space, self.loss, self.view, self.resolution = space, loss, view, resolution
        self.mesh = build_mesh(space, loss, resolution, edge)
        self.colours = np.array([rgb(colour) for colour in colours])
        half = space.size[2] / 2
        bands = affordable_bands(self.mesh, bands, space.size[2])
        self.levels = affordable_levels(self.mesh, levels)
        self.bands = cut_into_bands(self.mesh, bands, -half, half)
        self.band_colours = blend(self.colours, (np.arange(bands) + 0.5) / bands)
        self.light, self.face_colours = self._shade()
        cornered = self.bands.pieces[:, 3] != self.bands.pieces[:, 5]
        self.small, self.large = np.flatnonzero(~cornered), np.flatnonzero(cornered)
        self.mesh_look = (rgb(mesh_colour), mesh_opacity, mesh_width)
        self.level_look = (rgb(level_colour), level_opacity, level_width)
        self.rim_look = (rgb(rim_colour or level_colour), 1.0, rim_width)
        self.rim = np.flatnonzero((self.mesh.sides[:, 1] < 0) & (rim_colour is not None))
        self.mesh_edges = self._edges_on_lines(mesh_every)
        self.contours, self.contour_faces = self._contours(self.levels)
        self.heights, self.drawn = self._ground(edge)
        self._kept: tuple[tuple[float, ...], Seen] | None = None

    def lift(self, points: Any) -> Array:
        """Parameters (..., 2) -> world points (..., 3) on the true surface, not on its mesh."""
        points = np.asarray(points, dtype=float)
        return self.space.place(points, self.loss(points))

    def colour(self, losses: Any) -> Array:
        """Losses (...,) -> red, green and blue (..., 3), unshaded, by height."""
        return blend(self.colours, self.space.fraction(losses))

    def seen(self) -> Seen:
        """The mesh seen through the current view."""
        if self._kept is None or self._kept[0] != self.view.state:
            self._kept = (self.view.state, look_at(self.mesh, self.bands.world, self.view, self.space, self.resolution))
        return self._kept[1]

    def visible(self, world: Any) -> Any:
        """Which world points (n, 3), on or above the surface, are not hidden by it: (n,) of bool.

        Each sight line is followed to the eye; it is blocked where it runs below the surface.
        """
        world = np.asarray(world, dtype=float).reshape(-1, 3)
        size = np.array(self.space.size)
        cells = self.resolution / size[:2]
        way = self.view.eye - world
        way /= np.maximum(np.hypot(*(way[:, :2] * cells).T), 1e-9)[:, None]  # one cell in the plan
        rest = (size[2] / 2 - world[:, 2]) / np.maximum(way[:, 2], 1e-9)  # cells until it leaves the box upwards
        reach = float(np.clip(rest, 0.0, 1.5 * self.resolution).max(initial=0.0))
        steps = np.arange(CLEARANCE, reach + SAMPLE, SAMPLE)
        plan = (world[:, None, :2] + steps[:, None] * way[:, None, :2]) * cells + self.resolution / 2
        height = world[:, None, 2] + steps * way[:, None, 2]
        inside = np.all((plan >= 0) & (plan <= self.resolution), axis=-1)
        corner = np.clip(plan.astype(np.int64), 0, self.resolution - 1)
        (i, j), (x, y) = np.moveaxis(corner, -1, 0), np.moveaxis(plan - corner, -1, 0)
        near = (1 - y) * self.heights[i, j] + y * self.heights[i, j + 1]
        far = (1 - y) * self.heights[i + 1, j] + y * self.heights[i + 1, j + 1]
        ground = (1 - x) * near + x * far
        return ~np.any(inside & self.drawn[i, j] & (ground > height + 0.002 * size[2]), axis=1)

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        """Layer by layer, far to near: faces without antialiasing, which leaves no seams, then smooth lines on them."""
        seen = self.seen()
        layers = np.unique(seen.layer)[::-1]
        light = np.where(seen.upward, 1.0, UNDERSIDE)[:, None]
        owner, edge_layer = nearer_faces(self.mesh, seen)
        hem = is_hem(self.mesh, seen)
        hem_colours = swapped((self.face_colours * light)[owner[hem]])
        hems = np.hstack([seen.flat[self.mesh.edges[hem]].reshape(-1, 4), hem_colours])

        small, large = (self._face_rows(seen, light, sides, layers) for sides in (4, 6))
        mesh = self._edge_rows(seen, self.mesh_edges, edge_layer, layers)
        rim = self._edge_rows(seen, self.rim, np.maximum(edge_layer - RIM_DELAY, layers[-1]), layers)
        rows = (small, large, by_layer(hems, edge_layer[hem], layers), mesh, rim, self._contour_rows(seen, layers))
        pixel = context.device_to_user_distance(1.0, 0.0)[0]
        for small_here, large_here, hems_here, mesh_here, rim_here, contours_here in zip(*rows):
            context.set_antialias(cairo.ANTIALIAS_NONE)
            fill_quadrilaterals(context, small_here)
            fill_hexagons(context, large_here)
            context.set_antialias(cairo.ANTIALIAS_DEFAULT)
            context.set_line_width(HEM * pixel)
            context.set_line_cap(cairo.LINE_CAP_ROUND)
            stroke_hems(context, hems_here)
            stroke_segments(context, rim_here, *self.rim_look)
            stroke_segments(context, contours_here, *self.level_look)
            # Faint and many: sixteen grades of coverage are enough for mesh lines, and cost half.
            context.set_antialias(cairo.ANTIALIAS_FAST)
            stroke_segments(context, mesh_here, *self.mesh_look)

    def _face_rows(self, seen: Seen, light: Array, sides: int, layers: Indices) -> Iterator[Rows]:
        """The pieces of faces that have up to `sides` corners: their corners and their colours."""
        chosen = self.small if sides == 4 else self.large
        face = self.bands.faces[chosen]
        corners = seen.flat[self.bands.pieces[chosen, :sides]].reshape(-1, 2 * sides)
        colours = self.band_colours[self.bands.bands[chosen]] * (self.light[:, None] * light)[face]
        return by_layer(np.hstack([corners, swapped(colours)]), seen.layer[face], layers)

    def _edge_rows(self, seen: Seen, chosen: Indices, edge_layer: Indices, layers: Indices) -> Iterator[Rows]:
        """The ends of the chosen edges."""
        return by_layer(seen.flat[self.mesh.edges[chosen]].reshape(-1, 4), edge_layer[chosen], layers)

    def _contour_rows(self, seen: Seen, layers: Indices) -> Iterator[Rows]:
        """The ends of the contours' segments.

        They are drawn one cell late: otherwise the next face would cover the end of a line that goes on over it.
        """
        layer = np.maximum(seen.layer[self.contour_faces] - 2, layers[-1])
        return by_layer(self.view.look(self.contours)[0].reshape(-1, 4), layer, layers)

    def _shade(self) -> tuple[Array, Array]:
        """How much light falls on each face (faces,), and its mean colour seen from above (faces, 3)."""
        corners = self.mesh.world[self.mesh.faces]
        normal = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
        towards_light = np.array(LIGHT) / np.linalg.norm(LIGHT)
        light = SHADE + (1 - SHADE) * np.clip(normal @ towards_light, 0.0, 1.0)
        height = corners[:, :, 2].mean(axis=1) / self.space.size[2] + 0.5
        return light, blend(self.colours, np.clip(height, 0.0, 1.0)) * light[:, None]

    def _edges_on_lines(self, every: int) -> Indices:
        """Numbers of the edges that lie on every `every`-th mesh line."""
        if every <= 0:
            return np.zeros(0, dtype=np.int64)
        start, end = self.mesh.grid[self.mesh.edges[:, 0]], self.mesh.grid[self.mesh.edges[:, 1]]
        on_line = (start == end) & (start % every == 0)
        return np.flatnonzero(on_line.any(axis=1))

    def _contours(self, levels: Sequence[float]) -> tuple[Array, Indices]:
        """The contour lines on the surface: segments in the world (segments, 2, 3), the face under each (segments,)."""
        lines = [contour(self.mesh, level) for level in levels]
        heights = [(float(self.space.fraction(level)) - 0.5) * self.space.size[2] for level in levels]
        world = [on_mesh(self.mesh, line, height) for line, height in zip(lines, heights)]
        faces = [line.faces for line in lines]
        return (
            np.concatenate([np.zeros((0, 2, 3)), *world]),
            np.concatenate([np.zeros(0, dtype=np.int64), *faces]),
        )

    def _ground(self, edge: Edge) -> tuple[Array, Any]:
        """World heights at the mesh lines' crossings (n + 1, n + 1), and which cells are drawn (n, n)."""
        count = self.resolution + 1
        heights = self.mesh.world[: count**2, 2].reshape(count, count)
        beyond = beyond_edge(self.space, self.loss, edge)(self.mesh.points[: count**2]).reshape(count, count)
        inside = beyond <= 0
        return heights, inside[:-1, :-1] | inside[1:, :-1] | inside[1:, 1:] | inside[:-1, 1:]


def affordable_bands(mesh: Mesh, bands: int, height: float) -> int:
    """How many bands of colour cut the mesh's faces into at most MOST_PIECES, up to `bands`: rough ground has fewer.

    height: of the box, in world units.
    """
    corners = mesh.world[mesh.faces][:, :, 2]
    crossed = float(np.ptp(corners, axis=1).sum()) / height  # what all faces cross, in boxes
    return max(2, min(bands, int((MOST_PIECES - len(mesh.faces)) / max(crossed, 1e-9))))


def affordable_levels(mesh: Mesh, levels: Sequence[float]) -> list[float]:
    """The levels, or every second, fourth, … of them, so that contours have at most MOST_SEGMENTS parts."""
    lengths = [len(contour(mesh, level).faces) for level in levels]
    every = 1
    while sum(lengths[::every]) > MOST_SEGMENTS and every < len(levels):
        every *= 2
    return list(levels)[::every]


def blend(colours: Array, fraction: Any) -> Array:
    """Fractions (...,) from 0 to 1 -> colours (..., 3), evenly between the given ones (n, 3)."""
    places = np.linspace(0.0, 1.0, len(colours))
    return np.stack([np.interp(fraction, places, channel) for channel in colours.T], axis=-1)


def on_surface(field: HeightField, points: Any, spacing: float = 0.008) -> Array:
    """The polyline through parameters (n, 2), with points added so that it follows the surface: (k, 3) world points.

    spacing: between points of the result, as a share of the box's side.
    """
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    plan = field.space.plan(points)
    parts = [points[:1]]
    for start, end, length in zip(points[:-1], points[1:], np.hypot(*np.diff(plan, axis=0).T)):
        count = max(1, int(np.ceil(length / (spacing * max(field.space.size[:2])))))
        parts.append(start + np.linspace(0.0, 1.0, count + 1)[1:, None] * (end - start))
    return field.lift(np.concatenate(parts))
