"""Search: what stories are found by. A job fills it with those that are there; new ones come by themselves.

PostgreSQL keeps an index of its own kind. On SQLite a virtual table does, and triggers keep it: whoever has to make
``search_entry`` anew makes the triggers anew too.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision: str = "c8d2e3f4a5b6"
down_revision: str | None = "b7c1d2e3f4a5"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Non-ASCII letters are parts of words for this tokenizer, and terms hold nothing of ASCII but letters and digits. They
# stand in no order, so where they stand is not kept. A beginning of three letters, behind the letter that says what
# kind of term it is, is looked up like a word.
WORDS = """
    CREATE VIRTUAL TABLE search_words USING fts5(
        terms, content='search_entry', content_rowid='id', detail=none, columnsize=0, tokenize='ascii', prefix='4'
    )
"""
TAKEN_IN = "INSERT INTO search_words (rowid, terms) VALUES (new.id, new.terms)"
TAKEN_OUT = "INSERT INTO search_words (search_words, rowid, terms) VALUES ('delete', old.id, old.terms)"
TRIGGERS = {
    "search_entry_inserted": f"AFTER INSERT ON search_entry BEGIN {TAKEN_IN}; END",
    "search_entry_deleted": f"AFTER DELETE ON search_entry BEGIN {TAKEN_OUT}; END",
    "search_entry_updated": f"AFTER UPDATE ON search_entry BEGIN {TAKEN_OUT}; {TAKEN_IN}; END",
}
FILL = """
    INSERT INTO job (kind, payload, created_at, due_at, attempts, failure)
    SELECT 'search.fill', '{"after": 0}', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, ''
    WHERE EXISTS (SELECT 1 FROM contribution WHERE kind = 'story' AND state = 'live')
"""


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("story_id", KEY, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("terms", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["contribution.id"], name=op.f("fk_search_entry_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("story_id", "language", name=op.f("uq_search_entry_story_id_language")),
    )
    if op.get_context().dialect.name == "sqlite":
        op.execute(WORDS)
        for name, does in TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} {does}")
    else:
        op.create_index("ix_search_entry_terms", "search_entry", ["terms"], postgresql_using="gin")
    op.execute(FILL)


def downgrade() -> None:
    op.execute("DELETE FROM job WHERE kind = 'search.fill'")
    op.drop_table("search_entry")
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE search_words")
