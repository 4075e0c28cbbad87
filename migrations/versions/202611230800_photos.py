"""Photos, the pictures of a revision, and what authors agree to for a story.

Down again, texts lose their pictures: the older schema has no word for them. The files stay where they are kept, and
``community media sweep`` removes them once they are a day old.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "e1d80a3c5b47"
down_revision: str | None = "7757352e3822"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STATES = ("arriving", "waiting", "ready", "failed")
PURPOSES = ("quote", "people")
CHECKS = {
    "received_within_length": "received BETWEEN 0 AND length",
    "length_range": "length BETWEEN 1 AND 16777216",
    "name_length": "length(name) <= 120",
    "failure_has_reason": "state <> 'failed' OR reason IS NOT NULL",
    "ready_has_size": (
        "state <> 'ready' OR (width IS NOT NULL AND height IS NOT NULL AND thumbhash IS NOT NULL)"
    ),
    "whole_before_work": "state = 'arriving' OR received = length",
}


def upgrade() -> None:
    op.add_column("revision", sa.Column("pictures", sa.Text(), server_default="[]", nullable=False))
    _create_photo()
    _create_files()
    _create_consent()


def downgrade() -> None:
    for table in ("consent", "upload_part", "photo_file", "photo"):
        op.drop_table(table)
    op.drop_column("revision", "pictures")


def _create_photo() -> None:
    op.create_table(
        "photo",
        sa.Column("id", KEY, nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("owner_id", KEY, nullable=False),
        sa.Column("contribution_id", KEY, nullable=True),
        sa.Column("state", _choice("state", STATES), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("thumbhash", sa.String(length=60), nullable=True),
        sa.Column("receipt", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_photo_{name}")) for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_photo_owner_id")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_photo_contribution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("key", name=op.f("uq_photo_key")),
    )
    op.create_index("ix_photo_owner_id", "photo", ["owner_id", "created_at"])
    op.create_index("ix_photo_contribution_id", "photo", ["contribution_id"])
    op.create_index("ix_photo_unattached", "photo", ["created_at"], **_where("contribution_id IS NULL"))


def _create_files() -> None:
    op.create_table(
        "photo_file",
        sa.Column("photo_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("width", sa.SmallInteger(), nullable=False),
        sa.Column("height", sa.SmallInteger(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_photo_file_photo_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("photo_id", "name", name=op.f("pk_photo_file")),
    )
    op.create_table(
        "upload_part",
        sa.Column("photo_id", KEY, nullable=False),
        sa.Column("start", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_upload_part_photo_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("photo_id", "start", name=op.f("pk_upload_part")),
    )


def _create_consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", KEY, nullable=False),
        sa.Column("contribution_id", KEY, nullable=False),
        sa.Column("purpose", _choice("purpose", PURPOSES), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.CheckConstraint("version > 0", name=op.f("ck_consent_version_positive")),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_consent_contribution_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(
        "uq_consent_given",
        "consent",
        ["contribution_id", "purpose"],
        unique=True,
        **_where("revoked_at IS NULL"),
    )


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
