"""How Alembic meets the database: both dialects, one upgrade at a time, a copy before an SQLite upgrade."""

from alembic import context
from sqlalchemy import Connection, create_engine, pool, text

from community import config
from community.app import metadata
from community.kit import db, migrating

RENDER_BATCH = {"sqlite": True}


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata(),
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
