"""Mentorships: the relationship of a newcomer with a mentor, its places and times."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mentorship.store.base import UtcDateTime

revision = "9d1a3c5e7f53"
down_revision = "7c9f2e1b8d42"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mentorship",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("newcomer_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("place_n", sa.Integer(), nullable=True),
        sa.Column("approval_state", sa.String(length=32), nullable=True),
        sa.Column("backup_id", sa.Integer(), nullable=True),
        sa.Column("continues_id", sa.Integer(), nullable=True),
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
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("answer_due_at", UtcDateTime(), nullable=False),
        sa.Column("answer_reminded_at", UtcDateTime(), nullable=True),
        sa.Column("question_at", UtcDateTime(), nullable=True),
        sa.Column("question_answered_at", UtcDateTime(), nullable=True),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("hello_due_at", UtcDateTime(), nullable=True),
        sa.Column("hello_reminded_at", UtcDateTime(), nullable=True),
        sa.Column("coordinator_told_at", UtcDateTime(), nullable=True),
        sa.Column("check_in_due_at", UtcDateTime(), nullable=True),
        sa.Column("quiet_told_at", UtcDateTime(), nullable=True),
        sa.Column("began_at", UtcDateTime(), nullable=True),
        sa.Column("paused_until", UtcDateTime(), nullable=True),
        sa.Column("agreed_until", UtcDateTime(), nullable=True),
        sa.Column("close_due_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("newcomer_shares_wiki_name", sa.Boolean(), nullable=False),
        sa.Column("mentor_shares_wiki_name", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'paused') = (paused_until IS NOT NULL)", name=op.f("ck_mentorship_paused")
        ),
        sa.CheckConstraint(
            "question_at IS NOT NULL OR question_answered_at IS NULL", name=op.f("ck_mentorship_question")
        ),
        sa.CheckConstraint(
            "(state IN ('proposed', 'accepted', 'active', 'paused')) = (approval_state IS NOT NULL)",
            name=op.f("ck_mentorship_open_has_approval"),
        ),
        sa.CheckConstraint(
            "(state IN ('proposed', 'accepted', 'active', 'paused')) = (ended_at IS NULL)",
            name=op.f("ck_mentorship_open_not_ended"),
        ),
        sa.CheckConstraint(
            "(state IN ('proposed', 'accepted', 'active', 'paused')) = (place_n IS NOT NULL)",
            name=op.f("ck_mentorship_open_has_place"),
        ),
        sa.CheckConstraint(
            "approval_state IS NULL OR approval_state = 'live'", name=op.f("ck_mentorship_approval_live")
        ),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'active', 'paused', 'lapsed', 'completed') OR (accepted_at IS NOT NULL AND hello_due_at IS NOT NULL)",
            name=op.f("ck_mentorship_accepted_times"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('active', 'paused', 'completed') OR (began_at IS NOT NULL AND agreed_until IS NOT NULL)",
            name=op.f("ck_mentorship_began_times"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('proposed', 'declined', 'expired') OR accepted_at IS NULL",
            name=op.f("ck_mentorship_not_accepted"),
        ),
        sa.CheckConstraint(
            "backup_id IS NULL OR (backup_id <> mentor_id AND backup_id <> newcomer_id)",
            name=op.f("ck_mentorship_backup"),
        ),
        sa.CheckConstraint("newcomer_id <> mentor_id", name=op.f("ck_mentorship_two_people")),
        sa.ForeignKeyConstraint(["backup_id"], ["person.id"], name=op.f("fk_mentorship_backup_id")),
        sa.ForeignKeyConstraint(["continues_id"], ["mentorship.id"], name=op.f("fk_mentorship_continues_id")),
        sa.ForeignKeyConstraint(
            ["mentor_id", "approval_state"],
            ["approval.mentor_id", "approval.state"],
            name=op.f("fk_mentorship_mentor_id_approval_state"),
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id", "place_n"],
            ["place.mentor_id", "place.n"],
            name=op.f("fk_mentorship_mentor_id_place_n"),
        ),
        sa.ForeignKeyConstraint(["mentor_id"], ["person.id"], name=op.f("fk_mentorship_mentor_id")),
        sa.ForeignKeyConstraint(["newcomer_id"], ["person.id"], name=op.f("fk_mentorship_newcomer_id")),
        sa.ForeignKeyConstraint(
            ["request_id", "newcomer_id"],
            ["request.id", "request.newcomer_id"],
            name=op.f("fk_mentorship_request_id_newcomer_id"),
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_mentorship_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentorship")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mentorship_public_id")),
    )
    with op.batch_alter_table("mentorship", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentorship_backup_id"), ["backup_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentorship_mentor_id"), ["mentor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentorship_newcomer_id"), ["newcomer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentorship_request_id"), ["request_id"], unique=False)
        batch_op.create_index(
            "uq_mentorship_one_open_per_newcomer",
            ["newcomer_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index("uq_mentorship_one_open_per_place", ["mentor_id", "place_n"], unique=True)
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("answer_due_at", UtcDateTime(), nullable=False),
        sa.Column("successor_agreed_at", UtcDateTime(), nullable=True),
        sa.Column("newcomer_agreed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentorship_id"], ["mentorship.id"], name=op.f("fk_hand_over_mentorship_id")
        ),
        sa.ForeignKeyConstraint(["successor_id"], ["person.id"], name=op.f("fk_hand_over_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hand_over_public_id")),
        info={
            "who": "nobody",
            "why": "ids, codes and times that tie rows together",
            "until": "as long as the row",
        },
    )
    with op.batch_alter_table("hand_over", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hand_over_mentorship_id"), ["mentorship_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hand_over_successor_id"), ["successor_id"], unique=False)
        batch_op.create_index(
            "uq_hand_over_one_open",
            ["mentorship_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
    op.create_table(
        "known_already",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("word_hash", sa.String(length=64), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("mentor_agreed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["mentor_id"], ["person.id"], name=op.f("fk_known_already_mentor_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_known_already_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_already")),
        sa.UniqueConstraint("public_id", name=op.f("uq_known_already_public_id")),
        sa.UniqueConstraint("word_hash", name=op.f("uq_known_already_word_hash")),
        info={
            "who": "nobody",
            "why": "ids, codes and times that tie rows together",
            "until": "as long as the row",
        },
    )
    with op.batch_alter_table("known_already", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_already_mentor_id"), ["mentor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_known_already_request_id"), ["request_id"], unique=False)
        batch_op.create_index(
            "uq_known_already_one_open",
            ["request_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )


def downgrade() -> None:
    op.drop_table("known_already")
    op.drop_table("hand_over")
    op.drop_table("mentorship")
