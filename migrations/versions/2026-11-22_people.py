"""Persons, how they sign in, and what they tell about themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mentorship.store.base import UtcDateTime

revision = "3f5d1c8a7e20"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("locale", sa.String(length=20), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "active",
                "hidden",
                "suspended",
                "erased",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("adult", sa.Boolean(), nullable=False),
        sa.Column("about", sa.String(length=2000), nullable=False),
        sa.Column("wiki_name", sa.String(length=255), nullable=True),
        sa.Column("wiki_name_hash", sa.String(length=64), nullable=True),
        sa.Column("prefers_writing", sa.Boolean(), nullable=False),
        sa.Column("hours_change", sa.Boolean(), nullable=False),
        sa.Column("shows_helped", sa.Boolean(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.Column("links_from", UtcDateTime(), nullable=True),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status <> 'erased' OR (name = '' AND about = '' AND wiki_name IS NULL)",
            name=op.f("ck_person_erased"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_wiki_name_hash"), ["wiki_name_hash"], unique=False)
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
        info={
            "who": "nobody",
            "why": "ids, codes and times that tie rows together",
            "until": "as long as the row",
        },
    )
    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_address_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sa.UniqueConstraint("person_id", "email", name=op.f("uq_address_person_id_email")),
    )
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_person_id"), ["person_id"], unique=False)
    op.create_table(
        "credential",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "password",
                "recovery_code",
                "passkey",
                "wikimedia",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("secret", sa.String(length=255), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_credential_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_credential_kind_subject")),
        sa.UniqueConstraint(
            "person_id", "kind", "subject", name=op.f("uq_credential_person_id_kind_subject")
        ),
    )
    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credential_person_id"), ["person_id"], unique=False)
    op.create_table(
        "day_part",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.CheckConstraint("day IN ('weekday', 'weekend')", name=op.f("ck_day_part_day")),
        sa.CheckConstraint("part IN ('morning', 'afternoon', 'evening')", name=op.f("ck_day_part_part")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_day_part_person_id")),
        sa.PrimaryKeyConstraint("person_id", "day", "part", name=op.f("pk_day_part")),
    )
    op.create_table(
        "interest",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "need", "topic", "area", name="kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("learns", sa.Integer(), nullable=False),
        sa.Column("helps", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "learns BETWEEN 0 AND 3 AND helps BETWEEN 0 AND 3 AND learns + helps > 0",
            name=op.f("ck_interest_range"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_interest_person_id")),
        sa.PrimaryKeyConstraint("person_id", "kind", "item", name=op.f("pk_interest")),
    )
    op.create_table(
        "language_skill",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("accepts_help_in", sa.Boolean(), nullable=False),
        sa.Column("helps_in", sa.Boolean(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 6", name=op.f("ck_language_skill_level")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_language_skill_person_id")),
        sa.PrimaryKeyConstraint("person_id", "code", name=op.f("pk_language_skill")),
    )
    op.create_table(
        "login_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_login_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_session_token_hash")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_session_person_id"), ["person_id"], unique=False)
    op.create_table(
        "where_edits",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("project", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_where_edits_person_id")),
        sa.PrimaryKeyConstraint("person_id", "project", "language", name=op.f("pk_where_edits")),
    )
    op.create_table(
        "reach_note",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reach_note_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reach_note")),
    )


def downgrade() -> None:
    op.drop_table("reach_note")
    op.drop_table("where_edits")
    op.drop_table("login_session")
    op.drop_table("language_skill")
    op.drop_table("interest")
    op.drop_table("day_part")
    op.drop_table("credential")
    op.drop_table("address")
    op.drop_table("setting")
    op.drop_table("person")
