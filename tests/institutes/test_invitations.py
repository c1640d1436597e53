"""Personal invitations: made, renewed, withdrawn, and taken up once."""

import threading
from contextvars import Context
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from app import create_app
from app.accounts import addresses, tokens
from app.errors import Conflict, NotFound
from app.extensions import db
from app.institutes import invitations, queries
from app.institutes.invitations import DeadInvitation
from app.institutes.models import Invitation
from app.institutes.records import InvitationRecord, Invited
from config import Settings
from tests.conftest import SAMPLE_COURSE, START
from tests.groups import Group, group

LATER = START + timedelta(days=3)


def invite(linden: Group, email: str = "Eve@Example.org", **options: object) -> Invited:
    values: dict[str, object] = {"role": "supervisor", "invited_by": linden.administrator.person_id, "now": START}
    return invitations.invite(linden.institute.id, email=email, **{**values, **options})  # type: ignore[arg-type]


def found(token: str) -> InvitationRecord:
    record = invitations.find(token, LATER)
    assert record is not None
    return record


def state(token: str) -> str:
    try:
        return found(token).state(LATER)
    except AssertionError:
        return "unknown"


def test_an_invitation_keeps_the_hash_of_its_secret_alone(linden: Group) -> None:
    invited = invite(linden)

    row = db.session.scalars(select(Invitation)).one()
    assert (row.token_hash, row.email, row.email_key) == (
        tokens.digest(invited.token),
        "Eve@Example.org",
        "eve@example.org",
    )
    assert invited.token not in repr(invited)
    assert found(invited.token).expires_at == START + timedelta(days=60)


def test_inviting_again_renews_the_one_there_is(linden: Group) -> None:
    first = invite(linden, name="Eve")
    again = invite(linden, email="eve@example.org", role="administrator", now=LATER)

    record = found(again.token)
    assert (again.invitation_id, record.role, record.expires_at) == (
        first.invitation_id,
        "administrator",
        LATER + timedelta(days=60),
    )
    assert (state(first.token), state(again.token)) == ("unknown", "open")


def test_one_address_may_be_asked_to_the_staff_and_into_a_cohort_and_elsewhere(linden: Group, cedar: Group) -> None:
    made = [
        invite(linden),
        invite(linden, role="trainee", cohort_id=linden.cohort_id),
        invite(cedar),
    ]

    assert [state(one.token) for one in made] == ["open"] * 3
    assert len({one.invitation_id for one in made}) == 3


def test_an_address_to_which_no_letter_goes_is_refused(linden: Group) -> None:
    with pytest.raises(addresses.BadAddress):
        invite(linden, email="eve")


def test_renewing_ends_the_link_before(linden: Group) -> None:
    first = invite(linden)

    again = invitations.renew(first.invitation_id, linden.institute.id, LATER)

    assert again.invitation_id == first.invitation_id
    assert (state(first.token), state(again.token)) == ("unknown", "open")


def test_what_has_run_out_can_be_renewed_and_what_is_closed_cannot(linden: Group) -> None:
    old, withdrawn, taken = (invite(linden, email=f"{name}@example.org") for name in ("old", "withdrawn", "taken"))
    invitations.withdraw(withdrawn.invitation_id, linden.institute.id, START)
    invitations.take(taken.token, linden.trainee.person_id, START)

    much_later = START + timedelta(days=61)
    renewed = invitations.renew(old.invitation_id, linden.institute.id, much_later)

    fresh = invitations.find(renewed.token, much_later)
    assert fresh is not None and fresh.state(much_later) == "open"
    for closed in (withdrawn, taken):
        with pytest.raises(Conflict):
            invitations.renew(closed.invitation_id, linden.institute.id, much_later)


def test_nobody_renews_or_withdraws_what_is_another_institutes(linden: Group, cedar: Group) -> None:
    invited = invite(linden)

    for verb in (invitations.renew, invitations.withdraw):
        with pytest.raises(NotFound):
            verb(invited.invitation_id, cedar.institute.id, LATER)

    assert state(invited.token) == "open"


