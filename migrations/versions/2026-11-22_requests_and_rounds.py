"""Requests, whom they avoid, and the rounds over them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mentorship.store.base import UtcDateTime

revision = "7c9f2e1b8d42"
down_revision = "6a1c3e5f7b84"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "avoid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("typed_name", sa.String(length=255), nullable=False),
        sa.Column("name_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_avoid_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_avoid")),
        sa.UniqueConstraint("person_id", "name_hash", name=op.f("uq_avoid_person_id_name_hash")),
    )
    with op.batch_alter_table("avoid", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_avoid_name_hash"), ["name_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_avoid_person_id"), ["person_id"], unique=False)
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("newcomer_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("happened_link", sa.String(length=1000), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "closed", name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "fulfilled",
                "withdrawn",
                "no_answer",
                "erased",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("waiting_since", UtcDateTime(), nullable=False),
        sa.Column("word_due_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("needs_coordinator", sa.Boolean(), nullable=False),
        sa.Column("confirm_again", sa.Boolean(), nullable=False),
        sa.Column("in_circle", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (outcome IS NULL) AND (state = 'open') = (closed_at IS NULL)",
            name=op.f("ck_request_closed"),
        ),
        sa.CheckConstraint("passes >= 0", name=op.f("ck_request_passes")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_request_cohort_id")),
        sa.ForeignKeyConstraint(["newcomer_id"], ["person.id"], name=op.f("fk_request_newcomer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("id", "newcomer_id", name=op.f("uq_request_id_newcomer_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_request_public_id")),
    )
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_request_newcomer_id"), ["newcomer_id"], unique=False)
        batch_op.create_index(
            "uq_request_one_open",
            ["newcomer_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "computing",
                "draft",
                "published",
                "discarded",
                "failed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("certificate", sa.JSON(), nullable=False),
        sa.Column("input_sha256", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("computed_at", UtcDateTime(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name=op.f("ck_round_published")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_round_by_id")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_round_cohort_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("public_id", name=op.f("uq_round_public_id")),
    )
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_index(
            "uq_round_one_open",
            ["cohort_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('computing', 'draft')"),
            postgresql_where=sa.text("state IN ('computing', 'draft')"),
        )
    op.create_table(
        "left_out",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_left_out_request_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_left_out_round_id")),
        sa.PrimaryKeyConstraint("round_id", "request_id", name=op.f("pk_left_out")),
        info={
            "who": "coordinators of the cohort",
            "why": "to review a round before anyone is told",
            "until": "as long as the round",
        },
    )
    op.create_table(
        "pairing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.CheckConstraint("points >= 0", name=op.f("ck_pairing_points")),
        sa.ForeignKeyConstraint(["mentor_id"], ["person.id"], name=op.f("fk_pairing_mentor_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_pairing_request_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_pairing_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing")),
        sa.UniqueConstraint("round_id", "request_id", name=op.f("uq_pairing_round_id_request_id")),
        info={
            "who": "coordinators of the cohort",
            "why": "to review a round before anyone is told",
            "until": "as long as the round",
        },
    )
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pairing_mentor_id"), ["mentor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pairing_request_id"), ["request_id"], unique=False)
    op.create_table(
        "round_choice",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("lock", "forbid", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_round_choice_by_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["person.id"], name=op.f("fk_round_choice_mentor_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_round_choice_request_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_round_choice_round_id")),
        sa.PrimaryKeyConstraint("round_id", "request_id", "mentor_id", name=op.f("pk_round_choice")),
        info={
            "who": "coordinators of the cohort",
            "why": "to review a round before anyone is told",
            "until": "as long as the round",
        },
    )
    op.create_table(
        "shown",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("wish_rank", sa.Integer(), nullable=True),
        sa.CheckConstraint("wish_rank IS NULL OR wish_rank BETWEEN 1 AND 6", name=op.f("ck_shown_wish_rank")),
        sa.ForeignKeyConstraint(["mentor_id"], ["person.id"], name=op.f("fk_shown_mentor_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_shown_request_id")),
        sa.PrimaryKeyConstraint("request_id", "mentor_id", name=op.f("pk_shown")),
        info={
            "who": "herself",
            "why": "to suggest at most six mentors, and to know her wishes",
            "until": "until she erases her account",
        },
    )


def downgrade() -> None:
    op.drop_table("shown")
    op.drop_table("round_choice")
    op.drop_table("pairing")
    op.drop_table("left_out")
    op.drop_table("round")
    op.drop_table("request")
    op.drop_table("avoid")
