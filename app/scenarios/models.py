"""Tables of simulated sessions. What is computed (the client's state, the score of nothing) is never stored."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, UTCDateTime


class Run(Base):
    """One person's time with one client, on the version of the session that it began with.

    Its first branch is the result: when that reaches an ending, the run is finished, once and for good.
    """

    __tablename__ = "scenario_runs"
    __table_args__ = (
        CheckConstraint("(finished_at IS NULL) = (ending IS NULL)", name="finished_has_ending"),
        CheckConstraint("debriefed_at IS NULL OR finished_at IS NOT NULL", name="debrief_after_end"),
        Index(
            "uq_scenario_runs_open",
            "person_id",
            "scenario_id",
            unique=True,
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    scenario_id: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(ForeignKey("question_versions.digest"), index=True)
    edition: Mapped[str] = mapped_column(String(20))
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ending: Mapped[str | None] = mapped_column(String(80))
    debriefed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Branch(Base):
    """A path through a session. 0 is the first; each further one goes another way from a turn of an earlier one."""

    __tablename__ = "scenario_branches"
    __table_args__ = (
        CheckConstraint(
            "number = 0 AND from_branch IS NULL AND from_sequence IS NULL"
            " OR number > 0 AND from_branch < number AND from_sequence >= 1",
            name="origin",
        ),
    )

    run_id: Mapped[UUID] = mapped_column(ForeignKey("scenario_runs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    from_branch: Mapped[int | None]
    from_sequence: Mapped[int | None]
    """The turn that is taken again; what came before it is copied into this branch."""
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)


class MoveRow(Base):
    """One move of a branch: at which node, which move, and how the learner had read the client before."""

    __tablename__ = "moves"
    __table_args__ = (
        ForeignKeyConstraint(
            ["run_id", "branch"],
            ["scenario_branches.run_id", "scenario_branches.number"],
            name="fk_moves_branch",
            ondelete="CASCADE",
        ),
        CheckConstraint("sequence >= 1", name="sequence"),
        CheckConstraint("reading IN ('flooded', 'within', 'away')", name="reading"),
    )

    run_id: Mapped[UUID] = mapped_column(primary_key=True)
    branch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    node: Mapped[str] = mapped_column(String(80))
    move: Mapped[str] = mapped_column(String(80))
    reading: Mapped[str | None] = mapped_column(String(10))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Debrief(Base):
    """What the learner wrote after a run: first a reaction, and once the path was seen a question. Private."""

    __tablename__ = "debriefs"

    run_id: Mapped[UUID] = mapped_column(ForeignKey("scenario_runs.id", ondelete="CASCADE"), primary_key=True)
    reaction: Mapped[str] = mapped_column(Text)
    intended: Mapped[str] = mapped_column(Text)
    question: Mapped[str | None] = mapped_column(Text)
    """What to take to supervision; with it the debrief is handed in."""
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
