"""The pages around the course: landing, course home, library, references, glossary, health."""

from flask import Flask, request

from app import access, clock
from app.content import current_course
from app.extensions import csrf

THEMES = ("light", "dark")


def init_app(app: Flask) -> None:
    """Give every template what the frame of the page needs; let the switch of colours work on cached pages."""
    csrf.exempt("app.site.views.theme")

    @app.context_processor
    def frame() -> dict[str, object]:
        theme = request.cookies.get("theme")
        return {
            "course": current_course(),
            "viewer": access.viewer(),
            "theme": theme if theme in THEMES else None,
            "today": clock.now().date(),
        }
