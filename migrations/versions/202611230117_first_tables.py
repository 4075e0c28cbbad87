"""First tables: people, contributions and their revisions, comments, stories, decisions, jobs, the pulse."""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "2b326a221a47"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LIVE_STORY = sa.text("kind = 'story' AND state = 'live'")
LIVE = sa.text("state = 'live'")
WAITING = sa.text("state = 'waiting'")
DRAFT = sa.text("state = 'draft'")
UNPUBLISHED = sa.text("published_at IS NULL")
NOT_GIVEN_UP = sa.text("failed_at IS NULL")

APPEND_ONLY = ("decision", "move")
TOPICS = (
    ("everyday-life", "Everyday life", "الحياة اليومية", "Kehidupan sehari-hari"),
    ("journeys", "Journeys", "رحلات", "Perjalanan"),
    ("family", "Family", "العائلة", "Keluarga"),
    ("community", "Community", "المجتمع", "Komunitas"),
    ("technology", "Technology", "التقنية", "Teknologi"),
    ("sustainability", "Sustainability", "الاستدامة", "Keberlanjutan"),
    ("service-and-care", "Service and care", "الخدمة والعناية", "Servis dan perawatan"),
    ("made-for-here", "Made for here", "صُنعت لهذا المكان", "Cocok untuk sini"),
)
TABLES_LAST_FIRST = (
    "move",
    "decision",
    "story",
    "revision",
    "reaction",
    "comment",
    "vehicle",
    "topic_name",
    "token",
    "sign_in",
    "reading_language",
    "desk_country",
    "contribution",
    "topic",
    "tally",
    "pulse",
    "model",
    "job",
    "account",
)


