"""Momentum: why plain descent zig-zags down a narrow valley, and what a ball gains that keeps part of its last move."""
