"""From frames to files: writer, encoders, cache, sound, publishing. Manim, imported after this, reads no manim.cfg."""

from scenes.film.manim_settings import keep_defaults

keep_defaults()
