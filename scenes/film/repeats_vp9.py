"""Pictures that show the last one again, in VP9: one byte each.

A decoder keeps eight pictures in numbered slots, and a frame may consist of the number of the one to show. Clauses are
those of the VP9 Bitstream & Decoding Process Specification, version 0.6.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenes.film.bitstream import BitReader
from scenes.film.packet import Packet

SLOTS = 8
# Frame marker 2, profile 0, show_existing_frame; the slot's number is to be added.
SHOW = 0b10_0_0_1_000
MARKER, GROUP = 0b10, 0b110


def repeats(packets: Sequence[Packet], parameter_sets: bytes, count: int) -> Iterator[bytes]:
    """Packets of `count` pictures that repeat the last one shown.

    packets: the stream's last pictures; only the last counts. parameter_sets: VP9 has none.
    Raises ValueError if the decoder does not keep that picture.
    """
    kept = slots(shown_frame(packets[-1].packet)) if packets else 0
    if not kept:
        raise ValueError("repeats are written for streams with a last picture that is kept")
    for _ in range(count):
        yield bytes([SHOW | kept.bit_length() - 1])


def shown_frame(packet: bytes) -> bytes:
    """The frame that a packet shows: the last one of a superframe, after the hidden ones (annex B)."""
    last = packet[-1]
    if last >> 5 != GROUP:
        return packet
    frames, width = (last & 7) + 1, (last >> 3 & 3) + 1
    index = packet[-2 - frames * width :]
    if index[0] != last:
        return packet
    sizes = [int.from_bytes(index[1 + at * width :][:width], "little") for at in range(frames)]
    return packet[sum(sizes[:-1]) : sum(sizes)]


def slots(frame: bytes) -> int:
    """The slots that keep a frame, one bit each (6.2). Raises ValueError if it is not a frame of profile 0."""
    bits = BitReader(frame[:8])
    if (bits.take(2), bits.take(2)) != (MARKER, 0):
        raise ValueError("repeats are written for streams with VP9 of profile 0")
    if bits.take(1):
        return 1 << bits.take(3)
    inter, shown, resilient = bits.take(1), bits.take(1), bits.take(1)
    if not inter:
        return (1 << SLOTS) - 1
    if not shown:
        raise ValueError("repeats are written for streams with a last picture that is shown")
    bits.take(0 if resilient else 2)
    return bits.take(SLOTS)
