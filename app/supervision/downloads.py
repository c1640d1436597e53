"""A table as a file to save, and the note that somebody saved it."""

from datetime import datetime
from typing import Literal

from flask import make_response
from flask_babel import format_datetime, gettext
from werkzeug.wrappers import Response

from app import clock
from app.access import current_person
from app.audit.services import record
from app.institutes.records import InstituteRecord
from app.supervision import workbook
from app.supervision.exports import Table, csv_text, file_name

Format = Literal["csv", "xlsx"]


def download(table: Table, format: Format, institute: InstituteRecord, subject: str) -> Response:
    """The answer, dated by the institute's clock. Adds to the audit log; the view commits."""
    now = clock.now()
    local = now.astimezone(institute.zone)
    response = make_response(csv_text(table) if format == "csv" else _workbook(table, institute, local))
    response.content_type = "text/csv; charset=utf-8" if format == "csv" else workbook.MIME_TYPE
    name = file_name(table, local.date(), format)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    record(
        "export",
        subject,
        actor_id=current_person().person_id,
        now=now,
        institute_id=institute.id,
        file=name,
        rows=len(table.rows),
    )
    return response


def _workbook(table: Table, institute: InstituteRecord, local: datetime) -> bytes:
    made = gettext(
        "%(institute)s, %(when)s",
        institute=institute.name,
        when=format_datetime(local, "d MMMM y, HH:mm", rebase=False),
    )
    return workbook.workbook(table, about=gettext("How to read this"), made=made, made_at=local)
