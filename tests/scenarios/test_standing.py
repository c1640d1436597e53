"""How it stands with a session, from its runs."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from app.content.records import Course
from app.scenarios.records import RunSummary
from app.scenarios.standing import standing
from tests.conftest import START
from tests.leading import SESSION


def run(scenario_id: str = SESSION, *, ended: bool = True, debriefed: bool = True) -> RunSummary:
    later: datetime = START + timedelta(hours=1)
    return RunSummary(
        id=uuid4(),
        scenario_id=scenario_id,
        started_at=START,
        finished_at=later if ended else None,
        ending="warm" if ended else None,
        debriefed_at=later if debriefed else None,
        decisions=10,
        further=0,
    )


OPEN, WAITING, DONE, ELSEWHERE = (
    run(ended=False, debriefed=False),
    run(debriefed=False),
    run(),
    run("attic"),
)


@pytest.mark.parametrize(
    ("runs", "state", "chosen"),
    [
        ((), "untouched", None),
        ((ELSEWHERE,), "untouched", None),
        ((OPEN,), "open", OPEN),
        ((WAITING,), "debrief", WAITING),
        ((DONE,), "done", DONE),
        ((WAITING, OPEN, DONE), "open", OPEN),
        ((DONE, WAITING), "debrief", WAITING),
    ],
)
def test_what_is_open_comes_before_what_waits_and_that_before_what_is_done(
    course: Course, runs: tuple[RunSummary, ...], state: str, chosen: RunSummary | None
) -> None:
    found = standing(course.scenario(SESSION), runs)

    assert (found.state, found.run) == (state, chosen)
