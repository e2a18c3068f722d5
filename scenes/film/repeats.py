"""Pictures that repeat the last one, written without the encoder: a table of the codecs that have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from scenes.film import repeats_h264, repeats_vp9
from scenes.film.packet import Packet

# The stream's last pictures, its parameter sets, how many repeats -> their packets.
Repeats = Callable[[Sequence[Packet], bytes, int], Iterator[bytes]]

REPEATS: dict[str, Repeats] = {"libx264": repeats_h264.repeats, "libvpx-vp9": repeats_vp9.repeats}
