"""Claim a round that is solved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mentorship.store.base import UtcDateTime

revision = "27ef10681e24"
down_revision = "c5a7e9d1f318"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("solving_until", UtcDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_column("solving_until")
