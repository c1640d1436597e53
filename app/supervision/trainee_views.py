"""One trainee, for those who supervise them. Whoever looks is written down, and the trainee can read it."""

from uuid import UUID

from flask import Blueprint, render_template
from flask_babel import gettext

from app import clock
from app.access import allow, current_person, staff
from app.accounts.queries import names
from app.assessment.supervised_queries import seen_attempt
from app.audit.services import record
from app.content import current_course
from app.enrolment.queries import cohort_seat, member
from app.enrolment.records import CohortSeat, Member
from app.extensions import db, writes_audit
from app.supervision.attempt_pages import attempt_page
from app.supervision.groups import mark_of, read_trainee
from app.supervision.trainee_pages import trainee_page

bp = Blueprint("trainees", __name__)


@bp.get("/cohorts/<int(max=2147483647):cohort_id>/trainees/<uuid:person_id>")
@allow(staff)
def trainee(cohort_id: int, person_id: UUID) -> str:
    """How somebody stands, what they tried, what they read."""
    writes_audit()
    seat, trainee = _looked_at(cohort_id, person_id, "trainee")
    group = read_trainee(current_course(), seat, person_id, clock.now())
    values = trainee_page(current_course(), group, trainee)
    db.session.commit()
    return render_template("supervision/trainee.html", seat=seat, member=trainee, **values)


@bp.get("/cohorts/<int(max=2147483647):cohort_id>/trainees/<uuid:person_id>/attempts/<uuid:attempt_id>")
@allow(staff)
def attempt(cohort_id: int, person_id: UUID, attempt_id: UUID) -> str:
    """One attempt as it was: each question as it was drawn, with the answer and its reasons."""
    writes_audit()
    seat, trainee = _looked_at(cohort_id, person_id, f"attempt {attempt_id}")
    course = current_course()
    values = attempt_page(
        course, seen_attempt(attempt_id, person_id), mark_of(course, seat), seat.institute.zone, clock.now()
    )
    name = names([person_id]).get(person_id) or gettext("A former trainee")
    db.session.commit()
    return render_template("supervision/attempt.html", seat=seat, member=trainee, name=name, **values)


def _looked_at(cohort_id: int, person_id: UUID, subject: str) -> tuple[CohortSeat, Member]:
    """The seat from which this look is allowed, and the trainee, with the look noted. NotFound otherwise."""
    viewer_id = current_person().person_id
    seat = cohort_seat(viewer_id, cohort_id)
    trainee = member(cohort_id, person_id)
    record(
        "look",
        subject,
        actor_id=viewer_id,
        now=clock.now(),
        institute_id=seat.institute.id,
        person_id=person_id,
        cohort_id=cohort_id,
    )
    return seat, trainee
