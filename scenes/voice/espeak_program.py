"""Speaks the words of its standard input: a line with the sample rate and the words' times, then 16-bit samples.

A word's time is written as the number of characters before it and the milliseconds before it, `4:310`.

Run by its path, with nothing but the standard library: LIBRARY DATA WORDS_A_MINUTE.
"""

import ctypes
import sys

# Names from speak_lib.h.
AUDIO_OUTPUT_SYNCHRONOUS = 2
INITIALIZE_DONT_EXIT = 0x8000
CHARS_UTF8, POS_CHARACTER, PARAMETER_RATE = 1, 1, 1
VOICE = b"en-us"

WORD_EVENT = 1


class Event(ctypes.Structure):
    """espeak_EVENT, without the union at its end, which is as long as a pointer."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("told", ctypes.c_char * 8),
    )


Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))


def speak(library: str, data: str, words_a_minute: int, words: bytes) -> tuple[int, list[str], bytes]:
    """Sample rate, times of the words, and samples. Ends the program with a line if the engine fails."""
    parts, times = [], []

    @Heard
    def heard(samples, count, events):
        if samples and count > 0:
            parts.append(ctypes.string_at(samples, 2 * count))
        index = 0
        while events and events[index].type:
            if events[index].type == WORD_EVENT:
                times.append(f"{events[index].text_position - 1}:{events[index].audio_position}")
            index += 1
        return 0

    engine = ctypes.CDLL(library)
    rate = engine.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, data.encode(), INITIALIZE_DONT_EXIT)
    if rate <= 0 or engine.espeak_SetVoiceByName(VOICE):
        sys.exit(f"no voice {VOICE.decode()} in {data}")
    engine.espeak_SetSynthCallback(heard)
    engine.espeak_SetParameter(PARAMETER_RATE, words_a_minute, 0)
    text = words + b"\0"
    if engine.espeak_Synth(text, ctypes.c_size_t(len(text)), 0, POS_CHARACTER, 0, CHARS_UTF8, None, None):
        sys.exit("the engine refused the words")
    engine.espeak_Synchronize()
    return rate, times, b"".join(parts)


if __name__ == "__main__":
    found_rate, found_times, found_samples = speak(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.stdin.buffer.read())
    sys.stdout.buffer.write(" ".join([str(found_rate), *found_times]).encode() + b"\n" + found_samples)
