"""Prepared values for the accreditation dossier."""

from datetime import date
from typing import Any

from flask_babel import gettext, ngettext

from app.assessment.turns import Waits
from app.content.records import Course
from app.institutes.records import InstituteRecord
from app.supervision import dossier, evaluations

Facts = tuple[tuple[str, str], ...]
LANGUAGES = {"en": "English"}


def dossier_page(course: Course, institute: InstituteRecord, waits: Waits, today: date) -> dict[str, Any]:
    """What templates/supervision/dossier.html prints beside the seat."""
    return {
        "today": today,
        "glance": _glance(course, institute),
        "modules": dossier.module_lines(course),
        "hours": dossier.hours(course),
        "testing": _testing(course, institute, waits),
        "evaluation": evaluations.summary(institute.id, course.edition),
        "reviews": dossier.reviews(course),
        "references": dossier.references(course),
    }


def _glance(course: Course, institute: InstituteRecord) -> Facts:
    awaiting = len(course.awaiting_review)
    review = (
        gettext("Reviewed, every module")
        if not awaiting
        else ngettext(
            "%(num)d module of %(all)d is awaiting clinical review",
            "%(num)d modules of %(all)d are awaiting clinical review",
            awaiting,
            all=len(course.modules),
        )
    )
    contact = [(gettext("Contact"), institute.contact)] if institute.contact else []
    accredited = [(gettext("Accreditation"), institute.certificate_line)] if institute.certificate_line else []
    return (
        (gettext("Course"), course.title),
        (gettext("Edition"), course.edition),
        (gettext("Provider"), institute.name),
        *contact,
        (
            gettext("Format"),
            gettext(
                "Asynchronous self-study: text, cases, simulated sessions. No live teaching, no recordings of clients."
            ),
        ),
        (gettext("For"), gettext("Psychotherapists, trained or in training")),
        (gettext("Language"), LANGUAGES.get(course.language, course.language)),
        (gettext("Contact hours"), gettext("%(hours)s, computed below", hours=course.contact_hours.hours)),
        (gettext("Clinical review"), review),
        *accredited,
    )


def _testing(course: Course, institute: InstituteRecord, waits: Waits) -> Facts:
    mark = institute.pass_mark or course.pass_mark
    quizzes = gettext(
        "%(quizzes)d, each from a bank of cases. An attempt draws %(cases)d cases with two graded questions each,"
        " spread over the module’s objectives, those not seen before first. Every answer is followed at once by the"
        " reason for each option, and its source. Attempts are not limited, and every one is kept.",
        quizzes=len(course.quizzes),
        cases=course.attempt_vignettes,
    )
    return (
        (gettext("Module quizzes"), quizzes),
        *_final(course, waits),
        (
            gettext("Pass mark"),
            gettext(
                "%(mark)s%% in every quiz and in the final test. It is a convention, not the result of a standard"
                " setting.",
                mark=mark,
            ),
        ),
        (
            gettext("To be completed"),
            gettext(
                "Every section read, every module quiz passed, and the final test passed. Nothing else counts, and"
                " nothing is skipped."
            ),
        ),
        (
            gettext("Limits"),
            gettext(
                "It certifies completion, not competence, and takes the place of neither accredited training nor"
                " supervised practice."
            ),
        ),
    )


def _final(course: Course, waits: Waits) -> Facts:
    if course.final is None:
        return ()
    words = gettext(
        "Two forms of %(questions)d questions on cases that no module uses. Until one is passed only what to read again"
        " is shown, and why a choice that could do harm would do so. After an attempt"
        " that was not passed, the other form opens after %(first)s, then the two in turn"
        " after %(later)s each.",
        questions=course.final.questions,
        first=ngettext("%(num)d hour", "%(num)d hours", int(waits.first.total_seconds() // 3600)),
        later=ngettext("%(num)d day", "%(num)d days", waits.later.days),
    )
    return ((gettext("Final test"), words),)
