"""A lesson's run and its sentences, one lesson a module. No manim."""
