"""An institute's settings and its look, by its administrators; stylesheet and logo, for everybody."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.wrappers import Response as FlaskResponse
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, public, staff
from app.accounts.queries import names
from app.audit.services import record
from app.errors import NotFound
from app.extensions import db, give_up_writing
from app.institutes import branding, look_pages, queries, services
from app.institutes.forms import ColourForm, LogoForm, SettingsForm
from app.institutes.records import InstituteRecord, Seat

bp = Blueprint("institutes", __name__)

Answer = Response | str | tuple[str, int]
UPLOAD = 1_000_000
"""Bytes that the upload may have, so that a picture somewhat too heavy is told so beside its field."""
FOR_GOOD = "public, max-age=31536000, immutable"


@bp.url_value_preprocessor
def take_larger_uploads(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Before the form is read, which the check against forged forms does first of all."""
    if endpoint == "institutes.save_logo":
        request.max_content_length = UPLOAD


@bp.route("/institutes/<slug>/settings", methods=["GET", "POST"])
@allow(staff)
def settings(slug: str) -> Answer:
    seat = _seat(slug)
    form = SettingsForm(_staff_by_name(seat.institute.id), seat.institute)
    if not form.validate_on_submit():
        if form.errors:
            give_up_writing()
        return render_template("institutes/settings.html", seat=seat, form=form), 422 if form.errors else 200
    changed = services.change_settings(seat.institute.id, form.settings())
    if changed:
        _note("settings", seat.institute, ", ".join(changed))
        db.session.commit()
    flash(_("The settings are saved."))
    return redirect(url_for("institutes.settings", slug=slug), 303)


@bp.get("/institutes/<slug>/look")
@allow(staff)
def look(slug: str) -> Answer:
    return _look_page(_seat(slug), request.args.get("colour"))


@bp.post("/institutes/<slug>/look")
@allow(staff)
def save_colour(slug: str) -> Answer:
    """Keep the colour; or, with the other button, only show it."""
    seat, form = _seat(slug), ColourForm()
    if "show" in request.form:
        address = url_for("institutes.look", slug=slug, colour=form.text("colour")[:20], _anchor="preview")
        return redirect(address, 303)
    if "none" not in request.form and not form.validate():
        give_up_writing()
        return _look_page(seat, form.chosen, colour_form=form), 422
    chosen = "" if "none" in request.form else form.chosen
    services.choose_colour(seat.institute.id, chosen)
    _note("colour", seat.institute, chosen)
    db.session.commit()
    flash(_("The colour is saved."))
    return redirect(url_for("institutes.look", slug=slug), 303)


@bp.post("/institutes/<slug>/logo")
@allow(staff)
def save_logo(slug: str) -> Answer:
    """Keep the logo that is sent; or, with the other button, have none any more."""
    seat, form = _seat(slug), LogoForm()
    if "none" not in request.form and not form.validate():
        give_up_writing()
        return _look_page(seat, None, logo_form=form), 422
    chosen = None if "none" in request.form else form.read
    services.choose_logo(seat.institute.id, chosen)
    _note("logo", seat.institute, chosen.type if chosen else "")
    db.session.commit()
    flash(_("The logo is saved.") if chosen else _("The logo is taken away."))
    return redirect(url_for("institutes.look", slug=slug), 303)


@bp.get("/institutes/<slug>/logo-<int:version>")
@allow(public)
def logo(slug: str, version: int) -> Response:
    institute, data = queries.logo(slug)
    if version != institute.version:
        return _newer("institutes.logo", institute, version)
    kind = institute.logo_type or ""
    answer = _for_good(data, kind)
    name = f"{institute.slug}.{kind.partition('/')[2]}"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@bp.get("/institutes/<slug>/look-<int:version>.css")
@allow(public)
def stylesheet(slug: str, version: int) -> Response:
    institute = queries.by_slug(slug)
    if version != institute.version:
        return _newer("institutes.stylesheet", institute, version)
    return _for_good(branding.stylesheet(institute.colour) if institute.colour else "", "text/css")


def _seat(slug: str) -> Seat:
    return queries.administrator_seat(current_person().person_id, slug)


def _staff_by_name(institute_id: int) -> list[tuple[Any, str]]:
    ids = [one.person_id for one in queries.staff(institute_id)]
    return sorted(names(ids).items(), key=lambda pair: pair[1].casefold())


def _look_page(
    seat: Seat, colour: str | None, *, colour_form: ColourForm | None = None, logo_form: LogoForm | None = None
) -> str:
    return render_template(
        "institutes/look.html",
        seat=seat,
        colour_form=colour_form or ColourForm(formdata=None, colour=colour or seat.institute.colour),
        logo_form=logo_form or LogoForm(formdata=None),
        preview=look_pages.preview(colour or seat.institute.colour),
    )


def _note(act: str, institute: InstituteRecord, what: str) -> None:
    """On the record of acts; `what` was changed, and to what, as far as no name or address is in it."""
    me, now = current_person().person_id, clock.now()
    record(act, f"institute {institute.slug}", actor_id=me, now=now, institute_id=institute.id, what=what)


def _for_good(data: bytes | str, kind: str) -> Response:
    answer = FlaskResponse(data, mimetype=kind)
    answer.headers["Cache-Control"] = FOR_GOOD
    return answer


def _newer(endpoint: str, institute: InstituteRecord, version: int) -> Response:
    """An older address leads to what is in force; one that is not yet given out leads nowhere."""
    if version > institute.version:
        raise NotFound
    return redirect(url_for(endpoint, slug=institute.slug, version=institute.version), 302)
