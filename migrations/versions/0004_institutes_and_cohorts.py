"""Institutes with their staff, cohorts and what belongs to them; letters and acts that an institute may read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TO_COHORT = sa.text("accepted_at IS NULL AND withdrawn_at IS NULL AND cohort_id IS NOT NULL")
TO_STAFF = sa.text("accepted_at IS NULL AND withdrawn_at IS NULL AND cohort_id IS NULL")
STAYS = sa.text("left_at IS NULL")
TABLES = ("notices", "memberships", "invitations", "cohort_supervisors", "attention_marks", "staff", "cohorts")
FILLED = {"html": "", "kind": "account", "reply_to": "", "copy": ""}
"""What letters that stood there before have in the new columns."""


def upgrade() -> None:
    op.create_table(
        "institutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=320), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("privacy", sa.Text(), nullable=False),
        sa.Column("certificate_line", sa.String(length=300), nullable=False),
        sa.Column("signatory", sa.String(length=200), nullable=False),
        sa.Column("colour", sa.String(length=7), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_type", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=True),
        sa.Column("retention_years", sa.Integer(), nullable=False),
        sa.Column("dispute_owner_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("colour = '' OR length(colour) = 7", name=op.f("ck_institutes_colour")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_institutes_name_given")),
        sa.CheckConstraint("slug <> ''", name=op.f("ck_institutes_slug_given")),
        sa.CheckConstraint("(logo IS NULL) = (logo_type IS NULL)", name=op.f("ck_institutes_logo_has_type")),
        sa.CheckConstraint("pass_mark BETWEEN 1 AND 100", name=op.f("ck_institutes_pass_mark")),
        sa.CheckConstraint("retention_years BETWEEN 1 AND 30", name=op.f("ck_institutes_retention_years")),
        sa.ForeignKeyConstraint(
            ["dispute_owner_id"], ["people.id"], name=op.f("fk_institutes_dispute_owner_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institutes")),
        sa.UniqueConstraint("slug", name=op.f("uq_institutes_slug")),
    )
    op.create_table(
        "cohorts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institute_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("in_order", sa.Boolean(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=True),
        sa.Column("join_code", sa.String(length=40), nullable=True),
        sa.Column("join_open", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_cohorts_name_given")),
        sa.CheckConstraint("NOT join_open OR join_code IS NOT NULL", name=op.f("ck_cohorts_open_has_code")),
        sa.CheckConstraint(
            "due_on IS NULL OR starts_on IS NULL OR due_on >= starts_on", name=op.f("ck_cohorts_due_after_start")
        ),
        sa.CheckConstraint("pass_mark BETWEEN 1 AND 100", name=op.f("ck_cohorts_pass_mark")),
        sa.ForeignKeyConstraint(
            ["institute_id"], ["institutes.id"], name=op.f("fk_cohorts_institute_id_institutes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohorts")),
        sa.UniqueConstraint("join_code", name=op.f("uq_cohorts_join_code")),
    )
    with op.batch_alter_table("cohorts") as batch_op:
        batch_op.create_index(batch_op.f("ix_cohorts_institute_id"), ["institute_id"], unique=False)

    op.create_table(
        "staff",
        sa.Column("institute_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('administrator', 'supervisor')", name=op.f("ck_staff_role")),
        sa.ForeignKeyConstraint(
            ["institute_id"], ["institutes.id"], name=op.f("fk_staff_institute_id_institutes"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_staff_person_id_people")),
        sa.PrimaryKeyConstraint("institute_id", "person_id", name=op.f("pk_staff")),
    )
    with op.batch_alter_table("staff") as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_person_id"), ["person_id"], unique=False)

    op.create_table(
        "attention_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("marked_by", sa.Uuid(), nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'snoozed') = (until IS NOT NULL)", name=op.f("ck_attention_marks_snoozed_until")),
        sa.CheckConstraint("state IN ('contacted', 'snoozed')", name=op.f("ck_attention_marks_state")),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name=op.f("fk_attention_marks_cohort_id_cohorts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["marked_by"], ["people.id"], name=op.f("fk_attention_marks_marked_by_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_attention_marks_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attention_marks")),
    )
    with op.batch_alter_table("attention_marks") as batch_op:
        batch_op.create_index("ix_attention_marks_person", ["cohort_id", "person_id"], unique=False)

    op.create_table(
        "cohort_supervisors",
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name=op.f("fk_cohort_supervisors_cohort_id_cohorts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_cohort_supervisors_person_id_people")),
        sa.PrimaryKeyConstraint("cohort_id", "person_id", name=op.f("pk_cohort_supervisors")),
    )
    with op.batch_alter_table("cohort_supervisors") as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_supervisors_person_id"), ["person_id"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institute_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(role = 'trainee') = (cohort_id IS NOT NULL)", name=op.f("ck_invitations_trainee_has_cohort")
        ),
        sa.CheckConstraint("role IN ('administrator', 'supervisor', 'trainee')", name=op.f("ck_invitations_role")),
        sa.CheckConstraint(
            "(accepted_by IS NULL) = (accepted_at IS NULL)", name=op.f("ck_invitations_accepted_by_somebody")
        ),
        sa.CheckConstraint(
            "accepted_at IS NULL OR withdrawn_at IS NULL", name=op.f("ck_invitations_accepted_or_withdrawn")
        ),
        sa.CheckConstraint("email_key = lower(email_key)", name=op.f("ck_invitations_email_key_lower")),
        sa.CheckConstraint("expires_at > invited_at", name=op.f("ck_invitations_expires_after_invited")),
        sa.ForeignKeyConstraint(["accepted_by"], ["people.id"], name=op.f("fk_invitations_accepted_by_people")),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name=op.f("fk_invitations_cohort_id_cohorts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["institute_id"], ["institutes.id"], name=op.f("fk_invitations_institute_id_institutes"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["invited_by"], ["people.id"], name=op.f("fk_invitations_invited_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    with op.batch_alter_table("invitations") as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_institute_id"), ["institute_id"], unique=False)
        batch_op.create_index(
            "uq_invitations_cohort",
            ["cohort_id", "email_key"],
            unique=True,
            sqlite_where=TO_COHORT,
            postgresql_where=TO_COHORT,
        )
        batch_op.create_index(
            "uq_invitations_staff",
            ["institute_id", "email_key"],
            unique=True,
            sqlite_where=TO_STAFF,
            postgresql_where=TO_STAFF,
        )

    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.CheckConstraint("left_at IS NULL OR left_at >= joined_at", name=op.f("ck_memberships_left_after_joined")),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name=op.f("fk_memberships_cohort_id_cohorts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_memberships_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
    )
    with op.batch_alter_table("memberships") as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_memberships_stays", ["cohort_id", "person_id"], unique=True, sqlite_where=STAYS, postgresql_where=STAYS
        )

    op.create_table(
        "notices",
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('before_due', 'overdue')", name=op.f("ck_notices_kind")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_notices_membership_id_memberships"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("membership_id", "kind", "due_on", name=op.f("pk_notices")),
    )
    with op.batch_alter_table("audit_entries") as table:
        table.add_column(sa.Column("institute_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("person_id", sa.Uuid(), nullable=True))
        table.create_index(op.f("ix_audit_entries_institute_id"), ["institute_id"])
        table.create_index(op.f("ix_audit_entries_person_id"), ["person_id"])
        table.create_foreign_key(op.f("fk_audit_entries_person_id_people"), "people", ["person_id"], ["id"])
        table.create_foreign_key(
            op.f("fk_audit_entries_institute_id_institutes"),
            "institutes",
            ["institute_id"],
            ["id"],
            ondelete="CASCADE",
        )
    with op.batch_alter_table("letters") as table:
        table.add_column(sa.Column("html", sa.Text(), nullable=False, server_default=FILLED["html"]))
        table.add_column(sa.Column("kind", sa.String(length=30), nullable=False, server_default=FILLED["kind"]))
        table.add_column(sa.Column("institute_id", sa.Integer(), nullable=True))
        table.add_column(
            sa.Column("reply_to", sa.String(length=320), nullable=False, server_default=FILLED["reply_to"])
        )
        table.add_column(sa.Column("copy", sa.Text(), nullable=False, server_default=FILLED["copy"]))
    with op.batch_alter_table("letters") as table:
        for name in FILLED:
            table.alter_column(name, server_default=None)
        table.create_index(op.f("ix_letters_institute_id"), ["institute_id"])
        table.create_foreign_key(
            op.f("fk_letters_institute_id_institutes"), "institutes", ["institute_id"], ["id"], ondelete="CASCADE"
        )
        table.drop_constraint("no_body_once_done", type_="check")
        table.create_check_constraint(
            "no_body_once_done", "(sent_at IS NULL AND failed_at IS NULL) OR (body = '' AND html = '')"
        )
        table.create_check_constraint("copy_for_an_institute", "institute_id IS NOT NULL OR copy = ''")


def downgrade() -> None:
    """What belongs to an institute goes with it: its letters that wait, too."""
    op.execute("DELETE FROM letters WHERE institute_id IS NOT NULL")
    with op.batch_alter_table("letters") as table:
        table.drop_constraint("copy_for_an_institute", type_="check")
        table.drop_constraint("no_body_once_done", type_="check")
        table.drop_constraint(op.f("fk_letters_institute_id_institutes"), type_="foreignkey")
        table.drop_index(op.f("ix_letters_institute_id"))
        for name in ("institute_id", *FILLED):
            table.drop_column(name)
        table.create_check_constraint("no_body_once_done", "(sent_at IS NULL AND failed_at IS NULL) OR body = ''")
    with op.batch_alter_table("audit_entries") as table:
        table.drop_constraint(op.f("fk_audit_entries_institute_id_institutes"), type_="foreignkey")
        table.drop_constraint(op.f("fk_audit_entries_person_id_people"), type_="foreignkey")
        table.drop_index(op.f("ix_audit_entries_person_id"))
        table.drop_index(op.f("ix_audit_entries_institute_id"))
        table.drop_column("person_id")
        table.drop_column("institute_id")
    for name in TABLES:
        op.drop_table(name)
    op.drop_table("institutes")
