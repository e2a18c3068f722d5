"""What a worker tells its parent."""

from __future__ import annotations

import pytest

from scenes.film import worker
from scenes.film.pieces import Piece
from scenes.film.tasks import Task


@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.3])
def test_every_frame_is_told_in_the_end(seconds, monkeypatch):
    """However long frames take, what was told by the end of a piece is all that was drawn, and seldom one by one."""
    now = iter(index * seconds for index in range(10_000))
    monkeypatch.setattr(worker, "monotonic", lambda: next(now))
    told = []
    report = worker.Report(lambda **words: told.append(words))
    for number in range(3):
        for _ in range(50):
            report.progress(2)
        report.done(Task(Piece(number, 0, number, 100 * number, 100), ("mp4",), True))

    assert sum(words.get("frames", 0) for words in told) == 300
    assert [words["piece"] for words in told if "piece" in words] == [0, 1, 2]
    for number in range(3):
        before = told[: told.index({"piece": number})]
        assert sum(words.get("frames", 0) for words in before) == 100 * (number + 1)
    assert len(told) <= (160 if seconds == 0.3 else 60)
