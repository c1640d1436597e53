"""How much a page may say about an answer. Pure."""

from collections.abc import Iterable
from typing import Literal

from app.assessment.records import MEND, AttemptSummary

Feedback = Literal["all", "harm", "none"]
"""Verdict and reasons; or only why a harmful choice was harmful; or that it is saved, and no more."""

AT_ONCE = ("module", MEND)
"""The kinds of attempt whose reasons are open from each answer on."""


def feedback_on_kind(kind: str, attempts: Iterable[AttemptSummary]) -> Feedback:
    """On the answers of an attempt of this kind, after these `attempts` of the same person at the same quiz.

    Practice and exercises tell all at once; the final test once one of its forms is passed, but never while another is
    being taken (a raised pass mark can ask somebody again); the questions before and after reading once those after
    reading are all answered.
    """
    attempts = tuple(attempts)
    if kind in AT_ONCE:
        return "all"
    if kind == "final":
        finals = [one for one in attempts if one.kind == "final"]
        under_way = any(one.closed_at is None for one in finals)
        return "all" if any(one.passed for one in finals) and not under_way else "harm"
    return "all" if any(one.kind == "after" and one.closed_at is not None for one in attempts) else "none"
