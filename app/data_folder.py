"""The folder that holds whatever the course writes, the secret key in it, and who may read them."""

import contextlib
import logging
import os
import secrets
import stat
import tempfile
from pathlib import Path

from sqlalchemy import make_url

logger = logging.getLogger("imrs")


class FolderFault(Exception):
    """The folder or the key cannot be used: what is wrong, and how to mend it."""

    def __init__(self, wrong: str, mend: str) -> None:
        super().__init__(f"{wrong}: {mend}")
        self.wrong = wrong
        self.mend = mend


def prepare(folder: Path) -> None:
    """Create `folder`, readable for its owner only, and prove that it can be written to."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise FolderFault(
            f"is {folder}, which cannot be written to ({error.strerror})",
            "let the user who runs the course write there, or name another folder",
        ) from error


def read_or_create_key(path: Path, shortest: int) -> str:
    """The key in `path`. Of several processes that start at once, one creates it and all read that one."""
    try:
        if not path.exists():
            _create_key(path)
        _close_to_others(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise FolderFault(
            f"holds a secret_key that cannot be read ({error})", "let the user who runs the course read it"
        ) from error
    if len(key) < shortest:
        raise FolderFault(
            "holds a secret_key that is too short",
            "delete the file secret_key; a new one is made, and everyone signs in again",
        )
    return key


def _create_key(path: Path) -> None:
    """Written beside its place and linked there whole: nobody ever reads half a key, or replaces one."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink(missing_ok=True)


def _close_to_others(path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        path.chmod(0o600)
        logger.warning("%s was readable by others (mode %o); it is 0600 again.", path, mode)


def keep_private() -> None:
    """What this process writes from now on is readable for its own user only."""
    os.umask(0o077)


def close_database(address: str) -> None:
    """Take a SQLite database that stands open to others back: it holds results, names, and letters with their links."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    for ending in ("", "-wal", "-shm", "-journal"):
        path = Path(url.database + ending)
        try:
            _close_to_others(path)
        except FileNotFoundError:
            continue
        except OSError as error:
            logger.warning("%s is readable by others and cannot be closed to them (%s).", path, error.strerror)
