"""What tests of attempts share."""

from collections.abc import Callable

import pytest

from app.assessment import drawing

Draw = Callable[..., None]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Let the next draws bring these cases, in this order."""

    def drawn(*ids: str) -> None:
        monkeypatch.setattr(drawing, "draw", lambda quiz, *_: tuple(quiz.vignette(id) for id in ids))

    return drawn
