"""Ideas: a kind of contribution with stages, votes, quotes, merges and the maker's answers; curators; follows.

Down again, the older schema has no word for ideas: each becomes a withdrawn story of its author, who can still read
every word of it; curators become members; follows, votes and what the maker answered go.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision: str = "e1f2a3b4c5d6"
down_revision: str | None = "d9e3f4a5b6c7"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STAGES = Path(__file__).parents[1] / "stages.json"
KINDS = ("story", "comment", "translation")
ROLES = ("member", "moderator", "admin")
NEW_ROLES = ("member", "curator", "moderator", "admin")
TARGETS = ("member_id", "contribution_id", "topic_id", "country", "model_id")
IDEAS = "SELECT id FROM contribution WHERE kind = 'idea'"
LISTED = sa.text("listed_at IS NOT NULL")


def upgrade() -> None:
    _change("contribution", "kind", KINDS, (*KINDS, "idea"))
    _change("account", "role", ROLES, NEW_ROLES)
    op.add_column("revision", sa.Column("concerns", sa.Text(), server_default="[]", nullable=False))
    _create_stages()
    _create_idea()
    _create_counts()
    _create_merge()
    _create_answers()
    _create_support()
    _create_follow()


def downgrade() -> None:
    _withdraw_ideas()
    for table in ("follow", "vote", "quote", "idea_note", "step", "merge", "idea_term", "idea_tally"):
        op.drop_table(table)
    for table in ("idea_concern", "idea", "stage_name", "stage"):
        op.drop_table(table)
    op.drop_column("revision", "concerns")
    op.execute("UPDATE account SET role = 'member' WHERE role = 'curator'")
    _change("account", "role", NEW_ROLES, ROLES)
    _change("contribution", "kind", (*KINDS, "idea"), KINDS)


def _create_stages() -> None:
    stage = op.create_table(
        "stage",
        sa.Column("id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("meaning", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_used", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.CheckConstraint("length(slug) BETWEEN 1 AND 40", name=op.f("ck_stage_slug_length")),
        sa.CheckConstraint(
            "meaning IN ('open', 'considered', 'planned', 'made', 'shipped', 'declined')",
            name=op.f("ck_stage_meaning"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage")),
        sa.UniqueConstraint("slug", name=op.f("uq_stage_slug")),
    )
    op.create_index("ix_stage_position", "stage", ["position", "id"])
    name = op.create_table(
        "stage_name",
        sa.Column("stage_id", KEY, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 40", name=op.f("ck_stage_name_name_length")),
        _to("stage_name", "stage_id", "stage"),
        sa.PrimaryKeyConstraint("stage_id", "language", name=op.f("pk_stage_name")),
    )
    stages = json.loads(STAGES.read_text("utf-8"))
    rows = [
        {"id": place, "slug": one["slug"], "meaning": one["meaning"], "position": place, "is_used": True}
        for place, one in enumerate(stages, 1)
    ]
    op.bulk_insert(stage, rows)
    op.bulk_insert(
        name,
        [
            {"stage_id": place, "language": language, "name": words}
            for place, one in enumerate(stages, 1)
            for language, words in one["names"].items()
        ],
    )
    if not _is_sqlite():
        op.execute("SELECT setval(pg_get_serial_sequence('stage', 'id'), (SELECT max(id) FROM stage))")


def _create_idea() -> None:
    op.create_table(
        "idea",
        sa.Column("id", KEY, nullable=False),
        sa.Column("area", sa.String(length=16), nullable=True),
        sa.Column("stage_id", KEY, nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("listed_at", MOMENT, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("curator_id", KEY, nullable=True),
        sa.Column("merged_into_id", KEY, nullable=True),
        sa.Column("supporter_count", sa.Integer(), nullable=False),
        sa.Column("breadth", sa.Integer(), nullable=False),
        sa.Column("fresh_breadth", sa.Integer(), nullable=False),
        sa.CheckConstraint("supporter_count >= 0", name=op.f("ck_idea_supporter_count_positive")),
        sa.CheckConstraint("breadth >= 0 AND fresh_breadth >= 0", name=op.f("ck_idea_breadth_positive")),
        sa.CheckConstraint(
            "merged_into_id IS NULL OR listed_at IS NULL", name=op.f("ck_idea_merged_is_not_listed")
        ),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_idea_not_into_itself")),
        sa.CheckConstraint(
            "area IN ('localisation', 'sustainability', 'technology', 'service', 'community', 'design')",
            name=op.f("ck_idea_area"),
        ),
        _to("idea", "id", "contribution"),
        _to("idea", "stage_id", "stage", cascades=False),
        _to("idea", "curator_id", "account", cascades=False),
        _to("idea", "merged_into_id", "idea", cascades=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea")),
    )
    for name, columns in (
        ("new", ["listed_at"]),
        ("supported", ["supporter_count"]),
        ("broad", ["fresh_breadth", "supporter_count"]),
        ("stage", ["stage_id", "answered_at"]),
        ("area", ["area", "listed_at"]),
    ):
        op.create_index(
            f"ix_idea_{name}", "idea", [*columns, "id"], sqlite_where=LISTED, postgresql_where=LISTED
        )
    for column in ("stage_id", "merged_into_id", "curator_id"):
        op.create_index(f"ix_idea_{column}", "idea", [column])


def _create_counts() -> None:
    for table, columns, checks in (
        ("idea_concern", (sa.Column("published_at", MOMENT, nullable=False),), ()),
        (
            "idea_tally",
            (sa.Column("votes", sa.Integer(), nullable=False),),
            (sa.CheckConstraint("votes >= 0", name=op.f("ck_idea_tally_votes_positive")),),
        ),
    ):
        op.create_table(
            table,
            sa.Column("idea_id", KEY, autoincrement=False, nullable=False),
            sa.Column("kind", sa.String(length=16), nullable=False),
            sa.Column("value", sa.String(length=20), nullable=False),
            *columns,
            *checks,
            sa.CheckConstraint("kind IN ('country', 'model')", name=op.f(f"ck_{table}_kind")),
            _to(table, "idea_id", "idea"),
            sa.PrimaryKeyConstraint("idea_id", "kind", "value", name=op.f(f"pk_{table}")),
        )
    op.create_index("ix_idea_concern_value", "idea_concern", ["kind", "value", "published_at", "idea_id"])
    op.create_table(
        "idea_term",
        sa.Column("term", sa.String(length=64), nullable=False),
        sa.Column("idea_id", KEY, autoincrement=False, nullable=False),
        _to("idea_term", "idea_id", "idea"),
        sa.PrimaryKeyConstraint("term", "idea_id", name=op.f("pk_idea_term")),
    )
    op.create_index("ix_idea_term_idea_id", "idea_term", ["idea_id"])


def _create_merge() -> None:
    op.create_table(
        "merge",
        sa.Column("id", KEY, nullable=False),
        sa.Column("duplicate_id", KEY, nullable=False),
        sa.Column("original_id", KEY, nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by_id", KEY, nullable=True),
        sa.CheckConstraint("duplicate_id <> original_id", name=op.f("ck_merge_two_ideas")),
        sa.CheckConstraint("length(why) <= 300", name=op.f("ck_merge_why_length")),
        _to("merge", "duplicate_id", "idea"),
        _to("merge", "original_id", "idea"),
        _to("merge", "by_id", "account", cascades=False),
        _to("merge", "undone_by_id", "account", cascades=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    standing = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_merge_standing",
        "merge",
        ["duplicate_id"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_index("ix_merge_original_id", "merge", ["original_id"])


def _create_answers() -> None:
    op.create_table(
        "step",
        sa.Column("id", KEY, nullable=False),
        sa.Column("idea_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("from_id", KEY, nullable=False),
        sa.Column("to_id", KEY, nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("function", sa.String(length=80), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        *(
            sa.Column(name, sa.String(length=200), nullable=False)
            for name in ("reason", "shipped_models", "shipped_countries", "shipped_version")
        ),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(answer) BETWEEN 1 AND 5000", name=op.f("ck_step_answer_length")),
        sa.CheckConstraint("length(function) BETWEEN 1 AND 80", name=op.f("ck_step_function_length")),
        sa.CheckConstraint("length(reason) <= 200", name=op.f("ck_step_reason_length")),
        _to("step", "idea_id", "idea"),
        *(_to("step", name, "stage", cascades=False) for name in ("from_id", "to_id")),
        _to("step", "by_id", "account", cascades=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
        sa.UniqueConstraint("idea_id", "number", name=op.f("uq_step_idea_id_number")),
        sa.UniqueConstraint("idea_id", "form_id", name=op.f("uq_step_idea_id_form_id")),
    )
    op.create_index("ix_step_created_at", "step", ["created_at", "id"])
    op.create_index("ix_step_by_id", "step", ["by_id", "id"])
    op.create_table(
        "idea_note",
        sa.Column("id", KEY, nullable=False),
        sa.Column("idea_id", KEY, nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(words) BETWEEN 1 AND 2000", name=op.f("ck_idea_note_words_length")),
        _to("idea_note", "idea_id", "idea"),
        _to("idea_note", "by_id", "account", cascades=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_note")),
        sa.UniqueConstraint("idea_id", "form_id", name=op.f("uq_idea_note_idea_id_form_id")),
    )
    op.create_index("ix_idea_note_idea_id", "idea_note", ["idea_id", "id"])


def _create_support() -> None:
    op.create_table(
        "quote",
        sa.Column("id", KEY, nullable=False),
        sa.Column("idea_id", KEY, nullable=False),
        sa.Column("story_id", KEY, nullable=False),
        sa.Column("revision_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("merge_id", KEY, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("refused_at", MOMENT, nullable=True),
        sa.CheckConstraint("length(words) BETWEEN 1 AND 5000", name=op.f("ck_quote_words_length")),
        _to("quote", "idea_id", "idea"),
        _to("quote", "story_id", "contribution"),
        _to("quote", "revision_id", "revision"),
        _to("quote", "account_id", "account", cascades=False),
        _to("quote", "merge_id", "merge", cascades=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
    )
    own = sa.text("merge_id IS NULL")
    op.create_index(
        "uq_quote_own",
        "quote",
        ["idea_id", "story_id", "key"],
        unique=True,
        sqlite_where=own,
        postgresql_where=own,
    )
    op.create_index("ix_quote_story_id", "quote", ["story_id"])
    op.create_index("ix_quote_account_id", "quote", ["account_id", "id"])
    op.create_index("ix_quote_merge_id", "quote", ["merge_id"])
    op.create_table(
        "vote",
        sa.Column("idea_id", KEY, autoincrement=False, nullable=False),
        sa.Column("account_id", KEY, autoincrement=False, nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("model_id", KEY, nullable=True),
        sa.Column("comment_id", KEY, nullable=True),
        sa.Column("merge_id", KEY, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        _to("vote", "idea_id", "idea"),
        _to("vote", "account_id", "account"),
        _to("vote", "model_id", "model", cascades=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["contribution.id"], name=op.f("fk_vote_comment_id"), ondelete="SET NULL"
        ),
        _to("vote", "merge_id", "merge", cascades=False),
        sa.PrimaryKeyConstraint("idea_id", "account_id", name=op.f("pk_vote")),
    )
    op.create_index("ix_vote_account_id", "vote", ["account_id", "created_at"])
    op.create_index("ix_vote_idea_country", "vote", ["idea_id", "country", "created_at"])
    op.create_index("ix_vote_merge_id", "vote", ["merge_id"])


def _create_follow() -> None:
    given = " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in TARGETS)
    op.create_table(
        "follow",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("member_id", KEY, nullable=True),
        sa.Column("contribution_id", KEY, nullable=True),
        sa.Column("topic_id", KEY, nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("model_id", KEY, nullable=True),
        sa.Column("merge_id", KEY, nullable=True),
        sa.Column("is_muted", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint(f"{given} = 1", name=op.f("ck_follow_one_target")),
        sa.CheckConstraint("member_id <> account_id", name=op.f("ck_follow_not_oneself")),
        _to("follow", "account_id", "account"),
        _to("follow", "member_id", "account"),
        _to("follow", "contribution_id", "contribution"),
        _to("follow", "topic_id", "topic"),
        _to("follow", "model_id", "model"),
        _to("follow", "merge_id", "merge", cascades=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
    )
    for name in TARGETS:
        there = sa.text(f"{name} IS NOT NULL")
        for kind, columns in (("uq", ["account_id", name]), ("ix", [name])):
            op.create_index(
                f"{kind}_follow_{name}",
                "follow",
                columns,
                unique=kind == "uq",
                sqlite_where=there,
                postgresql_where=there,
            )


def _to(table: str, column: str, other: str, *, cascades: bool = True) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{other}.id"],
        name=op.f(f"fk_{table}_{column}"),
        ondelete="CASCADE" if cascades else None,
    )


def _withdraw_ideas() -> None:
    op.execute(
        "UPDATE backlog SET waiting = waiting - (SELECT count(*) FROM review WHERE review.kind = 'idea'"
        " AND review.closed_at IS NULL AND review.language = backlog.language AND review.country = backlog.country)"
    )
    op.execute(
        "UPDATE review SET kind = 'story', closed_at = coalesce(closed_at, CURRENT_TIMESTAMP),"
        " claimed_by_id = NULL, claimed_until = NULL WHERE kind = 'idea'"
    )
    op.execute(
        f"UPDATE revision SET state = 'withdrawn' WHERE state = 'waiting' AND contribution_id IN ({IDEAS})"
    )
    op.execute(f"INSERT INTO story (id) {IDEAS}")
    op.execute(
        "UPDATE contribution SET kind = 'story', state = CASE WHEN state IN ('draft', 'erased') THEN state"
        " ELSE 'withdrawn' END WHERE kind = 'idea'"
    )


def _change(table: str, column: str, before: Sequence[str], after: Sequence[str]) -> None:
    old, new = (f"{column} IN ({', '.join(map(repr, values))})" for values in (before, after))
    if not _is_sqlite():
        op.drop_constraint(op.f(f"ck_{table}_{column}"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{column}"), table, new)
        return
    connection = op.get_bind()
    named = f"FROM sqlite_master WHERE tbl_name = '{table}' AND sql IS NOT NULL AND type"
    words = connection.exec_driver_sql(f"SELECT sql {named} = 'table'").scalar_one()
    others = connection.exec_driver_sql(f"SELECT sql {named} <> 'table'").scalars().all()
    if old not in words:
        raise LookupError(f"{table}: {old}")
    opening, _, rest = words.partition("(")
    made = f"{opening.replace(table, 'rebuilt')}({rest.replace(old, new)}"
    # Alembic's batch mode would lose the CHECK constraints, which it does not read.
    connection.exec_driver_sql(made)
    connection.exec_driver_sql(f"INSERT INTO rebuilt SELECT * FROM {table}")
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE rebuilt RENAME TO {table}")
    for other in others:
        connection.exec_driver_sql(other)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
