from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Identity, Person, SignIn, SingleUseToken
from app.extensions import Base, db
from tests.accounts.conftest import START, Join

LATER = START + timedelta(hours=1)
SOMEBODY = uuid4()


def token(**changed: object) -> SingleUseToken:
    values = {"token_hash": "h", "purpose": "invitation", "email": "ada@example.org", "created_at": START}
    return SingleUseToken(**(values | {"expires_at": LATER} | changed))


def sign_in(**changed: object) -> SignIn:
    values = {"token_hash": "h", "person_id": SOMEBODY, "created_at": START, "last_seen_at": START, "agent": ""}
    return SignIn(**(values | changed))


def identity(**changed: object) -> Identity:
    values = {"person_id": SOMEBODY, "name": "Cy", "email": "c@d.org", "email_key": "c@d.org", "password_hash": "x"}
    return Identity(**(values | {"administrator": False, "created_at": START, "changed_at": START} | changed))


@pytest.mark.parametrize(
    "row",
    [
        lambda: token(purpose="anything"),
        lambda: token(email=None),
        lambda: token(person_id=SOMEBODY),
        lambda: token(purpose="reset"),
        lambda: token(purpose="change_email"),
        lambda: token(purpose="first_administrator"),
        lambda: token(expires_at=START),
        lambda: sign_in(last_seen_at=START - timedelta(seconds=1)),
        lambda: sign_in(ended_at=START - timedelta(seconds=1)),
        lambda: sign_in(person_id=uuid4()),
        lambda: identity(name=""),
        lambda: identity(email=""),
        lambda: identity(email_key="C@d.org"),
        lambda: identity(email_key="ada@example.org"),
        lambda: identity(person_id=uuid4()),
    ],
)
def test_the_database_refuses_what_must_not_be(join: Join, row: Callable[[], Base]) -> None:
    join("ada")
    db.session.add(Person(id=SOMEBODY, created_at=START))
    db.session.commit()
    db.session.add(row())

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_nothing_but_an_id_and_a_moment_is_known_of_a_person() -> None:
    assert set(Base.metadata.tables["people"].columns.keys()) == {"id", "created_at"}
