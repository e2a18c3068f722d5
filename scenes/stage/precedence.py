"""Which type stays where two pieces would meet: numbers of axes give way to axes' names, and both to all other type.

It is decided from one frame's marks alone, and by how much room there is between two boxes, so that what gives way
fades while something comes near and does not flicker.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from scenes.stage.area_marks import Plate
from scenes.stage.box import Box
from scenes.stage.marks import Mark, Text

# The air above and below the letters in the box of their type, as shares of its height.
AIR_BELOW, AIR_ABOVE = 0.22, 0.2
# The gap, in frame units, at which type with a lower rank is all there, and that at which it is gone.
FREE, MET = 0.08, 0.02
# A label with this opacity has its place to itself.
PRESENT = 0.4
Owner = TypeVar("Owner")


def given_way(marks: Sequence[tuple[Owner, Mark]]) -> list[tuple[Owner, Mark]]:
    """A picture's marks, from back to front, in which no type of a higher rank meets type of a lower one."""
    kept = list(marks)
    letters = [
        (mark.rank, place, letters_box(mark.box))
        for place, (_, mark) in enumerate(marks)
        if isinstance(mark, Text) and mark.box is not None
    ]
    letters.sort(key=lambda one: one[0])  # it is stable: of equals, the one further back comes first
    for order, (rank, place, box) in enumerate(letters):
        if rank == 0:
            continue
        left = 1.0
        for _, other, other_box in letters[:order]:
            near = 1 - min(1.0, max(0.0, (_gap(box, other_box) - MET) / (FREE - MET)))
            left *= 1 - near * min(1.0, kept[other][1].opacity / PRESENT)
        for one in (place - 1, place) if _is_plated(marks, place) else (place,):
            owner, mark = kept[one]
            kept[one] = owner, mark.faded(left)
    return [one for one in kept if one[1].opacity > 0]


def _is_plated(marks: Sequence[tuple[Owner, Mark]], place: int) -> bool:
    """Whether the mark before type is its plate, which goes with it."""
    (owner, plate), (own, text) = marks[max(0, place - 1)], marks[place]
    if owner != own or not isinstance(plate, Plate) or text.box is None:
        return False
    letters = letters_box(text.box)
    return plate.around.holds(letters) and plate.around.height < 2 * letters.height


def letters_box(box: Box) -> Box:
    """Type's box without the air above and below its letters."""
    return box.inset(bottom=AIR_BELOW * box.height, top=AIR_ABOVE * box.height)


def _gap(one: Box, other: Box) -> float:
    """The distance between two boxes along the axis on which they are further apart; below zero where they meet."""
    across = max(one.left - other.right, other.left - one.right)
    return max(across, one.bottom - other.top, other.bottom - one.top)
