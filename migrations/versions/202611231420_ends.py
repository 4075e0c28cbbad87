"""Indexes for what stories changed and for notices that go; notices of spotlights; calls that end before their day.

Down again, notices of spotlights go, and a call that was ended early is one that is over.
"""

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "f8a9b0c1d2e3"
down_revision: str | None = "e7f8a9b0c1d2"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
LISTED, READ, NAMED = (
    sa.text(f"{column} IS NOT NULL") for column in ("listed_at", "read_at", "spotlight_id")
)
KINDS = "kind IN ('answered', 'idea_moved', 'quoted', 'merged', 'parted', 'supported', 'told'"
OLD_KINDS, NEW_KINDS = f"{KINDS})", f"{KINDS}, 'spotlighted', 'gathered')"
OF_SPOTLIGHTS = "kind IN ('spotlighted', 'gathered')"
SPOTLIGHT = (
    "CONSTRAINT fk_notice_spotlight_id FOREIGN KEY(spotlight_id) REFERENCES spotlight (id) ON DELETE CASCADE"
)
WHY = "CONSTRAINT ck_call_ended_why_length CHECK (length(ended_why) <= 500)"


def upgrade() -> None:
    op.create_index(
        "ix_idea_changed", "idea", ["answered_at", "id"], sqlite_where=LISTED, postgresql_where=LISTED
    )
    op.create_index("ix_quote_idea_id", "quote", ["idea_id", "id"])
    op.create_index("ix_notice_read", "notice", ["read_at"], sqlite_where=READ, postgresql_where=READ)
    op.add_column("notice", sa.Column("spotlight_id", KEY, nullable=True))
    op.add_column("call", sa.Column("ended_at", MOMENT, nullable=True))
    op.add_column("call", sa.Column("ended_why", sa.Text(), server_default=sa.text("''"), nullable=False))
    if _is_sqlite():
        _rebuild("notice", lambda words: _with(words.replace(OLD_KINDS, NEW_KINDS), SPOTLIGHT))
        _rebuild("notice_choice", lambda words: words.replace(OLD_KINDS, NEW_KINDS))
        _rebuild("call", lambda words: _with(words, WHY))
    else:
        for table in ("notice", "notice_choice"):
            _check(table, NEW_KINDS)
        op.create_foreign_key(
            op.f("fk_notice_spotlight_id"),
            "notice",
            "spotlight",
            ["spotlight_id"],
            ["id"],
            ondelete="CASCADE",
        )
        op.create_check_constraint(op.f("ck_call_ended_why_length"), "call", "length(ended_why) <= 500")
    op.create_index(
        "ix_notice_spotlight_id", "notice", ["spotlight_id"], sqlite_where=NAMED, postgresql_where=NAMED
    )


def downgrade() -> None:
    op.drop_index("ix_notice_spotlight_id", table_name="notice")
    for table in ("notice", "notice_choice"):
        op.execute(f"DELETE FROM {table} WHERE {OF_SPOTLIGHTS}")
    if _is_sqlite():
        _rebuild("notice", lambda words: words.replace(NEW_KINDS, OLD_KINDS).replace(f", {SPOTLIGHT}", ""))
        _rebuild("notice_choice", lambda words: words.replace(NEW_KINDS, OLD_KINDS))
        _rebuild("call", lambda words: words.replace(f", {WHY}", ""))
    else:
        for table in ("notice", "notice_choice"):
            _check(table, OLD_KINDS)
        op.drop_constraint(op.f("fk_notice_spotlight_id"), "notice", type_="foreignkey")
        op.drop_constraint(op.f("ck_call_ended_why_length"), "call", type_="check")
    op.drop_column("call", "ended_why")
    op.drop_column("call", "ended_at")
    op.drop_column("notice", "spotlight_id")
    op.drop_index("ix_notice_read", table_name="notice")
    op.drop_index("ix_quote_idea_id", table_name="quote")
    op.drop_index("ix_idea_changed", table_name="idea")


def _check(table: str, words: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_kind"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_kind"), table, words)


def _with(words: str, constraint: str) -> str:
    return f"{words.rstrip().removesuffix(')')}, {constraint})"


def _rebuild(table: str, change: Callable[[str], str]) -> None:
    """SQLite names a constraint only where the table is made. Alembic's batch mode would lose the CHECKs."""
    connection = op.get_bind()
    named = f"FROM sqlite_master WHERE tbl_name = '{table}' AND sql IS NOT NULL AND type"
    words = connection.exec_driver_sql(f"SELECT sql {named} = 'table'").scalar_one()
    others = connection.exec_driver_sql(f"SELECT sql {named} <> 'table'").scalars().all()
    changed = change(words)
    if changed == words:
        raise LookupError(table)
    opening, _, rest = changed.partition("(")
    connection.exec_driver_sql(f"{opening.replace(table, 'rebuilt')}({rest}")
    connection.exec_driver_sql(f"INSERT INTO rebuilt SELECT * FROM {table}")
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE rebuilt RENAME TO {table}")
    for other in others:
        connection.exec_driver_sql(other)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
