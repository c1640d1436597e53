"""Whoever sends a form byte by byte keeps nobody else from saving."""

import sqlite3
from io import BytesIO

import pytest
from flask import Flask

from tests.conftest import Browser

FORM = b"theme=dark&name=Ada"


class Sent(BytesIO):
    """What a browser sends; at every read it asks whether somebody else could write to the database now."""

    def __init__(self, database: str) -> None:
        super().__init__(FORM)
        self.database = database
        self.others_could_write: list[bool] = []

    def read(self, size: int | None = -1, /) -> bytes:
        self._ask()
        return super().read(size)

    def readinto(self, buffer: object, /) -> int:
        self._ask()
        return super().readinto(buffer)  # type: ignore[arg-type]

    def _ask(self) -> None:
        other = sqlite3.connect(self.database, timeout=0, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            self.others_could_write.append(True)
        except sqlite3.OperationalError:
            self.others_could_write.append(False)
        finally:
            other.close()


@pytest.mark.parametrize("guarded", [True, False])
@pytest.mark.parametrize("path", ["/theme", "/account/name", "/logout", "/quizzes/brewing/start", "/nowhere"])
def test_a_form_is_received_before_the_database_is_taken(
    app: Flask, ada: Browser, path: str, guarded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", guarded)
    sent = Sent(app.config["SETTINGS"].database.removeprefix("sqlite:///"))

    ada.post(
        path,
        input_stream=sent,
        content_length=len(FORM),
        content_type="application/x-www-form-urlencoded",
    )

    assert set(sent.others_could_write) == {True}
