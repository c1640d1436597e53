"""The session cookie: it holds the secret of a sign-in, and nothing about the person."""

from uuid import UUID

from flask import Flask, request
from flask import session as cookie
from flask_login import login_user, logout_user

from app import access, clock
from app.accounts import queries, sign_ins
from app.accounts.faults import WrongPassword
from app.extensions import SAFE_METHODS, db, login


def init_app(app: Flask) -> None:
    login.session_protection = None  # a phone changes its network address all day
    login.user_loader(load_viewer)
    app.before_request(note_activity)


def load_viewer(token: str) -> access.Viewer | None:
    return queries.viewer(token, clock.now())


def note_activity() -> None:
    """Reads do not write: only what a person does moves "last seen". The view's commit keeps it.

    What is sent is received first: whoever sends it byte by byte must not have the database wait meanwhile.
    """
    if request.method not in SAFE_METHODS and request.endpoint != "static":
        request.get_data(parse_form_data=True)
        viewer = access.viewer()
        if viewer is not None:
            sign_ins.mark_seen(viewer.sign_in_id, clock.now())


def recognise(email: str, password: str) -> UUID:
    """Whose e-mail address and password these are. Raises WrongPassword and TooManyFailures.

    Commits the counted attempt before the slow hash is worked out (see `sign_ins.begin_attempt`).
    """
    attempt = sign_ins.begin_attempt(email, request.remote_addr, clock.now())
    db.session.commit()
    person_id = sign_ins.prove(attempt, password)
    if person_id is None:
        raise WrongPassword
    return person_id


def begin(person_id: UUID) -> None:
    """Sign this browser in, into an emptied cookie: nothing that stood in it before is carried over. Commits."""
    now = clock.now()
    before = access.viewer()
    if before is not None:
        sign_ins.end(before.person_id, before.sign_in_id, now)
    token = sign_ins.start(person_id, request.user_agent.string, now)
    db.session.commit()
    cookie.clear()
    login_user(load_viewer(token))
    cookie.pop("_id", None)  # Flask-Login's hash of address and browser, of no use without session protection


def forget() -> None:
    logout_user()
    cookie.clear()
