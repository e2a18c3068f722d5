"""Pictures that repeat the last one, in H.264: seventy bytes each.

A picture often stays while a sentence is finished. x264 takes nearly as long for such a picture as for any
other, only to say that each macroblock is unchanged; this module says so in some seventy bytes.
Clauses are those of ISO/IEC 14496-10 (ITU-T H.264).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from scenes.film.bitstream import BitReader, BitWriter
from scenes.film.packet import Packet

START = b"\0\0\0\1"
SLICE, KEY_SLICE, SEQUENCE, PICTURE = 1, 5, 7, 8
# A unit with a slice that others refer to.
REPEAT = 0x41
# This many bytes of a packet contain its slice's header.
HEAD = 32
# Profiles whose sequence parameters include chroma format and bit depth (7.3.2.1.1).
HIGH_PROFILES = (100, 110, 122, 244)
ALL_P = 5
# The quantiser only sets the initial probability of "skipped", which is highest for the coarsest.
QUANTISER = 51
# Of mb_skip_flag in P slices with cabac_init_idc 0, where the neighbours are as before, too: m, n (table 9-13).
SKIP_M, SKIP_N = 23, 33
# Table 9-44 from state 42 on: how much of the range, in its quarters, belongs to the improbable answer.
FIRST_STATE, LAST_STATE = 42, 62
IMPROBABLE = (
    (16, 20, 23, 27), (15, 19, 22, 25), (14, 18, 21, 24), (14, 17, 20, 23), (13, 16, 19, 22), (12, 15, 18, 21),
    (12, 14, 17, 20), (11, 14, 16, 19), (11, 13, 15, 18), (10, 12, 15, 17), (10, 12, 14, 16), (9, 11, 13, 15),
    (9, 11, 12, 14), (8, 10, 12, 14), (8, 9, 11, 13), (7, 9, 11, 12), (7, 9, 10, 12), (7, 8, 10, 11),
    (6, 8, 9, 11), (6, 7, 9, 10), (6, 7, 8, 9),
)  # fmt: skip


class Stream(NamedTuple):
    """The fields of a stream's parameter sets on which its slices depend.

    number_bits, order_bits: of frame_num and pic_order_cnt_lsb. macroblocks: in a picture.
    """

    number_bits: int
    order_bits: int
    macroblocks: int
    picture_set: int
    quantiser: int


class Slice(NamedTuple):
    """The header of a coded picture.

    number, order: its frame_num and pic_order_cnt_lsb. reference: whether others may refer to it.
    """

    number: int
    order: int
    reference: bool


def read_stream(parameter_sets: bytes) -> Stream:
    """An encoder's parameter sets, in Annex B. Raises ValueError if our repeats would not fit the stream."""
    units = {unit[0] & 31: BitReader(unit[1:].replace(b"\0\0\3", b"\0\0")) for unit in _units(parameter_sets)}
    if SEQUENCE not in units or PICTURE not in units:
        raise ValueError("an H.264 stream has a sequence and a picture parameter set")
    return Stream(*_sequence(units[SEQUENCE]), *_picture(units[PICTURE]))


def _units(content: bytes) -> list[bytes]:
    return [unit for unit in re.split(b"\0*\0\0\1", content) if unit]


def _sequence(bits: BitReader) -> tuple[int, int, int]:
    """Bits of frame_num and of pic_order_cnt_lsb, and macroblocks in a picture (7.3.2.1.1)."""
    profile = bits.take(8)
    bits.take(16)  # constraints and level
    bits.unsigned()
    if profile in HIGH_PROFILES:
        plain = (bits.unsigned(), bits.unsigned(), bits.unsigned(), bits.take(1), bits.take(1)) == (1, 0, 0, 0, 0)
        _demand(plain, "4:2:0 of 8 bits")
    number_bits = bits.unsigned() + 4
    _demand(bits.unsigned() == 0, "picture order in its slices")
    order_bits = bits.unsigned() + 4
    bits.unsigned()
    bits.take(1)
    wide, high = bits.unsigned() + 1, bits.unsigned() + 1
    _demand(bits.take(1) == 1, "whole frames")
    return number_bits, order_bits, wide * high


def _picture(bits: BitReader) -> tuple[int, int]:
    """Its number and its first quantiser (7.3.2.2)."""
    number = bits.unsigned()
    bits.unsigned()
    _demand((bits.take(1), bits.take(1)) == (1, 0), "CABAC")
    _demand(bits.unsigned() == 0, "one slice group")
    bits.unsigned()
    bits.unsigned()
    _demand(bits.take(1) == 0, "no weighted prediction")
    bits.take(2)
    quantiser = bits.signed() + 26
    bits.signed()
    bits.signed()
    _demand((bits.take(1), bits.take(1), bits.take(1)) == (1, 0, 0), "deblocking that slices control")
    return number, quantiser


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(f"repeats are written for streams with {what}")


