"""Transcripts to mend: each asks for the line in which the session first goes astray, then for another in its place."""

from app.content.quiz_check import Place, QuizCheck
from app.content.records import FINAL, MENDING
from app.content.schemas import VignetteEntry
from app.questions import BaseQuestion

ASKED = (("hottext", True), ("compose", False))
"""(format, whether it is graded) of the two questions of an exercise, in this order."""


def check_mending(check: QuizCheck) -> None:
    sections = check.gathered.known.sections
    if MENDING in sections:
        check.fault((), "A module is called `mending`, as this file is.", "Give the module another id.")
    for number, exercise in check.vignettes():
        place: Place = (MENDING, number)
        if exercise.id in sections or exercise.id in (FINAL, MENDING):
            what = f"The exercise `{exercise.id}` is called as a quiz is."
            check.fault((*place, "id"), what, "Give it another id: attempts at both are told apart by it.")
        if exercise.neutral:
            what = f"`{exercise.id}` has `neutral`, but nothing takes the place of an exercise."
            check.fault((*place, "neutral"), what, "Remove it: whoever does not want this one takes another.")
        _check_questions(check, place, exercise)


def _check_questions(check: QuizCheck, place: Place, exercise: VignetteEntry) -> None:
    if tuple((question.type, question.graded) for question in exercise.questions) != ASKED:
        asked = ", ".join(_said(question) for question in exercise.questions)
        mend = "Ask for the first slip (`hottext`), then for the line in its place (`compose`), and nothing else."
        check.fault((*place, "questions"), f"`{exercise.id}` asks {asked}.", mend)


def _said(question: BaseQuestion) -> str:
    """The format; of a transcript, whether it is without a mark: a composed line always is."""
    return (
        f"`{question.type}` without a mark"
        if question.type == "hottext" and not question.graded
        else f"`{question.type}`"
    )
