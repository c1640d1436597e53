"""Migrations, with rows in every table, and what they build held against the models."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from uuid import UUID

import pytest
from flask import Flask
from flask.ctx import AppContext
from sqlalchemy import Connection, insert, inspect, select, text
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table

from app import create_app, schema
from app.extensions import Base, db, migrate
from config import ROOT, Settings
from tests.conftest import SAMPLE_COURSE, START

LATER = START.replace(hour=23)
ADA = UUID(int=1)
ATTEMPT = UUID(int=2)
RUN = UUID(int=4)
ROWS: dict[str, list[dict[str, object]]] = {
    "people": [{"id": ADA, "created_at": START}],
    "identities": [
        {
            "person_id": ADA,
            "name": "Ada",
            "email": "Ada@example.org",
            "email_key": "ada@example.org",
            "password_hash": "x",
            "administrator": True,
            "created_at": START,
            "changed_at": START,
        }
    ],
    "sign_ins": [{"token_hash": "t", "person_id": ADA, "created_at": START, "last_seen_at": LATER, "agent": ""}],
    "single_use_tokens": [
        {"token_hash": "u", "purpose": "reset", "person_id": ADA, "created_at": START, "expires_at": LATER},
        {"token_hash": "v", "purpose": "invitation", "email": "b@x", "created_at": START, "expires_at": LATER},
    ],
    "failed_sign_ins": [{"email_key_hash": "e", "address_hash": "a", "at": START}],
    "letters": [
        {"recipient": "b@x", "subject": "S", "body": "B", "queued_at": START, "due_at": START, "tries": 0, "error": ""},
    ],
    "audit_entries": [{"at": START, "actor_id": ADA, "act": "invite", "subject": "b", "details": {"a": 1}}],
    "institutes": [
        {
            "id": 1,
            "slug": "linden",
            "name": "Linden",
            "contact": "",
            "time_zone": "Europe/Berlin",
            "privacy": "",
            "certificate_line": "",
            "signatory": "",
            "colour": "#0f5c5c",
            "logo": b"x",
            "logo_type": "image/png",
            "version": 1,
            "retention_years": 7,
            "created_at": START,
        }
    ],
    "staff": [{"institute_id": 1, "person_id": ADA, "role": "administrator", "since": START}],
    "cohorts": [
        {
            "id": 1,
            "institute_id": 1,
            "name": "Autumn",
            "due_on": LATER.date(),
            "in_order": False,
            "join_open": False,
            "created_at": START,
        }
    ],
    "cohort_supervisors": [{"cohort_id": 1, "person_id": ADA}],
    "invitations": [
        {
            "institute_id": 1,
            "cohort_id": 1,
            "role": "trainee",
            "name": "",
            "email": "B@x",
            "email_key": "b@x",
            "token_hash": "w",
            "invited_by": ADA,
            "invited_at": START,
            "expires_at": LATER,
        }
    ],
    "memberships": [{"id": 1, "cohort_id": 1, "person_id": ADA, "joined_at": START, "reminders": True}],
    "notices": [{"membership_id": 1, "kind": "overdue", "due_on": START.date(), "written_at": START}],
    "attention_marks": [
        {
            "cohort_id": 1,
            "person_id": ADA,
            "reason": "still",
            "state": "snoozed",
            "until": LATER.date(),
            "marked_by": ADA,
            "marked_at": START,
        }
    ],
    "question_versions": [
        {
            "digest": "d",
            "scoring_digest": "s",
            "quiz_id": "tea",
            "vignette_id": "v",
            "question_id": "q",
            "type": "choice",
            "schema_version": 1,
            "data": {"a": ["ł", 1]},
            "created_at": START,
        }
    ],
    "attempts": [
        {
            "id": ATTEMPT,
            "person_id": ADA,
            "quiz_id": "tea",
            "kind": "module",
            "edition": "1",
            "pass_mark": 80,
            "started_at": START,
            "closed_at": LATER,
            "earned": 1,
            "possible": 2,
        }
    ],
    "attempt_items": [{"attempt_id": ATTEMPT, "position": 1, "digest": "d", "stored_order": ["b", "a"], "exposure": 1}],
    "responses": [
        {"attempt_id": ATTEMPT, "position": 1, "answer": ["b"], "earned": 1, "possible": 2, "answered_at": LATER}
    ],
    "swaps": [{"attempt_id": ATTEMPT, "vignette_id": "w", "replaced_by": "v", "swapped_at": START}],
    "self_ratings": [{"attempt_id": ATTEMPT, "position": 1, "met": ["choice"], "rated_at": LATER}],
    "disputes": [
        {"attempt_id": ATTEMPT, "position": 1, "person_id": ADA, "digest": "d", "text": "Why?", "raised_at": LATER}
    ],
    "scenario_runs": [
        {
            "id": RUN,
            "person_id": ADA,
            "scenario_id": "pot",
            "digest": "d",
            "edition": "1",
            "started_at": START,
            "finished_at": LATER,
            "ending": "warm",
            "debriefed_at": LATER,
        }
    ],
    "scenario_branches": [
        {"run_id": RUN, "number": 0, "opened_at": START},
        {"run_id": RUN, "number": 1, "from_branch": 0, "from_sequence": 1, "opened_at": LATER},
    ],
    "moves": [
        {"run_id": RUN, "branch": 0, "sequence": 1, "node": "n1", "move": "ask", "reading": "away", "made_at": START}
    ],
    "debriefs": [{"run_id": RUN, "reaction": "r", "intended": "i", "question": "q", "written_at": LATER}],
    "section_reads": [
        {"person_id": ADA, "module_id": "m", "section_id": "s", "edition": "1", "read_at": START},
    ],
    "certificates": [
        {
            "id": UUID(int=3),
            "person_id": ADA,
            "status": "valid",
            "name": "Ada",
            "heading": "H",
            "title": "T",
            "edition": "1",
            "hours": "4.5",
            "statement": "S",
            "review": "R",
            "completed_on": START.date(),
            "issued_at": START,
            "hash": "h",
        }
    ],
}
"""At least one row of every table, children of each CASCADE among them."""

Catalogue = dict[str, list[str]]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Flask]]:
    """Makes applications, each on an empty database of its own. The last one's context is open."""
    contexts: list[AppContext] = []

    def make() -> Flask:
        data = tmp_path / str(len(contexts))
        data.mkdir()
        if request.param == "sqlite":
            url = f"sqlite:///{data / 'x.sqlite3'}"
        else:
            stack = request.getfixturevalue("postgres_server").database()
            url = stack.__enter__()
            request.addfinalizer(lambda: stack.__exit__(None, None, None))
        app = create_app(Settings(data=data, course=SAMPLE_COURSE, database=url, secret_key="k" * 40))
        context = app.app_context()
        context.push()
        contexts.append(context)
        return app

    yield make
    for context in reversed(contexts):
        db.session.remove()
        db.engine.dispose()
        context.pop()


