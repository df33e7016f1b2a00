"""What the newcomer of a pair and its second person write to each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mentorship.store.base import UtcDateTime

revision = "64bd9d1ded2b"
down_revision = "27ef10681e24"
branch_labels = None
depends_on = None


PAIR_OR_REQUEST = "(mentorship_id IS NULL) <> (request_id IS NULL)"
ONE_OF_THREE = (
    "(mentorship_id IS NOT NULL AND request_id IS NULL AND aside_id IS NULL)"
    " OR (mentorship_id IS NULL AND request_id IS NOT NULL AND aside_id IS NULL)"
    " OR (mentorship_id IS NULL AND request_id IS NULL AND aside_id IS NOT NULL)"
)


def upgrade() -> None:
    op.create_table(
        "aside",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("backup_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["backup_id"], ["person.id"], name=op.f("fk_aside_backup_id")),
        sa.ForeignKeyConstraint(["mentorship_id"], ["mentorship.id"], name=op.f("fk_aside_mentorship_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aside")),
        sa.UniqueConstraint("mentorship_id", "backup_id", name=op.f("uq_aside_mentorship_id_backup_id")),
        info={
            "who": "nobody",
            "why": "ids, codes and times that tie rows together",
            "until": "as long as the row",
        },
    )
    op.create_index(op.f("ix_aside_backup_id"), "aside", ["backup_id"], unique=False)
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("aside_id", sa.Integer(), nullable=True))
        batch_op.create_index("ix_message_aside", ["aside_id", "at"], unique=False)
        batch_op.create_foreign_key(op.f("fk_message_aside_id"), "aside", ["aside_id"], ["id"])
        batch_op.drop_constraint(op.f("ck_message_one_thread"), type_="check")
        batch_op.create_check_constraint(op.f("ck_message_one_thread"), ONE_OF_THREE)


def downgrade() -> None:
    """What was written aside goes: there is no other thread it could stand in."""
    op.execute(
        "DELETE FROM report_message WHERE message_id IN (SELECT id FROM message WHERE aside_id IS NOT NULL)"
    )
    op.execute("DELETE FROM message WHERE aside_id IS NOT NULL")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_message_one_thread"), type_="check")
        batch_op.create_check_constraint(op.f("ck_message_one_thread"), PAIR_OR_REQUEST)
        batch_op.drop_constraint(op.f("fk_message_aside_id"), type_="foreignkey")
        batch_op.drop_index("ix_message_aside")
        batch_op.drop_column("aside_id")
    op.drop_table("aside")
