"""The pages of institutes and groups in their states: the small demo on the shipped course, and an institute where
nothing has happened yet."""

from collections.abc import MutableMapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app import clock
from app.accounts.queries import person_id_of
from app.assessment.models import Attempt, AttemptItem, Dispute, QuestionVersion
from app.audit.models import AuditEntry
from app.demo.plans import LINDEN
from app.enrolment import arranging
from app.enrolment.models import Cohort, Membership
from app.enrolment.queries import belongings
from app.institutes import invitations, services
from app.institutes.models import Institute
from app.mail.models import Letter
from tests.browser import acts
from tests.browser.acts import State
from tests.browser.instance import Instance
from tests.filled import one

HOME, EMPTY = "/institutes/linden", "/institutes/birch"
LISTED = """name;email
Quentin Rowe;quentin@example.org
Somebody Nowhere;somebody at example.org
Quentin Rowe;quentin@example.org
;"""

_ADMINISTRATOR = (
    State("group-institute", HOME, who="ingrid"),
    State("group-institute-empty", EMPTY, who="wren"),
    State("group-settings", f"{HOME}/settings", who="ingrid"),
    State(
        "group-settings-faults",
        f"{HOME}/settings",
        who="ingrid",
        act=acts.fill_and_push("Save", {"Name": ""}),
        status=422,
    ),
    State("group-look", f"{HOME}/look", who="ingrid"),
    State("group-look-without-any", f"{EMPTY}/look", who="wren"),
    State("group-look-weak", f"{HOME}/look?colour=%23e67e22", who="ingrid"),
    State("group-staff", f"{HOME}/staff", who="ingrid"),
    State("group-staff-faults", f"{HOME}/staff", who="ingrid", act=acts.push("Send the invitation"), status=422),
    State("group-letters", f"{HOME}/letters", who="ingrid"),
    State("group-letters-failed", f"{HOME}/letters?state=failed", who="ingrid"),
    State("group-letters-none", f"{EMPTY}/letters", who="wren"),
    State("group-letter", "{group-letter}", who="ingrid"),
    State("group-letter-failed", "{group-letter-failed}", who="ingrid"),
    State("group-audit", f"{HOME}/audit", who="ingrid"),
    State("group-audit-none", f"{EMPTY}/audit", who="wren"),
    State("group-report", "{group-report}", who="ingrid"),
    State("group-report-empty", f"{EMPTY}/report/2001", who="wren"),
    State("group-dossier", f"{HOME}/dossier", who="ingrid"),
    State("group-new", f"{HOME}/cohorts/new", who="ingrid"),
    State("group-new-faults", f"{HOME}/cohorts/new", who="ingrid", act=acts.push("Set up the group"), status=422),
    State("group-cohort-settings", "{group}/settings", who="ingrid"),
    State("group-cohort-settings-put-away", "{group-put-away}/settings", who="wren"),
    State("group-copy", "{group}/copy", who="ingrid"),
    State("group-people", "{group}/people", who="ingrid"),
    State("group-people-none", "{group-empty}/people", who="wren"),
    State("group-member", "{group-member}", who="ingrid"),
    State("group-import", "{group}/people/import", who="ingrid"),
    State(
        "group-import-preview",
        "{group}/people/import",
        who="ingrid",
        act=acts.fill_and_push("Look through the list", {"Or paste the list (optional)": LISTED}),
    ),
)
_SUPERVISOR = (
    State("group-mine-to-look-after", "/groups", who="bertram"),
    State("group-institute-as-supervisor", HOME, who="bertram"),
    State("group", "{group}", who="bertram"),
    State("group-snooze", "{group}", who="bertram", act=acts.unfold("Snooze")),
    State("group-needs", "{group}?needs=1", who="bertram"),
    State("group-filtered", "{group}?show=needing&sort=-last", who="bertram"),
    State("group-nobody-fits", "{group}?q=nobody+of+this+name", who="bertram"),
    State("group-empty", "{group-empty}", who="wren"),
    State("group-put-away", "{group-put-away}", who="wren"),
    State("group-write", "{group}/write?to={group-trainee}", who="bertram"),
    State(
        "group-write-faults",
        "{group}/write?to={group-trainee}",
        who="bertram",
        act=acts.fill_and_push("Send the letter", {"Subject": ""}),
        status=422,
    ),
    State("group-trainee", "{group}/trainees/{group-trainee}", who="bertram"),
    State("group-attempt", "{group-attempt}", who="bertram"),
    State("group-agenda", "{group}/agenda", who="bertram"),
    State("group-agenda-empty", "{group-empty}/agenda", who="wren"),
    State("group-handout", "{group}/handout", who="bertram"),
    State("group-handout-empty", "{group-empty}/handout", who="wren"),
    State("group-questions", "{group}/questions", who="bertram"),
    State("group-questions-empty", "{group-empty}/questions", who="wren"),
    State("group-questions-pooled", f"{HOME}/questions", who="bertram"),
    State("group-question", "{group}/questions/{group-question}", who="bertram"),
    State("group-dispute", "{group-dispute}", who="bertram"),
    State("group-as-trainee", "{group}", who="bertram", act=acts.push("View as a trainee")),
)
_TRAINEE = (
    State("group-join", "{group-join}"),
    State("group-join-signed-in", "{group-join}", who="dana"),
    State("group-join-without-agreeing", "{group-join}", who="dana", act=acts.push("Join the group"), status=422),
    State("group-join-closed", "/join/nothing", status=404),
    State("group-invitation", "/invitations/{group-invitation}"),
    State("group-invitation-faults", "/invitations/{group-invitation}", act=acts.push("Register and join"), status=422),
    State("group-invitation-another-address", "/invitations/{group-invitation}", who="dana"),
    State("group-invitation-to-staff", "/invitations/{group-invitation-to-staff}"),
    State("group-invitation-run-out", "/invitations/{group-invitation-run-out}", status=410),
    State("group-mine", "/account/groups", who="looked-at"),
    State("group-mine-none", "/account/groups", who="dana"),
    State("group-leave", "{group-leave}", who="looked-at"),
    State("group-looks", "/account/looks", who="looked-at"),
    State("group-looks-else", "/account/looks?other=1", who="looked-at"),
    State("group-looks-none", "/account/looks", who="dana"),
    State("group-course", "/course", who="looked-at"),
)
STATES = (
    State("institutes", "/institutes", who="bea"),
    State(
        "institutes-faults",
        "/institutes",
        who="bea",
        act=acts.push("Found it and send the invitation"),
        status=422,
    ),
    *_ADMINISTRATOR,
    *_SUPERVISOR,
    *_TRAINEE,
)


