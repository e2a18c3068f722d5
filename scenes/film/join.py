"""Joins encoded pieces into one film; nothing is encoded again."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av

from scenes.film.encoding import Encoding
from scenes.film.pieces import Piece

# For files whose packets are only passed on: otherwise libav decodes the first picture of each. It must for the first
# file, from which the film's header takes its colours.
UNSEEN = [{"skip_frame": "all"}]


def join(paths: Sequence[Path], pieces: Sequence[Piece], fps: int, target: Path, settings: Encoding) -> None:
    """Encoded pieces -> one film, without encoding again."""
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
