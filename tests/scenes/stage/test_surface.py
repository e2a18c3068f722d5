"""The surface against an independent z-buffer, and what lies on it."""

from functools import cache

import numpy as np
import pytest

from gdsim.expression import parse_objective
from scenes.script.data_range import contour_levels, logarithmic, loss_range, resolution
from scenes.stage.camera import StageCamera
from scenes.stage.contours import chain, contour, exactly, thin
from scenes.stage.hidden import CutDisc, hiding_faces
from scenes.stage.isobands import cut_into_bands
from scenes.stage.mesh import Space, build_mesh
from scenes.stage.picture import Picture
from scenes.stage.surface import LIGHT, MOST_PIECES, MOST_SEGMENTS, SHADE, UNDERSIDE, HeightField, on_surface
from scenes.stage.view import View

WIDTH, HEIGHT = 854, 480
PIXELS = WIDTH / (128 / 9)  # a frame unit in pixels
FAR = 1000.0
RAMP = ["#2040c0", "#20c0a0", "#f0d040", "#e04040"]


def bowl(points):
    """θ₁² + θ₂²."""
    return np.sum(points**2, axis=-1)


def hills(points):
    """Two hills with a saddle between them, the one in front lower."""
    x, y = points[..., 0], points[..., 1]
    return 20 * np.exp(-((x - 2) ** 2 + (y + 1.5) ** 2) / 2) + 24 * np.exp(-((x + 2) ** 2 + (y - 2) ** 2) / 3)


def valley(points):
    """Rosenbrock's valley."""
    x, y = points[..., 0] / 2.5, points[..., 1] / 2.5
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2


DOMAIN = ((-5.0, 5.0), (-5.0, 5.0))
SPACE = Space(DOMAIN, (0.0, 25.0), size=(5.0, 5.0, 2.0), gap=0.5)
LONG = Space(DOMAIN, (0.0, 1500.0), size=(5.0, 5.0, 2.0), stretch=logarithmic(1.0))
SUBJECTS = {
    "bowl": (SPACE, bowl, "disc"),
    "hills": (SPACE, hills, "square"),
    "valley": (LONG, valley, "level"),
}
VIEWS = [(-1.05, 0.6, 14.0), (0.02, 0.35, 9.0), (2.4, 0.9, 30.0), (np.pi / 4, 0.25, 12.0)]


def photograph(*mobjects, background="#000000"):
    """The frame (height, width, 3) as integers."""
    camera = StageCamera(pixel_width=WIDTH, pixel_height=HEIGHT, background_color=background)
    camera.capture_mobjects(mobjects)
    return camera.pixel_array[..., :3].astype(int)


def field_of(name, view, **options):
    """A bare surface: no mesh lines."""
    space, loss, edge = SUBJECTS[name]
    return HeightField(space, loss, view, RAMP, edge=edge, **{"mesh_every": 0, "bands": 64, **options})


def ball_on(field, point, radius=0.14):
    """A ball whose centre lies on the surface, cut where the surface hides it."""
    world = field.lift(np.array(point, dtype=float))
    x, y = field.view.look(world)[0].tolist()
    hiding = hiding_faces(field, world, (x, y), radius)
    disc = CutDisc(centre=(x, y), radius=radius, colour="#ff00ff", hiding=hiding)
    return Picture(lambda frame: [disc])


def frame_to_pixels(x, y):
    """Frame units to pixel coordinates (column, row), where 0.5 is the middle of the first pixel."""
    return (x + 64 / 9) * PIXELS, (HEIGHT / 2) - y * PIXELS


def project_by_hand(world, azimuth, elevation, distance):
    """World points -> columns, rows and the distance from the eye, by turning the world instead of the eye."""
    turned = world @ np.array(
        [[np.cos(azimuth), -np.sin(azimuth), 0], [np.sin(azimuth), np.cos(azimuth), 0], [0, 0, 1.0]]
    )
    forward = turned[:, 0] * np.cos(elevation) + turned[:, 2] * np.sin(elevation)
    up = turned[:, 2] * np.cos(elevation) - turned[:, 0] * np.sin(elevation)
    away = distance - forward
    columns, rows = frame_to_pixels(turned[:, 1] * distance / away, up * distance / away)
    return columns, rows, away


