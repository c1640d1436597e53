"""Prepared values for an attempt as its supervisors see it: as it was drawn, with answers and reasons."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext, ngettext

from app import questions
from app.assessment.group_queries import pinned
from app.assessment.pages import verdict_words
from app.assessment.supervised_queries import SeenAttempt, SeenItem
from app.content import Course
from app.questions import Pinned, PinnedVignette
from app.supervision.wording import at


@dataclass(frozen=True, slots=True)
class Shown:
    """One question. `view` None: not answered yet, or a line of their own, which nobody else reads."""

    position: int
    vignette: PinnedVignette | None
    """None: the same case as the question before."""
    stem_html: str
    type: str
    view: Any
    composed: bool
    verdict: str | None
    verdict_words: str
    detail: str | None
    sureness: str | None


def attempt_title(course: Course, quiz_id: str, kind: str, form: str | None) -> str:
    """What an attempt is called in lists and at its head."""
    quiz = course.quizzes.get(quiz_id)
    title = quiz.title if quiz else quiz_id
    names = {
        "module": title,
        "before": gettext("%(quiz)s, before reading", quiz=title),
        "after": gettext("%(quiz)s, after reading", quiz=title),
        "final": gettext("Final test, form %(form)s", form=form),
    }
    return names[kind]


def attempt_page(course: Course, attempt: SeenAttempt, mark: int, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """What templates/supervision/attempt.html prints. One statement at most."""
    copies = pinned(item.digest for item in attempt.items)
    return {
        "attempt": attempt,
        "title": attempt_title(course, attempt.quiz_id, attempt.kind, attempt.form),
        "headline": _headline(attempt, mark),
        "began": at(attempt.started_at, zone, now),
        "ended": at(attempt.closed_at, zone, now) if attempt.closed_at else "",
        "kept_back": _kept_back(attempt.kind),
        "shown": [
            _shown(item, copies[item.digest], before)
            for item, before in zip(attempt.items, (None, *attempt.items), strict=False)
        ],
        "edition_differs": attempt.edition != course.edition,
    }


def _headline(attempt: SeenAttempt, mark: int) -> str:
    answered = sum(item.answered_at is not None for item in attempt.items)
    if attempt.percent is None:
        return ngettext(
            "Not finished: %(answered)s of %(num)s question answered.",
            "Not finished: %(answered)s of %(num)s questions answered.",
            len(attempt.items),
            answered=answered,
        )
    if attempt.kind not in ("module", "final"):
        return gettext("All answered. This set stands outside every score.")
    if attempt.percent >= mark:
        return gettext("Passed with %(percent)s%%. The pass mark is %(mark)s%%.", percent=attempt.percent, mark=mark)
    return gettext("Not passed: %(percent)s%%. The pass mark is %(mark)s%%.", percent=attempt.percent, mark=mark)


def _kept_back(kind: str) -> str | None:
    """What the trainee is not shown yet, so that whoever reads it here keeps it to themselves."""
    if kind == "final":
        return gettext(
            "You see verdicts and reasons here. The trainee sees them once one form of the final test is passed: "
            "until then, please do not hand them on."
        )
    if kind in ("before", "after"):
        return gettext(
            "You see verdicts and reasons here. The trainee sees them once all questions after reading are answered."
        )
    return None


def _shown(item: SeenItem, copy: Pinned, before: SeenItem | None) -> Shown:
    kind = questions.TYPES[copy.type]
    readable = item.answered_at is not None and not item.composed
    given = kind.answer_from(copy.question, item.answer) if readable else None
    view = kind.present(copy, item.stored_order, given)
    verdict = view.verdict if readable else None
    return Shown(
        position=item.position,
        vignette=None if before is not None and before.vignette_id == item.vignette_id else copy.vignette,
        stem_html=view.stem_html,
        type=copy.type,
        view=view if readable else None,
        composed=item.composed,
        verdict=verdict,
        verdict_words=verdict_words(verdict, copy.type),
        detail=_points(item) if verdict == "partly" else None,
        sureness=_sureness(item.confidence),
    )


def _points(item: SeenItem) -> str:
    return gettext("%(earned)s of %(possible)s", earned=item.earned, possible=item.possible)


def _sureness(confidence: str | None) -> str | None:
    """What they said of their own answer before they knew."""
    words = {
        "sure": gettext("They were sure."),
        "fairly": gettext("They were fairly sure."),
        "guessing": gettext("They were guessing."),
    }
    return words.get(confidence or "")
