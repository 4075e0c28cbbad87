"""What the tests of photos share."""

from collections.abc import Callable, Iterator

import pytest

from community.kit import storage
from community.media.processing import pictures, sandbox
from tests.cast import Cast
from tests.factories.contributions import Factory
from tests.helpers.site import Site
from tests.media.texts import Texts

Names = Callable[[], list[str]]


@pytest.fixture
def texts(site: Site, cast: Cast, make: Factory) -> Texts:
    return Texts(site, cast, make)


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work on a photo without the child process, which takes half a second to begin."""
    monkeypatch.setattr(sandbox, "work", pictures.prepare)


@pytest.fixture
def kept(site: Site) -> Names:
    """What is kept, by name, at this moment."""

    def names() -> list[str]:
        with site.reading():
            return sorted(file.name for file in storage.listing())

    return names


@pytest.fixture(autouse=True)
def own_files(request: pytest.FixtureRequest) -> Iterator[None]:
    """Storage is one for the process: a test without a site leaves nothing for the next."""
    before = list(storage._in_use)
    yield
    if "site" not in request.fixturenames:
        storage._in_use[:] = before
