"""A piece of film as it is encoded, frame by frame, into a file of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av

from scenes.film.encoding import Encoding
from scenes.film.frame_store import Area, Pixels
from scenes.film.packet import Packet
from scenes.film.picture import Picture
from scenes.film.repeats import REPEATS, Repeats
from scenes.spec import RenderSpec

# A picture that stays to the end of its piece is encoded so many times: x264 looks ten frames ahead and makes a better
# picture of what is there for long. Then it is repeated.
SETTLED = 12


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
        self.packets: deque[Packet] = deque(maxlen=SETTLED)
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
            self.packets.append(Packet(packet.pts, bytes(packet)))
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
        for content in repeats(self.packets, bytes(self.stream.codec_context.extradata or b""), self.resting):
            packet = av.Packet(content)
            packet.pts, packet.time_base, packet.stream = self.written, self.tick, self.stream
            self._pass_on(packet)
            self.written += 1
        self.resting = 0

    def abort(self) -> None:
        """Let go of the file; what it holds is not to be used."""
        self.container.close()
