"""How each kind of film is encoded: codecs, their options, their containers. Imports no libav."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scenes.spec import RenderSpec


class Encoding(NamedTuple):
    """How a stream is encoded: codec, pixel format, codec options, container and its options.

    ahead: how many frames before its display a picture may have to be decoded.
    repeats: whether a picture that stays is repeated without the encoder (`repeats`) instead of being encoded again.
    """

    codec: str
    pixel_format: str
    options: dict[str, str]
    container: str
    container_options: dict[str, str]
    ahead: int = 0
    repeats: bool = True


def encoding(kind: str, spec: RenderSpec) -> Encoding:
    """The settings for a kind of film, chosen by measurement (benchmarks/README.md).

    One thread per process: the bytes must not depend on the number of cores.
    """
    return {"mp4": _h264, "webm": _vp9}[kind](spec)


def _h264(spec: RenderSpec) -> Encoding:
    """What every player and browser shows. Flat, sharp pictures gain nothing from slower presets.

    Much of what `veryfast` searches for does not occur in drawings: finer motion, other references, fades, cuts (each
    piece begins with a key frame anyway). Leaving it out nearly halves the time, for a tenth more bytes.
    Coloured words are thin, and colours have a quarter of the pixels, so colours are quantised more finely. That
    improves the picture more than the same bytes spent on everything, and words do not flash where a piece begins.
    The colour tags say BT.709, so that the theme's colours come out right.
    """
    colours = "colorprim=bt709:transfer=bt709:colormatrix=bt709:fullrange=off"
    search = "subme=1:ref=1:partitions=i4x4,p8x8:8x8dct=0:weightp=0:b-adapt=0:scenecut=0"
    asm = ":asm=AVX2" if _has_avx512() else ""
    options = {
        "preset": "veryfast",
        "crf": "20",
        "tune": "animation",
        "threads": "1",
        "g": str(5 * spec.fps),
        "x264-params": f"{colours}:{search}:chroma-qp-offset=-6{asm}",
    }
    container_options = {"movflags": "+faststart", "fflags": "+bitexact"}
    return Encoding("libx264", "yuv420p", options, "mp4", container_options, ahead=2, repeats=spec.repeats)


def _has_avx512() -> bool:
    """Whether x264 would use AVX-512, with which its macroblock tree reads uninitialised memory.

    The same frames would become different bytes in different processes. Without it they do not, at the same speed.
    """
    extensions = np.show_config(mode="dicts").get("SIMD Extensions", {})  # numpy leaves out what is empty
    names = [*extensions.get("baseline", ()), *extensions.get("found", ())]
    return any(name == "X86_V4" or name.startswith("AVX512") for name in names)


def _vp9(spec: RenderSpec) -> Encoding:
    """For the open web: free of patents, smaller, and with an alpha plane if the background is transparent."""
    options = {
        "crf": "24",
        "b": "0",
        "deadline": "good",
        "cpu-used": "5",
        "threads": "1",
        "row-mt": "0",
        "g": str(5 * spec.fps),
        "colorspace": "bt709",
        "color_primaries": "bt709",
        "color_trc": "bt709",
        "color_range": "tv",
    }
    if spec.transparent:
        options["auto-alt-ref"] = "0"  # hidden frames have no alpha
    pixel_format = "yuva420p" if spec.transparent else "yuv420p"
    container_options = {"fflags": "+bitexact", "cues_to_front": "1"}
    # Transparency is a second stream next to the first, which a repeat would not cover.
    repeats = spec.repeats and not spec.transparent
    return Encoding("libvpx-vp9", pixel_format, options, "webm", container_options, repeats=repeats)
