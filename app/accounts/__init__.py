"""People, their sign-ins, and the one-time links by which both begin."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Tell Flask-Login whose a session cookie is."""
    from app.accounts import session

    session.init_app(app)
