"""A logo for an institute of the demo: a disc of its colour with three light leaves, drawn here."""

import math
import struct
import zlib

SIDE = 128
PNG = b"\x89PNG\r\n\x1a\n"


def emblem(colour: str) -> bytes:
    """A PNG with a transparent ground. `colour`: #rrggbb."""
    disc = (*bytes.fromhex(colour[1:]), 255)
    rows = b"".join(b"\0" + b"".join(bytes(_pixel(x, y, disc)) for x in range(SIDE)) for y in range(SIDE))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 6, 0, 0, 0)
    return PNG + b"".join(_chunk(*part) for part in ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")))


def _pixel(x: int, y: int, disc: tuple[int, ...]) -> tuple[int, ...]:
    across, up = (x + 0.5) / SIDE * 2 - 1, 1 - (y + 0.5) / SIDE * 2
    distance, angle = math.hypot(across, up), math.atan2(up, across)
    if distance > 0.98:
        return (0, 0, 0, 0)
    leaf = 0.8 * max(0.0, math.sin(1.5 * (angle - math.pi / 6) + math.pi / 4) ** 8)
    return (255, 255, 255, 255) if 0.06 < distance < leaf else disc


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
