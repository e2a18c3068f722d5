"""Settings of the encoders."""

from __future__ import annotations

import pytest

from scenes.film.encoding import encoding
from scenes.spec import RenderSpec


@pytest.mark.parametrize(
    ("extensions", "kept_off"),
    [
        ({}, False),
        ({"baseline": ["NEON", "ASIMD"]}, False),
        ({"baseline": ["X86_V2"], "found": ["X86_V3"]}, False),
        ({"baseline": ["X86_V2"], "found": ["X86_V3", "X86_V4"]}, True),
        ({"baseline": ["SSE", "AVX512F"]}, True),
        ({"baseline": ["SSE"], "found": ["AVX2", "AVX512F", "AVX512CD"]}, True),
    ],
    ids=str,
)
def test_x264_keeps_off_avx512_where_there_is_any(extensions, kept_off, monkeypatch):
    """Instructions are named only on a machine that has AVX-512; one of which numpy says nothing is left alone."""
    config = {"SIMD Extensions": extensions} if extensions else {}
    monkeypatch.setattr("scenes.film.encoding.np.show_config", lambda mode: config)

    assert ("asm=AVX2" in encoding("mp4", RenderSpec("bowl")).options["x264-params"]) is kept_off
