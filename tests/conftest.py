"""What every test may ask for. A test that names none of it pays for none of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from community.kit import clock as community_clock
from community.kit import db as community_db
from tests.cast import PASSWORD, Cast, Person
from tests.factories.contributions import Factory
from tests.factories.photos import Photos
from tests.helpers import databases, sparing
from tests.helpers.browser import Browser
from tests.helpers.clock import StillClock
from tests.helpers.network import only_this_machine
from tests.helpers.site import ENGINES, Site
from tests.journeys.browser.absence import pytest_terminal_summary  # noqa: F401 - a hook of pytest

# Two cores shared with a database: how long one example takes says nothing.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
LONG = ("browser", "fault", "race", "journey")


class MakeSite(Protocol):
    def __call__(self, **changes: Any) -> Site: ...


class As(Protocol):
    def __call__(self, person: Person | None) -> Browser: ...


class MakeDatabase(Protocol):
    def __call__(self) -> str: ...


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    with only_this_machine():
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, and those with a browser side by side: what is left for the end is short."""
    items.sort(key=lambda item: not any(item.get_closest_marker(name) for name in LONG))


def pytest_collection_finish() -> None:
    sparing.collect_less_often()


@pytest.fixture(scope="session", autouse=True)
def addresses() -> Iterator[None]:
    with sparing.addresses_once():
        yield


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    with databases.scratch() as folder:
        yield folder


@pytest.fixture(scope="session")
def sqlite_files(scratch: Path) -> databases.SqliteFiles:
    return databases.SqliteFiles(scratch)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[databases.PostgresServer]:
    server = databases.PostgresServer()
    yield server
    ENGINES.close()
    server.stop()


@pytest.fixture
def as_writer() -> Iterator[None]:
    """A request leaves its thread as the reader or writer it was; each test begins as a writer."""
    with community_db.writing(True):
        yield


@pytest.fixture(params=databases.KINDS)
def server(
    request: pytest.FixtureRequest, as_writer: None
) -> databases.SqliteFiles | databases.PostgresServer:
    """Where databases are made: each test that touches data runs on both kinds."""
    name = "sqlite_files" if request.param == "sqlite" else "postgres_server"
    made: databases.SqliteFiles | databases.PostgresServer = request.getfixturevalue(name)
    return made


@pytest.fixture
def database(server: databases.SqliteFiles | databases.PostgresServer) -> Iterator[str]:
    """The address of a migrated database without rows but the seeded ones."""
    url = server.migrated()
    yield url
    server.clear(url)


@pytest.fixture
def empty_database(server: databases.SqliteFiles | databases.PostgresServer) -> MakeDatabase:
    """Makes databases in which nothing is, not even tables."""
    return server.empty


@pytest.fixture(scope="session")
def prepared(scratch: Path) -> Iterator[Path]:
    """Catalogues and style sheets, made once a worker instead of once a test."""
    with sparing.made_once(scratch):
        yield scratch


@pytest.fixture
def make_instance(scratch: Path, prepared: Path) -> Callable[[], Path]:
    def make() -> Path:
        folder = scratch / f"instance-{uuid4().hex}"
        folder.mkdir()
        for name in ("locales", "static"):
            (folder / name).symlink_to(prepared / name)
        return folder

    return make


@pytest.fixture
def make_site(database: str, make_instance: Callable[[], Path]) -> Iterator[MakeSite]:
    """Applications on this test's database, each with its own memory, all with one instance folder."""
    made: list[Site] = []
    instance = make_instance()

    def make(**changes: Any) -> Site:
        made.append(Site(instance, database, **changes))
        return made[-1]

    yield make
    for site in made:
        site.close()


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site()


@pytest.fixture
def app(site: Site) -> Flask:
    return site.app


@pytest.fixture
def db(site: Site) -> Site:
    """The site, for tests that go past its pages to the data."""
    return site


@pytest.fixture(scope="session")
def judged_once() -> Iterator[None]:
    """The cast has one password."""
    with sparing.known_password(PASSWORD):
        yield


@pytest.fixture
def cast(site: Site, judged_once: None) -> Cast:
    return Cast(site)


@pytest.fixture
def make(site: Site, cast: Cast) -> Factory:
    return Factory(site, cast)


@pytest.fixture
def photos(site: Site) -> Photos:
    return Photos(site)


@pytest.fixture
def as_(site: Site) -> As:
    """``as_(cast.lan)`` is a browser in which Lan is signed in; ``as_(None)`` is a stranger's."""

    def opened(person: Person | None) -> Browser:
        browser = Browser(site)
        if person is not None:
            browser.enter_as(person)
        return browser

    return opened


@pytest.fixture
def clock() -> Iterator[StillClock]:
    still = StillClock()
    community_clock.replace(still)
    yield still
    community_clock.replace(None)
