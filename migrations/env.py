"""How Alembic meets the database: both dialects, one upgrade at a time, a copy before an SQLite upgrade."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, pool, text

from community import config
from community.app import metadata
from community.kit import db, migrating

RENDER_BATCH = {"sqlite": True}
MADE_BY_HAND = "search_words"  # SQLite's own index of words, and the tables it keeps that in


def is_of_models(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a comparison with the models has to look at it."""
    return kind != "table" or not str(name).startswith(MADE_BY_HAND)


def is_for_here(thing: Any, _name: object, kind: str, _is_reflected: bool, _other: object) -> bool:
    """Whether the models have it on this database."""
    return kind != "index" or thing.info.get("only") in (None, context.get_context().dialect.name)


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        include_name=is_of_models,
        include_object=is_for_here,
        render_as_batch=RENDER_BATCH.get(connection.dialect.name, False),
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=False,
        # Alembic takes SQLite for one that cannot; with BEGIN said by ourselves it can, and all revisions are one.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({migrating.ADVISORY_LOCK})"))
            connection.execute(text(f"SET LOCAL lock_timeout = '{migrating.LOCK_TIMEOUT}'"))
            connection.execute(text(f"SET LOCAL statement_timeout = '{migrating.STATEMENT_TIMEOUT}'"))
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"rows without what they refer to: {broken[:5]}")


def run_online() -> None:
    url = context.config.attributes.get("url") or config.load().database_url
    engine = create_engine(url, poolclass=pool.NullPool)
    # Batch mode makes tables anew; with foreign keys on, dropping the old one would delete its children.
    # A second upgrade waits for the first, as it does on PostgreSQL, and then finds nothing to do.
    db.prepare(engine, foreign_keys=False, patience_ms=migrating.PATIENCE_MS)
    with engine.connect() as connection:
        run(connection)


if context.is_offline_mode():
    context.configure(
        url=context.config.attributes.get("url") or config.load().database_url,
        target_metadata=metadata(),
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
    )
    with context.begin_transaction():
        context.run_migrations()
else:
    run_online()
