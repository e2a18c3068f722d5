"""The film's sound: recordings placed at their beats, at the loudness usual for films on the web."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

import av
import av.filter
import numpy as np
from numpy.typing import NDArray

from scenes.script.timing import SPEECH_LEAD, TimedBeat
from scenes.voice.recording import Recording

SAMPLE_RATE = 48_000
LOUDNESS = -16.0  # LUFS, integrated over the film by ITU-R BS.1770
# Encoding raises peaks a little: the true peak that is heard stays below −1 dB.
PEAK = 10 ** (-2.5 / 20)
_CLOSE_ENOUGH, _TRIES = 0.1, 8
_EAGERNESS = 1.4  # the limiter takes back a part of each gain
Track = NDArray[np.float32]


class Level(NamedTuple):
    """loudness: LUFS. peak: the true peak, 1 being full scale."""

    loudness: float
    peak: float


def film_sound(beats: Sequence[TimedBeat], recordings: Sequence[Recording], fps: int) -> Track:
    """The whole film's sound, (samples,) at SAMPLE_RATE, mono: exactly as long as its frames."""
    track = np.zeros(round(Fraction(beats[-1].end, fps) * SAMPLE_RATE), np.float32)
    for timed, recording in zip(beats, recordings, strict=True):
        voice = resampled(recording)
        start = round((timed.start / fps + SPEECH_LEAD) * SAMPLE_RATE)
        end = round(Fraction(timed.end, fps) * SAMPLE_RATE)
        voice = voice[: end - start]
        track[start : start + len(voice)] = voice
    return levelled(track)


def resampled(recording: Recording) -> Track:
    """A recording at SAMPLE_RATE."""
    if not len(recording.samples):
        return np.zeros(0, np.float32)
    resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
    frame = _frame(recording.samples.astype(np.float32) / 32768.0, recording.rate)
    frames = [*resampler.resample(frame), *resampler.resample(None)]
    sound = np.concatenate([frame.to_ndarray()[0] for frame in frames])
    return sound[: round(recording.seconds * SAMPLE_RATE)].astype(np.float32)


def levelled(track: Track) -> Track:
    """The track at LOUDNESS with its peaks below PEAK; silence stays silence.

    Limiting peaks costs loudness, so the gain is found in a few rounds.
    """
    if not track.any():
        return track
    gain, result = 0.0, track
    for _ in range(_TRIES):
        result = _limited(track * np.float32(10 ** (gain / 20)))
        missing = LOUDNESS - measured(result).loudness
        if abs(missing) < _CLOSE_ENOUGH:
            break
        gain += _EAGERNESS * missing
    return result


def measured(track: Track) -> Level:
    """How loud the track is."""
    last: dict[str, str] = {}
    for frame in _filtered(track, "ebur128", "metadata=1:peak=true"):
        last = frame.metadata or last
    return Level(float(last["lavfi.r128.I"]), float(last["lavfi.r128.true_peak"]))


def _limited(track: Track) -> Track:
    """The track with its peaks limited to PEAK, without clicks: the limiter looks ahead, and its delay is removed."""
    manner = f"limit={PEAK:.6f}:attack=5:release=60:level=0:latency=1"
    frames = [frame.to_ndarray().ravel() for frame in _filtered(track, "alimiter", manner)]
    return np.concatenate(frames)[: len(track)].astype(np.float32)


def _filtered(track: Track, name: str, manner: str) -> list[av.AudioFrame]:
    """The track through one filter of libav."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=SAMPLE_RATE, layout="mono", format="flt", time_base=Fraction(1, SAMPLE_RATE))
    steps = [source, graph.add(name, manner), graph.add("aformat", "sample_fmts=flt"), graph.add("abuffersink")]
    for left, right in pairwise(steps):
        left.link_to(right)
    graph.configure()
    source.push(_frame(track, SAMPLE_RATE))
    source.push(None)
    frames = []
    while True:
        try:
            frames.append(steps[-1].pull())
        except (av.error.EOFError, av.error.BlockingIOError):
            return frames


def _frame(samples: Track, rate: int) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[None]), format="flt", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
    return frame
