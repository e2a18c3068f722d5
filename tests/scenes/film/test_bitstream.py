"""Fields of bits: what is written is read, and the standard's own examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.film.bitstream import BitReader, BitWriter

FIELD = st.one_of(
    st.tuples(st.just("unsigned"), st.integers(0, 2**20)),
    st.tuples(st.just("signed"), st.integers(-(2**20), 2**20)),
    st.tuples(st.integers(1, 24), st.integers(0, 2**24 - 1)),
)


@given(st.lists(FIELD, max_size=30), st.integers(0, 1))
def test_fields_come_back_in_their_order(fields, filling):
    """Whatever is written is read again, whatever the last byte is filled up with."""
    bits = BitWriter()
    fields = [(kind, value % (1 << kind) if isinstance(kind, int) else value) for kind, value in fields]
    for kind, value in fields:
        if kind == "unsigned":
            bits.put_unsigned(value)
        elif kind == "signed":
            bits.put_signed(value)
        else:
            bits.put(value, kind)
    bits.align(filling)
    read = BitReader(bits.content())

    for kind, value in fields:
        assert value == (getattr(read, kind)() if isinstance(kind, str) else read.take(kind))
    rest = read.left
    assert rest < 8
    assert read.take(rest) == filling * ((1 << rest) - 1)


@pytest.mark.parametrize(
    ("code", "unsigned", "signed"), [("1", 0, 0), ("010", 1, 1), ("011", 2, -1), ("00100", 3, 2), ("00101", 4, -2)]
)
def test_exp_golomb_codes_are_the_standards(code, unsigned, signed):
    """The first codes of ISO/IEC 14496-10, tables 9-2 and 9-3."""
    content = int(code.ljust(8, "0"), 2).to_bytes(1, "big")

    assert BitReader(content).unsigned() == unsigned
    assert BitReader(content).signed() == signed


def test_reading_past_the_end_is_an_error():
    """A field that is not there is no row of zeros."""
    bits = BitReader(b"\x00")

    with pytest.raises(ValueError, match="1 bits are wanted, 0 are left"):
        bits.unsigned()
