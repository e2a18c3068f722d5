"""A picture as an encoder gave it back."""

from __future__ import annotations

from typing import NamedTuple


class Packet(NamedTuple):
    """A picture of a stream. shown: when, in any unit. packet: what it is coded as."""

    shown: int
    packet: bytes
