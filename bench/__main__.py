"""`python -m bench`: pages of the course against empty pages, in turn, in one run, on this machine alone."""

import html
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from bench.load import Measured, Request, repeating, run
from bench.server import EMPTY

CONNECTIONS, SECONDS, ROUNDS = 8, 1.0, 11
"""Many short rounds: which of the server's processes takes a kept-alive connection is chance, anew in each round."""
LESSON = "/modules/hotspots/finding"


def main() -> None:
    """Start the server, measure every page in turn in several rounds, print the table, stop the server."""
    with tempfile.TemporaryDirectory() as folder, _Server(Path(folder)) as port:
        cookies = (Path(folder) / "cookies.txt").read_text().split()
        opened = _open_attempts(port, cookies[1:])
        answers = _answers(port, opened)
        first = opened[0][1]
        readers = [cookie for cookie, _, _ in opened[:50]]
        plans: dict[str, Iterator[Request]] = {
            "empty page": repeating(lambda n: ("GET", f"{EMPTY}/", readers[0], "")),
            "lesson": repeating(lambda n: ("GET", LESSON, readers[n % 50], "")),
            "question": repeating(lambda n: ("GET", f"{first}/1", opened[0][0], "")),
            "course home": repeating(lambda n: ("GET", "/course", readers[n % 50], "")),
            "empty page that inserts a row": repeating(lambda n: ("POST", f"{EMPTY}/row", cookies[0], "")),
            "answer": answers,
        }
        rounds: dict[str, list[Measured]] = {name: [] for name in plans}
        for _ in range(ROUNDS):
            for name, plan in plans.items():
                rounds[name].append(run(port, plan, CONNECTIONS, SECONDS))
    _print(rounds)


class _Server:
    """The server as a child process, on a free port of this machine."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.server", str(data), str(self.port)], stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> int:
        assert self.process.stdout is not None
        if self.process.stdout.readline().strip() != "ready":
            raise SystemExit("The server did not start.")
        return int(self.port)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


def _open_attempts(port: int, cookies: list[str]) -> list[tuple[str, str, str]]:
    """Start an attempt for each cookie: (cookie, the attempt's address, its CSRF token)."""
    opened = []
    for cookie in cookies:
        page, _, cookie = _visit(port, "/quizzes/hotspots", cookie)
        token = _token(page)
        _, address, cookie = _visit(port, "/quizzes/hotspots/start", cookie, {"csrf_token": token})
        opened.append((cookie, address.rpartition("/")[0], token))
    return opened


def _answers(port: int, opened: list[tuple[str, str, str]]) -> Iterator[Request]:
    """For the first question of every attempt the form of an answer. The pages are read now, so that reading them is
    not measured."""
    forms: list[Request] = []
    for cookie, address, token in opened:
        page, _, _ = _visit(port, f"{address}/1", cookie)
        marks = 2 if 'type="checkbox"' in page else 1
        options = re.findall(r'name="(\w+)" value="([^"]+)"', page.partition('class="option"')[2])
        body = urlencode([("csrf_token", token), *((name, html.unescape(value)) for name, value in options[:marks])])
        forms.append(("POST", f"{address}/1", cookie, body))
    return iter(forms)


def _visit(port: int, path: str, cookie: str, form: dict[str, str] | None = None) -> tuple[str, str, str]:
    """(body, address after redirects, the session cookie from now on)."""
    jar = urllib.request.HTTPCookieProcessor()
    opener = urllib.request.build_opener(jar)
    data = urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=data)
    request.add_unredirected_header("Cookie", f"session={cookie}")
    request.add_header("Cookie", f"session={cookie}")
    with opener.open(request) as answer:
        address = answer.geturl().partition(f":{port}")[2]
        fresh = next((one.value for one in jar.cookiejar if one.name == "session"), cookie)
        return answer.read().decode(), address, fresh or cookie


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    if found is None:
        raise SystemExit("The page has no form.")
    return found[1]


def _rate(measured: list[Measured]) -> float:
    """Answers a second over all rounds together."""
    done = [one for one in measured if one.seconds]
    return sum(len(one.seconds) for one in done) / sum(one.elapsed for one in done)


def _print(rounds: dict[str, list[Measured]]) -> None:
    reading, writing = _rate(rounds["empty page"]), _rate(rounds["empty page that inserts a row"])
    print(f"{CONNECTIONS} connections, {ROUNDS} rounds of {SECONDS:g} s each in turn; rates pooled, times as medians")
    print(f"{'':32}{'a second':>10}{'p50 ms':>9}{'p95 ms':>9}{'of the empty page':>20}  answers by status")
    for name, measured in rounds.items():
        done = [one for one in measured if one.seconds]
        rate = _rate(done)
        p50 = statistics.median(one.percentile(0.50) for one in done)
        p95 = statistics.median(one.percentile(0.95) for one in done)
        writes = name in {"answer", "empty page that inserts a row"}
        statuses: dict[int, int] = {}
        for one in done:
            for status, count in one.statuses.items():
                statuses[status] = statuses.get(status, 0) + count
        share = rate / (writing if writes else reading)
        print(f"{name:32}{rate:10.0f}{p50 * 1000:9.1f}{p95 * 1000:9.1f}{share:20.2f}  {statuses}")


if __name__ == "__main__":
    main()
