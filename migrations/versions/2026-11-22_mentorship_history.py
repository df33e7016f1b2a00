"""The append-only history of mentorships, and the erasable words beside it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mentorship.store.base import UtcDateTime

revision = "c8d0e2f4a631"
down_revision = "9d1a3c5e7f53"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mentorship_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "propose",
                "question",
                "answer",
                "accept",
                "decline",
                "expire",
                "withdraw",
                "begin",
                "lapse",
                "pause",
                "resume",
                "extend",
                "complete",
                "end",
                "close",
                "cut",
                "hand_over",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "party",
            sa.Enum(
                "newcomer",
                "mentor",
                "coordinator",
                "clock",
                "safety",
                name="party",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "code",
            sa.Enum(
                "",
                "not_now",
                "not_the_right_one",
                "block",
                "erasure",
                "suspension",
                "approval_withdrawn",
                "handed_over",
                "round",
                "asked",
                "passed_on",
                "by_hand",
                "known",
                name="code",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "accepted",
                "active",
                "paused",
                "declined",
                "expired",
                "withdrawn",
                "lapsed",
                "completed",
                "ended",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentorship_id"], ["mentorship.id"], name=op.f("fk_mentorship_event_mentorship_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mentorship_event_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentorship_event")),
        sa.UniqueConstraint("mentorship_id", "n", name=op.f("uq_mentorship_event_mentorship_id_n")),
        info={
            "who": "nobody",
            "why": "ids, codes and times that tie rows together",
            "until": "as long as the row",
        },
    )
    op.create_table(
        "event_note",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("for_coordinator", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_event_note_author_id")),
        sa.ForeignKeyConstraint(["event_id"], ["mentorship_event.id"], name=op.f("fk_event_note_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_note")),
    )
    with op.batch_alter_table("event_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_note_author_id"), ["author_id"], unique=False)


def downgrade() -> None:
    op.drop_table("event_note")
    op.drop_table("mentorship_event")
