"""Thanks to who helped; and what is left of a block when the blocked account is erased."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mentorship.store.base import UtcDateTime

revision = "c5a7e9d1f318"
down_revision = "d6f8a0c2e437"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "block_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("blocker_id", sa.Integer(), nullable=False),
        sa.Column("subject_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["blocker_id"], ["person.id"], name=op.f("fk_block_mark_blocker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block_mark")),
        sa.UniqueConstraint("blocker_id", "subject_hash", name=op.f("uq_block_mark_blocker_id_subject_hash")),
        info={
            "who": "nobody",
            "why": "to keep the two apart if she joins again",
            "until": "until the blocker's account is erased",
        },
    )
    with op.batch_alter_table("block_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_block_mark_subject_hash"), ["subject_hash"], unique=False)
    op.create_table(
        "thank_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("help_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["help_id"], ["help.id"], name=op.f("fk_thank_note_help_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thank_note")),
        sa.UniqueConstraint("public_id", name=op.f("uq_thank_note_public_id")),
    )
    with op.batch_alter_table("thank_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thank_note_help_id"), ["help_id"], unique=False)


def downgrade() -> None:
    op.drop_table("thank_note")
    op.drop_table("block_mark")
