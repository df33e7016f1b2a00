"""Help, blocks and reports, the audit chain, and the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mentorship.store.base import UtcDateTime

revision = "b2e4d6f8a064"
down_revision = "a4c6e8b0d215"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_audit_actor_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        info={
            "who": "nobody",
            "why": "ids, codes and times that tie rows together",
            "until": "as long as the row",
        },
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_person_id"), ["person_id"], unique=False)
    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("blocker_id", sa.Integer(), nullable=False),
        sa.Column("blocked_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("blocker_id <> blocked_id", name=op.f("ck_block_two_people")),
        sa.ForeignKeyConstraint(["blocked_id"], ["person.id"], name=op.f("fk_block_blocked_id")),
        sa.ForeignKeyConstraint(["blocker_id"], ["person.id"], name=op.f("fk_block_blocker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
        sa.UniqueConstraint("blocker_id", "blocked_id", name=op.f("uq_block_blocker_id_blocked_id")),
        info={
            "who": "the one who blocked",
            "why": "to keep the two apart",
            "until": "until she takes it back",
        },
    )
    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_block_blocked_id"), ["blocked_id"], unique=False)
    op.create_table(
        "helper_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column(
            "occasion",
            sa.Enum(
                "joining",
                "closing",
                "day_30",
                "day_90",
                "day_180",
                name="occasion",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "someone_here",
                "someone_elsewhere",
                "group_or_event",
                "nobody_yet",
                "rather_not_say",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "still",
            sa.Enum(
                "yes",
                "a_little",
                "not_now",
                name="still",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(occasion = 'joining') = (request_id IS NULL)", name=op.f("ck_helper_answer_joining")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_helper_answer_answered")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_helper_answer_person_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_helper_answer_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helper_answer")),
        sa.UniqueConstraint(
            "person_id", "request_id", "occasion", name=op.f("uq_helper_answer_person_id_request_id_occasion")
        ),
    )
    with op.batch_alter_table("helper_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_helper_answer_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_helper_answer_request_id"), ["request_id"], unique=False)
        batch_op.create_index(
            "uq_helper_answer_one_joining",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("occasion = 'joining'"),
            postgresql_where=sa.text("occasion = 'joining'"),
        )
    op.create_table(
        "help",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("helped_id", sa.Integer(), nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=True),
        sa.Column("helper_name", sa.String(length=255), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("what", sa.String(length=1000), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=True),
        sa.Column("helped_agreed_at", UtcDateTime(), nullable=True),
        sa.Column("helper_agreed_at", UtcDateTime(), nullable=True),
        sa.Column("helper_declined_at", UtcDateTime(), nullable=True),
        sa.Column("is_group", sa.Boolean(), nullable=False),
        sa.Column("may_invite", sa.Boolean(), nullable=False),
        sa.Column("invitation", sa.String(length=43), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.CheckConstraint("(helper_id IS NULL) <> (helper_name IS NULL)", name=op.f("ck_help_one_helper")),
        sa.CheckConstraint("helper_id IS NULL OR helper_id <> helped_id", name=op.f("ck_help_two_people")),
        sa.CheckConstraint("year IS NULL OR year BETWEEN 2001 AND 2200", name=op.f("ck_help_year")),
        sa.ForeignKeyConstraint(["helped_id"], ["person.id"], name=op.f("fk_help_helped_id")),
        sa.ForeignKeyConstraint(["helper_id"], ["person.id"], name=op.f("fk_help_helper_id")),
        sa.ForeignKeyConstraint(["mentorship_id"], ["mentorship.id"], name=op.f("fk_help_mentorship_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help")),
        sa.CheckConstraint(
            "helper_agreed_at IS NULL OR helper_declined_at IS NULL", name=op.f("ck_help_one_answer")
        ),
        sa.CheckConstraint("NOT is_group OR helper_id IS NULL", name=op.f("ck_help_group")),
        sa.UniqueConstraint("helped_id", "helper_id", name=op.f("uq_help_helped_id_helper_id")),
        sa.UniqueConstraint("invitation", name=op.f("uq_help_invitation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_help_public_id")),
    )
    with op.batch_alter_table("help", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_helped_id"), ["helped_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_help_helper_id"), ["helper_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column(
            "mail",
            sa.Enum(
                "waiting",
                "sent",
                "on_site",
                "failed",
                name="mail",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("try_at", UtcDateTime(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["mentorship_id"], ["mentorship.id"], name=op.f("fk_outbox_mentorship_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outbox_person_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_outbox_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("public_id", name=op.f("uq_outbox_public_id")),
        info={"who": "herself", "why": "to tell her what changed", "until": "90 days after it was read"},
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_mail", ["mail", "try_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_mentorship_id"), ["mentorship_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_request_id"), ["request_id"], unique=False)
    op.create_table(
        "no_mail",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "about",
            sa.Enum(
                "messages",
                "asks",
                "request",
                "pairs",
                "calls",
                "cohort",
                "safety",
                name="about",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_no_mail_person_id")),
        sa.PrimaryKeyConstraint("person_id", "about", name=op.f("pk_no_mail")),
        info={
            "who": "herself",
            "why": "to mail her only what she wants",
            "until": "until she erases her account",
        },
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("mentorship_id", sa.Integer(), nullable=True),
        sa.Column("cohort_id", sa.Integer(), nullable=True),
        sa.Column("routed_to_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "read", "closed", name="state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.CheckConstraint(
            "routed_to_id IS NULL OR about_id IS NULL OR routed_to_id <> about_id",
            name=op.f("ck_report_not_to_her"),
        ),
        sa.ForeignKeyConstraint(["about_id"], ["person.id"], name=op.f("fk_report_about_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_report_by_id")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_report_cohort_id")),
        sa.ForeignKeyConstraint(["mentorship_id"], ["mentorship.id"], name=op.f("fk_report_mentorship_id")),
        sa.ForeignKeyConstraint(["routed_to_id"], ["person.id"], name=op.f("fk_report_routed_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_public_id")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            "ix_report_open",
            ["state"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
    op.create_table(
        "report_message",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_report_message_message_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_message_report_id")),
        sa.PrimaryKeyConstraint("report_id", "message_id", name=op.f("pk_report_message")),
    )
    with op.batch_alter_table("report_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_message_message_id"), ["message_id"], unique=False)


def downgrade() -> None:
    op.drop_table("report_message")
    op.drop_table("report")
    op.drop_table("no_mail")
    op.drop_table("outbox")
    op.drop_table("help")
    op.drop_table("helper_answer")
    op.drop_table("block")
    op.drop_table("audit")
