"""An institute's yearly report and its accreditation dossier."""

from datetime import datetime

from flask import Blueprint, current_app, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from app import clock
from app.access import allow, current_person, staff
from app.assessment.turns import Waits
from app.content import current_course
from app.errors import NotFound
from app.extensions import db, writes_audit
from app.institutes.queries import administrator_seat
from app.institutes.records import InstituteRecord, Seat
from app.supervision import report, report_tables
from app.supervision.dossier_pages import dossier_page
from app.supervision.downloads import Format, download
from app.supervision.report_pages import Report, report_of, report_page

bp = Blueprint("reports", __name__)


@bp.get("/institutes/<slug>/report/<int(min=2000, max=9998):year>")
@allow(staff)
def year(slug: str, year: int) -> str:
    """What a year adds up to: cohorts, people, certificates, letters; nobody is named."""
    seat = administrator_seat(current_person().person_id, slug)
    found = _report(seat, year)
    return render_template("supervision/report.html", seat=seat, **report_page(found, _today(seat.institute).year))


@bp.get("/institutes/<slug>/report/<int(min=2000, max=9998):year>.<any(csv, xlsx):extension>")
@allow(staff)
def year_export(slug: str, year: int, extension: Format) -> Response:
    """The same rows for a spreadsheet."""
    writes_audit()
    seat = administrator_seat(current_person().person_id, slug)
    title = gettext("Report for %(year)s, %(institute)s", year=year, institute=seat.institute.name)
    table = report_tables.flat(f"report {year} {slug}", title, _report(seat, year).parts)
    answer = download(table, extension, seat.institute, f"institute {seat.institute.id}")
    db.session.commit()
    return answer


@bp.get("/institutes/<slug>/dossier")
@allow(staff)
def dossier(slug: str) -> str:
    """What a body asks for that accredits further training."""
    seat = administrator_seat(current_person().person_id, slug)
    waits = Waits(*current_app.config["SETTINGS"].final_waits)
    values = dossier_page(current_course(), seat.institute, waits, _today(seat.institute).date())
    return render_template("supervision/dossier.html", seat=seat, **values)


def _report(seat: Seat, number: int) -> Report:
    if number > _today(seat.institute).year:
        raise NotFound
    span = report.year_of(number, seat.institute.zone)
    return report_of(current_course(), seat, current_person().person_id, span)


def _today(institute: InstituteRecord) -> datetime:
    return clock.now().astimezone(institute.zone)