def upgrade() -> None:
    _create_account()
    _create_job()
    _create_model()
    _create_pulse()
    _create_tally()
    _create_topic()
    _create_contribution()
    _create_desk_country()
    _create_reading_language()
    _create_sign_in()
    _create_token()
    _create_topic_name()
    _create_vehicle()
    _create_comment()
    _create_reaction()
    _create_revision()
    _create_story()
    _create_decision()
    _create_move()
    if op.get_bind().dialect.name == "postgresql":
        # The two tables refer to each other; SQLite was given both directions at once.
        op.create_foreign_key(
            "fk_contribution_live_revision_id", "contribution", "revision", ["live_revision_id"], ["id"]
        )
    for table in APPEND_ONLY:
        _make_append_only(table)
    _seed()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("fk_contribution_live_revision_id", "contribution", type_="foreignkey")
    for table in TABLES_LAST_FIRST:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _make_append_only(table: str) -> None:
    """A log's rows are neither changed nor deleted, by this product or by hand."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for event in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{event} BEFORE {event.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _seed() -> None:
    pulse = sa.table(
        "pulse", sa.column("id"), sa.column("number"), sa.column("changed_at", sa.DateTime(timezone=True))
    )
    op.bulk_insert(pulse, [{"id": 1, "number": 1, "changed_at": datetime.now(UTC)}])
    topic = sa.table("topic", sa.column("id"), sa.column("slug"), sa.column("position"))
    name = sa.table("topic_name", sa.column("topic_id"), sa.column("language"), sa.column("name"))
    numbered = list(enumerate(TOPICS, 1))
    op.bulk_insert(topic, [{"id": n, "slug": slug, "position": n} for n, (slug, *_) in numbered])
    op.bulk_insert(
        name,
        [
            {"topic_id": n, "language": language, "name": words}
            for n, (_, *names) in numbered
            for language, words in zip(("en", "ar", "id"), names, strict=True)
        ],
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('topic', 'id'), (SELECT max(id) FROM topic))")


def _create_account() -> None:
    op.create_table(
        "account",
        sa.Column("id", KEY, nullable=False),
        sa.Column("handle", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("display_name", sa.String(length=60), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("ui_language", sa.String(length=12), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "member",
                "moderator",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column(
            "standing",
            sa.Enum(
                "good",
                "warned",
                "suspended",
                name="standing",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(country) = 2", name=op.f("ck_account_country_code")),
        sa.CheckConstraint(
            "length(display_name) BETWEEN 1 AND 60", name=op.f("ck_account_display_name_length")
        ),
        sa.CheckConstraint("length(email) BETWEEN 3 AND 254", name=op.f("ck_account_email_length")),
        sa.CheckConstraint("length(handle) BETWEEN 2 AND 40", name=op.f("ck_account_handle_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("handle", name=op.f("uq_account_handle")),
    )


def _create_job() -> None:
    op.create_table(
        "job",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_job_due",
        "job",
        ["due_at", "id"],
        unique=False,
        sqlite_where=NOT_GIVEN_UP,
        postgresql_where=NOT_GIVEN_UP,
    )


def _create_model() -> None:
    op.create_table(
        "model",
        sa.Column("id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("from_year", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model")),
        sa.UniqueConstraint("name", name=op.f("uq_model_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_model_slug")),
    )


def _create_pulse() -> None:
    op.create_table(
        "pulse",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_pulse_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse")),
    )


def _create_tally() -> None:
    op.create_table(
        "tally",
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("topic_id", KEY, autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("stories", sa.Integer(), nullable=False),
        sa.CheckConstraint("stories >= 0", name=op.f("ck_tally_stories_positive")),
        sa.PrimaryKeyConstraint("country", "topic_id", "language", name=op.f("pk_tally")),
    )
    op.create_index("ix_tally_topic", "tally", ["topic_id", "country"], unique=False)


def _create_topic() -> None:
    op.create_table(
        "topic",
        sa.Column("id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("slug", name=op.f("uq_topic_slug")),
    )


def _create_contribution() -> None:
    op.create_table(
        "contribution",
        sa.Column("id", KEY, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("story", "comment", name="kind", native_enum=False, create_constraint=True, length=16),
            nullable=False,
        ),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "waiting",
                "live",
                "refused",
                "hidden",
                "withdrawn",
                "erased",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("live_revision_id", KEY, nullable=True),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("topic_id", KEY, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reaction_count", sa.Integer(), nullable=False),
        sa.Column("comment_count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'live' OR live_revision_id IS NOT NULL", name=op.f("ck_contribution_live_has_revision")
        ),
        sa.CheckConstraint(
            "state <> 'live' OR published_at IS NOT NULL", name=op.f("ck_contribution_live_has_date")
        ),
        sa.CheckConstraint("comment_count >= 0", name=op.f("ck_contribution_comment_count_positive")),
        sa.CheckConstraint("reaction_count >= 0", name=op.f("ck_contribution_reaction_count_positive")),
        sa.CheckConstraint("version > 0", name=op.f("ck_contribution_version_positive")),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_contribution_author_id")),
        sa.ForeignKeyConstraint(
            ["live_revision_id"], ["revision.id"], name="fk_contribution_live_revision_id", use_alter=True
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_contribution_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint("author_id", "form_id", name=op.f("uq_contribution_author_id_form_id")),
    )
    op.create_index(
        "ix_contribution_author", "contribution", ["author_id", "kind", "changed_at", "id"], unique=False
    )
    op.create_index(
        "ix_contribution_author_unpublished",
        "contribution",
        ["author_id"],
        unique=False,
        sqlite_where=UNPUBLISHED,
        postgresql_where=UNPUBLISHED,
    )
    op.create_index(
        "ix_contribution_author_published",
        "contribution",
        ["author_id", "kind", "published_at", "id"],
        unique=False,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_index(
        "ix_contribution_discussed",
        "contribution",
        ["comment_count", "id"],
        unique=False,
        sqlite_where=LIVE_STORY,
        postgresql_where=LIVE_STORY,
    )
    op.create_index(
        "ix_contribution_discussed_by_country",
        "contribution",
        ["country", "comment_count", "id"],
        unique=False,
        sqlite_where=LIVE_STORY,
        postgresql_where=LIVE_STORY,
    )
    op.create_index(
        "ix_contribution_discussed_by_language",
        "contribution",
        ["language", "comment_count", "id"],
        unique=False,
        sqlite_where=LIVE_STORY,
        postgresql_where=LIVE_STORY,
    )
    op.create_index(
        "ix_contribution_discussed_by_topic",
        "contribution",
        ["topic_id", "comment_count", "id"],
        unique=False,
        sqlite_where=LIVE_STORY,
        postgresql_where=LIVE_STORY,
    )
    op.create_index(
        "ix_contribution_loved",
        "contribution",
        ["reaction_count", "id"],
        unique=False,
        sqlite_where=LIVE_STORY,
        postgresql_where=LIVE_STORY,
    )
    op.create_index(
        "ix_contribution_loved_by_country",
        "contribution",
        ["country", "reaction_count", "id"],
        unique=False,
        sqlite_where=LIVE_STORY,
        postgresql_where=LIVE_STORY,
    )
    op.create_index(
        "ix_contribution_loved_by_language",
        "contribution",
        ["language", "reaction_count", "id"],
        unique=False,
        sqlite_where=LIVE_STORY,
        postgresql_where=LIVE_STORY,
    )
    op.create_index(
        "ix_contribution_loved_by_topic",
        "contribution",
        ["topic_id", "reaction_count", "id"],
        unique=False,
        sqlite_where=LIVE_STORY,
        postgresql_where=LIVE_STORY,
    )
    op.create_index(
        "ix_contribution_new",
        "contribution",
        ["published_at", "id"],
        unique=False,
        sqlite_where=LIVE_STORY,
        postgresql_where=LIVE_STORY,
    )
    op.create_index(
        "ix_contribution_new_by_country",
        "contribution",
        ["country", "published_at", "id"],
        unique=False,
        sqlite_where=LIVE_STORY,
        postgresql_where=LIVE_STORY,
    )
    op.create_index(
        "ix_contribution_new_by_language",
        "contribution",
        ["language", "published_at", "id"],
        unique=False,
        sqlite_where=LIVE_STORY,
        postgresql_where=LIVE_STORY,
    )
    op.create_index(
        "ix_contribution_new_by_topic",
        "contribution",
        ["topic_id", "published_at", "id"],
        unique=False,
        sqlite_where=LIVE_STORY,
        postgresql_where=LIVE_STORY,
    )


def _create_desk_country() -> None:
    op.create_table(
        "desk_country",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.CheckConstraint("length(country) = 2", name=op.f("ck_desk_country_country_code")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_desk_country_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "country", name=op.f("pk_desk_country")),
    )


def _create_reading_language() -> None:
    op.create_table(
        "reading_language",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_reading_language_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "language", name=op.f("pk_reading_language")),
    )
    op.create_index(
        "ix_reading_language_language", "reading_language", ["language", "account_id"], unique=False
    )


def _create_sign_in() -> None:
    op.create_table(
        "sign_in",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    op.create_index("ix_sign_in_account_id", "sign_in", ["account_id"], unique=False)


def _create_token() -> None:
    op.create_table(
        "token",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "confirm", "recover", name="purpose", native_enum=False, create_constraint=True, length=16
            ),
            nullable=False,
        ),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_token_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_token_token_hash")),
    )
    op.create_index("ix_token_account_id", "token", ["account_id"], unique=False)


def _create_topic_name() -> None:
    op.create_table(
        "topic_name",
        sa.Column("topic_id", KEY, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_topic_name_topic_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("topic_id", "language", name=op.f("pk_topic_name")),
    )


def _create_vehicle() -> None:
    op.create_table(
        "vehicle",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column(
            "powertrain",
            sa.Enum(
                "petrol",
                "diesel",
                "hybrid",
                "plug_in",
                "electric",
                "hydrogen",
                name="powertrain",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=True,
        ),
        sa.Column("since_year", sa.SmallInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(model) BETWEEN 1 AND 80", name=op.f("ck_vehicle_model_length")),
        sa.CheckConstraint("since_year BETWEEN 1886 AND 2100", name=op.f("ck_vehicle_since_year_range")),
        sa.CheckConstraint("year BETWEEN 1886 AND 2100", name=op.f("ck_vehicle_year_range")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_vehicle_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle")),
    )
    op.create_index("ix_vehicle_account_id", "vehicle", ["account_id"], unique=False)


def _create_comment() -> None:
    op.create_table(
        "comment",
        sa.Column("id", KEY, nullable=False),
        sa.Column("on_id", KEY, nullable=False),
        sa.Column("parent_id", KEY, nullable=True),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column(
            "path",
            sa.String(length=320).with_variant(sa.String(length=320, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.CheckConstraint("depth >= 0 AND depth < 40", name=op.f("ck_comment_depth_range")),
        sa.ForeignKeyConstraint(["id"], ["contribution.id"], name=op.f("fk_comment_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["on_id"], ["contribution.id"], name=op.f("fk_comment_on_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["comment.id"], name=op.f("fk_comment_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index("ix_comment_parent_id", "comment", ["parent_id"], unique=False)
    op.create_index("ix_comment_thread", "comment", ["on_id", "path"], unique=False)


def _create_reaction() -> None:
    op.create_table(
        "reaction",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("contribution_id", KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_reaction_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_reaction_contribution_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "contribution_id", name=op.f("pk_reaction")),
    )
    op.create_index("ix_reaction_contribution_id", "reaction", ["contribution_id"], unique=False)


def _create_revision() -> None:
    op.create_table(
        "revision",
        sa.Column("id", KEY, nullable=False),
        sa.Column("contribution_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "waiting",
                "live",
                "past",
                "returned",
                "refused",
                "superseded",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=140), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.String(length=320), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("topic_id", KEY, nullable=True),
        sa.Column("vehicle_id", KEY, nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(body) <= 40000", name=op.f("ck_revision_body_length")),
        sa.CheckConstraint("length(title) <= 140", name=op.f("ck_revision_title_length")),
        sa.CheckConstraint("number > 0", name=op.f("ck_revision_number_positive")),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_revision_contribution_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_revision_topic_id")),
        sa.ForeignKeyConstraint(
            ["vehicle_id"], ["vehicle.id"], name=op.f("fk_revision_vehicle_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("contribution_id", "number", name=op.f("uq_revision_contribution_id_number")),
    )
    op.create_index("ix_revision_decided", "revision", ["language", "decided_at"], unique=False)
    op.create_index(
        "ix_revision_queue",
        "revision",
        ["language", "submitted_at", "id"],
        unique=False,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index(
        "ix_revision_queue_all",
        "revision",
        ["submitted_at", "id"],
        unique=False,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index(
        "uq_revision_one_draft",
        "revision",
        ["contribution_id"],
        unique=True,
        sqlite_where=DRAFT,
        postgresql_where=DRAFT,
    )
    op.create_index(
        "uq_revision_one_waiting",
        "revision",
        ["contribution_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def _create_story() -> None:
    op.create_table(
        "story",
        sa.Column("id", KEY, nullable=False),
        sa.Column("vehicle_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["id"], ["contribution.id"], name=op.f("fk_story_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["vehicle_id"], ["vehicle.id"], name=op.f("fk_story_vehicle_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
    )
    op.create_index("ix_story_vehicle_id", "story", ["vehicle_id"], unique=False)


def _create_decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", KEY, nullable=False),
        sa.Column("contribution_id", KEY, nullable=False),
        sa.Column("revision_id", KEY, nullable=False),
        sa.Column("revision_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "approve",
                "return",
                "refuse",
                "hide",
                "restore",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column(
            "ground",
            sa.Enum(
                "1.1",
                "1.2",
                "1.3",
                "2.1",
                "2.2",
                "2.3",
                "3.1",
                "3.2",
                "3.3",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=True,
        ),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("waited_seconds", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome <> 'return' OR length(trim(explanation)) > 0", name=op.f("ck_decision_return_has_notes")
        ),
        sa.CheckConstraint(
            "outcome NOT IN ('refuse', 'hide') OR (ground IS NOT NULL AND length(trim(explanation)) > 0)",
            name=op.f("ck_decision_restriction_has_reasons"),
        ),
        sa.CheckConstraint("by_id <> author_id", name=op.f("ck_decision_not_own")),
        sa.CheckConstraint("length(explanation) <= 2000", name=op.f("ck_decision_explanation_length")),
        sa.CheckConstraint("waited_seconds >= 0", name=op.f("ck_decision_waited_positive")),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_decision_author_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_decision_by_id")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_decision_contribution_id")
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_decision_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_author_id", "decision", ["author_id", "id"], unique=False)
    op.create_index("ix_decision_contribution_id", "decision", ["contribution_id", "id"], unique=False)
    op.create_index("ix_decision_language", "decision", ["language", "id"], unique=False)


def _create_move() -> None:
    op.create_table(
        "move",
        sa.Column("id", KEY, nullable=False),
        sa.Column("contribution_id", KEY, nullable=False),
        sa.Column("revision_id", KEY, nullable=True),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.Column(
            "old",
            sa.Enum(
                "draft",
                "waiting",
                "live",
                "refused",
                "hidden",
                "withdrawn",
                "erased",
                name="old",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column(
            "new",
            sa.Enum(
                "draft",
                "waiting",
                "live",
                "refused",
                "hidden",
                "withdrawn",
                "erased",
                name="new",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("cause", sa.String(length=30), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_move_author_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_move_by_id")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_move_contribution_id")
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_move_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move")),
    )
    op.create_index("ix_move_author_id", "move", ["author_id", "created_at"], unique=False)
    op.create_index("ix_move_contribution_id", "move", ["contribution_id", "id"], unique=False)
