"""What the views of this feature share: form pages, pages for dead links, and where to go next."""

from flask import current_app, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.access import own_path
from app.accounts.faults import TooManyFailures
from app.accounts.forms import Form
from config import Settings

Answer = Response | str | tuple[str, int]


def dead_link_page(purpose: str, state: str) -> tuple[str, int]:
    """What has become of the link, and the next step."""
    status = 404 if state == "unknown" else 410
    return render_template(
        "accounts/dead_link.html", purpose=purpose, state=state, registration=settings().registration
    ), status


def wait_words(fault: TooManyFailures) -> str:
    minutes = max(1, -(-int(fault.wait.total_seconds()) // 60))
    words: str = ngettext(
        "Too many sign-ins have failed. Wait a minute, then try again. A new password by letter helps at once.",
        "Too many sign-ins have failed. Wait %(num)s minutes, then try again. A new password by letter helps at once.",
        minutes,
    )
    return words


def form_page(
    view: str, form: Form, *, also: tuple[str, ...] = (), status: int = 200, **values: object
) -> tuple[str, int]:
    faulty = bool(also) or bool(form.errors)
    page = render_template(
        f"accounts/{view}.html",
        form=form,
        also=also,
        next=own_path(request.args.get("next")),
        **values,
    )
    return page, 422 if faulty and status == 200 else status


def onward() -> str:
    return own_path(request.args.get("next")) or url_for("site.course")


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
