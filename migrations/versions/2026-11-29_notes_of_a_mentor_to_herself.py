"""Notes of a mentor to herself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mentorship.store.base import UtcDateTime

revision = "5665391a2e74"
down_revision = "8e1c52a7d940"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pair_note",
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_pair_note_author_id")),
        sa.ForeignKeyConstraint(
            ["mentorship_id"], ["mentorship.id"], name=op.f("fk_pair_note_mentorship_id")
        ),
        sa.PrimaryKeyConstraint("mentorship_id", "author_id", name=op.f("pk_pair_note")),
    )
    with op.batch_alter_table("pair_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pair_note_author_id"), ["author_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("pair_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pair_note_author_id"))

    op.drop_table("pair_note")
