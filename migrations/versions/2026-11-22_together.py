"""What a pair does together: messages, check-ins, steps, recognition, closing words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mentorship.store.base import UtcDateTime

revision = "a4c6e8b0d215"
down_revision = "c8d0e2f4a631"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "yes",
                "elsewhere",
                "not_yet",
                "someone_else",
                "something_wrong",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("day > 0", name=op.f("ck_check_in_day")),
        sa.ForeignKeyConstraint(["mentorship_id"], ["mentorship.id"], name=op.f("fk_check_in_mentorship_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_check_in_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint(
            "mentorship_id", "person_id", "day", name=op.f("uq_check_in_mentorship_id_person_id_day")
        ),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_in_person_id"), ["person_id"], unique=False)
    op.create_table(
        "closing_words",
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_closing_words_author_id")),
        sa.ForeignKeyConstraint(
            ["mentorship_id"], ["mentorship.id"], name=op.f("fk_closing_words_mentorship_id")
        ),
        sa.PrimaryKeyConstraint("mentorship_id", "author_id", name=op.f("pk_closing_words")),
    )
    with op.batch_alter_table("closing_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closing_words_author_id"), ["author_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(mentorship_id IS NULL) <> (request_id IS NULL)", name=op.f("ck_message_one_thread")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_message_author_id")),
        sa.ForeignKeyConstraint(["mentorship_id"], ["mentorship.id"], name=op.f("fk_message_mentorship_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_message_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("public_id", name=op.f("uq_message_public_id")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_message_mentorship", ["mentorship_id", "at"], unique=False)
        batch_op.create_index("ix_message_request", ["request_id", "at"], unique=False)
    op.create_table(
        "recognition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.CheckConstraint("giver_id <> receiver_id", name=op.f("ck_recognition_two_people")),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_recognition_giver_id")),
        sa.ForeignKeyConstraint(
            ["mentorship_id"], ["mentorship.id"], name=op.f("fk_recognition_mentorship_id")
        ),
        sa.ForeignKeyConstraint(["receiver_id"], ["person.id"], name=op.f("fk_recognition_receiver_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition")),
        sa.UniqueConstraint("public_id", name=op.f("uq_recognition_public_id")),
    )
    with op.batch_alter_table("recognition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recognition_giver_id"), ["giver_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recognition_receiver_id"), ["receiver_id"], unique=False)
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("newcomer_id", sa.Integer(), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("rung", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "chosen", "tried", "done", name="state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("learned", sa.String(length=2000), nullable=False),
        sa.Column("chosen_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.CheckConstraint("(state = 'chosen') = (settled_at IS NULL)", name=op.f("ck_step_settled")),
        sa.ForeignKeyConstraint(["chosen_by_id"], ["person.id"], name=op.f("fk_step_chosen_by_id")),
        sa.ForeignKeyConstraint(["mentorship_id"], ["mentorship.id"], name=op.f("fk_step_mentorship_id")),
        sa.ForeignKeyConstraint(["newcomer_id"], ["person.id"], name=op.f("fk_step_newcomer_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["person.id"], name=op.f("fk_step_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
        sa.UniqueConstraint("public_id", name=op.f("uq_step_public_id")),
    )
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_mentorship_id"), ["mentorship_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_step_newcomer_id"), ["newcomer_id"], unique=False)
    op.create_table(
        "talk",
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("agreed_at", UtcDateTime(), nullable=True),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_talk_by_id")),
        sa.ForeignKeyConstraint(["mentorship_id"], ["mentorship.id"], name=op.f("fk_talk_mentorship_id")),
        sa.PrimaryKeyConstraint("mentorship_id", name=op.f("pk_talk")),
        sa.UniqueConstraint("public_id", name=op.f("uq_talk_public_id")),
        info={
            "who": "the pair",
            "why": "to see what they do together",
            "until": "until she erases her account",
        },
    )
    with op.batch_alter_table("talk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talk_by_id"), ["by_id"], unique=False)


def downgrade() -> None:
    op.drop_table("talk")
    op.drop_table("step")
    op.drop_table("recognition")
    op.drop_table("message")
    op.drop_table("closing_words")
    op.drop_table("check_in")