def test_withdrawing_twice_changes_nothing_and_leaves_room_for_another(linden: Group) -> None:
    invited = invite(linden)
    for days in (1, 2):
        invitations.withdraw(invited.invitation_id, linden.institute.id, START + timedelta(days=days))

    again = invite(linden)

    assert db.session.get_one(Invitation, invited.invitation_id).withdrawn_at == START + timedelta(days=1)
    assert (state(invited.token), state(again.token)) == ("withdrawn", "open")
    assert again.invitation_id != invited.invitation_id


def test_an_invitation_is_taken_up_once(linden: Group, cedar: Group) -> None:
    invited = invite(linden)

    taken = invitations.take(invited.token, cedar.trainee.person_id, LATER)

    assert (taken.id, taken.state(LATER)) == (invited.invitation_id, "accepted")
    with pytest.raises(DeadInvitation) as again:
        invitations.take(invited.token, linden.trainee.person_id, LATER)
    assert again.value.state == "accepted"
    assert db.session.get_one(Invitation, invited.invitation_id).accepted_by == cedar.trainee.person_id


def test_a_dead_invitation_says_what_it_died_of(linden: Group) -> None:
    withdrawn, old = invite(linden), invite(linden, email="old@example.org", lasts=timedelta(days=2))
    invitations.withdraw(withdrawn.invitation_id, linden.institute.id, START)

    said = []
    for token in (withdrawn.token, old.token, "made-up"):
        with pytest.raises(DeadInvitation) as fault:
            invitations.take(token, linden.trainee.person_id, LATER)
        said.append(fault.value.state)

    assert said == ["withdrawn", "expired", "unknown"]


def test_long_after_it_ran_out_nothing_is_told_of_an_invitation(linden: Group) -> None:
    invited = invite(linden, lasts=timedelta(days=2))

    assert invitations.find(invited.token, START + timedelta(days=91)) is not None
    assert invitations.find(invited.token, START + timedelta(days=92)) is None


def test_of_many_who_take_one_invitation_at_the_same_moment_one_gets_it(tmp_path: Path) -> None:
    app = create_app(
        Settings(
            data=tmp_path,
            course=SAMPLE_COURSE,
            database=f"sqlite:///{tmp_path / 'x.sqlite3'}",
            secret_key="k" * 40,
        )
    )
    with app.app_context():
        db.create_all()
        linden = group("Linden", ("Bea", "Ben", "Ada"), now=START)
        invited = invite(linden)
        db.session.commit()
    people = [linden.administrator.person_id, linden.supervisor.person_id, linden.trainee.person_id] * 4
    together, won, lost = threading.Barrier(len(people)), list[UUID](), list[str]()

    def take(person_id: UUID) -> None:
        with app.app_context():
            together.wait()
            try:
                invitations.take(invited.token, person_id, LATER)
                db.session.commit()
                won.append(person_id)
            except DeadInvitation as fault:
                lost.append(fault.state)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=Context().run, args=(take, one)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.app_context():
        row = db.session.scalars(select(Invitation)).one()
        assert (len(won), lost) == (1, ["accepted"] * (len(people) - 1))
        assert row.accepted_by == won[0]
        db.session.remove()
        db.engine.dispose()


def test_the_list_of_invitations_is_that_of_one_cohort_or_of_the_staff(linden: Group, cedar: Group) -> None:
    to_staff, to_cohort = invite(linden), invite(linden, role="trainee", cohort_id=linden.cohort_id)
    invite(cedar)

    assert [one.id for one in queries.invitations(linden.institute.id, None)] == [to_staff.invitation_id]
    assert [one.id for one in queries.invitations(linden.institute.id, linden.cohort_id)] == [to_cohort.invitation_id]
