"""What a letter to a trainee may begin with: a sentence or two for each kind of reason, to be changed at will."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from app.content import Course
from app.content.records import FINAL
from app.supervision.reasons import URGENCY, Due, Failed, Kind, Reason, Still


@dataclass(frozen=True, slots=True)
class Draft:
    subject: str
    body: str


def draft(course: Course, reasons: Sequence[Sequence[Reason]]) -> Draft:
    """A draft for people with these reasons, each one's most urgent first. What not all of them share is left out."""
    shared = [
        kind for kind in URGENCY if reasons and all(any(one.kind == kind for one in theirs) for theirs in reasons)
    ]
    if not shared:
        return Draft(course.title, gettext("How are you getting on with the course?") + _close())
    one = next(reason for reason in reasons[0] if reason.kind == shared[0])
    alone = one if len(reasons) == 1 else None
    return Draft(_subject(course, one.kind, alone), _body(course, one, alone) + _close())


def _subject(course: Course, kind: Kind, alone: Reason | None) -> str:
    if kind == "failed" and alone is not None and isinstance(alone.details, Failed):
        return gettext("%(course)s: %(quiz)s", course=course.title, quiz=_quiz(course, alone.details.quiz_id))
    subjects = {
        "harmful": gettext("%(course)s: one answer to look at together", course=course.title),
        "due": gettext("%(course)s: the last day", course=course.title),
        "failed": gettext("%(course)s: the quiz that does not go through", course=course.title),
        "sure": gettext("%(course)s: something to look at together", course=course.title),
        "still": gettext("%(course)s: are you getting on?", course=course.title),
    }
    return subjects[kind]


def _body(course: Course, reason: Reason, alone: Reason | None) -> str:
    match reason.details:
        case Failed(quiz_id=quiz_id):
            quiz = _quiz(course, quiz_id) if alone else gettext("one of the quizzes")
            return gettext(
                "You have tried “%(quiz)s” several times and it has not gone through yet. That happens, and it is no "
                "verdict on your work. Before the next try it helps to read the sections that the result names.",
                quiz=quiz,
            )
        case Due(overdue=True):
            return gettext(
                "The last day of our group has passed, and some parts of the course are still open for you. Nothing of "
                "what you did is lost, and the course stays open. When do you think you can finish?"
            )
        case Due():
            return gettext(
                "The last day of our group is near, and much of the course is still open for you. What would help you "
                "to finish in time? If you need another day, tell me."
            )
        case Still(started=False):
            return gettext(
                "You have joined our group and not begun the course yet. The first module takes less time than one may "
                "think. Is there anything that keeps you from starting?"
            )
        case Still():
            return gettext(
                "You have not been at the course for a while. It keeps your place: you go on exactly where you "
                "stopped. Is there anything that holds you up?"
            )
    return gettext(
        "In your answers there is something I would like to look at with you before the workshop. It is the kind of "
        "thing one learns best from in conversation."
    )


def _close() -> str:
    return "\n\n" + gettext("Just answer this letter; it comes to me.")


def _quiz(course: Course, quiz_id: str) -> str:
    if quiz_id == FINAL:
        return gettext("Final test")
    quiz = course.quizzes.get(quiz_id)
    return quiz.title if quiz else quiz_id
