"""Notices, what is mailed of them, and jobs that come again by themselves."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "f2a3b4c5d6e7"
down_revision: str | None = "e1f2a3b4c5d6"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KINDS = "'answered', 'idea_moved', 'quoted', 'merged', 'parted', 'supported', 'told'"
REASONS = "'quoted', 'author', 'supporter', 'follower', 'parent', 'member', 'model', 'topic', 'country'"
MAIL = "'at_once', 'daily', 'never'"
IS_UNREAD = sa.text("read_at IS NULL")
IS_UNSETTLED = sa.text("settled_at IS NULL")
IS_PERIODIC = sa.text("every IS NOT NULL")


def upgrade() -> None:
    op.add_column("job", sa.Column("every", sa.Integer(), nullable=True))
    op.create_index(
        "uq_job_periodic",
        "job",
        ["kind"],
        unique=True,
        sqlite_where=IS_PERIODIC,
        postgresql_where=IS_PERIODIC,
    )
    _create_preferences()
    op.create_table(
        "digest",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        _to("digest", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("account_id", "day", name=op.f("uq_digest_account_id_day")),
    )
    _create_notice()


def downgrade() -> None:
    op.drop_table("notice")
    op.drop_table("digest")
    op.drop_table("notice_setting")
    op.drop_table("notice_choice")
    op.execute("DELETE FROM job WHERE every IS NOT NULL OR kind LIKE 'notices.%'")
    op.drop_index("uq_job_periodic", table_name="job")
    op.drop_column("job", "every")


def _create_preferences() -> None:
    op.create_table(
        "notice_choice",
        sa.Column("account_id", KEY, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("mail", sa.String(length=16), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_notice_choice_kind")),
        sa.CheckConstraint(f"mail IN ({MAIL})", name=op.f("ck_notice_choice_mail")),
        _to("notice_choice", "account_id", "account"),
        sa.PrimaryKeyConstraint("account_id", "kind", name=op.f("pk_notice_choice")),
    )
    op.create_table(
        "notice_setting",
        sa.Column("account_id", KEY, autoincrement=False, nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        _to("notice_setting", "account_id", "account"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_notice_setting")),
    )


def _create_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("bundle", sa.String(length=40), nullable=False),
        sa.Column("contribution_id", KEY, nullable=False),
        sa.Column("cause_id", KEY, nullable=True),
        sa.Column("actor_id", KEY, nullable=True),
        sa.Column("step_id", KEY, nullable=True),
        sa.Column("quote_id", KEY, nullable=True),
        sa.Column("mail", sa.String(length=16), nullable=False),
        sa.Column("is_service", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("digest_id", KEY, nullable=True),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_notice_kind")),
        sa.CheckConstraint(f"why IN ({REASONS})", name=op.f("ck_notice_why")),
        sa.CheckConstraint(f"mail IN ({MAIL})", name=op.f("ck_notice_mail")),
        sa.CheckConstraint("read_at IS NULL OR seen_at IS NOT NULL", name=op.f("ck_notice_read_is_seen")),
        sa.CheckConstraint(
            "seen_at IS NULL OR settled_at IS NOT NULL", name=op.f("ck_notice_seen_is_settled")
        ),
        sa.CheckConstraint(
            "digest_id IS NULL OR settled_at IS NOT NULL", name=op.f("ck_notice_mailed_is_settled")
        ),
        _to("notice", "account_id", "account"),
        _to("notice", "contribution_id", "contribution"),
        _to("notice", "cause_id", "contribution"),
        _to("notice", "actor_id", "account"),
        _to("notice", "step_id", "step"),
        _to("notice", "quote_id", "quote"),
        _to("notice", "digest_id", "digest", cascades=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_notice_account_id_key")),
    )
    op.create_index("ix_notice_list", "notice", ["account_id", "id"])
    op.create_index("ix_notice_contribution_id", "notice", ["contribution_id"])
    for name, columns, where in (
        ("unread", ["account_id", "due_at"], IS_UNREAD),
        ("unsettled", ["mail", "account_id", "due_at"], IS_UNSETTLED),
        *(
            (name, [name], sa.text(f"{name} IS NOT NULL"))
            for name in ("cause_id", "step_id", "quote_id", "digest_id")
        ),
    ):
        op.create_index(f"ix_notice_{name}", "notice", columns, sqlite_where=where, postgresql_where=where)


def _to(table: str, column: str, other: str, *, cascades: bool = True) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{other}.id"],
        name=op.f(f"fk_{table}_{column}"),
        ondelete="CASCADE" if cascades else None,
    )
