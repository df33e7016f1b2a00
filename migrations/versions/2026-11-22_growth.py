"""A cohort's own ladders of small steps; who was invited to help others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mentorship.store.base import UtcDateTime

revision = "d6f8a0c2e437"
down_revision = "b2e4d6f8a064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rung",
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(code = '') <> (words = '')", name=op.f("ck_rung_one_text")),
        sa.CheckConstraint("n > 0", name=op.f("ck_rung_n")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_rung_cohort_id")),
        sa.PrimaryKeyConstraint("cohort_id", "area", "n", name=op.f("pk_rung")),
    )
    op.create_table(
        "onward",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("backup", "mentor", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("told_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_onward_person_id")),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_onward")),
    )


def downgrade() -> None:
    op.drop_table("onward")
    op.drop_table("rung")
