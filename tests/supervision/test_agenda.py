"""What to teach next."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from app.content.records import FINAL, Course
from app.questions import Pinned
from app.supervision.agenda import Agenda, agenda, for_paper
from app.supervision.statistics import wilson
from tests.supervision.rows import Sheet, choice

LONGER, BOILING = "longer-is-stronger", "boiling-for-all"


def behind(id: str, beliefs: Mapping[str, str], *, objective: str = "brewing.1") -> Pinned:
    return choice(id, case=f"case-{id}", wrong=beliefs, objective=objective)


def of(course: Course, sheet: Sheet) -> Agenda:
    return agenda(course, sheet.answers, sheet.copies)


def test_belief_counts_those_who_showed_it_among_those_who_met_it(course: Course) -> None:
    """Six met it, two of them twice; one of these showed it twice, another once. Four saw other questions only."""
    sheet = Sheet()
    first, second = behind("a", {"no": LONGER}), behind("b", {"no": LONGER})
    for who in range(6):
        sheet.add(who, first, "no" if who < 1 else "yes")
    for who in range(2):
        sheet.add(who, second, "no")
    for who in range(6, 10):
        sheet.add(who, behind("c", {}), "no")

    found = of(course, sheet)

    (belief,) = found.beliefs
    assert found.people == 10
    assert (belief.misconception_id, belief.met, belief.showed) == (LONGER, 6, 2)
    assert belief.share == wilson(2, 6)
    assert belief.text == course.misconceptions[LONGER].text
    assert belief.sections == (("/modules/brewing/time", course.section("brewing", "time").title),)


def test_belief_names_the_wrong_options_that_were_chosen(course: Course) -> None:
    sheet = Sheet()
    first, second = behind("a", {"no": LONGER, "other": LONGER}), behind("b", {"no": LONGER, "other": BOILING})
    for who, said in enumerate(["no", "no", "other", "yes", "yes", "yes"]):
        sheet.add(who, first, said)
    for who, said in enumerate(["no", "other", "other"]):
        sheet.add(who, second, said)

    longer = next(one for one in of(course, sheet).beliefs if one.misconception_id == LONGER)

    assert [(one.case, one.part.texts, one.times, one.of) for one in longer.wrong] == [
        ("Case case-a", ("No",), 2, 6),
        ("Case case-a", ("Other",), 1, 6),
        ("Case case-b", ("No",), 1, 3),
    ]


def test_beliefs_are_ranked_by_share_not_by_number(course: Course) -> None:
    """Four of five before five of ten."""
    sheet = Sheet()
    for who in range(10):
        sheet.add(who, behind("a", {"no": LONGER}), "no" if who < 5 else "yes")
    for who in range(5):
        sheet.add(who, behind("b", {"no": BOILING}), "no" if who < 4 else "yes")

    assert [(one.misconception_id, one.showed, one.met) for one in of(course, sheet).beliefs] == [
        (BOILING, 4, 5),
        (LONGER, 5, 10),
    ]


def test_belief_that_few_met_stands_last(course: Course) -> None:
    sheet = Sheet()
    for who in range(10):
        sheet.add(who, behind("a", {"no": LONGER}), "no" if who < 2 else "yes")
    for who in range(4):
        sheet.add(who, behind("b", {"no": BOILING}), "no")

    assert [(one.misconception_id, one.few) for one in of(course, sheet).beliefs] == [(LONGER, False), (BOILING, True)]


def test_belief_brings_the_questions_that_the_course_has_for_a_group(course: Course) -> None:
    known = replace(course.misconceptions[LONGER], discuss=("How long is yours?",))
    sheet = Sheet()
    sheet.add(1, behind("a", {"no": LONGER}), "no")

    (belief,) = of(replace(course, misconceptions={LONGER: known}), sheet).beliefs

    assert belief.discuss == ("How long is yours?",)
    assert belief.correction_html == known.correction_html


def test_belief_that_nobody_showed_is_no_matter(course: Course) -> None:
    sheet = Sheet()
    for who in range(10):
        sheet.add(who, behind("a", {"no": LONGER}), "other")

    assert of(course, sheet).beliefs == ()


def test_only_the_first_answer_counts(course: Course) -> None:
    sheet = Sheet()
    for who in range(6):
        sheet.add(who, behind("a", {"no": LONGER}), "yes")
        sheet.add(who, behind("a", {"no": LONGER}), "no", exposure=2)

    found = of(course, sheet)

    assert found.beliefs == ()
    assert [(one.answers, one.share) for one in found.objectives] == [(6, Fraction(1))]


def test_belief_that_the_course_has_dropped_keeps_its_words(course: Course) -> None:
    sheet = Sheet()
    for who in range(6):
        sheet.add(who, behind("a", {"no": "gone"}), "no")

    (belief,) = of(course, sheet).beliefs

    assert (belief.text, belief.correction_html, belief.discuss) == ("Belief gone", "", ())
    assert belief.sections == (("/modules/brewing/water", course.section("brewing", "water").title),)


def test_objectives_are_ranked_by_their_share_of_the_points(course: Course) -> None:
    sheet = Sheet()
    for who in range(6):
        sheet.add(who, behind("a", {}, objective="brewing.1"), earned=1, possible=2)
        sheet.add(who, behind("b", {}, objective="brewing.2"), "no" if who else "yes")
        sheet.add(who, behind("c", {}, objective="serving.1"))

    found = of(course, sheet).objectives

    assert [(one.objective_id, one.met, one.missed, one.answers, one.share) for one in found] == [
        ("brewing.2", 6, 5, 6, Fraction(1, 6)),
        ("brewing.1", 6, 6, 6, Fraction(1, 2)),
        ("serving.1", 6, 0, 6, Fraction(1)),
    ]
    assert [(one.part.key, one.times, one.of) for one in found[0].wrong] == [("no", 5, 6)]


@pytest.mark.parametrize(("people", "shown"), [(2, 0), (3, 1)])
def test_paper_holds_nothing_that_only_one_or_two_have_met(course: Course, people: int, shown: int) -> None:
    sheet = Sheet()
    for who in range(people):
        sheet.add(who, behind("a", {"no": LONGER}), "no")

    found = of(course, sheet)
    paper = for_paper(found)

    assert (len(found.beliefs), len(found.objectives)) == (1, 1)
    assert (len(paper.beliefs), len(paper.objectives)) == (shown, shown)


def test_paper_shows_no_case_of_the_final_test(course: Course) -> None:
    sheet = Sheet()
    for who in range(6):
        sheet.add(who, behind("a", {"no": LONGER}), "no")
        sheet.add(who, behind("b", {"no": LONGER}), "no", quiz_id=FINAL, kind="final")

    found = of(course, sheet)
    paper = for_paper(found)

    assert [one.case for one in found.beliefs[0].wrong] == ["Case case-a", "Case case-b"]
    assert [one.case for one in paper.beliefs[0].wrong] == ["Case case-a"]
    assert [one.case for one in paper.objectives[0].wrong] == ["Case case-a"]


def test_agenda_of_nobody_is_empty(course: Course) -> None:
    assert of(course, Sheet()) == Agenda(0, (), ())
