"""The certificate: what is missing for it, the confirmation of the name, the paper, the public page."""

from uuid import UUID

from flask import Blueprint, Response, current_app, flash, jsonify, redirect, render_template, url_for
from flask_babel import format_date, get_locale, gettext
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.access import allow, current_person, public, signed_in
from app.content import current_course
from app.content.records import Course
from app.credentials import paper, queries, services
from app.credentials.forms import NameForm
from app.credentials.letters import send_certificate
from app.credentials.values import CertificateRecord
from app.enrolment.terms import terms_for
from app.errors import Conflict
from app.extensions import db
from app.learning.overview import overview_for
from app.learning.pages import missing_items

bp = Blueprint("credentials", __name__)


@bp.get("/certificate")
@allow(signed_in)
def certificate() -> str:
    """What is missing; or the form that confirms the name; or the certificate."""
    return _certificate_page(NameForm(data={"name": current_person().name}))


@bp.post("/certificate")
@allow(signed_in)
def confirm() -> tuple[str, int] | AnyResponse:
    """Issue the certificate with the confirmed name."""
    form = NameForm()
    if not form.validate_on_submit():
        return _certificate_page(form), 422
    course, person, now = current_course(), current_person(), clock.now()
    try:
        issued = services.issue(
            course,
            person.person_id,
            form.name.data or "",
            terms_for(course, person.person_id, now)[0],
            public_url=current_app.config["SETTINGS"].url,
            review=_review_status(course),
            now=now,
        )
    except services.NameUnprintable as fault:
        db.session.rollback()
        form.name.errors = [_unprintable_message(fault.characters)]
        return _certificate_page(form), 422
    except Conflict:
        db.session.rollback()
        flash(gettext("Not everything is done yet. What is missing stands below."))
        return redirect(url_for("credentials.certificate"), code=303)
    if issued.issued_at == now:
        send_certificate(person.email, issued, now)
    db.session.commit()
    return redirect(url_for("credentials.certificate"), code=303)


@bp.get("/certificates/<uuid:certificate_id>")
@allow(public)
def check(certificate_id: UUID) -> Response:
    """What a certificate says, for anybody who was shown it. Not for search engines."""
    found = queries.certificate(certificate_id)
    response = Response(render_template("credentials/check.html", certificate=found))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/certificates/<uuid:certificate_id>.json")
@allow(public)
def check_json(certificate_id: UUID) -> Response:
    """The same for machines."""
    found = queries.certificate(certificate_id)
    response = jsonify(
        id=str(found.id),
        status=found.status,
        name=found.name,
        heading=found.heading,
        title=found.title,
        edition=found.edition,
        contact_hours=found.hours,
        completed_on=found.completed_on.isoformat(),
        issued_on=found.issued_at.date().isoformat(),
        mode="asynchronous self-study",
        clinical_review=found.review,
        statement=found.statement,
        # It is taken over the name as well: with all the rest public, a name that is deleted could be guessed by it.
        sha256=None if found.name is None else found.hash,
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/certificates/<uuid:certificate_id>.pdf")
@allow(signed_in)
def pdf(certificate_id: UUID) -> Response:
    """The paper, for its owner only."""
    found = queries.own_certificate(certificate_id, current_person().person_id)
    response = Response(paper.render(found, _wording(found)), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="certificate-{found.completed_on}.pdf"'
    return response


def _certificate_page(form: NameForm) -> str:
    course, person = current_course(), current_person()
    terms = terms_for(course, person.person_id, clock.now())[0]
    overview = overview_for(course, person.person_id, terms)
    issued = queries.certificates_of(person.person_id)
    valid = next((one for one in issued if one.status == "valid" and one.edition == course.edition), None)
    return render_template(
        "credentials/certificate.html",
        form=form,
        valid=valid,
        earlier=[one for one in issued if one is not valid],
        overview=overview,
        missing=missing_items(overview),
        review=_review_status(course),
    )


def _review_status(course: Course) -> str:
    """Reviewed only when every module is; who reviewed each module stands on its page."""
    if course.awaiting_review:
        return gettext("awaiting clinical review")
    return gettext("every module clinically reviewed")


def _unprintable_message(characters: tuple[str, ...]) -> str:
    return gettext(
        "The certificate's typeface has no %(characters)s. Please write the name with other letters, as it should be "
        "printed; your name in the course stays as it is.",
        characters=", ".join(f"“{character}”" for character in characters),
    )


def _wording(found: CertificateRecord) -> paper.Wording:
    return paper.Wording(
        language=str(get_locale() or "en").partition("_")[0],
        number=gettext("No."),
        certifies=gettext("This certifies that"),
        has_completed=gettext("has completed the course"),
        mode=gettext("Asynchronous self-study"),
        hours_label=gettext("Contact hours"),
        hours=found.hours,
        completed_label=gettext("Completed on"),
        completed=format_date(found.completed_on, format="long"),
        edition_label=gettext("Edition"),
        review_label=gettext("Clinical review"),
        check=gettext("Anyone can check this certificate at:")
        if found.address
        else gettext("This certificate can be checked only where it was issued."),
        qr_label=gettext("QR code with the address at which this certificate can be checked"),
    )
