"""A question copied out of the course, whole, so that later edits change nothing about it."""

from dataclasses import dataclass

from app.content.records import Course, Vignette
from app.questions import TYPES, BaseQuestion
from app.questions.canonical import digest


@dataclass(frozen=True, slots=True)
class Version:
    digest: str
    scoring_digest: str
    """The same for two versions that are equally hard: statistics are grouped by it."""
    question_id: str
    vignette_id: str
    quiz_id: str
    type: str
    schema_version: int
    data: dict[str, object]
    """For `questions.load`; JSON throughout."""


def pin(course: Course, vignette: Vignette, question: BaseQuestion) -> Version:
    kind = TYPES[question.type]
    data: dict[str, object] = {
        "vignette": {
            "id": vignette.id,
            "title": vignette.title,
            "condition": vignette.condition,
            "phase": vignette.phase,
            "setting": vignette.setting,
            "content_note": vignette.content_note,
            "neutral": vignette.neutral,
            "text": vignette.text,
        },
        "question": question.model_dump(mode="json"),
        "labels": _labels(course, question),
    }
    whole = {"type": question.type, "schema_version": kind.SCHEMA_VERSION, "data": data}
    scored = {"type": question.type, "vignette": vignette.text, "scoring": kind.scoring_data(question)}
    return Version(
        digest=digest(whole),
        scoring_digest=digest(scored),
        question_id=question.id,
        vignette_id=vignette.id,
        quiz_id=_quiz_id(course, vignette),
        type=question.type,
        schema_version=kind.SCHEMA_VERSION,
        data=data,
    )


def _quiz_id(course: Course, vignette: Vignette) -> str:
    """Ids of vignettes are unique in the whole course."""
    return next(quiz.id for quiz in course.quizzes.values() if any(one.id == vignette.id for one in quiz.vignettes))


def _labels(course: Course, question: BaseQuestion) -> dict[str, object]:
    kind = TYPES[question.type]
    objective = course.objective(question.objective)
    module = course.module(objective.id.rpartition(".")[0])
    cited = [course.references[id] for _, id in kind.sources(question)]
    return {
        "objective": objective.text,
        "sections": [[part.url, part.title] for part in module.sections if part.id in objective.sections],
        "sources": {source.id: [source.label, source.href or f"/references#{source.id}"] for source in cited},
        "misconceptions": {id: course.misconceptions[id].text for _, id in kind.misconceptions(question)},
        "harms": {id: course.harms[id].text for _, id in kind.harms(question)},
    }
