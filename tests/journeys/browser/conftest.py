"""Real browsers at the real product: what the journeys start from. Nothing of the other tests' site is used here."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.cast import Cast
from tests.helpers.site import Site
from tests.journeys.browser import absence
from tests.journeys.browser.chromium import WORDS
from tests.journeys.browser.person import WIDE, Person
from tests.journeys.browser.product import Product, running

# No page of this product may need longer on two busy cores.
PATIENCE_MS = 20_000

MakePerson = Callable[..., Person]


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Started once a worker, ended with SIGTERM; it must end well. Each journey brings its own people and titles."""
    with running(tmp_path_factory.mktemp("instance")) as started:
        yield started


@pytest.fixture(scope="session")
def people(product: Product) -> Iterator[Cast]:
    """The tests' own people on the shared product, for journeys that begin with something written."""
    site = Site(product.folder, f"sqlite:///{product.folder / 'community.sqlite3'}")
    yield Cast(site)
    site.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail("there is no chromium, and REQUIRE_BROWSER=1 says that there has to be", pytrace=False)
    if path is None:
        pytest.skip(absence.REASON)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=WORDS)
        yield browser
        browser.close()


@pytest.fixture
def person(chromium: Browser, product: Product) -> Iterator[MakePerson]:
    """``person("Lan")`` opens a browser of her own. At the end, what any of them noticed fails the test."""
    there: list[Person] = []

    def comes(name: str, *, site: Product = product, **words: Any) -> Person:
        chosen: dict[str, Any] = {"viewport": WIDE, "reduced_motion": "reduce", "locale": "en", **words}
        context = chromium.new_context(**chosen)
        context.set_default_timeout(PATIENCE_MS)
        has_script = chosen.get("java_script_enabled", True)
        there.append(Person(context, site, name, has_script=has_script))
        return there[-1]

    yield comes
    faults = [fault for one in there for fault in one.leaves()]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)
