"""Encodes a piece of film, frame by frame, into a file of its own."""

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

# A picture that stays to the end of its piece is encoded this often: x264 looks ten frames ahead and makes a better
# picture of what stays for long. Then it is repeated.
SETTLED = 12


class VideoSink:
    """One piece's frames, encoded into a file of its own that can be joined to others."""

    def __init__(self, path: Path, spec: RenderSpec, settings: Encoding) -> None:
        self.settings, self.tick = settings, Fraction(1, spec.fps)
        self.container = av.open(str(path), "w", format=settings.container, options={"fflags": "+bitexact"})
        self.stream = self.container.add_stream(settings.codec, rate=spec.fps, options=settings.options)
        self.encoder = self.stream.codec_context
        self.encoder.width, self.encoder.height = spec.width, spec.height
        self.encoder.pix_fmt, self.encoder.time_base = settings.pixel_format, self.tick
        self.encoder.flags |= av.codec.context.Flags.bitexact | av.codec.context.Flags.closed_gop
        self.picture = Picture(spec.width, spec.height, settings.pixel_format)
        self.written = 0
        self.resting = 0  # frames for which the current picture stays, not yet encoded
        self.repeats = REPEATS.get(settings.codec) if settings.repeats else None
        self.packets: deque[Packet] = deque(maxlen=SETTLED)
        self.passed = 0

    def write(self, pixels: Pixels, areas: Iterable[Area], frames: int) -> None:
        """Take an RGBA picture of which only `areas` are new, and show it for `frames` frames."""
        for area in areas:
            self._encode(self.resting)
            self.picture.update(pixels, area)
        self.resting += frames

    def _encode(self, frames: int) -> None:
        """Encode the current picture `frames` times."""
        frame = self.picture.frame
        for _ in range(frames):
            frame.pts, frame.time_base = self.written, self.tick
            self._mux(self.encoder.encode(frame))
            self.written += 1
        self.resting -= frames

    def _mux(self, packets: Iterable[av.Packet]) -> None:
        for packet in packets:
            self.packets.append(Packet(packet.pts, bytes(packet)))
            self._pass_on(packet)

    def _pass_on(self, packet: av.Packet) -> None:
        """Write one packet; each is decoded one frame after the one before, even in the shortest piece.

        There, x264 sees no need to decode ahead, and the next piece's pictures would come before its last one.
        """
        packet.stream, packet.dts = self.stream, self.passed - self.settings.ahead
        self.passed += 1
        self.container.mux(packet)

    def close(self) -> None:
        """Encode or repeat what still has to be shown, and finish the file."""
        self._encode(min(self.resting, SETTLED) if self.repeats else self.resting)
        self._mux(self.encoder.encode(None))
        if self.repeats and self.resting:
            self._repeat(self.repeats)
        self.container.close()

    def _repeat(self, repeats: Repeats) -> None:
        """Repeat the last picture for as long as it stays, or encode it if a repeat does not fit the stream."""
        try:
            contents = list(repeats(self.packets, bytes(self.encoder.extradata or b""), self.resting))
        except ValueError:
            self._encode_on()
            return
        for content in contents:
            packet = av.Packet(content)
            packet.pts, packet.time_base = self.written, self.tick
            self._pass_on(packet)
            self.written += 1
        self.resting = 0

    def _encode_on(self) -> None:
        """Encode on after a flush: the flushed encoder takes no more pictures, so another one begins a new group."""
        ended = self.encoder
        self.encoder = av.CodecContext.create(self.settings.codec, "w")
        for name in ("width", "height", "pix_fmt", "time_base", "framerate", "flags"):
            setattr(self.encoder, name, getattr(ended, name))
        self.encoder.options = self.settings.options
        self._encode(self.resting)
        self._mux(self.encoder.encode(None))

    def abort(self) -> None:
        """Close the file, which must not be used."""
        self.container.close()
