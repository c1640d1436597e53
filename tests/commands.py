"""The `imrs` command in a process of its own, forked from one that has imported the application already: importing it
takes longer than most commands do."""

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import CompletedProcess

from app.cli import cli

PATIENCE = 60  # seconds; a loaded machine takes its time
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__, "app.launch", "app.content.command", "app.mail.worker"])


def imrs(environ: Mapping[str, str], *arguments: str, typed: str = "") -> CompletedProcess[str]:
    """What `python -m app.cli` does with these arguments, in this environment and in the folder /."""
    with tempfile.TemporaryDirectory() as folder:
        streams = [Path(folder, name) for name in ("stdin", "stdout", "stderr")]
        for path in streams:
            path.touch()
        streams[0].write_text(typed, encoding="utf-8")
        process = FORKS.Process(target=_be, args=(arguments, dict(environ), [str(path) for path in streams]))
        process.start()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(f"imrs {' '.join(arguments)} does not end.")
        said, complained = (path.read_text(encoding="utf-8") for path in streams[1:])
    return CompletedProcess(["imrs", *arguments], process.exitcode, said, complained)


def _be(arguments: Sequence[str], environ: Mapping[str, str], streams: Sequence[str]) -> None:
    os.chdir("/")
    os.environ.clear()
    os.environ.update(environ)
    for number, path in enumerate(streams):
        os.dup2(os.open(path, os.O_RDWR), number)
    sys.stdin = os.fdopen(0, encoding="utf-8")
    cli(list(arguments), prog_name="imrs")
