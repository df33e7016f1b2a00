"""Conversations with who takes part, their takeaways and quotes, and the poster of a cohort."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mentorship.store.base import UtcDateTime

revision = "6a1c3e5f7b84"
down_revision = "5b0e6a9d4c31"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "area IN ('programs', 'leadership', 'technical-spaces')", name=op.f("ck_conversation_area")
        ),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_conversation_cohort_id")),
        sa.ForeignKeyConstraint(["host_id"], ["person.id"], name=op.f("fk_conversation_host_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_conversation_public_id")),
    )
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conversation_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conversation_host_id"), ["host_id"], unique=False)
        batch_op.create_index(
            "uq_conversation_one_a_month",
            ["cohort_id", "month"],
            unique=True,
            sqlite_where=sa.text("cancelled_at IS NULL"),
            postgresql_where=sa.text("cancelled_at IS NULL"),
        )

    op.create_table(
        "poster",
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_poster_cohort_id")),
        sa.PrimaryKeyConstraint("cohort_id", name=op.f("pk_poster")),
        info={
            "who": "nobody",
            "why": "ids, codes and times that tie rows together",
            "until": "as long as the row",
        },
    )
    op.create_table(
        "participation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("signed_up_at", UtcDateTime(), nullable=False),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.Column("attended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_participation_conversation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_participation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint(
            "conversation_id", "person_id", name=op.f("uq_participation_conversation_id_person_id")
        ),
        info={
            "who": "herself; others see counts only",
            "why": "to meet once a month",
            "until": "until she erases her account",
        },
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "quote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=280), nullable=False),
        sa.Column("with_name", sa.Boolean(), nullable=False),
        sa.Column("on_poster", sa.Boolean(), nullable=False),
        sa.Column("consented_at", UtcDateTime(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_quote_author_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_quote_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sa.UniqueConstraint("conversation_id", "author_id", name=op.f("uq_quote_conversation_id_author_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_quote_public_id")),
    )
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quote_author_id"), ["author_id"], unique=False)

    op.create_table(
        "takeaway",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=280), nullable=False),
        sa.Column("on_poster", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_takeaway_author_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_takeaway_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takeaway")),
        sa.UniqueConstraint("public_id", name=op.f("uq_takeaway_public_id")),
    )
    with op.batch_alter_table("takeaway", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_takeaway_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_takeaway_conversation_id"), ["conversation_id"], unique=False)


def downgrade() -> None:
    op.drop_table("takeaway")
    op.drop_table("quote")
    op.drop_table("participation")
    op.drop_table("poster")
    op.drop_table("conversation")