def fill() -> None:
    for table in Base.metadata.sorted_tables:
        for row in ROWS[table.name]:
            db.session.execute(insert(table).values(row))
    db.session.commit()


def contents() -> dict[str, list[str]]:
    db.session.rollback()
    found = {
        table.name: sorted(repr(tuple(row)) for row in db.session.execute(select(table)))
        for table in Base.metadata.sorted_tables
    }
    db.session.rollback()
    return found


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names())


def test_the_rows_here_cover_every_table(app: Flask) -> None:
    assert set(ROWS) == {table.name for table in Base.metadata.sorted_tables}


def test_up_and_down_and_up_again_with_rows_in_every_table(database: Callable[[], Flask]) -> None:
    database()

    schema.upgrade()
    fill()
    filled = contents()
    schema.downgrade("base")
    below = tables()
    schema.upgrade()

    assert all(filled.values())
    assert below == {"alembic_version"}
    assert schema.is_current()
    assert contents() == {name: [] for name in ROWS}
    fill()
    assert contents() == filled


def test_upgrading_what_is_current_changes_nothing(database: Callable[[], Flask]) -> None:
    database()
    schema.upgrade()
    fill()
    before = contents()

    schema.upgrade()

    assert contents() == before


def test_what_stood_there_before_parallel_forms_stays(database: Callable[[], Flask]) -> None:
    database()
    schema.upgrade("0001")
    names = tables() - {"alembic_version"}
    for table in Base.metadata.sorted_tables:
        if table.name in names:
            for row in ROWS[table.name]:
                known = [sql_column(name, table.c[name].type) for name in row]
                db.session.execute(insert(sql_table(table.name, *known)).values(row))
    db.session.commit()

    schema.upgrade()

    found = contents()
    assert [name for name in names if len(found[name]) != len(ROWS[name])] == []
    schema.downgrade("0001")
    assert tables() == {*names, "alembic_version"}


def test_exercises_have_no_place_in_the_tables_before_and_all_else_stays(database: Callable[[], Flask]) -> None:
    database()
    schema.upgrade()
    fill()
    before = contents()
    mended = UUID(int=9)
    theirs = {"attempts": {"id": mended, "quiz_id": "mend-kit", "kind": "mend"}}
    for name in ("attempts", "attempt_items", "responses", "swaps", "self_ratings", "disputes"):
        row = {**ROWS[name][0], **theirs.get(name, {"attempt_id": mended})}
        db.session.execute(insert(Base.metadata.tables[name]).values(row))
    db.session.commit()

    schema.downgrade("0002")
    names = tables() - {"alembic_version"}
    schema.upgrade()

    found = contents()
    assert {name: found[name] for name in names} == {name: before[name] for name in names}


