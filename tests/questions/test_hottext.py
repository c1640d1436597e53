from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.questions import AnswerError, Grade, Labels, Pinned, PinnedVignette, hottext
from app.questions.hottext import Answer, Question

IDS = tuple(f"l{number}" for number in range(1, 15))


def zone(lines: str, label: str, credit: Any = None, **values: Any) -> dict[str, Any]:
    credits = {} if credit is None else {"credit": credit}
    return {"lines": lines.split(), "label": label, "reason": "R *so*.", "basis": "convention", **credits, **values}


KEY = zone("l8 l9", "The moment", 1, basis="evidence", sources=["leaf2019"])
BEFORE = zone("l6", "Just before", "1/2")
AFTER = zone("l10", "Just after", "2/3", misconception="myth")
LATE = zone("l13", "Too late", 0)


def question(*zones: dict[str, Any], **values: Any) -> Question:
    lines = [{"id": id, "who": "Guest" if place % 2 else "Host", "text": f"Says {id}."} for place, id in enumerate(IDS)]
    head = {"id": "q", "type": "hottext", "objective": "m.1", "decision": "d", "stem": "Which *line*?"}
    return Question.model_validate({**head, "lines": lines, "zones": zones, "elsewhere": "Not here.", **values})


GRADED = question(KEY, BEFORE, AFTER, LATE)
SPLIT = question(zone("l2 l12", "Twice", "1"), zone("l3", "Near", "1/3"), zone("l4", "Off", "0"), zone("l5", "Odd", 0))
PLAIN = question(zone("l8", "Now"), zone("l6", "Earlier"), graded=False)
ANY = st.sampled_from([GRADED, SPLIT, PLAIN])
SCORED = st.sampled_from([GRADED, SPLIT])
LINES = st.sampled_from(IDS)


def pinned(question: Question) -> Pinned:
    vignette = PinnedVignette(id="v", title="T", condition="c", phase="p", setting="s", text="V")
    labels = Labels(
        objective="O",
        sources={"leaf2019": ("Leaf (2019)", "https://doi.org/10.1/x")},
        misconceptions={"myth": "A myth."},
    )
    return Pinned("hottext", 1, vignette, question, labels)


# Parsing


def test_parse_takes_the_one_line_marked() -> None:
    assert hottext.parse(GRADED, {"line": ["l8"], "csrf_token": ["x"]}) == Answer("l8")


def test_parse_ignores_a_repeated_mark() -> None:
    assert hottext.parse(GRADED, {"line": ["l8", "l8"]}) == Answer("l8")


@pytest.mark.parametrize(
    ("form", "code", "said"),
    [
        ({}, "nothing-marked", "Mark a line first."),
        ({"line": []}, "nothing-marked", "Mark a line first."),
        ({"line": [""]}, "nothing-marked", "Mark a line first."),
        ({"line": ["l8", "l9"]}, "more-than-one", "Mark one line only."),
        ({"line": ["l99"]}, "unknown-line", "Mark one of the lines on this page."),
    ],
)
def test_parse_says_what_is_wrong(form: dict[str, list[str]], code: str, said: str) -> None:
    with pytest.raises(AnswerError) as raised:
        hottext.parse(GRADED, form)
    assert (raised.value.code, str(raised.value)) == (code, said)


@given(ANY, st.dictionaries(st.one_of(st.just("line"), st.text()), st.lists(st.one_of(LINES, st.text()))))
def test_parse_of_any_form_gives_an_answer_or_an_answer_error(asked: Question, form: dict[str, list[str]]) -> None:
    try:
        found = hottext.parse(asked, form)
    except AnswerError as error:
        assert error.code
    else:
        assert {found.line} == set(form["line"]) <= set(IDS)


@given(ANY, st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | LINES, st.lists))
def test_stored_data_gives_an_answer_or_an_answer_error(asked: Question, data: object) -> None:
    try:
        found = hottext.answer_from(asked, data)
    except AnswerError:
        return
    assert hottext.answer_data(found) == data


# Grading


@pytest.mark.parametrize(
    ("line", "earned", "misconceptions"),
    [
        ("l8", Fraction(1), ()),
        ("l9", Fraction(1), ()),
        ("l6", Fraction(1, 2), ()),
        ("l10", Fraction(2, 3), ("myth",)),
        ("l13", Fraction(0), ()),
        ("l7", Fraction(0), ()),
        ("l1", Fraction(0), ()),
    ],
)
def test_line_earns_the_credit_of_its_zone(line: str, earned: Fraction, misconceptions: tuple[str, ...]) -> None:
    assert hottext.grade(GRADED, Answer(line)) == Grade(earned, misconceptions=misconceptions)


