"""Pages that say what happened and what to do. Nothing of the inside of the program is in them."""

from flask import Flask, current_app, render_template, request
from flask.wrappers import Response
from flask_babel import gettext
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from app import errors
from app.extensions import db

KEPT_HEADERS = ("Allow", "Retry-After")


def init_app(app: Flask) -> None:
    """Answer every fault with a page, also one that nobody foresaw."""
    app.register_error_handler(errors.NotFound, lambda _: page(404))
    app.register_error_handler(errors.Refused, lambda fault: page(403, fault.message))
    app.register_error_handler(errors.Conflict, lambda _: page(409))
    app.register_error_handler(HTTPException, _http_fault)
    app.register_error_handler(Exception, _unforeseen)


def page(status: int, message: str = "") -> Response:
    """The page for `status`, with `message` in place of the usual advice."""
    title, advice = _words(status)
    return Response(render_template("error.html", status=status, title=title, message=message or advice), status=status)


def _http_fault(fault: HTTPException) -> AnyResponse:
    original = fault.get_response(request.environ)
    if fault.code is None or fault.code < 400:
        return original
    answer = page(fault.code)
    for header in KEPT_HEADERS:
        if header in original.headers:
            answer.headers[header] = original.headers[header]
    return answer


def _unforeseen(fault: Exception) -> Response:
    if current_app.config["TESTING"]:
        raise fault
    db.session.rollback()
    # The rule, not the path: a path may hold a one-time link's secret.
    current_app.logger.exception("Unexpected error at %s %s", request.method, request.url_rule)
    try:
        return page(500)
    except Exception:  # what is broken is needed for the page, too
        return Response(". ".join(_words(500)), status=500, mimetype="text/plain")


def _words(status: int) -> tuple[str, str]:
    """(title, advice) for a status."""
    match status:
        case 400:
            return gettext("That form could not be accepted"), gettext(
                "It may come from a page opened before you signed in, or before your sign-in ended. Nothing was "
                "changed. Go back, load the page again, and send it once more."
            )
        case 403:
            return gettext("This page is not open to you"), gettext(
                "If you think it should be, ask whoever runs this site."
            )
        case 404:
            return gettext("There is no such page"), gettext(
                "The address may be mistyped, or the page belongs to somebody else."
            )
        case 405:
            return gettext("That cannot be done here"), gettext("Go back and use the buttons of the page.")
        case 409:
            return gettext("That is not possible now"), gettext(
                "Something changed meanwhile, perhaps in another tab. Nothing was lost. Load the page again."
            )
        case 413:
            return gettext("That is too much at once"), gettext("Shorten what you wrote and send it again.")
        case 429:
            return gettext("Too many tries"), gettext("Wait a few minutes, then try again. Your account is safe.")
        case 500:
            return gettext("Something went wrong on our side"), gettext(
                "It has been noted. What was marked as saved before is safe. Try again; if it keeps happening, tell "
                "whoever runs this site when it happened."
            )
    return gettext("That did not work"), gettext("Go back and try again.")
