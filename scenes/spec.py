"""Everything that determines a film's bytes, in one frozen value. Imports no manim."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Quality:
    """Manim's presets: the frame's size in pixels at 16:9 and the frames per second."""

    name: str
    width: int
    height: int
    fps: int
    gif_fps: int


QUALITIES: dict[str, Quality] = {
    "l": Quality("low", 854, 480, 15, 20),
    "m": Quality("medium", 1280, 720, 30, 25),
    "h": Quality("high", 1920, 1080, 60, 50),
    "p": Quality("production", 2560, 1440, 60, 50),
    "k": Quality("fourk", 3840, 2160, 60, 50),
}

# A GIF's delays are whole hundredths of a second, so only these rates play evenly.
GIF_RATES = (10, 20, 25, 50)
# Animated pictures: shown like an image, without sound or controls.
ANIMATIONS = (".gif", ".webp")
# Files that have an alpha channel.
CLEAR = (".webm", ".webp")

ASPECTS: dict[str, tuple[int, int]] = {"16:9": (16, 9), "9:16": (9, 16), "1:1": (1, 1), "4:5": (4, 5)}

CUTS = ("full", "loop")
CAPTIONS = ("burned", "soft", "both", "none")


@dataclass(frozen=True)
class RenderSpec:
    """Everything that can change a byte of the film, and nothing else.

    learning_rate, steps, start, optimiser, schedule, function: None stands for the lesson's own.
    learning_rates: several, ascending, instead of `learning_rate`, for a lesson that compares them.
    settings: (name, value) pairs for the optimiser or the schedule, as typed.
    width, height: pixels, even for MP4 and WebM. fps: frames per second.
    voice: the engine that speaks, never "auto". voice_model: the digest of its model. speed: 1 is the voice's own.
    captions: burned into the picture, soft (a track of their own), both, or none.
    transparent: whether the background is.
    speech: seconds that the voice takes for each sentence; empty if the film is silent.
    words: for each sentence, when the voice begins each of its words; empty if it does not tell.
    max_size: the maximum size of each file in bytes; None for no limit.
    repeats: whether MP4 and WebM repeat a picture that stays instead of encoding it again.
    title: the film's title; empty for the lesson's own.
    data: a name of DATASETS or the path of a CSV file, whose content has the digest `data_digest`.
    model: what is fitted to the data. batch_size: rows per step. epochs: passes over the data.
    seed: of drawn data, of the order of the batches, of a network's start, and of starts in fog.
    optimisers: the methods that a lesson compares, in its order. tune: whether each gets the best rate of a grid.
    schedules: likewise, the schedules of the learning rate.
    hidden: the number of a network's hidden units.
    points_a_side: starts along the longer side of a map of many starts.
    """

    scene: str
    learning_rate: float | None = None
    steps: int | None = None
    start: tuple[float, ...] | None = None
    optimiser: str | None = None
    schedule: str | None = None
    settings: tuple[tuple[str, str], ...] = ()
    function: str | None = None
    width: int = 1280
    height: int = 720
    fps: int = 30
    theme: str = "dark"
    cut: str = "full"
    voice: str = "none"
    voice_model: str = ""
    speed: float = 1.0
    captions: str = "both"
    speech: tuple[float, ...] = ()
    words: tuple[tuple[float, ...], ...] = ()
    transparent: bool = False
    learning_rates: tuple[float, ...] = ()
    max_size: int | None = None
    repeats: bool = True
    title: str = ""
    data: str | None = None
    data_digest: str = ""
    model: str | None = None
    batch_size: int | None = None
    epochs: int | None = None
    seed: int = 0
    optimisers: tuple[str, ...] = ()
    tune: bool = False
    schedules: tuple[str, ...] = ()
    hidden: int | None = None
    points_a_side: int | None = None

    @property
    def burned(self) -> bool:
        """Whether the captions are part of the picture."""
        return self.captions in ("burned", "both")

    @property
    def captioned(self) -> bool:
        """Whether the frame keeps room for captions: a player lays soft ones over the same place."""
        return self.captions != "none"

    @property
    def soft(self) -> bool:
        """Whether the captions are a track of the film; a loop's one line is not."""
        return self.captions in ("soft", "both") and self.cut == "full"

    def key(self) -> str:
        """Name of the finished film: equal specs share it."""
        from hashlib import sha256  # it loads OpenSSL, which a list of lessons can do without

        words = "|".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self))
        return f"{self.scene}-{sha256(words.encode()).hexdigest()[:8]}"


def frame_pixels(quality: Quality, aspect: str) -> tuple[int, int]:
    """Width and height in pixels: the preset's shorter side in the requested shape, made even for the encoder."""
    across, up = ASPECTS[aspect]
    if aspect == "16:9":
        return quality.width, quality.height
    short = quality.height
    if across >= up:
        return _even(short * across / up), _even(short)
    return _even(short), _even(short * up / across)


def _even(length: float) -> int:
    return 2 * round(length / 2)