@given(SCORED, LINES)
def test_grade_is_between_nothing_and_all_and_full_in_the_key_zone_alone(asked: Question, line: str) -> None:
    found = hottext.grade(asked, Answer(line))
    (key,) = (zone for zone in asked.zones if zone.credit == "1")

    assert 0 <= found.earned <= found.possible == 1
    assert (found.earned == 1) == (line in key.lines)


@given(LINES)
def test_nothing_is_right_or_wrong_where_nothing_is_graded(line: str) -> None:
    found = hottext.grade(PLAIN, Answer(line))

    assert (found, found.verdict) == (Grade(Fraction(0), 0), None)


@given(SCORED)
def test_best_earns_all_and_worst_nothing(asked: Question) -> None:
    assert hottext.grade(asked, hottext.best(asked)).earned == 1
    assert hottext.grade(asked, hottext.worst(asked)).earned == 0


@given(ANY)
def test_form_is_what_parse_takes(asked: Question) -> None:
    for answer in (hottext.best(asked), hottext.worst(asked)):
        assert hottext.parse(asked, hottext.form(answer)) == answer


# Order


@given(ANY, st.integers())
def test_lines_keep_the_order_of_the_file(asked: Question, seed: int) -> None:
    assert hottext.stored_order(asked, Random(seed)) == IDS


@given(ANY, LINES, st.permutations(IDS))
def test_verdict_does_not_depend_on_the_stored_order(asked: Question, line: str, order: list[str]) -> None:
    views = [hottext.present(pinned(asked), one, Answer(line)) for one in (IDS, order)]

    assert views[0].verdict == views[1].verdict
    assert [view.zone and view.zone.label for view in views] == [views[0].zone and views[0].zone.label] * 2


def test_scoring_data_leaves_out_what_does_not_change_the_score() -> None:
    other = [{**one, "label": f"New {one['label']}", "reason": "Other."} for one in (LATE, KEY, AFTER, BEFORE)]
    again = question(*other, decision="other", claims=["TEA-1"], elsewhere="Nor there.")

    assert hottext.scoring_data(again) == hottext.scoring_data(GRADED)
    assert hottext.scoring_data(question(KEY, BEFORE, AFTER, {**LATE, "credit": "1/9"})) != hottext.scoring_data(GRADED)


def test_pinned_data_reads_back_as_the_same_question() -> None:
    for asked in (GRADED, PLAIN):
        assert Question.model_validate(asked.model_dump(mode="json")) == asked


# Presenting


def test_view_before_the_answer_gives_nothing_away() -> None:
    view = hottext.present(pinned(GRADED), IDS, None)

    (passage,) = view.passages
    assert (view.stem_html, view.answered, view.verdict, view.grade) == ("Which <em>line</em>?", False, None, None)
    assert (passage.zone, view.zone, view.line, view.elsewhere_html) == (None, None, None, "")
    assert [(line.number, line.id, line.who, line.chosen) for line in passage.lines][:2] == [
        (1, "l1", "Host", False),
        (2, "l2", "Guest", False),
    ]


def test_view_after_the_answer_parts_the_lines_by_zone() -> None:
    view = hottext.present(pinned(GRADED), IDS, Answer("l10"))

    assert [(one.zone and one.zone.label, [line.number for line in one.lines]) for one in view.passages] == [
        (None, [1, 2, 3, 4, 5]),
        ("Just before", [6]),
        (None, [7]),
        ("The moment", [8, 9]),
        ("Just after", [10]),
        (None, [11, 12]),
        ("Too late", [13]),
        (None, [14]),
    ]
    assert [(one.zone.state, one.zone.chosen) for one in view.passages if one.zone] == [
        ("partly", False),
        ("right", False),
        ("partly", True),
        ("wrong", False),
    ]
    assert view.line and view.line.number == 10
    assert view.zone and (view.zone.label, view.zone.numbers, view.zone.credit) == ("Just after", (10,), "2/3")
    assert (view.zone.why.reason_html, view.zone.why.misconception) == ("<p>R <em>so</em>.</p>", "A myth.")
    assert view.elsewhere_html == ""


def test_zone_in_two_places_is_named_at_both() -> None:
    view = hottext.present(pinned(SPLIT), IDS, Answer("l12"))

    assert [one.zone.numbers for one in view.passages if one.zone and one.zone.chosen] == [(2, 12), (2, 12)]