def read_slice(packet: bytes, stream: Stream) -> Slice:
    """The header of a picture (7.3.3). Raises ValueError if something else comes before it."""
    unit = next(iter(_units(packet[:HEAD])), b"\0")
    _demand(unit[0] & 31 in (SLICE, KEY_SLICE), "nothing before their pictures")
    bits = BitReader(unit[1:].replace(b"\0\0\3", b"\0\0"))
    for _ in ("first_mb_in_slice", "slice_type", "pic_parameter_set_id"):
        bits.unsigned()
    number = bits.take(stream.number_bits)
    if unit[0] & 31 == KEY_SLICE:
        bits.unsigned()
    return Slice(number, bits.take(stream.order_bits), unit[0] & 0x60 != 0)


def repeats(packets: Sequence[Packet], parameter_sets: bytes, count: int) -> Iterator[bytes]:
    """Packets, in Annex B, of `count` pictures that repeat the last one shown.

    packets: the stream's last pictures in the order of coding, back to the last shown and to one to refer to.
    Raises ValueError if the stream is not of the kind that our encoder writes.
    """
    stream = read_stream(parameter_sets)
    last = read_slice(max(packets, key=lambda picture: picture.shown).packet, stream)
    _demand(last.reference, "a last picture to refer to")
    newest = next(found for picture in reversed(packets) if (found := read_slice(picture.packet, stream)).reference)
    numbers = 1 << stream.number_bits
    for repeat in range(1, count + 1):
        number = (newest.number + repeat) % numbers
        model = last.number if repeat == 1 else number - 1
        order = (last.order + 2 * repeat) % (1 << stream.order_bits)
        yield START + _escaped(bytes([REPEAT]) + _slice(stream, number, order, (number - model) % numbers))


def _escaped(unit: bytes) -> bytes:
    """A unit in which nothing can be mistaken for a start code (7.4.1)."""
    return re.sub(b"\0\0(?=[\0-\3])", b"\0\0\3", unit)


def _slice(stream: Stream, number: int, order: int, back: int) -> bytes:
    """A P slice whose every macroblock is skipped: as in the picture `back` numbers ago (7.3.3)."""
    bits = BitWriter()
    bits.put_unsigned(0)
    bits.put_unsigned(ALL_P)
    bits.put_unsigned(stream.picture_set)
    bits.put(number, stream.number_bits)
    bits.put(order, stream.order_bits)
    bits.put(1, 1)  # one picture to refer to:
    bits.put_unsigned(0)
    bits.put(1, 1)  # not the newest, but
    bits.put_unsigned(0)  # so many numbers before this one
    bits.put_unsigned(back - 1)
    bits.put_unsigned(3)
    bits.put(0, 1)  # the oldest is forgotten for it, as always
    bits.put_unsigned(0)  # cabac_init_idc
    bits.put_signed(QUANTISER - stream.quantiser)
    bits.put_unsigned(1)  # no deblocking
    bits.align(1)
    coded, length = _all_skipped(stream.macroblocks)
    bits.put(coded, length)
    bits.align(0)
    return bits.content()


@cache
def _all_skipped(macroblocks: int) -> tuple[int, int]:
    """Arithmetic code that says "skipped" of every macroblock, and "the last" of the last one (9.3.4).

    Only probable answers are given until then, and they leave the code's lower end at 0: each halving of the range
    writes one 0. Returns the bits, and how many they are.
    """
    state = ((SKIP_M * QUANTISER) >> 4) + SKIP_N - 64
    span, bits = 510, BitWriter()
    for _ in range(macroblocks - 1):
        span -= IMPROBABLE[state - FIRST_STATE][span >> 6 & 3]
        state = min(state + 1, LAST_STATE)
        span, halved = _doubled(span)
        bits.put(0, halved)
        span, halved = _doubled(span - 2)
        bits.put(0, halved)
    span -= IMPROBABLE[state - FIRST_STATE][span >> 6 & 3]
    span, halved = _doubled(span)
    bits.put(0, halved)
    # The end is the upper two of the range, in ten bits, the last of them the stop bit; of all bits the first is not
    # written (9.3.4.2).
    bits.put(span - 2 | 1, 10)
    return bits.value, bits.length - 1


def _doubled(span: int) -> tuple[int, int]:
    """The range doubled until it is at least 256, and how often that took."""
    halved = 9 - span.bit_length()
    return span << halved, halved
