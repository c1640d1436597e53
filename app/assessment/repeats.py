"""An answer that comes twice: by an impatient click, or because nobody heard that the first had arrived."""

from collections.abc import Mapping, Sequence

from app import questions
from app.assessment import services
from app.assessment.records import AttemptRecord


def answers_alike(attempt: AttemptRecord, position: int, form: Mapping[str, Sequence[str]]) -> bool:
    """Whether `form` says what is stored at `position`: then there is nothing to tell."""
    item = attempt.items[position - 1]
    pinned = services.load(item)
    kind = questions.TYPES[pinned.type]
    try:
        given = kind.answer_data(kind.parse(pinned.question, form))
    except questions.AnswerError:
        return False
    return item.response is not None and bool(given == item.response.answer)
