"""Cohorts, mentors' offers with their places, and their approvals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mentorship.store.base import UtcDateTime

revision = "5b0e6a9d4c31"
down_revision = "3f5d1c8a7e20"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cohort",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("welcome", sa.String(length=2000), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("joining_token", sa.String(length=64), nullable=False),
        sa.Column("chat_link", sa.String(length=500), nullable=False),
        sa.Column("direct_asking", sa.Boolean(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("next_round_on", sa.Date(), nullable=True),
        sa.Column("clock_paused_until", UtcDateTime(), nullable=True),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_cohort_dates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
        sa.UniqueConstraint("joining_token", name=op.f("uq_cohort_joining_token")),
        sa.UniqueConstraint("public_id", name=op.f("uq_cohort_public_id")),
    )
    op.create_table(
        "cohort_coordinator",
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("safeguarding", sa.Boolean(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_coordinator_cohort_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_cohort_coordinator_person_id")),
        sa.PrimaryKeyConstraint("cohort_id", "person_id", name=op.f("pk_cohort_coordinator")),
        info={
            "who": "nobody",
            "why": "ids, codes and times that tie rows together",
            "until": "as long as the row",
        },
    )
    with op.batch_alter_table("cohort_coordinator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_coordinator_person_id"), ["person_id"], unique=False)
    op.create_table(
        "cohort_member",
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seen_by_others", sa.Boolean(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_member_cohort_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_cohort_member_person_id")),
        sa.PrimaryKeyConstraint("cohort_id", "person_id", name=op.f("pk_cohort_member")),
        info={
            "who": "coordinators of the cohort",
            "why": "to know who takes part",
            "until": "until she erases her account",
        },
    )
    with op.batch_alter_table("cohort_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_member_person_id"), ["person_id"], unique=False)
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_import_batch_by_id")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_import_batch_cohort_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_batch_public_id")),
        info={
            "who": "nobody",
            "why": "ids, codes and times that tie rows together",
            "until": "as long as the row",
        },
    )
    op.create_table(
        "offer",
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("away_until", UtcDateTime(), nullable=True),
        sa.Column("silent_since", UtcDateTime(), nullable=True),
        sa.Column("heard_at", UtcDateTime(), nullable=True),
        sa.Column("asked_if_here_at", UtcDateTime(), nullable=True),
        sa.Column("backup", sa.Boolean(), nullable=False),
        sa.Column("accepts_rounds", sa.Boolean(), nullable=False),
        sa.Column("statement", sa.String(length=1000), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity BETWEEN 0 AND 20", name=op.f("ck_offer_capacity")),
        sa.ForeignKeyConstraint(["mentor_id"], ["person.id"], name=op.f("fk_offer_mentor_id")),
        sa.PrimaryKeyConstraint("mentor_id", name=op.f("pk_offer")),
    )
    op.create_table(
        "approval",
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "applied",
                "live",
                "declined",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("conduct_agreed_at", UtcDateTime(), nullable=False),
        sa.Column("vouched_by", sa.String(length=255), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("end_told_for", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state <> 'live' OR (by_id IS NOT NULL AND at IS NOT NULL AND until IS NOT NULL)",
            name=op.f("ck_approval_live"),
        ),
        sa.CheckConstraint("by_id IS NULL OR by_id <> mentor_id", name=op.f("ck_approval_not_by_herself")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_approval_by_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["offer.mentor_id"], name=op.f("fk_approval_mentor_id")),
        sa.PrimaryKeyConstraint("mentor_id", name=op.f("pk_approval")),
        sa.UniqueConstraint("mentor_id", "state", name=op.f("uq_approval_mentor_id_state")),
    )
    op.create_table(
        "offer_cohort",
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_offer_cohort_cohort_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["offer.mentor_id"], name=op.f("fk_offer_cohort_mentor_id")),
        sa.PrimaryKeyConstraint("mentor_id", "cohort_id", name=op.f("pk_offer_cohort")),
        info={
            "who": "coordinators of her cohorts",
            "why": "to know how many newcomers she has time for",
            "until": "until she erases her account",
        },
    )
    with op.batch_alter_table("offer_cohort", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_cohort_cohort_id"), ["cohort_id"], unique=False)
    op.create_table(
        "place",
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.CheckConstraint("n BETWEEN 1 AND 20", name=op.f("ck_place_n")),
        sa.ForeignKeyConstraint(["mentor_id"], ["offer.mentor_id"], name=op.f("fk_place_mentor_id")),
        sa.PrimaryKeyConstraint("mentor_id", "n", name=op.f("pk_place")),
        info={
            "who": "coordinators of her cohorts",
            "why": "to know how many newcomers she has time for",
            "until": "until she erases her account",
        },
    )


def downgrade() -> None:
    op.drop_table("place")
    op.drop_table("offer_cohort")
    op.drop_table("approval")
    op.drop_table("offer")
    op.drop_table("import_batch")
    op.drop_table("cohort_member")
    op.drop_table("cohort_coordinator")
    op.drop_table("cohort")
