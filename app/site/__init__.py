"""The pages around the course: landing, course home, library, references, glossary, health."""

from flask import Flask, request

from app import access, clock
from app.content import current_course

THEMES = ("light", "dark")


def init_app(app: Flask) -> None:
    """Give every template what the frame of the page needs."""

    @app.context_processor
    def frame() -> dict[str, object]:
        theme = request.cookies.get("theme")
        return {
            "course": current_course(),
            "viewer": access.viewer(),
            "theme": theme if theme in THEMES else None,
            "today": clock.now().date(),
        }
