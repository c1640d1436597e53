"""An application with an outbox and nothing else, on each database."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app import extensions
from app.extensions import db
from config import Settings

NOW = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_environ({"IMRS_DATA": str(tmp_path / "instance")})


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def app(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Flask]:
    url = settings.database if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    app = Flask("outbox")
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=url,
        MIGRATIONS="migrations",
        RATELIMIT_STORAGE_URI=settings.limiter,
    )
    extensions.init_app(app)
    with app.app_context():
        from app.accounts import models as _people  # noqa: F401  (what an institute refers to)
        from app.enrolment import models as _cohorts  # noqa: F401
        from app.institutes import models as _institutes  # noqa: F401
        from app.mail import models as _letters  # noqa: F401

        db.metadata.create_all(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()
