"""An answer shown back while its reasons are not open: what was answered, what could do harm, and nothing else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.questions import TYPES, Pinned, load
from app.questions.text import render, render_line

GOLDEN = Path(__file__).parent / "golden"


def pinned(type: str) -> Pinned:
    kept = json.loads((GOLDEN / f"{type}-1.json").read_text(encoding="utf-8"))
    return load(kept["type"], kept["schema_version"], kept["data"])


def reasons(data: Any) -> Iterator[str]:
    """Every reason of a question, wherever it stands."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "reason" and value:
                yield render(value)
            yield from reasons(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from reasons(value)


@pytest.mark.parametrize("type", TYPES)
@pytest.mark.parametrize("which", ["best", "worst"])
def test_an_answer_shown_back_holds_no_reason_and_no_verdict(type: str, which: str) -> None:
    kind, copy = TYPES[type], pinned(type)

    kept = kind.kept(copy, getattr(kind, which)(copy.question))

    shown = " ".join(kept.lines)
    assert kept.lines != ()
    assert [reason for reason in reasons(copy.question.model_dump()) if reason in shown] == []


@pytest.mark.parametrize("type", TYPES)
def test_the_best_answer_does_no_harm(type: str) -> None:
    kind, copy = TYPES[type], pinned(type)

    assert kind.kept(copy, kind.best(copy.question)).harmful == ()


def test_a_choice_is_shown_back_with_why_it_could_do_harm() -> None:
    kind, copy = TYPES["choice"], pinned("choice")
    options = [option for option in copy.question.options if option.harmful]  # type: ignore[attr-defined]
    chosen = [option.id for option in options] + [
        option.id
        for option in copy.question.options  # type: ignore[attr-defined]
        if not option.harmful
    ]
    given = kind.parse(copy.question, {"option": chosen[: copy.question.marks]})  # type: ignore[attr-defined]

    kept = kind.kept(copy, given)

    wanted = options[: copy.question.marks]  # type: ignore[attr-defined]
    assert [why.reason_html for why in kept.harmful] == [render(option.reason) for option in wanted]


def test_steps_are_shown_back_in_the_order_given() -> None:
    kind, copy = TYPES["order"], pinned("order")
    given = kind.worst(copy.question)

    kept = kind.kept(copy, given)

    texts = {step.id: render_line(step.text) for step in copy.question.steps}  # type: ignore[attr-defined]
    unsafe = [rule.reason for rule in copy.question.before if rule.safety]  # type: ignore[attr-defined]
    assert kept.lines == tuple(texts[id] for id in given.steps)
    assert kept.ordered
    assert [why.reason_html for why in kept.harmful] == [render(reason) for reason in unsafe]


def test_what_somebody_wrote_is_shown_back_as_text() -> None:
    kind, copy = TYPES["compose"], pinned("compose")

    kept = kind.kept(copy, kind.parse(copy.question, {"line": ["<b>Stay</b> here."]}))

    assert kept.lines == ("&lt;b&gt;Stay&lt;/b&gt; here.",)