@pytest.fixture
def another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Append a migration of these statements to a copy of the real ones."""

    def another(body: str) -> None:
        folder = Path(copytree(ROOT / "migrations", tmp_path / "migrations", dirs_exist_ok=True))
        (head,) = schema.newest()
        lines = [
            '"""another"""',
            "import sqlalchemy as sa",
            "from alembic import op",
            f"revision, down_revision, branch_labels, depends_on = 'another', {head!r}, None, None",
            "def upgrade() -> None:",
            *(f"    {line}" for line in body.splitlines()),
            "def downgrade() -> None:",
            "    pass",
        ]
        (folder / "versions" / "another.py").write_text("\n".join(lines), encoding="utf-8")
        monkeypatch.setattr(migrate, "directory", str(folder))

    return another


REBUILD = "\n".join(
    "on_sqlite = op.get_bind().dialect.name == 'sqlite'\n"
    f"with op.batch_alter_table({name!r}, recreate='always' if on_sqlite else 'never') as b:\n"
    f"    b.add_column(sa.Column('added', sa.Integer(), nullable=True))"
    for name in ("people", "attempts", "attempt_items", "question_versions")
)


def test_rebuilding_a_table_keeps_the_rows_that_hang_on_it(
    database: Callable[[], Flask], another: Callable[[str], None]
) -> None:
    database()
    schema.upgrade()
    fill()
    before = contents()
    another(REBUILD)

    schema.upgrade()

    assert schema.current() == ("another",)
    assert {column["name"] for column in inspect(db.engine).get_columns("people")} == {"id", "created_at", "added"}
    assert contents() == before


def test_after_a_migration_references_are_kept_again(
    database: Callable[[], Flask], another: Callable[[str], None]
) -> None:
    database()
    schema.upgrade()
    fill()
    another(REBUILD)
    schema.upgrade()

    for name in ("self_ratings", "disputes", "responses"):
        db.session.execute(text(f"DELETE FROM {name}"))
    db.session.execute(text("DELETE FROM attempts"))
    db.session.commit()

    found = contents()
    assert (found["attempt_items"], found["swaps"]) == ([], [])


@pytest.mark.parametrize(
    "body",
    [
        "op.add_column('people', sa.Column('added', sa.Integer()))\nop.execute('DELETE FROM people')",
        "op.add_column('people', sa.Column('added', sa.Integer()))\nraise ValueError('broken')",
    ],
    ids=["leaves references to nothing", "fails half-way"],
)
def test_a_migration_that_goes_wrong_leaves_everything_as_it_was(
    database: Callable[[], Flask], another: Callable[[str], None], body: str
) -> None:
    database()
    schema.upgrade()
    fill()
    before, at = contents(), schema.current()
    another(body)

    with pytest.raises(Exception, match=r"references to nothing|broken|foreign key"):
        schema.upgrade()

    assert schema.current() == at
    assert contents() == before
    assert {column["name"] for column in inspect(db.engine).get_columns("people")} == {"id", "created_at"}


def test_what_migrations_build_is_what_the_models_say(database: Callable[[], Flask]) -> None:
    database()
    schema.upgrade()
    migrated = catalogue()
    database()
    db.create_all()

    assert migrated == catalogue()
    assert len(migrated) == len(ROWS)


def test_the_comparison_sees_checks_and_partial_indexes(database: Callable[[], Flask]) -> None:
    """Else the test above would prove nothing about them."""
    database()
    schema.upgrade()

    found = "\n".join(line for lines in catalogue().values() for line in lines)

    for name in ("ck_attempts_closed_has_score", "uq_certificates_valid_institute", "fk_responses_item"):
        assert name in found
    assert re.search(r"uq_attempts_open .*where .*closed_at is null", found)


def catalogue() -> Catalogue:
    """Table -> all that defines it, in the database's own words, order aside."""
    with db.engine.connect() as connection:
        found = _sqlite(connection) if connection.dialect.name == "sqlite" else _postgres(connection)
    return {name: sorted(lines) for name, lines in found.items() if name != "alembic_version"}


def _sqlite(connection: Connection) -> Catalogue:
    found: Catalogue = {}
    rows = connection.exec_driver_sql("SELECT tbl_name, type, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    for table, kind, sql in rows:
        plain = " ".join(sql.replace('"', "").split()).lower()
        body = plain.partition("(")[2].rpartition(")")[0]
        found.setdefault(table, []).extend(_parts(body) if kind == "table" else [plain])
    return found


def _parts(body: str) -> Iterator[str]:
    """What stands between the commas of a CREATE TABLE, commas in brackets or quotes aside."""
    depth, quoted, start = 0, False, 0
    for place, sign in enumerate(body):
        quoted ^= sign == "'"
        depth += 0 if quoted else (sign == "(") - (sign == ")")
        if sign == "," and depth == 0 and not quoted:
            yield body[start:place].strip()
            start = place + 1
    yield body[start:].strip()


POSTGRES = """
SELECT table_name, concat_ws(' ', column_name, data_type, character_maximum_length, is_nullable, column_default)
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE conrelid <> 0 AND connamespace = 'public'::regnamespace
UNION ALL SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
"""


def _postgres(connection: Connection) -> Catalogue:
    found: Catalogue = {}
    for table, line in connection.exec_driver_sql(POSTGRES):
        found.setdefault(table, []).append(line.lower())
    return found
