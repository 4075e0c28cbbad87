"""Insights. A job counts the stories and ideas that are there; new ones count themselves."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "b4c5d6e7f8a9"
down_revision: str | None = "a3b4c5d6e7f8"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DIMENSIONS = ("month", "country", "model_id", "powertrain", "topic_id", "language")
FILL = """
    INSERT INTO job (kind, payload, created_at, due_at, attempts, failure)
    SELECT 'insights.fill', '{"after": 0}', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, ''
    WHERE EXISTS (SELECT 1 FROM contribution WHERE kind IN ('story', 'idea') AND state = 'live')
"""


def upgrade() -> None:
    op.create_table(
        "insight",
        sa.Column("contribution_id", KEY, autoincrement=False, nullable=False),
        sa.Column("kind", _choice("story", "comment", "translation", "idea", name="kind"), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("model_id", KEY),
        sa.Column(
            "powertrain",
            _choice("petrol", "diesel", "hybrid", "plug_in", "electric", "hydrogen", name="powertrain"),
        ),
        sa.Column("topic_id", KEY),
        sa.Column(
            "area",
            _choice(
                "localisation",
                "sustainability",
                "technology",
                "service",
                "community",
                "design",
                name="area",
            ),
        ),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_insight_contribution_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["model_id"], ["model.id"], name=op.f("fk_insight_model_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_insight_topic_id")),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_insight_author_id")),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_insight")),
    )
    for by in DIMENSIONS:
        rest = [name for name in DIMENSIONS if name != by]
        op.create_index(f"ix_insight_{by}", "insight", ["kind", by, "author_id", *rest])
    op.create_index("ix_insight_area", "insight", ["kind", "area", "author_id"])
    op.create_index("ix_insight_author_id", "insight", ["author_id"])
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
    op.execute(FILL)


def downgrade() -> None:
    op.execute("DELETE FROM job WHERE kind LIKE 'insights.%'")
    op.drop_table("insight_word")
    op.drop_table("insight_term")
    op.drop_table("insight_month")
    op.drop_table("insight")


def _choice(*values: str, name: str) -> sa.Enum:
    return sa.Enum(
        *values, name=op.f(f"ck_insight_{name}"), native_enum=False, create_constraint=True, length=16
    )
