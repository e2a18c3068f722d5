"""The story as data: beats, timing, captions. No manim."""
