"""Frames to streams: which settings (pure), the sink that uses them, and the joining of what came out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from av.video.reformatter import Colorspace, VideoReformatter
from numpy.typing import NDArray

from scenes.film.coded import Coded
from scenes.film.pieces import Piece
from scenes.film.reel import Area, Pixels
from scenes.film.repeats import REPEATS, Repeats
from scenes.film.spec import RenderSpec

# Colours are halved in height by a filter that looks a few rows up and down.
REACH = 8
# A picture that stays to the end of its piece is encoded so many times: x264 looks ten frames ahead and makes a better
# picture of what is there for long. Then it is repeated.
SETTLED = 12
# Rows are converted sixteen or thirty-two pixels at a time.
GRAIN = 32


class Encoding(NamedTuple):
    """How a stream is encoded: codec, pixel format, codec options, container and its options.

    ahead: how many frames before it is shown a picture may have to be decoded.
    """

    codec: str
    pixel_format: str
    options: dict[str, str]
    container: str
    container_options: dict[str, str]
    ahead: int = 0


def encoding(kind: str, spec: RenderSpec) -> Encoding:
    """The settings of a kind of film; chosen by measurement, see benchmarks/README.md.

    One thread a process: the bytes must not depend on the machine's cores.
    """
    return {"mp4": _h264, "webm": _vp9}[kind](spec)


def _h264(spec: RenderSpec) -> Encoding:
    """What every player and browser shows. Flat, sharp pictures gain nothing from slower presets.

    Of what `veryfast` looks for, much is not to be found in drawings: finer motion, other references, fades, cuts (each
    piece begins with a whole picture anyway). Without it the time is nearly halved, for a tenth more bytes.
    The colour tags say BT.709, so that the theme's colours come out right.
    """
    colours = "colorprim=bt709:transfer=bt709:colormatrix=bt709:fullrange=off"
    search = "subme=1:ref=1:partitions=i4x4,p8x8:8x8dct=0:weightp=0:b-adapt=0:scenecut=0"
    options = {
        "preset": "veryfast",
        "crf": "20",
        "tune": "animation",
        "threads": "1",
        "g": str(5 * spec.fps),
        "x264-params": f"{colours}:{search}" + (":asm=AVX2" if _has_avx512() else ""),
    }
    return Encoding("libx264", "yuv420p", options, "mp4", {"movflags": "+faststart", "fflags": "+bitexact"}, ahead=2)


def _has_avx512() -> bool:
    """Whether x264 would use AVX-512: its macroblock tree then reads memory that nobody has written.

    The same frames would become other bytes in another process. Without it they do not, at the same speed.
    """
    extensions = np.show_config(mode="dicts").get("SIMD Extensions", {})  # numpy leaves out what is empty
    names = [*extensions.get("baseline", ()), *extensions.get("found", ())]
    return any(name == "X86_V4" or name.startswith("AVX512") for name in names)


def _vp9(spec: RenderSpec) -> Encoding:
    """For the open web: without a patent, and smaller; and with an alpha plane where the ground is see-through."""
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
    return Encoding("libvpx-vp9", pixel_format, options, "webm", {"fflags": "+bitexact", "cues_to_front": "1"})


class VideoSink:
    """One piece's frames, encoded into a file of its own that can be joined to others."""

    def __init__(self, path: Path, spec: RenderSpec, settings: Encoding) -> None:
        options = {"fflags": "+bitexact"}
        self.container = av.open(str(path), "w", format=settings.container, options=options)
        self.stream = self.container.add_stream(settings.codec, rate=spec.fps, options=settings.options)
        self.stream.width, self.stream.height = spec.width, spec.height
        self.stream.pix_fmt = settings.pixel_format
        self.stream.codec_context.time_base = Fraction(1, spec.fps)
        self.stream.codec_context.flags |= av.codec.context.Flags.bitexact | av.codec.context.Flags.closed_gop
        self.picture = Picture(spec.width, spec.height, settings.pixel_format)
        self.tick = Fraction(1, spec.fps)
        self.written = 0
        self.resting = 0  # frames for which the present picture is to stay, not yet encoded
        # What is see-through is a second stream beside the first, of which packets tell nothing.
        self.repeats = None if spec.transparent else REPEATS.get(settings.codec)
        self.coded: deque[Coded] = deque(maxlen=SETTLED)
        self.ahead, self.passed = settings.ahead, 0

    def write(self, pixels: Pixels, areas: Iterable[Area], frames: int) -> None:
        """Take an RGBA picture, of which only `areas` are new, to be shown for `frames` frames."""
        for area in areas:
            self._encode(self.resting)
            self.picture.update(pixels, area)
        self.resting += frames

    def _encode(self, frames: int) -> None:
        """Encode the present picture `frames` times."""
        frame = self.picture.frame
        for _ in range(frames):
            frame.pts, frame.time_base = self.written, self.tick
            self._mux(self.stream.encode(frame))
            self.written += 1
        self.resting -= frames

    def _mux(self, packets: Iterable[av.Packet]) -> None:
        for packet in packets:
            self.coded.append(Coded(packet.pts, bytes(packet)))
            self._pass_on(packet)

    def _pass_on(self, packet: av.Packet) -> None:
        """One packet into the file; each is decoded a frame after the one before, also in the shortest piece.

        There x264 sees no need to decode ahead, and the next piece's pictures would come before its last.
        """
        packet.dts = self.passed - self.ahead
        self.passed += 1
        self.container.mux(packet)

    def close(self) -> None:
        """Encode or repeat what is still to be shown, and finish the file."""
        self._encode(min(self.resting, SETTLED) if self.repeats else self.resting)
        self._mux(self.stream.encode(None))
        if self.repeats and self.resting:
            self._repeat(self.repeats)
        self.container.close()

    def _repeat(self, repeats: Repeats) -> None:
        """The last picture, for as long as it is to stay."""
        for content in repeats(self.coded, bytes(self.stream.codec_context.extradata or b""), self.resting):
            packet = av.Packet(content)
            packet.pts, packet.time_base, packet.stream = self.written, self.tick, self.stream
            self._pass_on(packet)
            self.written += 1
        self.resting = 0

    def abort(self) -> None:
        """Let go of the file; what it holds is not to be used."""
        self.container.close()


