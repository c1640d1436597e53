"""A question or a session copied out of the course, whole, so that later edits change nothing about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from app.content.records import FINAL, MENDING, Course, Vignette
from app.questions import TYPES, BaseQuestion, scenario
from app.questions.canonical import digest
from app.questions.reasons import Place
from app.questions.scenario import Scenario

SESSIONS = "scenarios"
"""Stands where a question has its quiz."""
Pairs: TypeAlias = Iterable[tuple[Place, str]]


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
    """For `questions.load` or `load_scenario`; JSON throughout."""


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


def pin_scenario(course: Course, session: Scenario) -> Version:
    """The session as it begins for one learner: what it follows has done its part by then."""
    data: dict[str, object] = {
        "scenario": session.model_dump(mode="json", exclude={"follows"}),
        "labels": _session_labels(course, session),
    }
    return Version(
        digest=digest({"type": scenario.TYPE, "schema_version": scenario.SCHEMA_VERSION, "data": data}),
        scoring_digest=digest({"type": scenario.TYPE, "playing": scenario.playing_data(session)}),
        question_id=session.id,
        vignette_id=session.id,
        quiz_id=SESSIONS,
        type=scenario.TYPE,
        schema_version=scenario.SCHEMA_VERSION,
        data=data,
    )


def _quiz_id(course: Course, vignette: Vignette) -> str:
    """The file that it stands in: ids of vignettes are unique in the whole course."""
    if any(one.id == vignette.id for one in course.mending):
        return MENDING
    quizzes = (quiz.id for quiz in course.quizzes.values() if any(one.id == vignette.id for one in quiz.vignettes))
    return next(quizzes, FINAL)


def _labels(course: Course, question: BaseQuestion) -> dict[str, object]:
    kind = TYPES[question.type]
    return {
        "objective": course.objective(question.objective).text,
        "sections": _sections(course, question.objective),
        **_named(course, kind.sources(question), kind.misconceptions(question), kind.harms(question)),
    }


def _session_labels(course: Course, session: Scenario) -> dict[str, object]:
    return {
        "objectives": [
            {"id": id, "text": course.objective(id).text, "sections": _sections(course, id)}
            for id in session.objectives
        ],
        **_named(course, scenario.sources(session), scenario.misconceptions(session), scenario.harms(session)),
    }


def _sections(course: Course, objective_id: str) -> list[list[str]]:
    """Address and title of the sections that teach an objective."""
    objective = course.objective(objective_id)
    module = course.module(objective_id.rpartition(".")[0])
    return [[part.url, part.title] for part in module.sections if part.id in objective.sections]


def _named(course: Course, sources: Pairs, misconceptions: Pairs, harms: Pairs) -> dict[str, object]:
    cited = [course.references[id] for _, id in sources]
    return {
        "sources": {source.id: [source.label, source.href or f"/references#{source.id}"] for source in cited},
        "misconceptions": {id: course.misconceptions[id].text for _, id in misconceptions},
        "harms": {id: course.harms[id].text for _, id in harms},
    }
