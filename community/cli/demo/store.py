"""Rows into tables by the hundred thousand: on SQLite many a statement, on PostgreSQL by COPY.

Owns the connection, the order of the tables and what the database wants to be told afterwards. Everything is one
transaction: what is interrupted has not happened.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, func, select

from community.kit import db

Row = tuple[Any, ...]
COLUMNS = {  # parents first
    "account": "id handle email email_confirmed_at password_hash display_name country"
    " ui_language role standing has_unread_warning created_at",
    "reading_language": "account_id language position",
    "maker": "id name folded",
    "model": "id maker_id slug name folded from_year",
    "vehicle": "id account_id maker model folded model_id year powertrain since_year nickname odometer odometer_unit"
    " is_public created_at",
    "contribution": "id kind author_id form_id state version live_revision_id country language topic_id created_at"
    " changed_at published_at statement_puid reaction_count comment_count",
    "revision": "id contribution_id number state title body html excerpt minutes language topic_id vehicle_id notes"
    " fingerprint finding finding_words statement_puid sequence concerns created_at saved_at submitted_at decided_at",
    "story": "id vehicle_id",
    "vehicle_story": "story_id vehicle_id model_id country published_at",
    "comment": "id on_id parent_id depth path",
    "idea": "id area stage_id moves listed_at answered_at supporter_count breadth fresh_breadth",
    "idea_concern": "idea_id kind value published_at",
    "idea_term": "term idea_id",
    "idea_tally": "idea_id kind value votes",
    "vote": "idea_id account_id country model_id created_at",
    "step": "idea_id number form_id from_id to_id by_id function answer html language reason shipped_models"
    " shipped_countries shipped_version created_at",
    "log_entry": "number created_at act kind language country ground clause_version category source"
    " is_detected_by_machine result waited_seconds of_number hash",
    "decision": "id contribution_id revision_id revision_number version kind language country author_id by_id outcome"
    " ground clause_id explanation statement_puid log_number waited_seconds created_at",
    "statement": "puid decision_id account_id contribution_id clause_id language decision_visibility decision_ground"
    " category legal_ground reason decision_facts content_type content_language content_date application_date"
    " territorial_scope source_type automated_detection automated_decision created_at",
    "review": "revision_id contribution_id author_id kind language country rank opened_at report_count escalation",
    "move": "contribution_id revision_id author_id by_id old new cause created_at",
    "reaction": "account_id contribution_id created_at",
}
NUMBERED = ("account", "maker", "model", "vehicle", "contribution", "revision", "decision")
AT_ONCE = ("contribution", "revision")
CACHE_KIB = 262_144


class Store:
    """Keeps rows until ``write``; the numbers of new rows follow the highest that is there."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._rows: defaultdict[str, list[Row]] = defaultdict(list)
        self._last = {name: self._highest(name) for name in NUMBERED}
        self._is_sqlite = connection.dialect.name == "sqlite"

    def number(self, table: str) -> int:
        self._last[table] += 1
        return self._last[table]

    def add(self, table: str, *row: Any) -> None:
        self._rows[table].append(row)

    def write(self) -> None:
        if self._is_sqlite:
            for table in COLUMNS:
                self._insert(table)
        else:
            for table in COLUMNS:
                if table not in AT_ONCE:
                    self._copy(table, table)
                elif table == AT_ONCE[-1]:
                    self._copy_at_once()
        self._rows.clear()

    def finish(self) -> None:
        """Raises RuntimeError when a row points at none; on PostgreSQL the database has seen to it."""
        if self._is_sqlite:
            if broken := self.connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(3):
                raise RuntimeError(f"rows that point at none: {broken}")
            return
        for table in NUMBERED:
            self.connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {max(self._last[table], 1)})"
            )

    def _insert(self, table: str) -> None:
        columns = COLUMNS[table].split()
        places = ", ".join("?" * len(columns))
        words = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - COLUMNS' own names
        if self._rows[table]:
            self._cursor().executemany(words, self._rows[table])

    def _copy(self, table: str, into: str) -> None:
        columns = ", ".join(COLUMNS[table].split())
        if self._rows[table]:
            with self._cursor().copy(f"COPY {into} ({columns}) FROM STDIN") as copy:
                for row in self._rows[table]:
                    copy.write_row(row)

    def _copy_at_once(self) -> None:
        """A live contribution names its revision and that its contribution: PostgreSQL checks at a statement's end."""
        cursor, columns = self._cursor(), {}
        for table in AT_ONCE:
            like = f"new_{table} (LIKE {table} INCLUDING DEFAULTS)"
            cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {like} ON COMMIT DROP")
            self._copy(table, f"new_{table}")
            columns[table] = ", ".join(COLUMNS[table].split())
        first, last = (
            f"INSERT INTO {table} ({columns[table]}) SELECT {columns[table]} FROM new_{table}"  # noqa: S608
            for table in AT_ONCE
        )
        cursor.execute(f"WITH first AS ({first}) {last}")
        cursor.execute("TRUNCATE new_contribution, new_revision")

    def _cursor(self) -> Any:
        return self.connection.connection.cursor()

    def _highest(self, table: str) -> int:
        id_column = db.Model.metadata.tables[table].c.id
        return self.connection.scalar(select(func.max(id_column))) or 0


@contextmanager
def opened() -> Iterator[Connection]:
    """A connection in a writer's transaction, set for speed; committed at the end, and then the statistics are made."""
    with db.db.engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            # Checked once, by Store.finish: row by row it would have to come in an order that circles forbid.
            raw.execute("PRAGMA foreign_keys=OFF")
            raw.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
        with db.writing(allowed=True), connection.begin():
            if not is_sqlite:
                connection.exec_driver_sql("SET LOCAL TIME ZONE 'UTC'")
            yield connection
        with db.writing(allowed=True), connection.begin():
            connection.exec_driver_sql("ANALYZE")
            if is_sqlite:
                # What FTS5 keeps its words in was nearly empty: told so, SQLite would read all of it for each change.
                connection.exec_driver_sql("DELETE FROM sqlite_stat1 WHERE tbl LIKE 'search_words%'")
        if is_sqlite:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        # Its settings are nobody else's.
        connection.detach()