class Picture:
    """The present picture as the encoder wants it, of which only what is new is converted.

    That costs 0.4 ms for the surroundings of a moving ball, and 3.5 ms for the whole of a 1080p frame.
    """

    def __init__(self, width: int, height: int, pixel_format: str = "yuv420p") -> None:
        self.width, self.height = width, height
        self.frame = av.VideoFrame(width, height, pixel_format)
        self.converter = VideoReformatter()

    def update(self, pixels: Pixels, area: Area) -> None:
        """Convert what is new; the same bytes as converting the whole."""
        # The rows around what changed see it too, and are seen right only with the rows around them.
        top, bottom = max(0, (area.top & ~1) - REACH), min(self.height, -(-area.bottom // 2) * 2 + REACH)
        above, below = max(0, top - REACH), min(self.height, bottom + REACH)
        left, right = area.left // GRAIN * GRAIN, min(self.width, -(-area.right // GRAIN) * GRAIN)
        crop = np.ascontiguousarray(pixels[above:below, left:right])
        # One thread: libav else starts one for each core at every call, which takes longer than a small crop.
        new = self.converter.reformat(
            av.VideoFrame.from_ndarray(crop, format="rgba"),
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            threads=1,
        )
        self.frame.make_writable()
        for target, source, halved in zip(self.frame.planes, new.planes, (1, 2, 2)):
            rows, columns = slice(top // halved, bottom // halved), slice(left // halved, right // halved)
            start, height = (top - above) // halved, rows.stop - rows.start
            _view(target)[rows, columns] = _view(source)[start : start + height, : columns.stop - columns.start]
        if len(self.frame.planes) == 4:
            _view(self.frame.planes[3])[area.part] = pixels[area.part][..., 3]


def _view(plane: av.video.plane.VideoPlane) -> NDArray[np.uint8]:
    """A plane's pixels (height, width), to be read and written in place."""
    return np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]


# For files whose packets are only passed on: libav else decodes the first picture of each. Of the first file it must,
# since from there the film's own head learns its colours.
UNSEEN = [{"skip_frame": "all"}]


def join(paths: Sequence[Path], pieces: Sequence[Piece], fps: int, target: Path, settings: Encoding) -> None:
    """Encoded pieces -> one film, without encoding anew."""
    with av.open(str(target), "w", format=settings.container, options=settings.container_options) as film:
        stream = None
        for path, piece in zip(paths, pieces):
            with av.open(str(path), stream_options=None if stream is None else UNSEEN) as part:
                source = part.streams.video[0]
                if stream is None:
                    stream = film.add_stream_from_template(source)
                    stream.time_base = source.time_base
                    if settings.pixel_format == "yuva420p":
                        stream.metadata["alpha_mode"] = "1"
                offset = round(Fraction(piece.start, fps) / source.time_base)
                for packet in part.demux(source):
                    if packet.dts is None:
                        continue
                    packet.pts, packet.dts = packet.pts + offset, packet.dts + offset
                    packet.stream = stream
                    film.mux(packet)
