"""Bits, read and written field by field, as video streams lay them out (ISO/IEC 14496-10, 7.2 and 9.1)."""

from __future__ import annotations


class BitReader:
    """Reads fields from bytes, most significant bit first. Raises ValueError past their end."""

    def __init__(self, content: bytes) -> None:
        self.value, self.left = int.from_bytes(content, "big"), 8 * len(content)

    def take(self, count: int) -> int:
        """The next `count` bits as a number."""
        if count > self.left:
            raise ValueError(f"{count} bits are wanted, {self.left} are left")
        self.left -= count
        return (self.value >> self.left) & ((1 << count) - 1)

    def unsigned(self) -> int:
        """A number in Exp-Golomb code, ue(v)."""
        zeros = 0
        while not self.take(1):
            zeros += 1
        return (1 << zeros) - 1 + self.take(zeros)

    def signed(self) -> int:
        """A number in signed Exp-Golomb code, se(v)."""
        code = self.unsigned()
        return (code + 1) // 2 if code % 2 else -(code // 2)


class BitWriter:
    """Collects fields, most significant bit first."""

    def __init__(self) -> None:
        self.value, self.length = 0, 0

    def put(self, value: int, count: int) -> None:
        """A number of `count` bits."""
        self.value, self.length = self.value << count | value, self.length + count

    def put_unsigned(self, number: int) -> None:
        """A number in Exp-Golomb code, ue(v)."""
        self.put(number + 1, 2 * (number + 1).bit_length() - 1)

    def put_signed(self, number: int) -> None:
        """A number in signed Exp-Golomb code, se(v)."""
        self.put_unsigned(2 * number - 1 if number > 0 else -2 * number)

    def align(self, bit: int) -> None:
        """Fill up the last byte with ones or zeros."""
        while self.length % 8:
            self.put(bit, 1)

    def content(self) -> bytes:
        """All of it; a whole number of bytes."""
        return self.value.to_bytes(self.length // 8, "big")
