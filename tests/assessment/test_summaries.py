"""Attempts, a line each."""

from collections.abc import Sequence
from datetime import timedelta

from app.assessment import queries, services
from app.content.records import Course
from app.extensions import db
from tests.conftest import START, Browser
from tests.statements import statements
from tests.taking import answer_all, start, wrong


class TestSummaries:
    def test_they_count_what_was_asked_and_answered_newest_first(
        self, course: Course, ada: Browser, cy: Browser
    ) -> None:
        old = answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START, wrongly=[2])
        later = START + timedelta(hours=1)
        new = start(course, ada.person_id, "brewing", later)
        (first, *_) = queries.attempt(new, ada.person_id).items
        services.answer(new, ada.person_id, 1, wrong(first), now=later)
        start(course, cy.person_id, "brewing", later)

        found = queries.summaries(ada.person_id, "brewing")

        lines: Sequence[object] = [(one.id, one.answered, one.asked, one.percent, one.passed) for one in found]
        assert lines == [(new, 1, 6, None, False), (old.id, 6, 6, 83, True)]
        assert queries.summaries(ada.person_id, "serving") == ()
        assert queries.summaries(ada.person_id) == found

    def test_they_read_no_rows_of_other_people(self, course: Course, ada: Browser) -> None:
        """A page that everybody opens must not walk through everybody's answers."""
        with statements(db.engine) as said:
            queries.summaries(ada.person_id)
        (statement,) = said
        explained = db.session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", (1,) * statement.count("?")
        )
        plans = [row[3] for row in explained]

        assert [plan for plan in plans if plan.startswith("SCAN")] == []
