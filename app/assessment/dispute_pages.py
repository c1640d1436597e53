"""Prepared values for the pages of disputes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import url_for

from app import questions
from app.assessment import dispute_queries, queries
from app.assessment.pages import quiz_title, verdict_words
from app.assessment.records import DisputedQuestion
from app.content import Course
from app.questions.text import render_line

NEW_FOR = timedelta(days=30)
"""How long the course home announces a reply. Looking writes nothing, so it cannot know who has read it."""


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """One dispute in the list."""

    dispute: DisputedQuestion
    quiz_title: str
    case: str
    stem_html: str


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One reply, as the course home announces it to whoever it is for."""

    quiz_title: str
    position: int
    address: str
    replied_at: datetime


def listed(course: Course, disputes: Sequence[DisputedQuestion]) -> tuple[DisputeLine, ...]:
    """Disputes with the names of what they are about; one query."""
    pinned = _pinned(disputes)
    return tuple(
        DisputeLine(
            dispute=dispute,
            quiz_title=quiz_title(course, dispute.quiz_id),
            case=pinned[dispute.digest].vignette.title,
            stem_html=render_line(pinned[dispute.digest].question.stem),
        )
        for dispute in disputes
    )


def dispute_page(course: Course, dispute: DisputedQuestion) -> dict[str, Any]:
    """What templates/assessment/dispute.html prints: the question as it was drawn, with the answer it was given."""
    pinned = _pinned([dispute])[dispute.digest]
    kind = questions.TYPES[pinned.type]
    view = kind.present(pinned, dispute.stored_order, kind.answer_from(pinned.question, dispute.answer))
    return {
        "dispute": dispute,
        "quiz_title": quiz_title(course, dispute.quiz_id),
        "vignette": pinned.vignette,
        "question_id": pinned.question.id,
        "question_type": pinned.type,
        "view": view,
        "verdict_words": verdict_words(view.verdict, pinned.type),
    }


def reply_notices(course: Course, person_id: UUID, now: datetime) -> tuple[NoticeLine, ...]:
    """Replies that are new, or may have been overlooked."""
    return tuple(
        NoticeLine(
            quiz_title=quiz_title(course, notice.quiz_id),
            position=notice.position,
            address=url_for(
                "assessment.question", attempt_id=notice.attempt_id, position=notice.position, _anchor="dispute"
            ),
            replied_at=notice.replied_at,
        )
        for notice in dispute_queries.replies_since(person_id, now - NEW_FOR)
    )


def _pinned(disputes: Sequence[DisputedQuestion]) -> dict[str, questions.Pinned]:
    copies = queries.question_copies(dispute.digest for dispute in disputes)
    return {digest: questions.load(copy.type, copy.schema_version, copy.data) for digest, copy in copies.items()}
