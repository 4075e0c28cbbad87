"""Blocks between members, and how many each one has a part in."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "a3b4c5d6e7f8"
down_revision: str | None = "f2a3b4c5d6e7"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("account", sa.Column("block_count", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "block",
        sa.Column("blocker_id", KEY, autoincrement=False, nullable=False),
        sa.Column("blocked_id", KEY, autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("blocked_id <> blocker_id", name=op.f("ck_block_not_oneself")),
        *(
            sa.ForeignKeyConstraint([name], ["account.id"], name=op.f(f"fk_block_{name}"), ondelete="CASCADE")
            for name in ("blocker_id", "blocked_id")
        ),
        sa.PrimaryKeyConstraint("blocker_id", "blocked_id", name=op.f("pk_block")),
    )
    op.create_index("ix_block_blocked_id", "block", ["blocked_id"])


def downgrade() -> None:
    op.drop_table("block")
    op.drop_column("account", "block_count")
