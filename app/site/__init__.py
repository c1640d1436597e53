"""The pages around the course: landing, course home, library, references, glossary, health."""

from functools import cache

from flask import Flask, request

from app import access
from app.content import current_course
from app.content.records import Course
from app.extensions import csrf

THEMES = ("light", "dark")
HELP = ("before-you-begin", "self-care")
"""The section that says where to find help; every page links to it in a course that has it."""


def init_app(app: Flask) -> None:
    """Give every template what the frame of the page needs; let the switch of colours work on cached pages."""
    csrf.exempt("app.site.views.theme")
    drawn = app.jinja_env.get_template("_macros/icons.html").module
    app.jinja_env.globals.update(
        icon=cache(drawn.icon),  # type: ignore[attr-defined]  # a macro, known by name only
        static=lambda filename: f"{app.static_url_path}/{filename}",
    )

    @app.context_processor
    def frame() -> dict[str, object]:
        theme = request.cookies.get("theme")
        return {
            "course": current_course(),
            "viewer": access.viewer(),
            "theme": theme if theme in THEMES else None,
            "help_address": help_address(current_course()),
        }


def help_address(course: Course) -> str | None:
    """Where this course says where to find help; None if it does not."""
    try:
        return course.section(*HELP).url
    except KeyError:
        return None
