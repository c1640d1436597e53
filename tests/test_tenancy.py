"""Every route of institutes, in every role, over two that are full; and nothing of one is told at the other."""

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from app import access
from app.accounts.models import Identity
from app.enrolment.models import Cohort, Membership
from app.extensions import db
from app.institutes.models import Invitation, Staff
from app.mail.models import Letter
from tests.addresses import ARGUMENTS, Address
from tests.conftest import Clock
from tests.filled import SITE, Filled, House, Role, Visitor, filled, person

OPENED, ABSENT, REFUSED, SIGN_IN = "opened", "absent", "refused", "sign in"

# Who sees what is Linden's. Whoever has no seat anywhere is refused before anything is looked up; whoever has one
# elsewhere learns no more than that nothing is there.
NOBODY = {
    "administrator": ABSENT,
    "supervisor": ABSENT,
    "other supervisor": ABSENT,
    "former supervisor": REFUSED,
    "trainee": REFUSED,
    "former trainee": REFUSED,
    "administrator elsewhere": ABSENT,
    "supervisor elsewhere": ABSENT,
    "trainee elsewhere": REFUSED,
    "site administrator": REFUSED,
    "stranger": SIGN_IN,
}
ADMINISTRATORS = {**NOBODY, "administrator": OPENED}
COHORT_STAFF = {**ADMINISTRATORS, "supervisor": OPENED}
INSTITUTE_STAFF = {**COHORT_STAFF, "other supervisor": OPENED}
ANY_STAFF = {**INSTITUTE_STAFF, "administrator elsewhere": OPENED, "supervisor elsewhere": OPENED}
SIGNED_IN = {**dict.fromkeys(NOBODY, OPENED), "stranger": SIGN_IN}
MEMBER = {**dict.fromkeys(NOBODY, ABSENT), "trainee": OPENED, "stranger": SIGN_IN}
SITE_ALONE = {**dict.fromkeys(NOBODY, REFUSED), "site administrator": OPENED, "stranger": SIGN_IN}
EVERYBODY = dict.fromkeys(NOBODY, OPENED)

DISPUTE_OWNER = {**NOBODY, "supervisor": OPENED, "site administrator": ABSENT}

ROUTES = {
    "audit.export": ADMINISTRATORS,
    "audit.index": ADMINISTRATORS,
    "audit.looks": SIGNED_IN,
    "cohorts.bring_back": ADMINISTRATORS,
    "cohorts.copy": ADMINISTRATORS,
    "cohorts.extend": ADMINISTRATORS,
    "cohorts.import_people": ADMINISTRATORS,
    "cohorts.invite": ADMINISTRATORS,
    "cohorts.join_link": ADMINISTRATORS,
    "cohorts.member": ADMINISTRATORS,
    "cohorts.move": ADMINISTRATORS,
    "cohorts.new": ADMINISTRATORS,
    "cohorts.people": COHORT_STAFF,
    "cohorts.put_away": ADMINISTRATORS,
    "cohorts.remove": ADMINISTRATORS,
    "cohorts.resend": ADMINISTRATORS,
    "cohorts.settings": ADMINISTRATORS,
    "cohorts.withdraw": ADMINISTRATORS,
    "disputes.all_disputes": {**DISPUTE_OWNER, "supervisor elsewhere": OPENED, "site administrator": OPENED},
    "disputes.one": DISPUTE_OWNER,
    "disputes.reply": DISPUTE_OWNER,
    "exports.cohort_table": COHORT_STAFF,
    "exports.institute_questions": INSTITUTE_STAFF,
    "hosting.institutes": SITE_ALONE,
    "hosting.invite_administrator": SITE_ALONE,
    "institutes.logo": EVERYBODY,
    "institutes.look": ADMINISTRATORS,
    "institutes.save_colour": ADMINISTRATORS,
    "institutes.save_logo": ADMINISTRATORS,
    "institutes.settings": ADMINISTRATORS,
    "institutes.stylesheet": EVERYBODY,
    "joining.groups": SIGNED_IN,
    "joining.invitation": EVERYBODY,
    "joining.join": EVERYBODY,
    "joining.leave": MEMBER,
    "joining.set_reminders": MEMBER,
    "letters.again": ADMINISTRATORS,
    "letters.cancel": ADMINISTRATORS,
    "letters.index": ADMINISTRATORS,
    "letters.letter": ADMINISTRATORS,
    "letters.test": ADMINISTRATORS,
    "overview.groups": ANY_STAFF,
    "overview.institute": INSTITUTE_STAFF,
    "overview.report": ADMINISTRATORS,
    "reports.dossier": ADMINISTRATORS,
    "reports.year": ADMINISTRATORS,
    "reports.year_export": ADMINISTRATORS,
    "staff.change_role": ADMINISTRATORS,
    "staff.invite": ADMINISTRATORS,
    "staff.people": ADMINISTRATORS,
    "staff.remove": ADMINISTRATORS,
    "staff.renew": ADMINISTRATORS,
    "staff.withdraw": ADMINISTRATORS,
    "supervision.as_trainee": COHORT_STAFF,
    "supervision.attention": COHORT_STAFF,
    "supervision.cohort": COHORT_STAFF,
    "supervision.end_viewing": SIGNED_IN,
    "supervision.send": COHORT_STAFF,
    "supervision.write": COHORT_STAFF,
    "teaching.agenda": COHORT_STAFF,
    "teaching.handout": COHORT_STAFF,
    "teaching.institute_question": INSTITUTE_STAFF,
    "teaching.institute_questions": INSTITUTE_STAFF,
    "teaching.question": COHORT_STAFF,
    "teaching.questions": COHORT_STAFF,
    "trainees.attempt": COHORT_STAFF,
    "trainees.trainee": COHORT_STAFF,
}
"""Every route that shows or changes what is an institute's."""
PARTS = {"slug", "institute_id", "cohort_id", "membership_id", "code"}
"""Variable parts of addresses that lead to what is an institute's."""
FEATURES = ("audit.", "cohorts.", "disputes.", "hosting.", "institutes.", "joining.", "overview.", "supervision.")


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    return filled(tmp_path_factory.mktemp("houses"))


