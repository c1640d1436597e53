"""Finds the Chromium that browser tests drive."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The one without windows first: tests take half the time."""
WHOLE = NAMES[1:]
"""For what is printed or measured to the pixel: the one without windows differs there."""
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PATTERNS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium_headless_shell-*/*/*headless*shell",
)

FALLBACKS = (("Georgia", "Times New Roman", "Liberation Serif"), ("Arial", "Liberation Sans", "Roboto"))


def find(names: tuple[str, ...] = NAMES) -> Path | None:
    """The system's, else the one that Playwright has downloaded, else None."""
    for name in names:
        if found := shutil.which(name):
            return Path(found)
    for place in PLACES:
        if Path(place).exists():
            return Path(place)
    folder = _downloads()
    for pattern in PATTERNS:
        for path in sorted(folder.glob(pattern), reverse=True):
            if os.access(path, os.X_OK):
                return path
    return None


def has_fallback_fonts() -> bool:
    """Whether this machine has the faces that the stylesheet names as stand-ins until its own arrive."""
    if sys.platform == "darwin":
        return True
    try:
        listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return False
    return all(any(face in listed for face in faces) for faces in FALLBACKS)


def arguments() -> list[str]:
    """What to start it with. Its sandbox refuses root; a container's small /dev/shm ends it."""
    return ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def _downloads() -> Path:
    """Where Playwright keeps its browsers."""
    if given := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        return Path(given)
    caches = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    return caches / "ms-playwright"
