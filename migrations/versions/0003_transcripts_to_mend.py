"""Attempts at transcripts to mend."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MENDS = "attempt_id IN (SELECT id FROM attempts WHERE kind = 'mend')"


def upgrade() -> None:
    _check(
        kind="kind IN ('before', 'module', 'final', 'after', 'mend')",
        form="form IN ('A', 'B') AND kind IN ('before', 'final', 'after')"
        " OR form IS NULL AND kind IN ('module', 'mend')",
    )


def downgrade() -> None:
    """Attempts at transcripts to mend have no place in the tables before."""
    for name in ("disputes", "self_ratings", "responses", "swaps", "attempt_items"):
        op.execute(f"DELETE FROM {name} WHERE {MENDS}")
    op.execute("DELETE FROM attempts WHERE kind = 'mend'")
    _check(
        kind="kind IN ('before', 'module', 'final', 'after')",
        form="form IN ('A', 'B') AND kind <> 'module' OR form IS NULL AND kind = 'module'",
    )


def _check(**conditions: str) -> None:
    with op.batch_alter_table("attempts") as table:
        for name, condition in conditions.items():
            table.drop_constraint(name, type_="check")
            table.create_check_constraint(name, condition)
