"""The application: wiring only."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import access, error_pages, extensions, security

if TYPE_CHECKING:  # config itself needs app.errors and app.data_folder
    from config import Settings

__version__ = "0.1.0"

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Settings, *, reload: bool = False) -> Flask:
    """The application on these settings. Raises content.CourseFaults if the course has any fault.

    With `reload` the course is read again whenever one of its files changes.
    """
    static = Path(__file__).parent / "static"
    app = Flask(__name__, static_url_path=f"/static/{fingerprint(static)}")
    app.config.from_mapping(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database),
        MIGRATIONS=str(ROOT / "migrations"),
        RATELIMIT_STORAGE_URI=settings.limiter,
        RATELIMIT_HEADERS_ENABLED=False,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "app" / "translations"),
        BABEL_DEFAULT_LOCALE="en_GB",
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
        MAX_CONTENT_LENGTH=200_000,
        COMPRESS_MIMETYPES=["text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"],
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_LEVEL=1,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    extensions.init_app(app)
    _register_features(app, settings, reload)
    access.init_app(app)
    security.init_app(app)
    error_pages.init_app(app)
    return app


def fingerprint(folder: Path) -> str:
    """Ten hex digits that change when any file below `folder` does. Part of every static address, so that browsers may
    keep what they have for good, while relative addresses inside stylesheets and modules stay right."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:10]


def engine_options(database: str) -> dict[str, object]:
    """Settings of the database's engine for this address. A fault that is logged must not carry what was stored: names,
    addresses, letters with their links."""
    pool = {} if database.startswith("sqlite") else {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 8}
    return {"hide_parameters": True, **pool}


def _register_features(app: Flask, settings: Settings, reload: bool) -> None:
    from app import accounts, content, site
    from app.accounts import views as accounts_views
    from app.assessment import dispute_views, mending_views
    from app.assessment import views as assessment_views
    from app.audit import models as _audit_models  # noqa: F401  (tables that migrations must know)
    from app.credentials import views as credentials_views
    from app.enrolment import cohort_views, hosting_views, joining_views, staff_views
    from app.enrolment import models as _enrolment_models  # noqa: F401
    from app.institutes import models as _institute_models  # noqa: F401
    from app.institutes import views as institute_views
    from app.learning import standing_views
    from app.learning import views as learning_views
    from app.mail import models as _mail_models  # noqa: F401
    from app.scenarios import views as scenario_views
    from app.site import views as site_views
    from app.supervision import (
        audit_views,
        export_views,
        letter_views,
        report_views,
        teaching_views,
        trainee_views,
    )
    from app.supervision import institute_views as overview_views
    from app.supervision import models as _supervision_models  # noqa: F401
    from app.supervision import views as supervision_views

    laid_by = content.LaidBy(settings.data / "checked-course", settings.secret_key)
    content.init_app(app, settings.course, laid_by, reload=reload)
    accounts.init_app(app)
    site.init_app(app)
    learner_views = (
        learning_views,
        standing_views,
        assessment_views,
        dispute_views,
        mending_views,
        scenario_views,
        credentials_views,
    )
    institute_pages = (institute_views, letter_views, audit_views, cohort_views, joining_views)
    hosting_pages = (hosting_views, staff_views, overview_views)
    supervisor_pages = (supervision_views, trainee_views, teaching_views, export_views, report_views)
    for views in (site_views, accounts_views, *learner_views, *institute_pages, *hosting_pages, *supervisor_pages):
        app.register_blueprint(views.bp)
    access.open_static_files(app)
