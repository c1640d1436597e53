"""What a quiz must keep to beyond its schema."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from app.content import before_rules, final_rules, mending_rules, prose, validation
from app.content.blueprint import GRADED_PER_VIGNETTE
from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.known import lacks, listed
from app.content.quiz_check import Place, QuizCheck, modules_of
from app.content.records import FINAL, MENDING
from app.content.schemas import FinalFile, MendingFile, QuizFile, VignetteEntry
from app.content.strict_yaml import Document
from app.questions import TYPES, BaseQuestion

OF_NO_MODULE: Mapping[str, type[BaseModel]] = {FINAL: FinalFile, MENDING: MendingFile}
"""Files in quizzes/ that are no module’s, and what they hold."""


def check_quiz(id: str, document: Document, gathered: Gathered, seen: dict[str, str], faults: list[Fault]) -> set[str]:
    """Returns the references it uses."""
    check = QuizCheck(id, document, gathered, seen, faults, modules_of(id, gathered))
    quiz = validation.read(document, OF_NO_MODULE.get(id, QuizFile), faults)
    if quiz:
        validation.check_texts(document, quiz, (), gathered.known, faults)
    if id not in OF_NO_MODULE:
        _check_names(check)
    _check_unique(check)
    questions = list(check.questions())
    for place, question in questions:
        _check_question(check, place, question)
    if id == MENDING:
        mending_rules.check_mending(check)
    else:
        _check_neutral(check)
        _check_graded(check)
    if id == FINAL:
        final_rules.check_final(check, quiz if isinstance(quiz, FinalFile) else None)
    elif id not in OF_NO_MODULE:
        _check_objectives(check, [question for _, question in questions])
        before_rules.check_sets_and_bank(check, quiz if isinstance(quiz, QuizFile) else None)
    return {source for _, question in questions for _, source in TYPES[question.type].sources(question)}


def _check_names(check: QuizCheck) -> None:
    quiz = validation.value_at(check.document, ("quiz",))
    if isinstance(quiz, str) and quiz != check.id:
        mend = f"Write `quiz: {check.id}`, or rename the file."
        check.fault(("quiz",), f"The quiz `{quiz}` stands in {check.document.path}.", mend)
    if check.id not in check.gathered.known.sections:
        mend = f"A quiz has its module's id; the modules are {listed(check.gathered.known.sections)}."
        check.fault((), f"There is no module `{check.id}` for this quiz.", mend)


def _check_unique(check: QuizCheck) -> None:
    for number, vignette in enumerate(check.raw_vignettes()):
        place: Place = (check.cases, number)
        _note_id(check, place, vignette, "vignette")
        questions = vignette.get("questions") if isinstance(vignette, dict) else None
        for index, question in enumerate(questions if isinstance(questions, list) else []):
            _note_id(check, (*place, "questions", index), question, "question")


def _note_id(check: QuizCheck, place: Place, item: object, what: str) -> None:
    id = item.get("id") if isinstance(item, dict) else None
    if not isinstance(id, str):
        return
    where = f"{check.document.path}:{check.document.line((*place, 'id'))}"
    if id in check.seen:
        mend = "Ids of vignettes and questions are unique in the whole course."
        check.fault((*place, "id"), f"The {what} id `{id}` is taken in {check.seen[id]}.", mend)
    check.seen.setdefault(id, where)


def _check_question(check: QuizCheck, place: Place, question: BaseQuestion) -> None:
    kind, known = TYPES[question.type], check.gathered.known
    for where, message, mend in kind.faults(question):
        check.fault((*place, *where), message, mend)
    objectives = check.objectives()
    if lacks(objectives, question.objective):
        check.fault((*place, "objective"), *_no_objective(check, question.objective, objectives or {}))
    for index, claim in enumerate(question.claims):
        _check_claim(check, (*place, "claims", index), claim, question.graded)
    listings = (
        (kind.sources(question), known.references, "reference", "course/references.yaml"),
        (kind.misconceptions(question), known.misconceptions, "misconception", "course/misconceptions.yaml"),
        (kind.harms(question), known.harms, "harm", "course/misconceptions.yaml"),
    )
    for where, message, mend in prose.unknown(listings):
        check.fault((*place, *where), message, mend)


def _check_claim(check: QuizCheck, place: Place, id: str, graded: bool) -> None:
    claims = check.gathered.known.claims
    if claims is not None and id not in claims:
        check.fault(
            place, f"There is no claim `{id}`.", f"{prose.closest(id, claims)} Or add it to course/claims.yaml."
        )
    elif graded and _graded(check.gathered).get(id) is False:
        mend = "Ask something else; course/claims.yaml says `graded: false`."
        check.fault(place, f"No graded question may rest on the claim `{id}`.", mend)


def _graded(gathered: Gathered) -> Mapping[str, object]:
    document = gathered.lists["claims"]
    found = document.data if document else None
    entries = [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    return {str(item.get("id")): item.get("graded") for item in entries}


def _no_objective(check: QuizCheck, id: str, objectives: Mapping[str, int]) -> tuple[str, str]:
    if check.id in OF_NO_MODULE:
        return f"There is no objective `{id}`.", prose.closest(id, objectives)
    return f"There is no objective `{id}` in `{check.id}`.", f"The objectives of this module are {listed(objectives)}."


def _check_objectives(check: QuizCheck, questions: Sequence[BaseQuestion]) -> None:
    asked = {question.objective for question in questions}
    module = check.gathered.modules.get(check.id)
    for id, line in (check.objectives() or {}).items():
        if id not in asked and module:
            mend = f"Write one in {check.document.path}."
            check.faults.append(Fault(module.path, line, f"No question serves the objective `{id}`.", mend))


def _check_graded(check: QuizCheck) -> None:
    """A case that is kept for before and after reading is not drawn, so that one question of it may do."""
    kept = before_rules.kept(check)
    for number, vignette in check.vignettes():
        graded = sum(question.graded for question in vignette.questions)
        fewest, has = (1, "one or two") if vignette.id in kept else (GRADED_PER_VIGNETTE, str(GRADED_PER_VIGNETTE))
        if not fewest <= graded <= GRADED_PER_VIGNETTE:
            whose = "a case kept for before and after reading" if vignette.id in kept else "every case"
            what = f"`{vignette.id}` has {graded} graded questions; {whose} has {has}."
            mend = "Add or remove one; a further question may be one that is not graded."
            check.fault(("vignettes", number, "questions"), what, mend)


def _check_neutral(check: QuizCheck) -> None:
    raw_ids = {item.get("id") for item in check.raw_vignettes() if isinstance(item, dict)}
    whole = dict(check.vignettes())
    by_id = {vignette.id: vignette for vignette in whole.values()}
    for number, vignette in whole.items():
        place: Place = ("vignettes", number)
        if vignette.content_note and not vignette.neutral:
            mend = "Add `neutral: <id of a vignette without content note, with the same objectives>`."
            check.fault((*place, "content_note"), f"`{vignette.id}` has a content note and no `neutral`.", mend)
        if vignette.neutral:
            _check_twin(check, (*place, "neutral"), vignette, by_id, raw_ids)


def _check_twin(
    check: QuizCheck, place: Place, vignette: VignetteEntry, by_id: Mapping[str, VignetteEntry], ids: set[object]
) -> None:
    name = vignette.neutral or ""
    if not vignette.content_note:
        check.fault(place, f"`{vignette.id}` has `neutral` but no content note.", "Remove it, or add `content_note`.")
    if name not in ids:
        check.fault(place, f"There is no vignette `{name}` in this quiz.", prose.closest(name, [str(id) for id in ids]))
    if name not in by_id:
        return
    twin = by_id[name]
    if twin.content_note:
        check.fault(place, f"The neutral vignette `{name}` has a content note itself.", "Name one without.")
    own = {question.objective for question in vignette.questions}
    others = {question.objective for question in twin.questions}
    if own != others:
        what = f"`{name}` asks after {listed(others)}, `{vignette.id}` after {listed(own)}."
        check.fault(place, what, "Name a vignette with the same objectives.")
