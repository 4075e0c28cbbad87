"""Words that rise, under whatever is chosen. The worker reads the texts of the last year anew."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "e7f8a9b0c1d2"
down_revision: str | None = "d6e7f8a9b0c1"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT_ONCE = "UPDATE job SET due_at = CURRENT_TIMESTAMP WHERE kind = 'insights.words'"


def upgrade() -> None:
    for table in ("insight_word", "insight_term", "insight_month"):
        op.drop_table(table)
    op.create_table(
        "insight_term",
        sa.Column("id", KEY, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("term", sa.String(length=64), nullable=False),
        sa.Column("word", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_term")),
        sa.UniqueConstraint("language", "term", name=op.f("uq_insight_term_language_term")),
    )
    op.create_table(
        "insight_text",
        sa.Column("contribution_id", KEY, autoincrement=False, nullable=False),
        sa.Column("revision_id", KEY, nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["insight.contribution_id"],
            name=op.f("fk_insight_text_contribution_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_insight_text")),
    )
    op.create_table(
        "insight_word",
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("value", sa.String(length=20), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("word", sa.String(length=64), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("usual", sa.Double()),
        sa.PrimaryKeyConstraint("by", "value", "place", name=op.f("pk_insight_word")),
    )
    op.execute(AT_ONCE)


def downgrade() -> None:
    for table in ("insight_word", "insight_text", "insight_term"):
        op.drop_table(table)
    op.create_table(
        "insight_month",
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_stale", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_insight_month")),
    )
    op.create_table(
        "insight_term",
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("term", sa.String(length=64), nullable=False),
        sa.Column("word", sa.String(length=64), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("texts > 0", name=op.f("ck_insight_term_texts_positive")),
        sa.CheckConstraint("people > 0", name=op.f("ck_insight_term_people_positive")),
        sa.ForeignKeyConstraint(
            ["month"], ["insight_month.month"], name=op.f("fk_insight_term_month"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("month", "language", "term", name=op.f("pk_insight_term")),
    )
    op.create_table(
        "insight_word",
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=64), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("usual", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("language", "place", name=op.f("pk_insight_word")),
    )
    op.execute(AT_ONCE)
