"""A picture as an encoder returned it."""

from __future__ import annotations

from typing import NamedTuple


class Packet(NamedTuple):
    """A picture of a stream. shown: when, in any unit. packet: its coded bytes."""

    shown: int
    packet: bytes
