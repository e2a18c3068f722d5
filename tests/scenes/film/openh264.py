"""A second H.264 decoder: Cisco's OpenH264, the system's own library, called as its codec_api.h declares."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from ctypes import CFUNCTYPE, POINTER, byref, c_bool, c_char_p, c_int, c_long, c_ubyte, c_uint, c_ulonglong, c_void_p
from ctypes.util import find_library

import numpy as np

INSTALL = "libopenh264 is missing; Debian, Ubuntu: apt-get install libopenh264-dev; macOS: brew install openh264"
CONCEAL_NOTHING, AVC = 0, 0
TRACE_LEVEL, QUIET = 9, 0


class _Properties(ctypes.Structure):
    _fields_ = [("size", c_uint), ("kind", c_int)]


class _Parameters(ctypes.Structure):
    _fields_ = [
        ("restructed", c_char_p),
        ("load", c_uint),
        ("layer", c_ubyte),
        ("concealment", c_int),
        ("parse_only", c_bool),
        ("properties", _Properties),
    ]


class _Info(ctypes.Structure):
    _fields_ = [
        ("ready", c_int),
        ("time_in", c_ulonglong),
        ("time_out", c_ulonglong),
        ("width", c_int),
        ("height", c_int),
        ("format", c_int),
        ("strides", c_int * 2),
        ("planes", c_void_p * 3),
    ]


_Planes = c_void_p * 3
_decode = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int, _Planes, POINTER(_Info))


class _Table(ctypes.Structure):
    """The methods of an ISVCDecoder, in their order."""

    _fields_ = [
        ("initialize", CFUNCTYPE(c_long, c_void_p, POINTER(_Parameters))),
        ("uninitialize", CFUNCTYPE(c_long, c_void_p)),
        ("decode_frame", c_void_p),
        ("decode_frame_no_delay", _decode),
        ("decode_frame_2", _decode),
        ("flush_frame", CFUNCTYPE(c_int, c_void_p, _Planes, POINTER(_Info))),
        ("decode_parser", c_void_p),
        ("decode_frame_ex", c_void_p),
        ("set_option", CFUNCTYPE(c_long, c_void_p, c_int, c_void_p)),
    ]


def decode(packets: list[tuple[int, bytes]]) -> Iterator[tuple[int, np.ndarray]]:
    """(time, Annex B) in the order of coding -> (time, YUV 4:2:0 (3 * height / 2, width)) in the order of showing.

    packets: one group of pictures, from a whole one on: given another, OpenH264 2.3 draws it over pictures of the
    last that it has yet to show.
    Raises RuntimeError where the library is missing, or says that a packet is wrong.
    """
    name = find_library("openh264")
    if name is None:
        raise RuntimeError(INSTALL)
    library = ctypes.CDLL(name)
    decoder = c_void_p()
    if library.WelsCreateDecoder(byref(decoder)):
        raise RuntimeError("OpenH264 cannot make a decoder")
    methods = ctypes.cast(decoder, POINTER(POINTER(_Table))).contents.contents
    try:
        methods.set_option(decoder, TRACE_LEVEL, byref(c_int(QUIET)))
        properties = _Properties(ctypes.sizeof(_Properties), AVC)
        methods.initialize(decoder, byref(_Parameters(None, 0, 255, CONCEAL_NOTHING, False, properties)))
        for time, packet in packets:
            info = _Info(time_in=time)
            state = methods.decode_frame_no_delay(decoder, packet, len(packet), _Planes(), byref(info))
            if state:
                raise RuntimeError(f"OpenH264 finds fault with the packet shown at {time}: state {state:#x}")
            if info.ready:
                yield info.time_out, _picture(info)
        while methods.flush_frame(decoder, _Planes(), byref(info := _Info())) == 0 and info.ready:
            yield info.time_out, _picture(info)
    finally:
        methods.uninitialize(decoder)
        library.WelsDestroyDecoder(decoder)


def _picture(info: _Info) -> np.ndarray:
    """A copy of the decoder's planes, one below the other, as libav's `to_ndarray` lays them out."""
    planes = []
    for address, stride, halved in zip(info.planes, (info.strides[0], *[info.strides[1]] * 2), (1, 2, 2)):
        width, height = info.width // halved, info.height // halved
        lines = np.ctypeslib.as_array((c_ubyte * (stride * height)).from_address(address)).reshape(height, stride)
        planes.append(lines[:, :width].ravel())
    return np.concatenate(planes).reshape(-1, info.width)
