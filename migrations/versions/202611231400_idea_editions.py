"""Editions of ideas beside those of stories: their kind, first in the indexes that lists of stories walk.

Down again, the older schema shows no idea in another language: their editions go, the translations stay. Up again, a
job draws them anew. Ideas are found by their words from here on: another job takes them into the index.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "d6e7f8a9b0c1"
down_revision: str | None = "c5d6e7f8a9b0"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INDEXES = {
    "ix_edition_language": ["language", "published_at", "story_id"],
    "ix_edition_languages": ["language", "original_language"],
}
# The check stands with its column: SQLite then adds and drops both without a new table.
KIND = (
    "ALTER TABLE edition ADD COLUMN kind VARCHAR(16) DEFAULT 'story' NOT NULL"
    " CONSTRAINT ck_edition_kind CHECK (kind IN ('story', 'comment', 'translation', 'idea'))"
)
DRAW = """
    INSERT INTO job (kind, payload, created_at, due_at, attempts, failure)
    SELECT 'translations.draw_ideas', '{"after": 0}', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, ''
    WHERE EXISTS (
        SELECT 1 FROM translation JOIN contribution ON contribution.id = translation.of_id
        WHERE contribution.kind = 'idea'
    )
"""
FILL = """
    INSERT INTO job (kind, payload, created_at, due_at, attempts, failure)
    SELECT 'search.fill', '{"after": 0}', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, ''
    WHERE EXISTS (SELECT 1 FROM contribution WHERE kind = 'idea' AND state = 'live')
"""
IDEAS = "SELECT id FROM contribution WHERE kind = 'idea'"


def upgrade() -> None:
    op.execute(KIND)
    for name, columns in INDEXES.items():
        op.drop_index(name, "edition")
        op.create_index(name, "edition", ["kind", *columns])
    op.execute(DRAW)
    op.execute(FILL)


def downgrade() -> None:
    op.execute("DELETE FROM job WHERE kind = 'translations.draw_ideas'")
    op.execute("DELETE FROM edition WHERE kind = 'idea'")
    op.execute(f"DELETE FROM search_entry WHERE story_id IN ({IDEAS})")
    for name, columns in INDEXES.items():
        op.drop_index(name, "edition")
        op.create_index(name, "edition", columns)
    op.drop_column("edition", "kind")
