"""Who may open which page. A route without a rule is refused to everyone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.wrappers import Response as FileResponse
from flask_login import current_user
from werkzeug.wrappers import Response


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person behind this request, as far as pages need to know them."""

    person_id: UUID
    name: str
    email: str
    administrator: bool
    sign_in_id: int
    token: str = field(repr=False)
    staff: bool = False
    """Whether they have a seat at any institute. At which, the query decides."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What the session cookie holds: the secret of this sign-in, nothing about the person."""
        return self.token


Rule = Callable[[Viewer | None], bool]
View = TypeVar("View", bound=Callable[..., object])
_RULE = "access_rule"


def public(viewer: Viewer | None) -> bool:
    """Anybody."""
    return True


def signed_in(viewer: Viewer | None) -> bool:
    """Anybody who has signed in. Whose object it is, the query decides."""
    return viewer is not None


def administrator(viewer: Viewer | None) -> bool:
    """Those who run this site."""
    return viewer is not None and viewer.administrator


def staff(viewer: Viewer | None) -> bool:
    """Staff of any institute. Whose object it is, the query decides."""
    return viewer is not None and viewer.staff


def answering(viewer: Viewer | None) -> bool:
    """Those who run this site, and staff of any institute. Which disputes come to them, the query decides."""
    return viewer is not None and (viewer.administrator or viewer.staff)


def allow(rule: Rule) -> Callable[[View], View]:
    """Open a route to those whom `rule` lets in. Stands directly above the view function."""

    def mark(view: View) -> View:
        setattr(view, _RULE, rule)
        return view

    return mark


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """The rule that opens `endpoint`, or None: then it is refused."""
    rule: Rule | None = getattr(app.view_functions[endpoint], _RULE, None)
    return rule


def viewer() -> Viewer | None:
    """Whoever is signed in, or None."""
    user = current_user._get_current_object()
    return user if isinstance(user, Viewer) else None


def current_person() -> Viewer:
    """Whoever is signed in, on a page whose rule has made sure that somebody is."""
    person = viewer()
    if person is None:
        raise LookupError("This page reads the current person, but its rule lets in people who are not signed in.")
    return person


def check_access() -> Response | None:
    """Run before every request: let in, send to sign in, or refuse."""
    if request.endpoint is None:
        return None
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        current_app.logger.warning("Refused: no access rule names %s.", request.endpoint)
        abort(403)
    if rule is public or rule(viewer()):
        return None
    if viewer() is None:
        return redirect(url_for("accounts.sign_in", next=_way_back()))
    abort(403)


def _way_back() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else url_for("site.home")


def own_path(target: str | None) -> str | None:
    """`target` if it is a path on this site, else None. Guards `next=` against leading elsewhere."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    if any(ord(character) < 32 or character == "\\" for character in target):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None


def open_static_files(app: Flask) -> None:
    """Stylesheets, scripts and fonts are for everybody: Flask made their route, so its rule is given here."""

    @allow(public)
    def static(filename: str) -> FileResponse:
        return app.send_static_file(filename)

    app.view_functions["static"] = static


def init_app(app: Flask) -> None:
    """Ask for the rule of every request's route before anything else of it runs."""
    app.before_request(check_access)
