"""Two parallel sets of questions before and after reading, and a bank from which every attempt can be drawn."""

from collections import Counter
from collections.abc import Iterator

from app.content.blueprint import asked, blueprint_of, can_fulfil, within_reach
from app.content.known import listed
from app.content.quiz_check import Place, QuizCheck
from app.content.schemas import QuizFile, VignetteEntry
from app.questions import BaseQuestion

Found = dict[str, tuple[VignetteEntry, BaseQuestion]]


def check_sets_and_bank(check: QuizCheck, quiz: QuizFile | None) -> None:
    """`quiz`: None if the file does not hold what it should; then only what can be counted is."""
    spared = kept(check)
    raw = [one for one in check.raw_vignettes() if not (isinstance(one, dict) and one.get("id") in spared)]
    wanted = check.attempt("vignettes", 0)
    if check.value("vignettes") is not None and len(raw) < wanted:
        mend = f"Write {wanted - len(raw)} more, or lower `attempt` in course/course.yaml."
        besides = " besides those kept for before and after reading" if spared else ""
        check.fault(("vignettes",), f"The quiz has {len(raw)} vignettes{besides}; one attempt draws {wanted}.", mend)
    if quiz and quiz.before:
        _check_sets(check, quiz)
    if quiz and len(raw) >= wanted:
        _check_bank(check, [case for case in quiz.vignettes if case.id not in spared])


def _listed(check: QuizCheck) -> Iterator[tuple[Place, str, str]]:
    """Place, set and id of every question that `before` names."""
    for form in ("A", "B"):
        ids = check.value("before", form)
        for index, id in enumerate(ids if isinstance(ids, list) else []):
            if isinstance(id, str):
                yield ("before", form, index), form, id


def kept(check: QuizCheck) -> set[str]:
    """The vignettes that hold a listed question, faulty ones too."""
    ids = {id for _, _, id in _listed(check)}
    found: set[str] = set()
    for vignette in check.raw_vignettes():
        questions = vignette.get("questions") if isinstance(vignette, dict) else None
        for question in questions if isinstance(questions, list) else []:
            if isinstance(question, dict) and question.get("id") in ids and isinstance(vignette, dict):
                found.add(str(vignette.get("id")))
    return found


def _check_sets(check: QuizCheck, quiz: QuizFile) -> None:
    found: Found = {question.id: (case, question) for case in quiz.vignettes for question in case.questions}
    first: dict[str, str] = {}
    for place, form, id in _listed(check):
        if id not in found:
            check.fault(place, f"There is no question `{id}` in this quiz.", "Name one of its questions.")
            continue
        case, question = found[id]
        _check_listed(check, place, case, question)
        if id in first:
            check.fault(place, f"The question `{id}` stands in `before` twice.", "Name each question once.")
        elif first.get(case.id, form) != form:
            mend = "Take the questions of one vignette into one set only."
            check.fault(place, f"The vignette `{case.id}` serves both sets.", mend)
        first.setdefault(case.id, form)
        first[id] = form
    _check_neutral(check, quiz)
    asked_by = [
        Counter(found[id][1].objective for _, of, id in _listed(check) if of == form and id in found)
        for form in ("A", "B")
    ]
    if asked_by[0] != asked_by[1]:
        what = f"Set A asks after {_counted(asked_by[0])}, set B after {_counted(asked_by[1])}."
        check.fault(("before",), what, "Two sets are parallel: let both ask after the same objectives, equally often.")


def _check_listed(check: QuizCheck, place: Place, case: VignetteEntry, question: BaseQuestion) -> None:
    if not question.graded:
        check.fault(place, f"The question `{question.id}` is not graded.", "Name one that is.")
    if case.content_note:
        mend = "Before reading, a case needs no warning: name a question of a neutral one."
        check.fault(place, f"The vignette `{case.id}` has a content note.", mend)


def _check_neutral(check: QuizCheck, quiz: QuizFile) -> None:
    spared = kept(check)
    for number, case in enumerate(quiz.vignettes):
        if case.neutral in spared:
            what = f"`{case.neutral}` is kept for before and after reading."
            check.fault(("vignettes", number, "neutral"), what, "Name a vignette that the quiz may draw.")


def _counted(objectives: Counter[str]) -> str:
    return listed([f"{id}` × `{count}" if count > 1 else id for id, count in objectives.items()])


def _check_bank(check: QuizCheck, bank: list[VignetteEntry]) -> None:
    objectives = check.objectives()
    served = {question.objective for _, question in check.questions()}
    if objectives is None or not served.issuperset(objectives):
        return  # said elsewhere
    blueprint = blueprint_of(check.attempt("vignettes", 1), objectives, check.attempt("formats", 1))
    if can_fulfil(blueprint, (), [(bank, blueprint.vignettes)]):
        return
    lacking = blueprint.objectives - asked(bank).objectives
    if lacking:
        what = f"No graded question that an attempt can draw serves {listed(lacking)}."
        check.fault(("vignettes",), what, "Write one; what is kept for before and after reading is not drawn.")
        return
    near = within_reach(blueprint, bank)
    most = len(near.objectives) - near.unasked
    what = (
        f"No attempt of {blueprint.vignettes} vignettes asks after {len(blueprint.objectives) - blueprint.unasked} "
        f"objectives in {blueprint.formats} formats; the most is {most} objectives in {near.formats}."
    )
    mend = (
        "Write vignettes that ask after two objectives, or in other formats; or lower `attempt` in course/course.yaml."
    )
    check.fault(("vignettes",), what, mend)
