"""What teaches what and what asks after what: claims, objectives, sections, questions, misconceptions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.library import SectionKey
from app.content.records import MENDING, Course, FinalTest, Quiz, Vignette
from app.content.tables import table
from app.questions import TYPES, BaseQuestion

NONE = "–"


def questions(course: Course) -> Iterator[tuple[str, Vignette, BaseQuestion]]:
    """Of every bank, the final test and the transcripts to mend, ungraded ones too: (quiz, case, question)."""
    quizzes: list[Quiz | FinalTest] = [*course.quizzes.values(), *([course.final] if course.final else [])]
    for quiz_id, cases in (*((quiz.id, quiz.vignettes) for quiz in quizzes), (MENDING, course.mending)):
        for case in cases:
            for question in case.questions:
                yield quiz_id, case, question


def check_misconceptions(gathered: Gathered, course: Course) -> Iterator[Fault]:
    asked, document = misconceptions(course), gathered.lists["misconceptions"]
    for number, id in enumerate(course.misconceptions):
        if document and not asked[id]:
            mend = "Let a wrong option, pair, prompt or zone rest on it."
            line = document.line(("misconceptions", number, "id"))
            yield Fault(document.path, line, f"No question asks after the misconception `{id}`.", mend)


def misconceptions(course: Course) -> Counter[str]:
    """How many questions each stands behind."""
    return Counter(
        id
        for _, _, question in questions(course)
        for id in {id for _, id in TYPES[question.type].misconceptions(question)}
    )


def claims_page(course: Course) -> str:
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for _, _, question in questions(course):
        if question.graded:
            for claim in question.claims:
                asked[claim].append(question.id)
    unasked = [id for id, claim in course.claims.items() if claim.graded and not asked[id]]
    rows = (
        (
            id,
            claim.verdict,
            _coded(map(_section, claim.taught)),
            _coded(asked[id]) if claim.graded else "not to be graded",
        )
        for id, claim in course.claims.items()
    )
    return "\n\n".join([
        f"{len(course.claims)} claims of the page this course is built from. Taught, and asked by no graded question: "
        f"{_coded(unasked)}.",
        table(("Claim", "Verdict", "Taught in", "Asked in"), rows),
    ])  # fmt: skip


def objectives_page(course: Course) -> str:
    asked: defaultdict[str, list[BaseQuestion]] = defaultdict(list)
    for _, _, question in questions(course):
        asked[question.objective].append(question)
    pages = {
        "By objective": table(("Objective", "", "Taught in", "Graded", "Practice"), _by_objective(course, asked)),
        "By section": table(("Section", "Objectives", "Claims", "Graded questions"), _by_section(course, asked)),
        "By question": table(("Question", "Format", "Objective", "Taught in", "Claims"), _by_question(course)),
    }
    return "\n\n".join(f"## {title}\n\n{page}" for title, page in pages.items())


def _by_objective(course: Course, asked: Mapping[str, Sequence[BaseQuestion]]) -> Iterator[Sequence[object]]:
    for module in course.modules:
        for objective in module.objectives:
            graded = Counter(question.type for question in asked[objective.id] if question.graded)
            practice = sum(not question.graded for question in asked[objective.id])
            formats = ", ".join(f"{type} {number}" for type, number in sorted(graded.items()))
            said = f"{graded.total()}: {formats}" if graded else NONE
            taught = _coded(f"{module.id}#{section}" for section in objective.sections)
            yield objective.id, objective.text, taught, said, practice or NONE


def _by_section(course: Course, asked: Mapping[str, Sequence[BaseQuestion]]) -> Iterator[Sequence[object]]:
    for module in course.modules:
        for section in module.sections:
            objectives = [one.id for one in module.objectives if section.id in one.sections]
            claims = [id for id, claim in course.claims.items() if (module.id, section.id) in claim.taught]
            graded = sum(question.graded for id in objectives for question in asked[id])
            yield f"`{module.id}#{section.id}`", _coded(objectives), _coded(claims), graded or NONE


def _by_question(course: Course) -> Iterator[Sequence[object]]:
    for _, _, question in questions(course):
        module = question.objective.rpartition(".")[0]
        taught = _coded(f"{module}#{section}" for section in course.objective(question.objective).sections)
        format = question.type if question.graded else f"{question.type}, not graded"
        yield f"`{question.id}`", format, question.objective, taught, _coded(question.claims)


def _section(key: SectionKey) -> str:
    return "#".join(key)


def _coded(ids: Iterable[str]) -> str:
    return ", ".join(f"`{id}`" for id in ids) or NONE
