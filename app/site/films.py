"""How a video leaves the server: a piece at a time."""

from flask import Request

PIECE = 1 << 20
"""Bytes. Small enough to be handed to the network whole, so that nobody who watches holds a thread of the server."""


def shorten(request: Request) -> None:
    """Answer a player that asks for all the rest with the next piece only; it asks again when it needs more.

    A player reads as fast as it plays, and not at all while it is paused. A request without a range stays as it is.
    """
    asked = request.range
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        return
    first, beyond = asked.ranges[0]
    if first >= 0 and (beyond is None or beyond - first > PIECE):
        request.environ["HTTP_RANGE"] = f"bytes={first}-{first + PIECE - 1}"