@cache
def z_buffer(name, azimuth, elevation, distance, samples=1200):
    """An independent picture of the true surface: colours (height, width, 3), depth, and where it is (mask).

    The surface is sprinkled with points, the nearest of which wins each pixel.
    """
    space, loss, edge = SUBJECTS[name]
    (west, east), (south, north) = space.domain
    x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(west, east, samples), np.linspace(south, north, samples)))
    losses = loss(np.stack([x, y], axis=-1))
    low, high = space.losses
    kept = {"disc": x**2 + y**2 <= 25, "level": losses <= high, "square": np.full(len(x), True)}[edge]
    stretch = space.stretch or (lambda fraction: fraction)
    height = stretch(np.clip((losses - low) / (high - low), 0, 1))
    world = np.stack([x / 10 * space.size[0], y / 10 * space.size[1], (height - 0.5) * space.size[2]], axis=-1)
    slope_y, slope_x = np.gradient(world[:, 2].reshape(samples, samples), space.size[0] / (samples - 1))
    normal = np.stack([-slope_x.ravel(), -slope_y.ravel(), np.ones(len(x))], axis=-1)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)

    ramp = np.array([[int(colour[k : k + 2], 16) for k in (1, 3, 5)] for colour in RAMP])
    colour = np.stack([np.interp(height, np.linspace(0, 1, len(RAMP)), channel) for channel in ramp.T], axis=-1)
    colour *= (SHADE + (1 - SHADE) * np.clip(normal @ LIGHT / np.linalg.norm(LIGHT), 0, 1))[:, None]
    eye = distance * np.array(
        [np.cos(elevation) * np.cos(azimuth), np.cos(elevation) * np.sin(azimuth), np.sin(elevation)]
    )
    colour[np.sum(normal * (eye - world), axis=-1) < 0] *= UNDERSIDE

    columns, rows, away = project_by_hand(world[kept], azimuth, elevation, distance)
    pixel = rows.astype(int) * WIDTH + columns.astype(int)
    far_to_near = np.argsort(-away)
    image, depth = np.zeros((HEIGHT * WIDTH, 3)), np.full(HEIGHT * WIDTH, FAR)
    image[pixel[far_to_near]] = colour[kept][far_to_near]
    depth[pixel[far_to_near]] = away[far_to_near]
    depth = depth.reshape(HEIGHT, WIDTH)
    return image.reshape(HEIGHT, WIDTH, 3), depth, depth < FAR


def outlines(depth):
    """Where the surface ends, or a nearer part of it begins: the depth jumps from one pixel to the next."""
    return np.maximum(np.abs(depth - np.roll(depth, 1, 0)), np.abs(depth - np.roll(depth, 1, 1))) > 0.15


def shrunk(mask, pixels=2):
    """The part of a mask that is at least so many pixels inside."""
    for _ in range(pixels):
        mask = mask & np.roll(mask, 1, 0) & np.roll(mask, -1, 0) & np.roll(mask, 1, 1) & np.roll(mask, -1, 1)
    return mask


@pytest.mark.parametrize("turn", VIEWS)
@pytest.mark.parametrize("name", SUBJECTS)
def test_the_surface_is_what_an_independent_z_buffer_sees(name, turn):
    """Away from outlines, each pixel has the colour of the nearest point of the true surface, to within 16 of 255."""
    expected, depth, mask = z_buffer(name, *turn)
    frame = photograph(field_of(name, View(*turn)))

    inside = shrunk(mask & ~outlines(depth), 2)
    wrong = np.abs(frame - expected).max(axis=-1)[inside] > 16
    assert inside.sum() > 5000
    assert wrong.mean() < 0.005


@pytest.mark.parametrize("turn", VIEWS)
@pytest.mark.parametrize("name", SUBJECTS)
def test_no_background_shines_through_the_surface(name, turn):
    """Inside the outline, a black and a white background give the very same pixels: there are no seams."""
    _, _, mask = z_buffer(name, *turn)
    field = field_of(name, View(*turn), mesh_every=4, levels=(1.0, 5.0, 12.0))
    difference = np.abs(photograph(field) - photograph(field, background="#ffffff")).max(axis=-1)

    inside = shrunk(mask, 3)
    assert inside.sum() > 5000
    assert difference[inside].max() == 0


@pytest.mark.parametrize("turn", VIEWS)
def test_the_surface_ends_where_it_should(turn):
    """Outside its outline, nothing is painted: frame and z-buffer cover the same pixels but for the outline's own."""
    _, _, mask = z_buffer("hills", *turn)
    painted = photograph(field_of("hills", View(*turn))).sum(axis=-1) > 0

    assert not (painted & shrunk(~mask, 2)).any()


