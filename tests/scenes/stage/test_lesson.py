"""What all lessons share: one caption goes before the next one comes."""

import pytest

from scenes.catalogue import LESSONS
from scenes.film.draw import stage
from scenes.film.pieces import cut
from scenes.spec import RenderSpec
from scenes.stage.lesson import handover
from scenes.stage.type import words


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.8, 1.0])
def test_two_captions_are_never_mixed(share):
    """At no moment are both the old and the new words seen; at the end the new ones are whole."""
    old, new = words("one", 0.4, "#ffffff"), words("two", 0.4, "#ffffff")
    new.set_opacity(0.0)
    for builder in handover(old, new):
        animation = builder.build()
        animation.begin()
        animation.interpolate(share)

    assert old.opacity * new.opacity == 0
    assert (old.opacity, new.opacity) == pytest.approx((max(0.0, 1 - 2 * share), max(0.0, 2 * share - 1)))


@pytest.mark.parametrize("lesson", ["bowl", "overshoot"])
def test_a_frame_does_not_depend_on_the_frames_drawn_before(lesson):
    """A picture is the same whether the film was drawn up to it or fast-forwarded."""
    spec = RenderSpec(lesson, width=192, height=108, fps=5, cut="loop")

    def drawn(wanted):
        pictures = {}

        class Sink:
            def __init__(self, piece):
                self.frame = piece.start

            def write(self, pixels, frames):
                for _ in range(frames):
                    pictures[self.frame] = pixels.copy()
                    self.frame += 1

            def close(self):
                pass

            abort = close

        with stage(spec) as (scene, renderer):
            renderer.writer.plan(filter(wanted, cut(scene.beats, spec.fps)), Sink)
            scene.render()
        return pictures

    everything = drawn(lambda piece: True)
    for parity in (0, 1):
        for frame, pixels in drawn(lambda piece, parity=parity: piece.number % 2 == parity).items():
            assert (everything[frame] == pixels).all(), frame


@pytest.mark.parametrize("fps", [1, 2, 5, 7])
@pytest.mark.parametrize("cut", ["full", "loop"])
@pytest.mark.parametrize("scene", LESSONS)
def test_no_beat_runs_over_its_time_at_any_frame_rate(scene, cut, fps):
    """Motions that do not fit into a beat's few frames end with it, and the film is as long as its script."""
    with stage(RenderSpec(scene, width=160, height=90, fps=fps, cut=cut)) as (drawn, _):
        drawn.render()

        assert drawn.frame == drawn.beats[-1].end
