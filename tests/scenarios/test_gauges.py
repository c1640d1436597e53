"""Where the gauges stand, in places and in words."""

from dataclasses import replace

import pytest

from app.content.records import Course
from app.questions.scenario_state import State
from app.scenarios import gauges
from tests.leading import SESSION

CALM = State(arousal=4, presence=7, need=0, belief=4, control=5)


@pytest.mark.parametrize(("arousal", "word"), [(0, "low"), (2, "low"), (3, "workable"), (6, "high"), (7, "too-much")])
def test_arousal_is_named_against_the_clients_window(course: Course, arousal: int, word: str) -> None:
    assert gauges.arousal_word(course.scenario(SESSION), replace(CALM, arousal=arousal)) == word


@pytest.mark.parametrize(
    ("was", "now", "word"),
    [
        (5, 3, "away"),
        (2, 3, "away"),
        (3, 4, "returning"),
        (7, 5, "slipping"),
        (4, 4, "partly"),
        (6, 6, "here"),
        (9, 8, "here"),
        (8, 10, "here"),
    ],
)
def test_presence_is_named_by_where_it_is_and_where_it_goes(was: int, now: int, word: str) -> None:
    assert gauges.presence_word(replace(CALM, presence=now), replace(CALM, presence=was)) == word


def test_at_the_beginning_presence_goes_nowhere() -> None:
    assert gauges.presence_word(CALM, None) == "here"
    assert gauges.presence(CALM, None).was is None


@pytest.mark.parametrize("value", range(11))
def test_a_mark_stands_in_the_zone_that_its_word_names(course: Course, value: int) -> None:
    scenario, state = course.scenario(SESSION), replace(CALM, arousal=value)

    gauge = gauges.arousal(scenario, state, CALM)

    (zone,) = [zone for zone in gauge.zones if zone.start <= gauge.at < zone.start + zone.width]
    expected = {"low": "low", "workable": "window", "high": "window", "too-much": "high"}
    assert zone.kind == expected[str(gauge.word)]


def test_zones_cover_the_whole_gauge_without_gaps(course: Course) -> None:
    for gauge in (gauges.arousal(course.scenario(SESSION), CALM, None), gauges.presence(CALM, None)):
        ends = [round(zone.start + zone.width, 2) for zone in gauge.zones]
        assert [zone.start for zone in gauge.zones] == [0, *ends[:-1]]
        assert ends[-1] == 100


def test_a_zone_that_no_value_lies_in_is_left_out(course: Course) -> None:
    scenario = course.scenario(SESSION).model_copy(update={"window": (0, 10)})

    assert [zone.kind for zone in gauges.arousal(scenario, CALM, None).zones] == ["window"]