@pytest.mark.parametrize("turn", VIEWS)
@pytest.mark.parametrize("name", ["bowl", "hills"])
def test_sight_lines_agree_with_the_z_buffer(name, turn):
    """What lies on a point of the surface is visible where the z-buffer has that point in front, its top turned to us.

    Points next to an outline, where a pixel holds both answers, are left out.
    """
    view = View(*turn)
    field = field_of(name, view)
    _, depth, mask = z_buffer(name, *turn)
    points = np.random.default_rng(5).uniform(-3.4, 3.4, (2000, 2))
    world = field.lift(points)
    east, north = (field.lift(points + step) - field.lift(points - step) for step in ([1e-4, 0], [0, 1e-4]))
    normal = np.cross(east, north)
    facing = np.sum(normal * (view.eye - world), axis=-1) / np.linalg.norm(normal, axis=-1) / turn[2]
    columns, rows, away = project_by_hand(world, *turn)
    row, column = rows.astype(int), columns.astype(int)

    behind = away - depth[row, column]
    clear = shrunk(mask & ~outlines(depth), 2)[row, column] & (np.abs(facing) > 0.05)
    visible = field.visible(world)
    assert clear.sum() > 500
    assert (visible == ((behind < 0.1) & (facing > 0)))[clear].mean() > 0.995


@pytest.mark.parametrize(
    ("turn", "point"),
    [
        (VIEWS[0], (3.0, 4.0)),
        (VIEWS[0], (-1.5, 2.0)),
        (VIEWS[1], (-3.0, -3.0)),
        (VIEWS[2], (0.0, 0.0)),
        (VIEWS[2], (3.0, -2.0)),
        (VIEWS[3], (-3.3, -3.3)),
    ],
)
def test_the_ball_lies_on_the_surface_to_one_pixel(turn, point):
    """A visible ball's disc is centred on the projected surface point, and all of it is seen."""
    view = View(*turn)
    field = field_of("bowl", view)
    ball = ball_on(field, point)
    world = np.array([[point[0] / 2, point[1] / 2, (bowl(np.array(point)) / 25 - 0.5) * 2]])
    (column,), (row,), _ = project_by_hand(world, *turn)
    assert field.visible(world).all()

    changed = np.abs(photograph(field, ball) - photograph(field)).max(axis=-1) > 40
    rows, columns = np.nonzero(changed)

    assert columns.mean() + 0.5 == pytest.approx(column, abs=1)
    assert rows.mean() + 0.5 == pytest.approx(row, abs=1)
    assert np.sqrt(changed.sum() / np.pi) == pytest.approx(0.14 * PIXELS, abs=0.8)


def test_a_ball_behind_a_hill_is_hidden():
    """No pixel of a ball that lies behind a hill is seen; with the hill turned away it is seen whole."""
    view = View(azimuth=np.arctan2(2.0, -2.0), elevation=0.3)
    field = field_of("hills", view)

    hidden = (photograph(field, ball_on(field, (-0.6, 0.6), 0.12)) != photograph(field)).any(axis=-1).sum()
    view.set_azimuth(np.arctan2(2.0, -2.0) + np.pi / 2)
    seen = (photograph(field, ball_on(field, (-0.6, 0.6), 0.12)) != photograph(field)).any(axis=-1).sum()

    assert hidden == 0
    assert seen > 150


def test_a_ball_goes_down_behind_a_ridge_little_by_little():
    """As a ball rolls down the far side of a hill, less and less of it is seen, never more."""
    view = View(azimuth=np.arctan2(2.0, -2.0), elevation=0.3)
    field = field_of("hills", view)
    without = photograph(field)

    seen = []
    for share in np.linspace(0.0, 1.0, 30):
        ball = ball_on(field, np.array([-2.0, 2.0]) + share * np.array([1.4, -1.4]), 0.12)
        seen.append((photograph(field, ball) != without).any(axis=-1).sum())

    assert seen[0] > 150
    assert seen[-1] == 0
    assert np.diff(seen).max() < 12
    assert np.diff(seen).min() > -0.5 * seen[0]


def test_a_path_passes_under_a_ridge():
    """Of a path over a hill the far side is hidden, and the near side is seen."""
    field = field_of("hills", View(azimuth=np.arctan2(2.0, -2.0), elevation=0.3))

    assert not field.visible(on_surface(field, [(-1.0, 1.0), (-0.4, 0.4)])).any()
    assert field.visible(on_surface(field, [(-3.0, 3.0), (-4.0, 4.0)])).all()


def test_a_level_edge_is_a_level_rim():
    """A surface cut at its highest level ends, all round, at that loss exactly."""
    mesh = build_mesh(LONG, valley, 48, "level")
    rim = np.unique(mesh.edges[mesh.sides[:, 1] < 0])
    inner = rim[np.abs(mesh.points[rim]).max(axis=1) < 5 - 1e-9]

    assert len(inner) > 50
    assert np.allclose(1500.0, mesh.losses[inner])


