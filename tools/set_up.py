"""Makes .venv what the lock files say, and does nothing at all when it is that already.

Usage: python tools/set_up.py run|test

Written so that every Python from 2.7 on can read it: whoever has too old a one gets a sentence that says so.
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
OLDEST = (3, 11)
LOCKS = {"run": ["run.txt"], "test": ["run.txt", "test.txt"]}

LAUNCHER = """#!/bin/sh
# Made by tools/set_up.py. -P: a folder named app where the command is typed must not be taken for ours.
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/python" -P -m app.cli "$@"
"""


def main(purpose):
    if sys.version_info < OLDEST:
        return stop(
            "This is Python {0}.{1}, and the course needs 3.11 or newer: install one, and name it if it is not the "
            "first in your path, for example: make run PYTHON=python3.12".format(*sys.version_info[:2])
        )
    if os.name != "posix":
        return stop("The course runs on Linux and macOS. On Windows, run it inside WSL.")
    key = fingerprint(purpose)
    if is_done(purpose, key):
        return 0
    fault = create_venv() or install(purpose)
    if fault:
        return stop(fault)
    try:
        add_command()
        with open(stamp(purpose), "w") as file:
            file.write(key)
    except (IOError, OSError) as error:
        return stop(unwritable(error))
    return 0


def fingerprint(purpose):
    """Changes when the lock files, this script, the Python or the place of the folder change."""
    digest = hashlib.sha256()
    for path in [os.path.join(ROOT, "requirements", name) for name in LOCKS[purpose]] + [os.path.abspath(__file__)]:
        with open(path, "rb") as file:
            digest.update(file.read())
    digest.update(repr((sys.version_info[:2], ROOT)).encode())
    return digest.hexdigest()


def stamp(purpose):
    return os.path.join(VENV, "set-up-for-" + purpose)


def is_done(purpose, key):
    try:
        with open(stamp(purpose)) as file:
            return file.read() == key and os.access(PYTHON, os.X_OK)
    except (IOError, OSError):
        return False


def create_venv():
    """A fresh .venv unless the one there works, belongs to this folder and has the same Python. Returns a fault."""
    if venv_fits():
        return None
    try:
        import ensurepip
        import venv
    except ImportError as error:
        return (
            "This Python comes without its {0} module, which .venv is made with: install it "
            "(Debian and Ubuntu: apt install python3-venv) and run make again.".format(error.name)
        )
    del ensurepip, venv
    say("Creating .venv with Python {0}.{1}.{2} …".format(*sys.version_info[:3]))
    if not os.access(ROOT, os.W_OK):
        return unwritable(ROOT)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if made.returncode == 0:
        with open(os.path.join(VENV, "made-in"), "w") as file:
            file.write(ROOT)
        return None
    said = made.stdout.decode("utf-8", "replace").strip()
    if "Permission denied" in said or "Read-only" in said or "No space" in said:
        return unwritable(said.splitlines()[-1])
    if "ensurepip" in said:
        return (
            "This Python comes without its ensurepip module: install it (Debian and Ubuntu: apt install python3-venv) "
            "and run make again."
        )
    return "Could not create .venv: " + (said.splitlines() or ["no reason was given."])[-1]


def venv_fits():
    """Programs in .venv/bin name their Python by its whole path: a folder that was moved needs a new .venv."""
    try:
        with open(os.path.join(VENV, "made-in")) as file:
            if file.read() != ROOT:
                return False
    except (IOError, OSError):
        return False
    ask = "import sys, pip; print(sys.version_info[:2] == {0!r})".format(tuple(sys.version_info[:2]))
    try:
        answer = subprocess.run([PYTHON, "-c", ask], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except OSError:
        return False
    return answer.stdout.strip() == b"True"


def install(purpose):
    """Install exactly what the lock files name. Wheels only: nothing is compiled, nothing runs while installing."""
    for name in LOCKS[purpose]:
        say("Installing requirements/{0} …".format(name))
        command = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "--no-deps"]
        command += ["--require-hashes", "--only-binary", ":all:", "-r", os.path.join(ROOT, "requirements", name)]
        if subprocess.run(command).returncode != 0:
            return (
                "Could not install requirements/{0}; pip says why above. The first start needs the network: "
                "check the connection and run make again.".format(name)
            )
    return None


def add_command():
    """Let .venv find the project, and put the `imrs` command into it."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.check_output([PYTHON, "-c", ask]).decode().strip()
    with open(os.path.join(packages, "imrs.pth"), "w") as file:
        file.write(ROOT + "\n")
    command = os.path.join(VENV, "bin", "imrs")
    with open(command, "w") as file:
        file.write(LAUNCHER)
    os.chmod(command, 0o755)


def unwritable(what):
    return "Cannot write to the project's folder ({0}): let this user write there and run make again.".format(what)


def say(sentence):
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def stop(sentence):
    say(sentence)
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(stop("\nStopped. Run make again to go on."))
