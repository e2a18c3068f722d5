"""Speaks the words of its standard input: a line with the sample rate, then 16-bit samples, come out.

Run by its path, with nothing but the standard library: LIBRARY DATA WORDS_A_MINUTE.
"""

import ctypes
import sys

# Names of speak_lib.h.
AUDIO_OUTPUT_SYNCHRONOUS = 2
INITIALIZE_DONT_EXIT = 0x8000
CHARS_UTF8, POS_CHARACTER, PARAMETER_RATE = 1, 1, 1
VOICE = b"en-us"

Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def speak(library: str, data: str, words_a_minute: int, words: bytes) -> tuple[int, bytes]:
    """Sample rate and samples. Ends the program with a line where the engine refuses."""
    parts = []

    @Heard
    def heard(samples, count, events):
        if samples and count > 0:
            parts.append(ctypes.string_at(samples, 2 * count))
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
    return rate, b"".join(parts)


if __name__ == "__main__":
    found_rate, found_samples = speak(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.stdin.buffer.read())
    sys.stdout.buffer.write(b"%d\n" % found_rate + found_samples)