@pytest.fixture
def app(houses: Filled, time: Clock) -> Iterator[Flask]:
    with houses.app.app_context():
        yield houses.app
        houses.put_back()


def belongs_to_institutes(app: Flask, endpoint: str) -> bool:
    parts = {part for rule in app.url_map.iter_rules(endpoint) for part in rule.arguments}
    own = endpoint.startswith(FEATURES) and endpoint != "disputes.dispute"
    return own or bool(parts & PARTS) or access.rule_of(app, endpoint) in (access.staff, access.answering)


def test_every_route_of_institutes_stands_in_the_table(sample_app: Flask) -> None:
    """One that is new has to be thought about here."""
    found = {rule.endpoint for rule in sample_app.url_map.iter_rules()}

    assert {endpoint for endpoint in found if belongs_to_institutes(sample_app, endpoint)} == set(ROUTES)


def addresses_in(app: Flask, house: House) -> Iterator[Address]:
    """Each method of each route of the table, to what is this institute's."""
    build = app.url_map.bind("localhost").build
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in ROUTES:
            continue
        values = {**ARGUMENTS, **house.given}
        if rule.endpoint.startswith("staff."):
            values["person_id"] = house.people["other supervisor"]
            values["invitation_id"] = house.given["staff_invitation_id"]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            path = build(rule.endpoint, {name: values[name] for name in rule.arguments}, method)
            yield Address(rule.endpoint, method, path)


def cast(houses: Filled) -> dict[str, UUID | None]:
    """Whoever comes to Linden's door."""
    return {
        **{str(role): person_id for role, person_id in houses.linden.people.items()},
        "administrator elsewhere": houses.cedar.people["administrator"],
        "supervisor elsewhere": houses.cedar.people["supervisor"],
        "trainee elsewhere": houses.cedar.people["trainee"],
        "site administrator": person(SITE),
        "stranger": None,
    }


def outcome(answer: TestResponse) -> str:
    if answer.status_code == 302 and (answer.location or "").startswith("/login"):
        return SIGN_IN
    said = {403: REFUSED, 404: ABSENT}.get(answer.status_code)
    return said or (OPENED if answer.status_code < 500 else str(answer.status_code))


@pytest.mark.slow
def test_the_table_names_everybody(app: Flask, houses: Filled) -> None:
    assert all(set(roles) == set(cast(houses)) for roles in ROUTES.values())


@pytest.mark.slow
@pytest.mark.parametrize("role", NOBODY)
def test_each_role_opens_what_the_table_says(app: Flask, houses: Filled, role: str) -> None:
    visitor = houses.browser(cast(houses)[role])
    sent = dict.fromkeys(("person", "to"), str(houses.linden.people["trainee"]))
    wrong = {}
    for address in addresses_in(app, houses.linden):
        data = sent if address.method == "POST" else None
        found, expected = outcome(visitor.ask(address.method, address.path, data)), ROUTES[address.endpoint][role]
        if found != expected:
            wrong[address] = (found, expected)
        if found == OPENED and address.method != "GET":
            houses.put_back()

    assert wrong == {}


EXAMPLE = "ada@example.org"
"""Stands in the help of a form, whoever opens it."""


def own_words(house: House) -> frozenset[str]:
    """What its people are called and where they are written to, and what the house and its groups are called."""
    institute_id = house.given["institute_id"]
    groups = select(Cohort.id).where(Cohort.institute_id == institute_id)
    members = select(Membership.person_id).where(Membership.cohort_id.in_(groups))
    staff = [
        *house.people.values(),
        *db.session.scalars(select(Staff.person_id).where(Staff.institute_id == institute_id)),
    ]
    who = Identity.person_id.in_([*db.session.scalars(members), *staff])
    invited = select(Invitation.name, Invitation.email).where(Invitation.institute_id == institute_id)
    people = [*db.session.execute(select(Identity.name, Identity.email).where(who)), *db.session.execute(invited)]
    named = {word for row in people for word in row if word and word != EXAMPLE}
    return frozenset(
        named | set(db.session.scalars(select(Cohort.name).where(Cohort.id.in_(groups)))) | {house.plan.name}
    )


