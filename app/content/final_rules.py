"""The final test: two disjoint forms that ask the same number of everything, on cases of their own."""

from collections import Counter
from collections.abc import Collection, Mapping
from itertools import chain

from app.content import prose
from app.content.known import listed
from app.content.quiz_check import QuizCheck
from app.content.records import FINAL
from app.content.schemas import FinalFile, VignetteEntry

FORMS = ("A", "B")


def check_final(check: QuizCheck, final: FinalFile | None) -> None:
    """`final`: None if the file does not hold what it should."""
    if FINAL in check.gathered.known.sections:
        check.fault((), "A module is called `final`, as the final test is.", "Give the module another id.")
    if final is None:
        return
    forms = {"A": final.forms.A, "B": final.forms.B}
    cases = {case.id: case for case in final.vignettes}
    _check_forms(check, forms, cases)
    _check_places(check, final, set(chain(*forms.values())))
    for form, ids in forms.items():
        _check_twins(check, final, form, ids)
    _check_graded(check, final)
    _check_blueprint(check, forms, cases)
    _check_modules(check, [question.objective for case in final.vignettes for question in case.questions])


def _check_forms(check: QuizCheck, forms: Mapping[str, tuple[str, ...]], cases: Collection[str]) -> None:
    seen: dict[str, str] = {}
    for form, ids in forms.items():
        for index, id in enumerate(ids):
            if id not in cases:
                check.fault(("forms", form, index), f"There is no vignette `{id}` here.", prose.closest(id, cases))
            elif id in seen:
                where = f"in form {seen[id]} already" if seen[id] != form else "in this form twice"
                mend = "Each vignette belongs to one form."
                check.fault(("forms", form, index), f"The vignette `{id}` stands {where}.", mend)
            seen.setdefault(id, form)


def _check_places(check: QuizCheck, final: FinalFile, placed: Collection[str]) -> None:
    twins = {case.neutral for case in final.vignettes if case.id in placed and case.neutral}
    for number, case in enumerate(final.vignettes):
        if case.id not in placed and case.id not in twins:
            mend = "Add it to one; only the neutral twin of a case in a form stands in none."
            check.fault(("vignettes", number), f"The vignette `{case.id}` stands in no form.", mend)


def _check_twins(check: QuizCheck, final: FinalFile, form: str, ids: Collection[str]) -> None:
    """A case that is exchanged leaves the form as long and as broad as it was."""
    cases, taken = {case.id: case for case in final.vignettes}, set(final.forms.A) | set(final.forms.B)
    for number, case in enumerate(final.vignettes):
        twin = cases.get(case.neutral or "")
        if case.id not in ids or twin is None:
            continue
        if twin.id in taken:
            mend = "Give it a twin of its own that stands in no form."
            check.fault(("vignettes", number, "neutral"), f"The twin `{twin.id}` is asked already.", mend)
        taken.add(twin.id)
        if _formats([case]) != _formats([twin]):
            what = f"`{twin.id}` asks in {_counted(_formats([twin]))}, `{case.id}` in {_counted(_formats([case]))}."
            check.fault(("vignettes", number, "neutral"), what, "Name a vignette with the same formats.")


def _check_graded(check: QuizCheck, final: FinalFile) -> None:
    for number, case in enumerate(final.vignettes):
        for index, question in enumerate(case.questions):
            if not question.graded:
                what = f"The question `{question.id}` is not graded."
                check.fault(("vignettes", number, "questions", index), what, "The final test asks for what counts.")


def _check_blueprint(
    check: QuizCheck, forms: Mapping[str, tuple[str, ...]], cases: Mapping[str, VignetteEntry]
) -> None:
    asked = {form: [cases[id] for id in ids if id in cases] for form, ids in forms.items()}
    for count, mend in (
        (_objectives, "Let both forms ask after the same objectives, equally often."),
        (_formats, "Let both forms use the same formats, equally often."),
    ):
        a, b = (count(asked[form]) for form in FORMS)
        if a != b:
            check.fault(("forms",), f"Form A asks {_counted(a - b)} more, form B {_counted(b - a)}.", mend)


def _objectives(cases: Collection[VignetteEntry]) -> Counter[str]:
    return Counter(question.objective for case in cases for question in case.questions)


def _formats(cases: Collection[VignetteEntry]) -> Counter[str]:
    return Counter(question.type for case in cases for question in case.questions)


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"`{id}` × {count}" for id, count in sorted(counts.items())) or "nothing"


def _check_modules(check: QuizCheck, objectives: Collection[str]) -> None:
    covered = {objective.rpartition(".")[0] for objective in objectives}
    missing = [id for id in check.gathered.quizzes if id in check.gathered.known.sections and id not in covered]
    if missing:
        mend = "Every module with a quiz has a part in the final test."
        check.fault(("vignettes",), f"Nothing here asks after {listed(missing)}.", mend)
