"""The application: wiring and error pages only."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as AnyResponse

from app import access, errors, extensions, security

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
        MAX_CONTENT_LENGTH=1_000_000,
        COMPRESS_MIMETYPES=["text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"],
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_LEVEL=4,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    extensions.init_app(app)
    _register_features(app, settings, reload)
    access.init_app(app)
    security.init_app(app)
    _register_error_pages(app)
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
    """Connection pool settings for this database address."""
    return {} if database.startswith("sqlite") else {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 8}


def _register_features(app: Flask, settings: Settings, reload: bool) -> None:
    from app import accounts, content, site
    from app.accounts import views as accounts_views
    from app.assessment import views as assessment_views
    from app.audit import models as _audit_models  # noqa: F401  (tables that migrations must know)
    from app.credentials import views as credentials_views
    from app.learning import views as learning_views
    from app.mail import models as _mail_models  # noqa: F401
    from app.site import views as site_views

    content.init_app(app, settings.course, reload=reload)
    accounts.init_app(app)
    site.init_app(app)
    for views in (site_views, accounts_views, learning_views, assessment_views, credentials_views):
        app.register_blueprint(views.bp)
    access.open_static_files(app)


def _register_error_pages(app: Flask) -> None:
    app.register_error_handler(errors.NotFound, lambda fault: _error_page(404, ""))
    app.register_error_handler(errors.Refused, lambda fault: _error_page(403, fault.message))
    app.register_error_handler(errors.Conflict, lambda fault: _error_page(409, ""))
    app.register_error_handler(HTTPException, _http_error_page)
    app.register_error_handler(Exception, _unexpected_error_page)


def _http_error_page(fault: HTTPException) -> AnyResponse:
    if fault.code is None or fault.code < 400:
        return fault.get_response(request.environ)
    return _error_page(fault.code, "", fault.get_response(request.environ))


def _unexpected_error_page(fault: Exception) -> AnyResponse:
    if current_app.config["TESTING"]:
        raise fault
    extensions.db.session.rollback()
    logging.getLogger(__name__).exception("Unexpected error at %s %s", request.method, request.path)
    return _error_page(500, "")


def _error_page(status: int, message: str, original: AnyResponse | None = None) -> AnyResponse:
    """A page that says what happened and what to do; nothing of the inside of the program is in it."""
    titles = {
        400: (gettext("That form could not be accepted"), gettext("It may come from a page opened before you signed in, or before your sign-in ended. Nothing was changed. Go back, load the page again, and send it once more.")),
        403: (gettext("This page is not open to you"), gettext("If you think it should be, ask whoever runs this site.")),
        404: (gettext("There is no such page"), gettext("The address may be mistyped, or the page belongs to somebody else.")),
        405: (gettext("That cannot be done here"), gettext("Go back and use the buttons of the page.")),
        409: (gettext("That is not possible now"), gettext("Something changed meanwhile, perhaps in another tab. Nothing was lost. Load the page again.")),
        413: (gettext("That is too much at once"), gettext("Shorten what you wrote and send it again.")),
        429: (gettext("Too many tries"), gettext("Wait a few minutes, then try again. Your account is safe.")),
        500: (gettext("Something went wrong on our side"), gettext("It has been noted. What was marked as saved before is safe. Try again; if it keeps happening, tell whoever runs this site when it happened.")),
    }
    title, advice = titles.get(status, (gettext("That did not work"), gettext("Go back and try again.")))
    page = render_template("error.html", status=status, title=title, message=message or advice)
    response = Response(page, status=status)
    if original is not None:
        for header in ("Allow", "Retry-After"):
            if header in original.headers:
                response.headers[header] = original.headers[header]
    return response


