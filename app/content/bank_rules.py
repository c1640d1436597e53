"""What an examiner asks of a bank beyond that it can be taken; `imrs check --strict` enforces it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from app.content.faults import Fault
from app.content.final_rules import FORMS
from app.content.gathering import Gathered
from app.content.known import listed
from app.content.quiz_check import QuizCheck, each_quiz
from app.content.records import FINAL, MENDING
from app.content.schemas import VignetteEntry
from app.questions import BaseQuestion, choice

QUESTIONS_PER_OBJECTIVE = 3
CASES = 10
GRADED = 20
COMPOSED = 2
FINAL_QUESTIONS = 30
FORMATS = 4
NEUTRAL_CASES = 4
NEGATIVE = re.compile(r"\b(?:not|never|except|cannot|neither|nor|none|(?<!at )least)\b|n[’']t\b", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”|‘[^’]*’(?!\w)|\"[^\"]*\"")
ABOVE = re.compile(
    r"\b(?:all|none|any|both|neither|either) of (?:the above|these|them)\b|\b(?:both )?[A-E] and [A-E]\b", re.IGNORECASE
)


def check_banks(gathered: Gathered) -> list[Fault]:
    """Of a course without faults."""
    faults: list[Fault] = []
    decided: dict[tuple[str, str, str], str] = {}
    for check in each_quiz(gathered, faults):
        _check_wording(check)
        _check_decisions(check, decided)
        if check.id == FINAL:
            _check_final(check)
        elif check.id != MENDING:
            _check_volume(check)
    if FINAL not in gathered.quizzes:
        what = "The course has no final test."
        faults.append(Fault("quizzes/final.yaml", 1, what, f"Write two forms of {FINAL_QUESTIONS} questions."))
    return faults


def _check_wording(check: QuizCheck) -> None:
    for place, question in check.questions():
        found = NEGATIVE.search(QUOTED.sub(" ", question.stem))
        if found:
            mend = "Ask for what is to be done, or put it into quotation marks if somebody says it."
            check.fault((*place, "stem"), f"The stem asks in the negative: “{found[0]}”.", mend)
        if isinstance(question, choice.Question):
            for number, option in enumerate(question.options):
                if all_in_one := ABOVE.search(option.text):
                    mend = "Let each option stand for itself."
                    check.fault((*place, "options", number, "text"), f"The option says “{all_in_one[0]}”.", mend)


def _check_decisions(check: QuizCheck, decided: dict[tuple[str, str, str], str]) -> None:
    """No two cases of the course ask for the same decision at the same point with the same problem."""
    for number, case in check.vignettes():
        for decision in {question.decision.lower() for question in case.questions}:
            key = (case.condition.lower(), case.phase.lower(), decision)
            if key in decided:
                what = f"`{case.id}` and `{decided[key]}` share condition, phase and the decision “{decision}”."
                check.fault((check.cases, number, "condition"), what, "Let one of them differ, or ask for another.")
            decided.setdefault(key, case.id)


def _check_volume(check: QuizCheck) -> None:
    bank = list(_bank(check))
    graded = [question for case in bank for question in case.questions if question.graded]
    formats = {question.type for question in graded}
    if len(bank) < CASES:
        check.fault(("vignettes",), f"The bank has {len(bank)} cases.", f"Write {CASES - len(bank)} more.")
    if len(graded) < GRADED:
        what = f"The bank has {len(graded)} graded questions."
        check.fault(("vignettes",), what, f"Write {GRADED - len(graded)} more.")
    if len(formats) < FORMATS:
        what = f"The bank’s formats are {listed(formats)}."
        check.fault(("vignettes",), what, f"Use at least {FORMATS}.")
    composed = sum(question.type == "compose" for case in bank for question in case.questions)
    if composed < COMPOSED:
        what = f"Prompts to compose a line: {composed}."
        check.fault(("vignettes",), what, f"Give {COMPOSED - composed} more of its cases one as a third question.")
    if not check.value("before"):
        check.fault((), "The quiz has no sets for before and after reading.", "Write them; docs/author.md shows how.")
    _check_objectives(check, graded)
    _check_neutral(check, bank)


def _check_final(check: QuizCheck) -> None:
    cases = {case.id: case for _, case in check.vignettes()}
    for form in FORMS:
        asked = sum(len(cases[id].questions) for id in check.value("forms", form) or () if id in cases)
        if asked != FINAL_QUESTIONS:
            what = f"Form {form} asks {asked} questions."
            check.fault(("forms", form), what, f"Let each form ask {FINAL_QUESTIONS}.")


def _check_objectives(check: QuizCheck, graded: Sequence[BaseQuestion]) -> None:
    asked = Counter(question.objective for question in graded)
    module = check.gathered.modules[check.id]
    for id, line in (check.objectives() or {}).items():
        if asked[id] < QUESTIONS_PER_OBJECTIVE:
            what = f"Of the bank’s graded questions {asked[id]} serve `{id}`."
            mend = f"Write {QUESTIONS_PER_OBJECTIVE - asked[id]} more in {check.document.path}."
            check.faults.append(Fault(module.path, line, what, mend))


def _check_neutral(check: QuizCheck, bank: list[VignetteEntry]) -> None:
    neutral = [case for case in bank if not case.content_note]
    if len(neutral) < NEUTRAL_CASES:
        what = f"{len(neutral)} cases of the bank are without a content note."
        check.fault(("vignettes",), what, f"Have at least {NEUTRAL_CASES}.")
    covered = {question.objective for case in neutral for question in case.questions if question.graded}
    if missing := set(check.objectives() or {}) - covered:
        what = f"No case without a content note asks after {listed(missing)}."
        check.fault(("vignettes",), what, "Write one.")


def _bank(check: QuizCheck) -> Iterator[VignetteEntry]:
    """The cases that are not kept for before and after reading."""
    kept = {id for form in ("A", "B") for id in check.value("before", form) or ()}
    for _, case in check.vignettes():
        if kept.isdisjoint(question.id for question in case.questions):
            yield case
