"""Calls and the stories that answer them, with their answers in the revision; spotlights.

Down again, stories keep their texts and lose what they answered; calls and spotlights go.
"""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "c5d6e7f8a9b0"
down_revision: str | None = "b4c5d6e7f8a9"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CALL = "CONSTRAINT fk_revision_call_id FOREIGN KEY(call_id) REFERENCES call (id)"
LONGEST_TITLE, LONGEST_WORDS = 120, 5_000


def upgrade() -> None:
    _create_call()
    _create_answers()
    _create_spotlight()
    op.add_column("revision", sa.Column("answers", sa.Text(), server_default="[]", nullable=False))
    _add_call_to_revision()


def downgrade() -> None:
    _drop_call_from_revision()
    op.drop_column("revision", "answers")
    for table in ("spotlight_story", "spotlight_text", "spotlight"):
        op.drop_table(table)
    for table in ("call_answer", "call_story", "call_text", "call"):
        op.drop_table(table)


def _create_call() -> None:
    op.create_table(
        "call",
        sa.Column("id", KEY, nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("countries", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=True),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("version", "terms_version", "story_count")
        ),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("version > 0 AND terms_version > 0", name=op.f("ck_call_versions_positive")),
        sa.CheckConstraint("story_count >= 0", name=op.f("ck_call_story_count_positive")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_call_days_in_order")),
        _to("call", "by_id", "account", cascades=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("by_id", "form_id", name=op.f("uq_call_by_id_form_id")),
    )
    opened = sa.text("opened_at IS NOT NULL")
    op.create_index(
        "ix_call_last_day", "call", ["last_day", "id"], sqlite_where=opened, postgresql_where=opened
    )
    op.create_table(
        "call_text",
        sa.Column("call_id", KEY, nullable=False),
        *_words("call_text"),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.CheckConstraint(f"length(terms) <= {LONGEST_WORDS}", name=op.f("ck_call_text_terms_length")),
        _to("call_text", "call_id", "call"),
        sa.PrimaryKeyConstraint("call_id", "language", name=op.f("pk_call_text")),
    )


def _create_answers() -> None:
    op.create_table(
        "call_story",
        sa.Column("story_id", KEY, autoincrement=False, nullable=False),
        sa.Column("call_id", KEY, nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        _to("call_story", "story_id", "contribution"),
        _to("call_story", "call_id", "call", cascades=False),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_call_story")),
    )
    op.create_index("ix_call_story_published", "call_story", ["call_id", "published_at", "story_id"])
    op.create_table(
        "call_answer",
        sa.Column("story_id", KEY, autoincrement=False, nullable=False),
        sa.Column("call_id", KEY, autoincrement=False, nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=False),
        sa.Column("accepted_at", MOMENT, nullable=False),
        _to("call_answer", "story_id", "contribution"),
        _to("call_answer", "call_id", "call", cascades=False),
        sa.PrimaryKeyConstraint("story_id", "call_id", name=op.f("pk_call_answer")),
    )
    op.create_index("ix_call_answer_call_id", "call_answer", ["call_id"])


def _create_spotlight() -> None:
    op.create_table(
        "spotlight",
        sa.Column("id", KEY, nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("call_id", KEY, nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_spotlight_version_positive")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_spotlight_days_in_order")),
        _to("spotlight", "by_id", "account", cascades=False),
        _to("spotlight", "call_id", "call", cascades=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spotlight")),
        sa.UniqueConstraint("by_id", "form_id", name=op.f("uq_spotlight_by_id_form_id")),
        sa.UniqueConstraint("call_id", name=op.f("uq_spotlight_call_id")),
    )
    published = sa.text("published_at IS NOT NULL")
    op.create_index(
        "ix_spotlight_published",
        "spotlight",
        ["published_at", "id"],
        sqlite_where=published,
        postgresql_where=published,
    )
    op.create_table(
        "spotlight_text",
        sa.Column("spotlight_id", KEY, nullable=False),
        *_words("spotlight_text"),
        _to("spotlight_text", "spotlight_id", "spotlight"),
        sa.PrimaryKeyConstraint("spotlight_id", "language", name=op.f("pk_spotlight_text")),
    )
    op.create_table(
        "spotlight_story",
        sa.Column("spotlight_id", KEY, autoincrement=False, nullable=False),
        sa.Column("story_id", KEY, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _to("spotlight_story", "spotlight_id", "spotlight"),
        _to("spotlight_story", "story_id", "story"),
        sa.PrimaryKeyConstraint("spotlight_id", "story_id", name=op.f("pk_spotlight_story")),
    )
    op.create_index("ix_spotlight_story_story_id", "spotlight_story", ["story_id"])


def _words(table: str) -> tuple[sa.Column[Any] | sa.CheckConstraint, ...]:
    return (
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=LONGEST_TITLE), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.CheckConstraint(
            f"length(title) BETWEEN 1 AND {LONGEST_TITLE}", name=op.f(f"ck_{table}_title_length")
        ),
        sa.CheckConstraint(
            f"length(introduction) BETWEEN 1 AND {LONGEST_WORDS}",
            name=op.f(f"ck_{table}_introduction_length"),
        ),
    )


def _add_call_to_revision() -> None:
    op.add_column("revision", sa.Column("call_id", KEY, nullable=True))
    if _is_sqlite():
        _rebuild_revision(lambda words: f"{words.rstrip().removesuffix(')')}, {CALL})")
    else:
        op.create_foreign_key(op.f("fk_revision_call_id"), "revision", "call", ["call_id"], ["id"])


def _drop_call_from_revision() -> None:
    if _is_sqlite():
        _rebuild_revision(lambda words: words.replace(f", {CALL}", ""))
    else:
        op.drop_constraint(op.f("fk_revision_call_id"), "revision", type_="foreignkey")
    op.drop_column("revision", "call_id")


def _rebuild_revision(change: Callable[[str], str]) -> None:
    """SQLite names a foreign key only where the table is made. Alembic's batch mode would lose the CHECKs."""
    connection = op.get_bind()
    named = "FROM sqlite_master WHERE tbl_name = 'revision' AND sql IS NOT NULL AND type"
    words = connection.exec_driver_sql(f"SELECT sql {named} = 'table'").scalar_one()
    others = connection.exec_driver_sql(f"SELECT sql {named} <> 'table'").scalars().all()
    opening, _, rest = change(words).partition("(")
    connection.exec_driver_sql(f"{opening.replace('revision', 'rebuilt')}({rest}")
    connection.exec_driver_sql("INSERT INTO rebuilt SELECT * FROM revision")
    connection.exec_driver_sql("DROP TABLE revision")
    connection.exec_driver_sql("ALTER TABLE rebuilt RENAME TO revision")
    for other in others:
        connection.exec_driver_sql(other)


def _to(table: str, column: str, other: str, *, cascades: bool = True) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{other}.id"],
        name=op.f(f"fk_{table}_{column}"),
        ondelete="CASCADE" if cascades else None,
    )


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
