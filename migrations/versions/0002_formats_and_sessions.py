"""Parallel forms, answers that are not graded, self-ratings, disputes, simulated sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OPEN = sa.text("closed_at IS NULL")
UNFINISHED = sa.text("finished_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("attempts") as table:
        table.add_column(sa.Column("form", sa.String(length=1), nullable=True))
        table.drop_index("uq_attempts_open")
        table.create_check_constraint(
            "form", "form IN ('A', 'B') AND kind <> 'module' OR form IS NULL AND kind = 'module'"
        )
        table.create_index(
            "uq_attempts_open",
            ["person_id", "quiz_id", "kind"],
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        )
    with op.batch_alter_table("responses") as table:
        table.drop_constraint("score", type_="check")
        table.create_check_constraint("score", "possible >= 0 AND earned >= 0 AND earned <= possible")
    op.create_table(
        "self_ratings",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("met", sa.JSON(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"], ["responses.attempt_id", "responses.position"], name="fk_self_ratings_response"
        ),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_self_ratings")),
    )
    op.create_table(
        "disputes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_by", sa.Uuid(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(reply IS NULL AND replied_at IS NULL AND replied_by IS NULL)"
            " OR (reply IS NOT NULL AND replied_at IS NOT NULL)",
            name=op.f("ck_disputes_reply_has_date"),
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"], ["responses.attempt_id", "responses.position"], name="fk_disputes_response"
        ),
        sa.ForeignKeyConstraint(
            ["digest"], ["question_versions.digest"], name=op.f("fk_disputes_digest_question_versions")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_disputes_person_id_people")),
        sa.ForeignKeyConstraint(["replied_by"], ["people.id"], name=op.f("fk_disputes_replied_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
        sa.UniqueConstraint("attempt_id", "position", name=op.f("uq_disputes_attempt_id")),
    )
    op.create_index(op.f("ix_disputes_person_id"), "disputes", ["person_id"])
    op.create_index(op.f("ix_disputes_digest"), "disputes", ["digest"])
    _create_sessions()


def _create_sessions() -> None:
    op.create_table(
        "scenario_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("scenario_id", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.String(length=80), nullable=True),
        sa.Column("debriefed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(finished_at IS NULL) = (ending IS NULL)", name=op.f("ck_scenario_runs_finished_has_ending")
        ),
        sa.CheckConstraint(
            "debriefed_at IS NULL OR finished_at IS NOT NULL", name=op.f("ck_scenario_runs_debrief_after_end")
        ),
        sa.ForeignKeyConstraint(
            ["digest"], ["question_versions.digest"], name=op.f("fk_scenario_runs_digest_question_versions")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_scenario_runs_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_runs")),
    )
    op.create_index(op.f("ix_scenario_runs_person_id"), "scenario_runs", ["person_id"])
    op.create_index(op.f("ix_scenario_runs_digest"), "scenario_runs", ["digest"])
    op.create_index(
        "uq_scenario_runs_open",
        "scenario_runs",
        ["person_id", "scenario_id"],
        unique=True,
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    )
    op.create_table(
        "scenario_branches",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_branch", sa.Integer(), nullable=True),
        sa.Column("from_sequence", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "number = 0 AND from_branch IS NULL AND from_sequence IS NULL"
            " OR number > 0 AND from_branch < number AND from_sequence >= 1",
            name=op.f("ck_scenario_branches_origin"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["scenario_runs.id"],
            name=op.f("fk_scenario_branches_run_id_scenario_runs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", "number", name=op.f("pk_scenario_branches")),
    )
    op.create_table(
        "moves",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("branch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("node", sa.String(length=80), nullable=False),
        sa.Column("move", sa.String(length=80), nullable=False),
        sa.Column("reading", sa.String(length=10), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_moves_sequence")),
        sa.CheckConstraint("reading IN ('flooded', 'within', 'away')", name=op.f("ck_moves_reading")),
        sa.ForeignKeyConstraint(
            ["run_id", "branch"],
            ["scenario_branches.run_id", "scenario_branches.number"],
            name="fk_moves_branch",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", "branch", "sequence", name=op.f("pk_moves")),
    )
    op.create_table(
        "debriefs",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("reaction", sa.Text(), nullable=False),
        sa.Column("intended", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["scenario_runs.id"], name=op.f("fk_debriefs_run_id_scenario_runs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_debriefs")),
    )


def downgrade() -> None:
    """Answers that are not graded and attempts of parallel forms have no place in the tables before."""
    for name in ("debriefs", "moves", "scenario_branches", "scenario_runs", "disputes", "self_ratings"):
        op.drop_table(name)
    op.execute("DELETE FROM responses WHERE possible = 0")
    op.execute("DELETE FROM responses WHERE attempt_id IN (SELECT id FROM attempts WHERE form IS NOT NULL)")
    op.execute("DELETE FROM swaps WHERE attempt_id IN (SELECT id FROM attempts WHERE form IS NOT NULL)")
    op.execute("DELETE FROM attempt_items WHERE attempt_id IN (SELECT id FROM attempts WHERE form IS NOT NULL)")
    op.execute("DELETE FROM attempts WHERE form IS NOT NULL")
    with op.batch_alter_table("responses") as table:
        table.drop_constraint("score", type_="check")
        table.create_check_constraint("score", "possible > 0 AND earned >= 0 AND earned <= possible")
    with op.batch_alter_table("attempts") as table:
        table.drop_index("uq_attempts_open")
        table.drop_constraint("form", type_="check")
        table.drop_column("form")
        table.create_index(
            "uq_attempts_open", ["person_id", "quiz_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        )
