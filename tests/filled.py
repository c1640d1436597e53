"""Two institutes, equally full: the small demo on the sample course, with somebody signed in for every role."""

import sqlite3
from collections.abc import Mapping
from contextvars import Context
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Select, select
from werkzeug.test import TestResponse

from app import create_app, demo
from app.accounts import queries as people
from app.accounts import sign_ins
from app.assessment.models import Attempt, AttemptItem, Dispute, QuestionVersion
from app.demo.plans import CEDAR, LINDEN, InstitutePlan
from app.enrolment.models import Cohort, Membership
from app.extensions import db
from app.institutes import invitations
from app.institutes.models import Institute, Invitation
from app.mail.models import Letter
from config import Settings
from tests.conftest import SAMPLE_COURSE, START

Role = Literal["administrator", "supervisor", "other supervisor", "former supervisor", "trainee", "former trainee"]
Row = TypeVar("Row")

SITE = "bea@example.org"
"""Who runs the site."""


@dataclass(frozen=True)
class House:
    """One institute: its people by role, and the parts of addresses that lead to what is its own."""

    plan: InstitutePlan
    people: Mapping[Role, UUID]
    given: Mapping[str, object]


@dataclass
class Filled:
    """The application, and its database as it was filled."""

    app: Flask
    snapshot: Path
    linden: House
    cedar: House
    tokens: dict[UUID, str] = field(default_factory=dict)

    def browser(self, person_id: UUID | None) -> "Visitor":
        return Visitor(self.app, None if person_id is None else self.tokens[person_id])

    def put_back(self) -> None:
        """Let the database be again as it was filled."""
        db.session.remove()
        with sqlite3.connect(self.snapshot) as before, sqlite3.connect(self.app.config["SETTINGS"].data / "x") as now:
            before.backup(now)


class Visitor:
    """A browser in which somebody is signed in, or nobody."""

    def __init__(self, app: Flask, token: str | None) -> None:
        self.client: FlaskClient = app.test_client()
        if token is not None:
            with self.client.session_transaction() as cookie:
                cookie["_user_id"] = token

    def ask(self, method: str, path: str, data: Mapping[str, object] | None = None) -> TestResponse:
        db.session.remove()
        return Context().run(lambda: self.client.open(path, method=method, data=data))


def filled(folder: Path) -> Filled:
    """The small demo, filled now; its clock stands at START."""
    settings = Settings(data=folder, course=SAMPLE_COURSE, database=f"sqlite:///{folder / 'x'}", secret_key="k" * 40)
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    with app.app_context():
        db.create_all()
        demo.fill(START, scale="small")
        made = Filled(app, folder / "snapshot", _house(LINDEN), _house(CEDAR))
        for person_id in (person(SITE), *made.linden.people.values(), *made.cedar.people.values()):
            made.tokens[person_id] = sign_ins.start(person_id, "", START)
        db.session.commit()
        db.session.remove()
        with sqlite3.connect(folder / "x") as now, sqlite3.connect(made.snapshot) as kept:
            now.backup(kept)
        return made


def _house(plan: InstitutePlan) -> House:
    institute = one(select(Institute).where(Institute.slug == plan.slug))
    cohort = one(select(Cohort).where(Cohort.institute_id == institute.id).order_by(Cohort.id))
    here = Membership.cohort_id == cohort.id
    trainee = one(
        select(Membership)
        .join(Attempt, Attempt.person_id == Membership.person_id)
        .where(here, Membership.left_at.is_(None), Attempt.kind == "module")
        .order_by(Membership.id.desc())
    )
    attempt = one(select(Attempt).where(Attempt.person_id == trainee.person_id, Attempt.kind == "module"))
    supervisors = [person(account.email) for account in plan.supervisors]
    return House(
        plan,
        {
            "administrator": person(plan.administrator.email),
            "supervisor": supervisors[0],
            "other supervisor": supervisors[1],
            "former supervisor": person(f"former@{plan.domain}"),
            "trainee": trainee.person_id,
            "former trainee": one(select(Membership).where(here, Membership.left_at.is_not(None))).person_id,
        },
        {
            "slug": plan.slug,
            "institute_id": institute.id,
            "cohort_id": cohort.id,
            "person_id": trainee.person_id,
            "membership_id": trainee.id,
            "attempt_id": attempt.id,
            "invitation_id": one(select(Invitation).where(Invitation.cohort_id == cohort.id)).id,
            "letter_id": one(select(Letter).where(Letter.institute_id == institute.id)).id,
            "dispute_id": one(
                select(Dispute).where(Dispute.person_id.in_(select(Membership.person_id).where(here)))
            ).id,
            "scoring_digest": one(
                select(QuestionVersion)
                .join(AttemptItem, AttemptItem.digest == QuestionVersion.digest)
                .where(AttemptItem.attempt_id == attempt.id)
            ).scoring_digest,
            "staff_invitation_id": one(
                select(Invitation).where(Invitation.institute_id == institute.id, Invitation.cohort_id.is_(None))
            ).id,
            "code": one(
                select(Cohort).where(Cohort.institute_id == institute.id, Cohort.join_code.is_not(None))
            ).join_code,
            "token": invitations.invite(
                institute.id,
                role="trainee",
                email=f"token@{plan.domain}",
                cohort_id=cohort.id,
                invited_by=None,
                now=START,
            ).token,
            "year": START.year,
            "version": institute.version,
        },
    )


def one(asked: Select[Row]) -> Row:
    """The first that is found; there must be one."""
    found = db.session.scalars(asked).first()
    assert found is not None, asked
    return found


def person(email: str) -> UUID:
    found = people.person_id_of(email)
    assert found is not None, email
    return found
