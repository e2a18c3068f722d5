"""Frames to files: spec, writer, encoders, publishing."""
