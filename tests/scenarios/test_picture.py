"""The picture of the path: what is drawn where, and by which shape."""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from app.content.records import Course
from app.questions.scenario import Scenario
from app.questions.scenario_state import Made, replay
from app.scenarios.picture import LEFT, LOWEST_END, RIGHT, Way, draw
from tests.leading import EARLY, REPAIRED, SESSION, WARM


@pytest.fixture
def scenario(course: Course) -> Scenario:
    return course.scenario(SESSION)


def way(scenario: Scenario, moves: Sequence[str], *, number: int = 0, parts_at: int = 1) -> Way:
    made: list[Made] = []
    for move in moves:
        node = replay(scenario, made).node
        assert node is not None
        made.append(Made(node.id, move))
    return Way(number, parts_at, replay(scenario, made))


def test_the_first_way_is_drawn_from_the_beginning_to_its_end(scenario: Scenario) -> None:
    (line,) = draw(scenario, [way(scenario, WARM)]).lines

    assert len(line.arousal) == len(line.presence) == len(WARM)
    assert (line.arousal[0].x1, line.arousal[-1].x2, line.end.x) == (LEFT, RIGHT, RIGHT)
    assert line.end.ended


def test_stretches_join(scenario: Scenario) -> None:
    (line,) = draw(scenario, [way(scenario, REPAIRED)]).lines

    for part in (line.arousal, line.presence):
        assert [(one.x2, one.y2) for one in part[:-1]] == [(one.x1, one.y1) for one in part[1:]]


def test_shapes_mark_checkpoints_unsafe_moves_and_repairs(scenario: Scenario) -> None:
    (line,) = draw(scenario, [way(scenario, REPAIRED)]).lines

    kinds = [mark.kind for mark in line.marks]
    assert kinds[:4] == ["checkpoint", "unsafe", "decision", "repair"]
    assert (kinds.count("checkpoint"), kinds.count("decision")) == (4, 7)


def test_more_arousal_stands_higher(scenario: Scenario) -> None:
    found = way(scenario, REPAIRED)
    (line,) = draw(scenario, [found]).lines

    levels = [turn.before.arousal for turn in found.situation.turns]
    heights = [part.y1 for part in line.arousal]
    assert [(a > b) for a, b in pairwise(levels)] == [(a < b) for a, b in pairwise(heights)]


def test_a_further_way_begins_where_it_parts(scenario: Scenario) -> None:
    first, further = way(scenario, WARM), way(scenario, EARLY, number=1, parts_at=3)
    one, other = draw(scenario, [first, further]).lines

    assert other.number == 1
    assert other.arousal[0].x1 == one.arousal[2].x1
    assert len(other.arousal) == len(EARLY) - 2
    assert other.marks[0].x > other.arousal[0].x1


def test_ends_in_one_place_stand_apart(scenario: Scenario) -> None:
    ways = [way(scenario, WARM), way(scenario, WARM, number=1, parts_at=len(WARM) + 1)]

    one, other = (line.end for line in draw(scenario, ways).lines)

    assert one.x == other.x
    assert abs(one.y - other.y) >= 22


def test_an_end_covers_no_mark_and_stays_above_the_presence(scenario: Scenario) -> None:
    ways = [way(scenario, REPAIRED), *(way(scenario, WARM, number=nth, parts_at=3) for nth in (1, 2, 3))]

    lines = draw(scenario, ways).lines

    ends = [line.end for line in lines]
    marks = [mark for line in lines for mark in line.marks]
    assert [mark for end in ends for mark in marks if mark.x == end.x and abs(mark.y - end.y) < 20] == []
    here = sorted(end.y for end in ends if end.x == ends[-1].x)
    assert [low - high >= 23 for high, low in pairwise(here)] == [True] * (len(here) - 1)
    assert here[-1] <= LOWEST_END
    assert {end.at for end in ends} == {line.arousal[-1].y2 for line in lines}


def test_a_way_that_stands_open_says_so(scenario: Scenario) -> None:
    first, further = way(scenario, WARM), way(scenario, WARM[:3], number=1, parts_at=4)

    assert [line.end.ended for line in draw(scenario, [first, further]).lines] == [True, False]


def test_the_shaded_bands_hold_what_their_words_say(scenario: Scenario) -> None:
    picture, found = draw(scenario, [way(scenario, REPAIRED)]), way(scenario, REPAIRED)
    low, high = scenario.window

    for turn, part in zip(found.situation.turns, picture.lines[0].arousal, strict=True):
        inside = picture.window.y <= part.y1 <= picture.window.y + picture.window.height
        assert inside == (low <= turn.before.arousal <= high)