def test_line_outside_all_zones_is_answered_with_what_is_said_elsewhere() -> None:
    view = hottext.present(pinned(GRADED), IDS, Answer("l7"))

    assert (view.verdict, view.zone, view.elsewhere_html) == ("wrong", None, "<p>Not here.</p>")


def test_zones_of_a_question_that_is_not_graded_carry_no_mark() -> None:
    view = hottext.present(pinned(PLAIN), IDS, Answer("l8"))

    assert (view.graded, view.verdict) == (False, None)
    assert {one.zone.state for one in view.passages if one.zone} == {"none"}


@pytest.mark.parametrize(("line", "verdict"), [("l8", "right"), ("l6", "partly"), ("l13", "wrong"), ("l14", "wrong")])
def test_verdict_follows_the_grade(line: str, verdict: str) -> None:
    assert hottext.present(pinned(GRADED), IDS, Answer(line)).verdict == verdict


# Rules

EVERY = zone(" ".join(id for id in IDS if id not in {"l6", "l8", "l9", "l10"}), "The rest", "1/4")


@pytest.mark.parametrize(
    ("asked", "place", "message"),
    [
        (question(KEY, BEFORE, AFTER), ("zones",), "A graded transcript has 4 zones at least, not 3."),
        (
            question(BEFORE, AFTER, LATE, zone("l2", "x", "1/5")),
            ("zones",),
            "0 zones earn full credit; exactly one does.",
        ),
        (question(KEY, BEFORE, AFTER, zone("l2", "x", 1)), ("zones",), "2 zones earn full credit; exactly one does."),
        (question(KEY, BEFORE, AFTER, EVERY), ("zones",), "Every line earns something."),
        (question(KEY, BEFORE, AFTER, zone("l2", "x")), ("zones", 3), "`credit` is missing."),
        (
            question(KEY, BEFORE, AFTER, zone("l2", "x", "3/2")),
            ("zones", 3, "credit"),
            "`credit: 3/2` is more than the question is worth.",
        ),
        (question(KEY, BEFORE, AFTER, zone("l2 l99", "x", 0)), ("zones", 3, "lines", 1), "There is no line `l99`."),
        (
            question(KEY, BEFORE, AFTER, zone("l9", "x", 0)),
            ("zones", 3, "lines", 0),
            "The line `l9` is in a zone already.",
        ),
        (
            question({**KEY, "basis": "debated"}, BEFORE, AFTER, LATE),
            ("zones", 0, "basis"),
            "A zone of full credit is never `debated`.",
        ),
        (
            question({**KEY, "misconception": "m"}, BEFORE, AFTER, LATE),
            ("zones", 0, "misconception"),
            "A zone of full credit cannot have `misconception`.",
        ),
        (
            question(KEY, {**BEFORE, "basis": "evidence"}, AFTER, LATE),
            ("zones", 1, "basis"),
            "`basis: evidence` without a source.",
        ),
        (
            question(zone("l8", "x", "1/2"), graded=False),
            ("zones", 0, "credit"),
            "`credit` stands in a question that is not graded.",
        ),
        (
            question(zone("l8", "x", misconception="m"), graded=False),
            ("zones", 0, "misconception"),
            "`misconception` stands in a question that is not graded.",
        ),
    ],
)
def test_rules_name_the_place(asked: Question, place: tuple[str | int, ...], message: str) -> None:
    (found,) = hottext.faults(asked)
    assert found[:2] == (place, message)


def test_line_id_that_stands_twice_is_a_fault() -> None:
    lines = [{"id": id, "who": "Host", "text": "Says."} for id in (*IDS, "l8")]

    (found,) = hottext.faults(question(KEY, BEFORE, AFTER, LATE, lines=lines))
    assert found[:2] == (("lines", 14, "id"), "The line id `l8` occurs twice.")


def test_sound_questions_have_no_fault() -> None:
    assert [fault for asked in (GRADED, SPLIT, PLAIN) for fault in hottext.faults(asked)] == []


@pytest.mark.parametrize("credit", [2, -1, 0.5, "1/0", "0/2", "half", True, "01", "1/200"])
def test_credit_is_one_nothing_or_a_part(credit: object) -> None:
    with pytest.raises(ValidationError):
        question({**KEY, "credit": credit})


def test_question_cites_the_sources_and_beliefs_of_its_zones() -> None:
    assert list(hottext.sources(GRADED)) == [(("zones", 0, "sources", 0), "leaf2019")]
    assert list(hottext.misconceptions(GRADED)) == [(("zones", 2, "misconception"), "myth")]
    assert list(hottext.harms(GRADED)) == []
