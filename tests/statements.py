"""What the application says to its database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

BRACKETS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Every statement sent within, but those that open and close transactions. Filled at the end."""
    with everything(engine) as said:
        only: list[str] = []
        yield only
        only += [one for one in said if not one.startswith(BRACKETS)]


@contextmanager
def everything(engine: Engine) -> Iterator[list[str]]:
    said: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)
