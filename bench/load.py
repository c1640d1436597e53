"""A small HTTP load generator: a few keep-alive connections, one request under way on each."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

PER_CONNECTION = 10
"""A browser, or a proxy, asks for a few pages and then opens its next connection. It matters: a connection stays with
the process that took it, and two processes share the work only as evenly as connections are dealt out."""

Request = tuple[str, str, str, str]
"""(method, path, cookie, form body)"""


@dataclass
class Measured:
    """What one round saw: seconds for each answer, statuses, and how long it took in all."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    elapsed: float = 0.0

    def percentile(self, share: float) -> float:
        """Seconds within which `share` of the answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def run(port: int, requests: Iterator[Request], connections: int, seconds: float) -> Measured:
    """Ask for `requests` over `connections` connections for `seconds`, or until there are none left."""
    return asyncio.run(_run(port, requests, connections, seconds))


async def _run(port: int, requests: Iterator[Request], connections: int, seconds: float) -> Measured:
    measured = Measured()
    began = time.perf_counter()
    until = began + seconds
    await asyncio.gather(*(_connection(port, requests, until, measured) for _ in range(connections)))
    measured.elapsed = time.perf_counter() - began
    return measured


async def _connection(port: int, requests: Iterator[Request], until: float, measured: Measured) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asked_here = 0
    try:
        while time.perf_counter() < until and (request := next(requests, None)) is not None:
            asked = time.perf_counter()
            writer.write(_bytes(request))
            status, closes = await _answer(reader)
            measured.seconds.append(time.perf_counter() - asked)
            measured.statuses[status] = measured.statuses.get(status, 0) + 1
            asked_here += 1
            if closes or asked_here == PER_CONNECTION:
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                asked_here = 0
    finally:
        writer.close()


def _bytes(request: Request) -> bytes:
    method, path, cookie, body = request
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: br, gzip", f"Cookie: session={cookie}"]
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = next((int(line.split(":")[1]) for line in head.split("\r\n") if line.startswith("content-length:")), 0)
    if length:
        await reader.readexactly(length)
    return int(head.split(" ", 2)[1]), "connection: close" in head


def repeating(make: Callable[[int], Request]) -> Iterator[Request]:
    """`make(0)`, `make(1)`, … without end."""
    number = 0
    while True:
        yield make(number)
        number += 1
