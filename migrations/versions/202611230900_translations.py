"""Translations: a kind of contribution, the passages of a revision, and the editions readers are shown.

Down again, the older schema has no word for translations: each becomes a withdrawn story of its translator, who can
still read every word of it.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "b7c1d2e3f4a5"
down_revision: str | None = "a1f09c3d7e21"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
OLD_KINDS = "kind IN ('story', 'comment')"
NEW_KINDS = "kind IN ('story', 'comment', 'translation')"
TRANSLATED = "SELECT id FROM contribution WHERE kind = 'translation'"


def upgrade() -> None:
    _change_kinds(OLD_KINDS, NEW_KINDS)
    op.add_column(
        "contribution",
        sa.Column("takes_translations", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.add_column("revision", sa.Column("passages", sa.Text(), server_default="[]", nullable=False))
    # The check stands with its column: SQLite then adds and drops both without a new table.
    op.execute(
        "ALTER TABLE tally ADD COLUMN translated INTEGER DEFAULT 0 NOT NULL"
        " CONSTRAINT ck_tally_translated_positive CHECK (translated >= 0)"
    )
    _create_translation()
    _create_edition()


def downgrade() -> None:
    _withdraw_translations()
    op.drop_table("edition")
    op.drop_table("translation")
    op.drop_column("tally", "translated")
    op.drop_column("revision", "passages")
    op.drop_column("contribution", "takes_translations")
    _change_kinds(NEW_KINDS, OLD_KINDS)


def _create_translation() -> None:
    op.create_table(
        "translation",
        sa.Column("id", KEY, nullable=False),
        sa.Column("of_id", KEY, nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["contribution.id"], name=op.f("fk_translation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["of_id"], ["contribution.id"], name=op.f("fk_translation_of_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation")),
    )
    op.create_index("ix_translation_of_id", "translation", ["of_id"])


def _create_edition() -> None:
    op.create_table(
        "edition",
        sa.Column("story_id", KEY, autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("translation_id", KEY, nullable=False),
        sa.Column("translator_id", KEY, nullable=False),
        sa.Column("title", sa.String(length=140), nullable=False),
        sa.Column("excerpt", sa.String(length=320), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("pictures", sa.Text(), nullable=False),
        sa.Column("stale", sa.SmallInteger(), nullable=False),
        sa.Column("is_machine_aided", sa.Boolean(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("original_language", sa.String(length=12), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("topic_id", KEY, nullable=True),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.CheckConstraint("language <> original_language", name=op.f("ck_edition_another_language")),
        sa.CheckConstraint("stale >= 0", name=op.f("ck_edition_stale_positive")),
        *(_cascading(column) for column in ("story_id", "translation_id")),
        sa.ForeignKeyConstraint(["translator_id"], ["account.id"], name=op.f("fk_edition_translator_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_edition_topic_id")),
        sa.PrimaryKeyConstraint("story_id", "language", name=op.f("pk_edition")),
    )
    op.create_index("ix_edition_language", "edition", ["language", "published_at", "story_id"])
    op.create_index("ix_edition_languages", "edition", ["language", "original_language"])
    op.create_index("ix_edition_translation_id", "edition", ["translation_id"], unique=True)
    op.create_index("ix_edition_translator_id", "edition", ["translator_id", "made_at", "story_id"])


def _cascading(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["contribution.id"], name=op.f(f"fk_edition_{column}"), ondelete="CASCADE"
    )


def _withdraw_translations() -> None:
    op.execute(
        "UPDATE backlog SET waiting = waiting - (SELECT count(*) FROM review WHERE review.kind = 'translation'"
        " AND review.closed_at IS NULL AND review.language = backlog.language AND review.country = backlog.country)"
    )
    op.execute(
        "UPDATE review SET kind = 'story', closed_at = coalesce(closed_at, CURRENT_TIMESTAMP),"
        " claimed_by_id = NULL, claimed_until = NULL WHERE kind = 'translation'"
    )
    op.execute(
        f"UPDATE revision SET state = 'withdrawn' WHERE state = 'waiting' AND contribution_id IN ({TRANSLATED})"
    )
    op.execute(f"INSERT INTO story (id) {TRANSLATED}")
    op.execute(
        "UPDATE contribution SET kind = 'story', state = CASE WHEN state IN ('draft', 'erased') THEN state"
        " ELSE 'withdrawn' END WHERE kind = 'translation'"
    )


def _change_kinds(before: str, after: str) -> None:
    if not _is_sqlite():
        op.drop_constraint(op.f("ck_contribution_kind"), "contribution", type_="check")
        op.create_check_constraint(op.f("ck_contribution_kind"), "contribution", after)
        return
    connection = op.get_bind()
    named = "FROM sqlite_master WHERE tbl_name = 'contribution' AND sql IS NOT NULL AND type"
    words = connection.exec_driver_sql(f"SELECT sql {named} = 'table'").scalar_one()
    others = connection.exec_driver_sql(f"SELECT sql {named} <> 'table'").scalars().all()
    if before not in words:
        raise LookupError(f"contribution: {before}")
    opening, _, rest = words.partition("(")
    made = f"{opening.replace('contribution', 'rebuilt')}({rest.replace(before, after)}"
    # Alembic's batch mode would lose the CHECK constraints, which it does not read.
    connection.exec_driver_sql(made)
    connection.exec_driver_sql("INSERT INTO rebuilt SELECT * FROM contribution")
    connection.exec_driver_sql("DROP TABLE contribution")
    connection.exec_driver_sql("ALTER TABLE rebuilt RENAME TO contribution")
    for other in others:
        connection.exec_driver_sql(other)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
