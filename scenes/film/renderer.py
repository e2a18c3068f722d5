"""Manim's Cairo renderer, except that it only draws the frames that are wanted."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import CairoRenderer
from manim.utils.exceptions import EndSceneEarlyException

from scenes.film.frame_store import Pixels
from scenes.film.writer import FilmWriter
from scenes.stage.camera import StageCamera


class FilmRenderer(CairoRenderer):
    """Plays animations as Manim does, but does not draw or prepare frames that its writer does not want.

    If anything on the stage has an updater that takes `dt`, every frame is prepared, since each
    such state grows out of the one before.
    """

    def __init__(self) -> None:
        super().__init__(file_writer_class=FilmWriter, camera_class=StageCamera)

    @property
    def writer(self) -> FilmWriter:
        """The writer that takes the frames."""
        return self.file_writer

    def play(self, scene: Any, *args: Any, **options: Any) -> None:
        """Play animations and draw the frames that are wanted; the scene ends after the last of them."""
        if self.writer.over:
            raise EndSceneEarlyException
        scene.compile_animation_data(*args, **options)
        scene.begin_animations()
        self.static_image = None
        if scene.is_current_animation_frozen_frame():
            frames = int(scene.duration / (1 / self.camera.frame_rate))  # in Manim's arithmetic
            self._hold(scene, frames)
        else:
            frames = self._move(scene)
        self.time += frames / self.camera.frame_rate
        self.static_image = None
        self.num_plays += 1

    def _hold(self, scene: Any, frames: int) -> None:
        """One picture for all frames, drawn at most once for each piece of the film that it is in."""
        while frames > 0:
            wanted = self.writer.wants()
            together = self.writer.reach(frames)
            if wanted:
                self.static_image = None
                self.update_frame(scene)
                self.writer.write(self.camera.pixel_array, together)
            else:
                self.writer.pass_over(together)
            frames -= together

    def _move(self, scene: Any) -> int:
        """A picture for each frame; returns how many frames there were."""
        # As in Scene.get_time_progression, so that plain Manim shows the same pictures.
        times = np.arange(0, scene.get_run_time(scene.animations), 1 / self.camera.frame_rate)
        clocked = _moves_by_the_clock(scene)
        static_drawn = False
        played = 0
        for now in times:
            wanted = self.writer.wants()
            if wanted or clocked:
                scene.update_to_time(now)
            if wanted:
                if not static_drawn:
                    self.save_static_frame_data(scene, scene.static_mobjects)
                    static_drawn = True
                self.update_frame(scene, scene.moving_mobjects)
                self.writer.write(self.camera.pixel_array, 1)
            else:
                self.writer.pass_over(1)
            played += 1
            if scene.stop_condition is not None and scene.stop_condition():
                break
        for animation in scene.animations:
            animation.finish()
            animation.clean_up_from_scene(scene)
        scene.update_mobjects(0)
        return played

    def draw(self, scene: Any) -> Pixels:
        """The whole picture as it is now, wanted or not: RGBA (height, width, 4)."""
        self.static_image = None
        self.update_frame(scene)
        return self.get_frame()


def _moves_by_the_clock(scene: Any) -> bool:
    """Whether anything on the stage has an updater that depends on the passing of time."""
    return bool(
        scene.stop_condition is not None
        or scene.always_update_mobjects
        or scene.updaters
        or any(mobject.has_time_based_updater() for mobject in scene.get_mobject_family_members())
    )
