"""What a quiz must keep to beyond its schema."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.content import prose, validation
from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.known import lacks, listed
from app.content.schemas import QuizFile, VignetteEntry
from app.content.strict_yaml import Document
from app.questions import TYPES, AnyQuestion, BaseQuestion

GRADED_PER_VIGNETTE = 2
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Check:
    id: str
    document: Document
    gathered: Gathered
    seen: dict[str, str]
    """Ids of vignettes and questions of all quizzes -> where they stand."""
    faults: list[Fault]

    def fault(self, place: Place, message: str, mend: str) -> None:
        self.faults.append(Fault(self.document.path, self.document.line(place), message, mend))


def check_quiz(id: str, document: Document, gathered: Gathered, seen: dict[str, str], faults: list[Fault]) -> set[str]:
    """Returns the references it uses."""
    check = _Check(id, document, gathered, seen, faults)
    quiz = validation.read(document, QuizFile, faults)
    if quiz:
        validation.check_texts(document, quiz, (), gathered.known, faults)
    _check_names(check)
    questions = list(_questions(document))
    for place, question in questions:
        _check_question(check, place, question)
    _check_objectives(check, [question for _, question in questions])
    _check_neutral(check)
    _check_graded(check)
    return {source for _, question in questions for _, source in TYPES[question.type].sources(question)}


def _questions(document: Document) -> Iterator[tuple[Place, BaseQuestion]]:
    """Every question that is as it should be, in faulty vignettes too."""
    vignettes = validation.value_at(document, ("vignettes",))
    for number in range(len(vignettes) if isinstance(vignettes, list) else 0):
        place: Place = ("vignettes", number, "questions")
        for index, question in validation.items(document, place, AnyQuestion):
            yield (*place, index), question


def _check_names(check: _Check) -> None:
    quiz = validation.value_at(check.document, ("quiz",))
    if isinstance(quiz, str) and quiz != check.id:
        mend = f"Write `quiz: {check.id}`, or rename the file."
        check.fault(("quiz",), f"The quiz `{quiz}` stands in {check.document.path}.", mend)
    if check.id not in check.gathered.known.sections:
        mend = f"A quiz has its module's id; the modules are {listed(check.gathered.known.sections)}."
        check.fault((), f"There is no module `{check.id}` for this quiz.", mend)
    _check_unique(check)
    vignettes = validation.value_at(check.document, ("vignettes",))
    wanted = _attempt_vignettes(check.gathered)
    if isinstance(vignettes, list) and len(vignettes) < wanted:
        mend = f"Write {wanted - len(vignettes)} more, or lower `attempt` in course/course.yaml."
        what = f"The quiz has {len(vignettes)} vignettes; one attempt draws {wanted}."
        check.fault(("vignettes",), what, mend)


def _attempt_vignettes(gathered: Gathered) -> int:
    course = gathered.lists["course"]
    found = validation.value_at(course, ("attempt", "vignettes")) if course else None
    return found if isinstance(found, int) else 0


def _check_unique(check: _Check) -> None:
    vignettes = validation.value_at(check.document, ("vignettes",))
    for number, vignette in enumerate(vignettes if isinstance(vignettes, list) else []):
        place: Place = ("vignettes", number)
        _note_id(check, place, vignette, "vignette")
        questions = vignette.get("questions") if isinstance(vignette, dict) else None
        for index, question in enumerate(questions if isinstance(questions, list) else []):
            _note_id(check, (*place, "questions", index), question, "question")


def _note_id(check: _Check, place: Place, item: object, what: str) -> None:
    id = item.get("id") if isinstance(item, dict) else None
    if not isinstance(id, str):
        return
    where = f"{check.document.path}:{check.document.line((*place, 'id'))}"
    if id in check.seen:
        mend = "Ids of vignettes and questions are unique in the whole course."
        check.fault((*place, "id"), f"The {what} id `{id}` is taken in {check.seen[id]}.", mend)
    check.seen.setdefault(id, where)


def _check_question(check: _Check, place: Place, question: BaseQuestion) -> None:
    kind, known = TYPES[question.type], check.gathered.known
    for where, message, mend in kind.faults(question):
        check.fault((*place, *where), message, mend)
    objectives = _objectives(check.gathered, check.id)
    if lacks(objectives, question.objective):
        mend = f"The objectives of this module are {listed(objectives or ())}."
        check.fault((*place, "objective"), f"There is no objective `{question.objective}` in `{check.id}`.", mend)
    for index, claim in enumerate(question.claims):
        _check_claim(check, (*place, "claims", index), claim)
    listings = (
        (kind.sources(question), known.references, "reference", "course/references.yaml"),
        (kind.misconceptions(question), known.misconceptions, "misconception", "course/misconceptions.yaml"),
        (kind.harms(question), known.harms, "harm", "course/misconceptions.yaml"),
    )
    for pairs, ids, what, file in listings:
        for where, id in pairs:
            if ids is not None and id not in ids:
                mend = f"{prose.closest(id, ids)} Or add it to {file}."
                check.fault((*place, *where), f"There is no {what} `{id}`.", mend)


def _check_claim(check: _Check, place: Place, id: str) -> None:
    claims = check.gathered.known.claims
    if claims is not None and id not in claims:
        check.fault(
            place, f"There is no claim `{id}`.", f"{prose.closest(id, claims)} Or add it to course/claims.yaml."
        )
    elif _graded(check.gathered).get(id) is False:
        mend = "Ask something else; course/claims.yaml says `graded: false`."
        check.fault(place, f"No graded question may rest on the claim `{id}`.", mend)


def _graded(gathered: Gathered) -> Mapping[str, object]:
    document = gathered.lists["claims"]
    found = document.data if document else None
    entries = [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    return {str(item.get("id")): item.get("graded") for item in entries}


def _objectives(gathered: Gathered, module_id: str) -> dict[str, int] | None:
    """id -> line; None if the module's front matter cannot be read."""
    module = gathered.modules.get(module_id)
    if module is None or module.front is None:
        return None
    return validation.ids(module.front, ("objectives",), [], "objective")


