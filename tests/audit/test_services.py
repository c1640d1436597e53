"""Who did what to whom."""

from sqlalchemy import select

from app.audit.models import AuditEntry
from app.extensions import db
from tests.conftest import START, Browser


def entries() -> list[tuple[object, str, str, dict[str, object]]]:
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [(row.actor_id, row.act, row.subject, row.details) for row in rows]


def test_inviting_and_withdrawing_are_noted_without_addresses(bea: Browser) -> None:
    bea.post("/admin/invitations", {"addresses": "dora@example.org\nemil@example.org"})
    bea.post("/admin/invitations/1/withdraw")

    assert entries() == [
        (bea.person_id, "invite", "invitations", {"people": 2}),
        (bea.person_id, "withdraw", "invitation 1", {}),
    ]
    assert {row.at for row in db.session.scalars(select(AuditEntry))} == {START}


def test_an_invitation_that_is_refused_is_not_noted(bea: Browser) -> None:
    bea.post("/admin/invitations", {"addresses": "nobody"})

    assert entries() == []
