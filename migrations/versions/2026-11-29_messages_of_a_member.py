"""A member and the coordinators of her cohort write to each other also while she has no request."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "8e1c52a7d940"
down_revision = "64bd9d1ded2b"
branch_labels = None
depends_on = None


ONE_OF_THREE = (
    "(mentorship_id IS NOT NULL AND request_id IS NULL AND aside_id IS NULL)"
    " OR (mentorship_id IS NULL AND request_id IS NOT NULL AND aside_id IS NULL)"
    " OR (mentorship_id IS NULL AND request_id IS NULL AND aside_id IS NOT NULL)"
)
ONE_OF_FOUR = (
    "(CASE WHEN mentorship_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN request_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN aside_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN member_id IS NULL THEN 0 ELSE 1 END) = 1"
)


def upgrade() -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("member_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("cohort_id", sa.Integer(), nullable=True))
        batch_op.create_index("ix_message_member", ["member_id", "cohort_id", "at"], unique=False)
        batch_op.create_foreign_key(op.f("fk_message_member_id"), "person", ["member_id"], ["id"])
        batch_op.create_foreign_key(op.f("fk_message_cohort_id"), "cohort", ["cohort_id"], ["id"])
        batch_op.drop_constraint(op.f("ck_message_one_thread"), type_="check")
        batch_op.create_check_constraint(op.f("ck_message_one_thread"), ONE_OF_FOUR)
        batch_op.create_check_constraint(
            op.f("ck_message_member_of"), "(member_id IS NULL) = (cohort_id IS NULL)"
        )


def downgrade() -> None:
    """What a member and her coordinators wrote without a request goes: no other thread could hold it."""
    op.execute("DELETE FROM message WHERE member_id IS NOT NULL")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_message_member_of"), type_="check")
        batch_op.drop_constraint(op.f("ck_message_one_thread"), type_="check")
        batch_op.create_check_constraint(op.f("ck_message_one_thread"), ONE_OF_THREE)
        batch_op.drop_constraint(op.f("fk_message_cohort_id"), type_="foreignkey")
        batch_op.drop_constraint(op.f("fk_message_member_id"), type_="foreignkey")
        batch_op.drop_index("ix_message_member")
        batch_op.drop_column("cohort_id")
        batch_op.drop_column("member_id")