def fill(instance: Instance, people: MutableMapping[str, UUID], addresses: MutableMapping[str, str]) -> None:
    """Beside the two institutes of the small demo, which are there, one that has just begun; and who looks at what."""
    people["wren"] = instance.join("Wren Halloway").person_id
    with instance.committing():
        _found_birch(people["wren"], addresses)
        institute = one(select(Institute).where(Institute.slug == LINDEN.slug))
        cohort = one(select(Cohort).where(Cohort.name == LINDEN.cohorts[0].name))
        _find_trainee(cohort, people, addresses)
        _find_letters(institute, addresses)
        _invite(institute, cohort, addresses)


def _found_birch(administrator: UUID, addresses: MutableMapping[str, str]) -> None:
    now = clock.now()
    institute = services.create_institute("Birch House", slug="birch", now=now)
    services.give_seat(institute.id, administrator, "administrator", now=now)
    for name in ("empty", "put-away"):
        cohort_id = arranging.create(institute.id, arranging.CohortSettings(f"A group, {name}"), now=now)
        addresses[f"group-{name}"] = f"/cohorts/{cohort_id}"
    arranging.put_away(cohort_id, now=now)


def _find_trainee(cohort: Cohort, people: MutableMapping[str, UUID], addresses: MutableMapping[str, str]) -> None:
    """Somebody of the group whom its supervisor has looked at, with an attempt and a question of it."""
    member = one(
        select(Membership)
        .join(AuditEntry, AuditEntry.person_id == Membership.person_id)
        .join(Attempt, Attempt.person_id == Membership.person_id)
        .where(
            Membership.cohort_id == cohort.id,
            Membership.left_at.is_(None),
            AuditEntry.act == "look",
            Attempt.kind == "module",
        )
    )
    attempt = one(select(Attempt).where(Attempt.person_id == member.person_id, Attempt.kind == "module"))
    question = one(
        select(QuestionVersion)
        .join(AttemptItem, AttemptItem.digest == QuestionVersion.digest)
        .where(AttemptItem.attempt_id == attempt.id)
    )
    dispute = one(
        select(Dispute)
        .join(Membership, Membership.person_id == Dispute.person_id)
        .where(Membership.cohort_id == cohort.id)
    )
    people["looked-at"] = member.person_id
    group = f"/cohorts/{cohort.id}"
    addresses.update(
        {
            "group": group,
            "group-member": f"{group}/people/{member.id}",
            "group-trainee": str(member.person_id),
            "group-attempt": f"{group}/trainees/{member.person_id}/attempts/{attempt.id}",
            "group-question": question.scoring_digest,
            "group-dispute": f"/disputes/{dispute.id}",
            "group-leave": f"/account/groups/{belongings(member.person_id)[0].membership_id}/leave",
            "group-report": f"{HOME}/report/{clock.now().year}",
        }
    )


def _find_letters(institute: Institute, addresses: MutableMapping[str, str]) -> None:
    letters = select(Letter).where(Letter.institute_id == institute.id)
    sent = one(letters.where(Letter.sent_at.is_not(None), Letter.kind == "invitation"))
    failed = one(letters.where(Letter.failed_at.is_not(None)))
    addresses["group-letter"] = f"{HOME}/letters/{sent.id}"
    addresses["group-letter-failed"] = f"{HOME}/letters/{failed.id}"


def _invite(institute: Institute, cohort: Cohort, addresses: MutableMapping[str, str]) -> None:
    """The links that letters hold, one of them run out; and the one that is open to a whole room."""
    now, administrator = clock.now(), person_id_of(LINDEN.administrator.email)
    long_ago = now - invitations.LASTS - timedelta(days=1)
    for name, role, at in (
        ("invitation", "trainee", now),
        ("invitation-to-staff", "supervisor", now),
        ("invitation-run-out", "trainee", long_ago),
    ):
        made = invitations.invite(
            institute.id,
            role=role,  # type: ignore[arg-type]
            email=f"{name}@example.org",
            name="Quentin Rowe",
            cohort_id=cohort.id if role == "trainee" else None,
            invited_by=administrator,
            now=at,
        )
        addresses[f"group-{name}"] = made.token
    arranging.open_link(cohort.id)
    addresses["group-join"] = f"/join/{cohort.join_code}"