def told(answer: TestResponse) -> str:
    """Everything that an answer says: of a workbook what its sheets say, and where a redirect leads."""
    if answer.data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
            return unescape(" ".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml")))
    return unescape(answer.data.decode(errors="replace")) + " ".join(map(str, answer.headers.values()))


LINK = re.compile(r'(?:href|action|src)="(/[^"#]*)')
ELSEWHERE = ("/static/", "/modules/", "/quizzes/", "/scenarios/", "/references", "/glossary", "/library", "/aids")
"""Pages of the course, the same for everybody."""
OF_A_KIND = 3
"""So many pages that differ only in what the parts of their address are."""


def walk(app: Flask, visitor: Visitor, addresses: Iterable[str]) -> dict[str, str]:
    """Pages of every kind that links lead to from these addresses, and what each tells."""
    match = app.url_map.bind("localhost").match
    waiting, kinds = deque(addresses), Counter[tuple[object, ...]]()
    seen: dict[str, str] = {}
    while waiting:
        parts = urlsplit(waiting.popleft())
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if path in seen or path.startswith(ELSEWHERE):
            continue
        try:
            kind = (match(parts.path, "GET")[0], *sorted(dict(parse_qsl(parts.query))))
        except HTTPException:  # a form's action, which takes no GET
            continue
        kinds[kind] += 1
        if kinds[kind] <= OF_A_KIND:
            answer = visitor.ask("GET", path)
            seen[path] = told(answer)
            links = LINK.findall(answer.text) if answer.mimetype == "text/html" else []
            waiting.extend(map(unescape, [*links, answer.location or ""]))
    return seen


@pytest.mark.slow
@pytest.mark.parametrize("role", ["administrator", "supervisor", "other supervisor", "trainee", "former trainee"])
@pytest.mark.parametrize("at", ["linden", "cedar"])
def test_nothing_that_one_institutes_people_can_open_tells_of_the_other(
    app: Flask, houses: Filled, at: str, role: Role
) -> None:
    here, there = (houses.linden, houses.cedar) if at == "linden" else (houses.cedar, houses.linden)
    own, foreign = own_words(here), own_words(there)
    assert own & foreign == set()
    doors = [address.path for address in addresses_in(app, here) if address.method == "GET"]

    seen = walk(
        app, houses.browser(here.people[role]), ["/course", "/groups", "/account/looks", "/account/groups", *doors]
    )

    leaks = {path: sorted(word for word in foreign if word in page) for path, page in seen.items()}
    assert {path: words for path, words in leaks.items() if words} == {}
    assert any(word in page for page in seen.values() for word in own), "It saw nothing at all."


@pytest.mark.slow
def test_an_administrator_sees_everybody_of_their_own(app: Flask, houses: Filled) -> None:
    """Else the test above would prove nothing."""
    here = houses.linden
    doors = [address.path for address in addresses_in(app, here) if address.method == "GET"]
    trainees = select(Membership.person_id).where(
        Membership.cohort_id == here.given["cohort_id"], Membership.left_at.is_(None)
    )
    staff = select(Staff.person_id).where(Staff.institute_id == here.given["institute_id"])
    names = select(Identity.name).where(Identity.person_id.in_(trainees) | Identity.person_id.in_(staff))

    seen = " ".join(walk(app, houses.browser(here.people["administrator"]), doors).values())

    assert sorted(name for name in db.session.scalars(names) if name not in seen) == []


@pytest.mark.slow
def test_who_runs_the_site_sees_no_trainee(app: Flask, houses: Filled) -> None:
    trainees = own_words(houses.linden) | own_words(houses.cedar)
    plans = (houses.linden.plan, houses.cedar.plan)
    public = {plan.name for plan in plans} | {
        word for plan in plans for one in plan.staff for word in (one.name, one.email)
    }

    seen = walk(app, houses.browser(person(SITE)), ["/course", "/institutes", "/disputes", "/account/invitations"])

    leaks = {path: sorted(word for word in trainees - public if word in page) for path, page in seen.items()}
    assert {path: words for path, words in leaks.items() if words} == {}


@pytest.mark.slow
@pytest.mark.parametrize(("at", "other"), [("linden", "cedar"), ("cedar", "linden")])
def test_no_letter_of_an_institute_tells_of_the_other(app: Flask, houses: Filled, at: str, other: str) -> None:
    here, there = getattr(houses, at), getattr(houses, other)
    mine = select(Letter).where(Letter.institute_id == here.given["institute_id"])
    letters = [" ".join((one.recipient, one.subject, one.copy, one.reply_to)) for one in db.session.scalars(mine)]

    assert letters != []
    assert [letter for letter in letters for word in own_words(there) if word in letter] == []