def test_a_disc_has_a_round_rim():
    """Every rim vertex of a disc lies on the circle that touches the domain's sides."""
    mesh = build_mesh(SPACE, bowl, 48, "disc")
    rim = np.unique(mesh.edges[mesh.sides[:, 1] < 0])

    assert np.allclose(5.0, np.hypot(*mesh.points[rim].T))


@pytest.mark.parametrize("name", SUBJECTS)
def test_bands_cover_their_faces_exactly(name):
    """Cut into bands, a mesh keeps its area in the plan: no piece is lost, none is doubled."""
    space, loss, edge = SUBJECTS[name]
    mesh = build_mesh(space, loss, 24, edge)
    bands = cut_into_bands(mesh, 20, -1.0, 1.0)

    def area(world, polygons):
        x, y = world[polygons, 0], world[polygons, 1]
        return np.sum(x * np.roll(y, -1, axis=1) - np.roll(x, -1, axis=1) * y) / 2

    assert area(bands.world, bands.pieces) == pytest.approx(area(mesh.world, mesh.faces))
    heights = (bands.world[bands.pieces, 2] + 1) * 10
    assert (heights.max(axis=1) - heights.min(axis=1)).max() < 1 + 1e-9


def test_contours_lie_where_the_loss_is_the_level():
    """The contour of θ₁² + θ₂² at 4 is one closed line, on the circle of radius 2."""
    mesh = build_mesh(SPACE, bowl, 48, "disc")
    found = contour(mesh, 4.0)
    lines = chain(exactly(mesh, found, bowl), found)

    assert len(lines) == 1
    assert np.allclose(2.0, np.hypot(*lines[0].T))
    assert np.allclose(lines[0][0], lines[0][-1])


def test_a_thinned_line_strays_less_than_its_tolerance():
    """Thinning a circle leaves out most of its points, and stays within the tolerance."""
    angle = np.linspace(0, 2 * np.pi, 1001)
    line = thin(np.column_stack([np.cos(angle), np.sin(angle)]), 0.001)
    middles = (line[1:] + line[:-1]) / 2

    assert len(line) < 150
    assert np.abs(1 - np.hypot(*middles.T)).max() < 0.001


@pytest.mark.parametrize("bad", [np.inf, -np.inf, np.nan])
def test_losses_that_are_no_numbers_do_not_break_the_picture(bad):
    """Where a loss is infinite or no number, the surface is drawn at the box's end, and nothing warns."""

    def loss(points):
        return np.where(np.hypot(*np.moveaxis(points, -1, 0)) < 1, bad, bowl(points))

    view = View()
    for edge in ("square", "disc", "level"):
        frame = photograph(HeightField(SPACE, loss, view, RAMP, edge=edge, levels=(1.0, 10.0)))
        assert (frame.sum(axis=-1) > 0).sum() > 5000


def test_heights_are_capped_at_the_box():
    """Losses beyond the box's range lie on its bottom and its top."""
    assert SPACE.fraction([-10.0, 0.0, 12.5, 25.0, 1e300]).tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]


def test_one_frame_twice_is_the_same_frame():
    """A surface with its ball, painted twice by two cameras, is the same to the last bit."""

    def stage():
        field = HeightField(SPACE, bowl, View(-1.0, 0.6), RAMP, edge="disc", levels=(1.0, 9.0), rim_colour="#ffffff")
        return [field, ball_on(field, (3.0, 1.0))]

    assert np.array_equal(photograph(*stage()), photograph(*stage()))


@pytest.mark.parametrize("function", ["sin(9*x)*cos(9*y)", "sin(3e52*x)*cos(y)", "sin(40*x) + sin(40*y)"])
def test_rough_ground_is_drawn_in_bounded_pieces(function):
    """However rough a function is, its picture has no more pieces and contours than a film can draw in time."""
    objective = parse_objective(function)
    losses, _, _ = loss_range(objective, objective.domain, float(objective.value(np.array(objective.start))))
    space = Space(objective.domain, losses, (4.6, 4.6, 1.6))
    levels, cells = contour_levels(losses), resolution(objective, objective.domain, losses[1])
    field = HeightField(space, objective.value, View(-1.0, 0.6), RAMP, cells, edge="level", levels=levels)

    assert len(field.bands.pieces) <= 1.3 * MOST_PIECES
    assert len(field.contours) <= MOST_SEGMENTS
    assert len(field.levels) >= 1