def _check_objectives(check: _Check, questions: list[BaseQuestion]) -> None:
    asked = {question.objective for question in questions}
    module = check.gathered.modules.get(check.id)
    for id, line in (_objectives(check.gathered, check.id) or {}).items():
        if id not in asked and module:
            mend = f"Write one in {check.document.path}."
            check.faults.append(Fault(module.path, line, f"No question serves the objective `{id}`.", mend))


def _check_graded(check: _Check) -> None:
    for number, vignette in validation.items(check.document, ("vignettes",), VignetteEntry):
        graded = sum(question.graded for question in vignette.questions)
        if graded != GRADED_PER_VIGNETTE:
            what = f"`{vignette.id}` has {graded} graded questions; every case has {GRADED_PER_VIGNETTE}."
            mend = "Add or remove one; a further question may be one that is not graded."
            check.fault(("vignettes", number, "questions"), what, mend)


def _check_neutral(check: _Check) -> None:
    raw = validation.value_at(check.document, ("vignettes",))
    raw_ids = {item.get("id") for item in raw if isinstance(item, dict)} if isinstance(raw, list) else set()
    whole = dict(validation.items(check.document, ("vignettes",), VignetteEntry))
    by_id = {vignette.id: vignette for vignette in whole.values()}
    for number, vignette in whole.items():
        place: Place = ("vignettes", number)
        if vignette.content_note and not vignette.neutral:
            mend = "Add `neutral: <id of a vignette without content note, with the same objectives>`."
            check.fault((*place, "content_note"), f"`{vignette.id}` has a content note and no `neutral`.", mend)
        if vignette.neutral:
            _check_twin(check, (*place, "neutral"), vignette, by_id, raw_ids)


def _check_twin(
    check: _Check, place: Place, vignette: VignetteEntry, by_id: Mapping[str, VignetteEntry], ids: set[object]
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
