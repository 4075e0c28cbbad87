"""Stories under the vehicle they name and under its model: always those that are live, and no other."""

import threading
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import pytest
from sqlalchemy import event

from community.accounts import queries as accounts
from community.accounts.actions import garage, listing
from community.accounts.actions.garage import Car
from community.accounts.models import Unit
from community.contributions.actions import withdraw
from community.contributions.models import RevisionState
from community.kit import db as database
from community.kit import paging
from community.kit.errors import NotFound
from community.moderation.models import Outcome
from community.stories import actions as stories
from community.stories import index
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, story, wording
from tests.helpers.clock import StillClock
from tests.helpers.site import Site
from tests.helpers.vehicles import assert_kept

List = Callable[..., int]


@pytest.fixture
def list_model(db: Site) -> List:
    """Puts a model on the list; its number."""

    def act(maker: str = "Larch", name: str = "Vireo") -> int:
        with db.writing():
            return listing.list_model(maker, name, None).id

    return act


def told(make: Factory, vehicle_id: int, by: Person | None = None, title: str = "Over the pass") -> int:
    return make.live_story(by, wording(title, vehicle_id=vehicle_id))


def test_a_vehicles_page_gathers_its_live_stories(
    db: Site, cast: Cast, make: Factory, list_model: List, as_: As, clock: StillClock
) -> None:
    list_model()
    car = make.vehicle(
        model="Vireo", nickname="Mây", year=2019, since_year=2020, odometer=84_200, unit=Unit.MILES
    )
    for title in ("The first road", "The second road"):
        told(make, car, title=title)
        clock.advance(days=1)
    make.waiting_story(text=wording("A road that waits", vehicle_id=car))
    told(make, make.vehicle(), title="Another car's road")
    page = as_(None).visit(f"/vehicles/{car}")
    assert page.soup.select_one("h1").get_text() == "Mây"  # type: ignore[union-attr]
    for word in ("Larch Vireo", "2019", "since 2020", "84,200 mi", cast.lan.display_name):
        assert word in page.main, word
    titles = [title.get_text(strip=True) for title in page.soup.select(".card-title")]
    assert titles == ["The second road", "The first road"]
    assert page.follow("Larch Vireo").path == "/models/larch-vireo"


def test_a_story_names_its_vehicle_with_its_pages(
    cast: Cast, make: Factory, list_model: List, as_: As
) -> None:
    list_model()
    for nickname, words in (("Mây", "Mây"), ("", "This car's page")):
        car = make.vehicle(nickname=nickname)
        number = told(make, car)
        for person in (None, cast.lan, cast.member):
            page = as_(person).visit(f"/stories/{number}")
            assert page.follow(words).path == f"/vehicles/{car}"
            assert page.follow("Larch Vireo").soup.select_one("h1")
            assert "Larch Vireo" in page.main


@pytest.mark.parametrize("how", ["private", "removed"])
def test_a_story_about_a_private_vehicle_says_maker_and_model_and_no_more(
    db: Site, cast: Cast, make: Factory, list_model: List, as_: As, how: str
) -> None:
    list_model()
    car = make.vehicle(nickname="Mây", odometer=84_200, year=2019)
    number = told(make, car)
    visitor = as_(None)
    assert "Mây" in visitor.visit(f"/stories/{number}").main
    if how == "private":
        as_(cast.lan).visit(f"/me/garage/{car}").submit("main form", is_public=None)
    else:
        as_(cast.lan).visit(f"/me/garage/{car}/removal").submit("main form")
    for person in (None, cast.lan, cast.member):
        page = as_(person).visit(f"/stories/{number}")
        assert "Larch Vireo" in page.main
        assert "2019" in page.main
        assert "Mây" not in page.html
        assert "84,200" not in page.html
        assert f"/vehicles/{car}" not in page.html
    assert "Over the pass" in visitor.visit("/models/larch-vireo").main
    assert_kept(db)


def test_an_edited_story_keeps_naming_a_removed_vehicle(db: Site, cast: Cast, make: Factory, as_: As) -> None:
    car = make.vehicle()
    number = told(make, car)
    with db.writing():
        vehicle = accounts.vehicle(cast.lan.id, car)
        assert vehicle
        garage.remove(vehicle)
    browser = as_(cast.lan)
    assert "Vireo" not in str(browser.visit("/stories/new").soup.select("[name=vehicle] option"))
    browser.visit(f"/stories/{number}/edit").submit("button[value=submit]", title="Over the pass again")
    make.decide(number)
    assert db.value("SELECT vehicle_id FROM story") == car
    assert_kept(db)


def test_a_model_gathers_its_owners_stories(
    db: Site, cast: Cast, make: Factory, list_model: List, as_: As
) -> None:
    list_model()
    list_model("Đông Á", "Bay")
    told(make, make.vehicle(), title="From Vietnam")
    told(make, make.vehicle(cast.member, "VIREO", is_public=False), cast.member, title="From South Africa")
    told(make, make.vehicle(model="Bay"), title="Another model")
    visitor = as_(None)
    everything = visitor.visit("/models")
    assert [link.get_text(" ", strip=True) for link in everything.soup.select("main .gazetteer a")] == [
        "Bay 1 story",
        "Vireo 2 stories",
    ]
    page = everything.follow(".gazetteer a[href*='vireo']")
    assert "2 stories from 2 countries." in page.main
    assert "From Vietnam" in page.main
    assert "From South Africa" in page.main
    assert "Another model" not in page.main
    narrowed = page.submit(".filters", country="ZA")
    assert "From South Africa" in narrowed.main
    assert "From Vietnam" not in narrowed.main
    chips = visitor.visit("/countries/VN").soup.select(".topic-chips a")
    assert [chip.get_text(" ", strip=True) for chip in chips] == ["Đông Á Bay 1", "Larch Vireo 1"]
    assert "From Vietnam" in visitor.visit(str(chips[1]["href"])).main


@pytest.mark.parametrize(
    "path", ["/models/nothing", "/models/%00", "/vehicles/999", "/vehicles/9999999999999999999"]
)
def test_what_is_not_there_is_not_found(as_: As, path: str) -> None:
    assert as_(None).get(path).status == 404


def test_pages_of_a_vehicle_and_a_model_follow_one_another_without_loss(
    db: Site, cast: Cast, make: Factory, list_model: List, clock: StillClock
) -> None:
    model = list_model()
    car = make.vehicle()
    numbers = []
    for nth in range(7):
        numbers.append(told(make, car))
        clock.advance(days=nth % 2)  # some at the same moment
    told(make, make.vehicle(cast.member), cast.member)
    newest = [
        number
        for number, _ in db.rows(
            "SELECT story_id, published_at FROM vehicle_story WHERE country = 'VN' ORDER BY 2 DESC, 1 DESC"
        )
    ]
    for limit in (1, 2, 3, 8):
        for ask in (
            lambda after, most: index.cards_of_vehicle(car, after=after, limit=most),
            lambda after, most: index.cards_of_model(model, "VN", after=after, limit=most),
        ):
            assert walk(db, ask, limit) == newest
    assert len(walk(db, lambda after, most: index.cards_of_model(model, after=after, limit=most), 3)) == 8
    assert sorted(newest) == numbers


def walk(db: Site, ask: Callable[[str | None, int], paging.Page[Any]], limit: int) -> list[int]:
    found: list[int] = []
    after: str | None = None
    with db.reading():
        while True:
            page = ask(after, limit)
            found += [card.id for card in page.rows]
            after = page.next
            if after is None:
                return found


@pytest.mark.parametrize("cursor", ["x", paging.encode((1,)), paging.encode(("no moment", 1))])
def test_a_cursor_not_made_here_is_not_found(db: Site, cursor: str) -> None:
    with db.reading():
        for ask in (index.cards_of_vehicle, index.cards_of_model):
            with pytest.raises(NotFound):
                ask(1, after=cursor)


class Lives:
    """Stories about six cars of two owners, to which things happen."""

    def __init__(self, db: Site, cast: Cast, make: Factory) -> None:
        self._db, self._make, self._chance = db, make, Random(7)  # the same happens every time
        names = ("Vireo", "Šuma", "Kit")
        self.cars = {
            make.vehicle(person, name): person for person in (cast.lan, cast.member) for name in names
        }
        self._owners = {
            told(make, car, person): person for car, person in self.cars.items() for _ in range(2)
        }
        self._live, self._hidden = set(self._owners), set[int]()
        self.acts = (self.hide, self.restore, self.move, self.describe, self.take_out, self.withdraw)

    def hide(self) -> None:
        number = self._one()
        self._make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
        self._live.discard(number)
        self._hidden.add(number)

    def restore(self) -> None:
        number = self._hidden.pop()
        self._make.decide(number, Outcome.RESTORE, on=RevisionState.LIVE)
        self._live.add(number)

    def move(self) -> None:
        """To another car of its owner's."""
        number = self._one()
        others = [car for car, person in self.cars.items() if person is self._owners[number]]
        self._edit(number, self._chance.choice(others))

    def take_out(self) -> None:
        self._edit(self._one(), None)

    def describe(self) -> None:
        """The owner corrects what car it is."""
        car = self._chance.choice(list(self.cars))
        edit_vehicle(self._db, car, self._chance.choice(["Vireo", "Lark", "Suma", "Something else"]))

    def withdraw(self) -> None:
        number = self._one()
        with self._db.writing():
            withdraw(contribution(number), by=self._owners[number].account())
        self._live.discard(number)

    def _one(self) -> int:
        return self._chance.choice(sorted(self._live))

    def _edit(self, number: int, car: int | None) -> None:
        text, by = wording(f"Edit {self._chance.random()}", vehicle_id=car), self._owners[number]
        with self._db.writing():
            for _ in range(2):  # what the checks say is told once
                stories.submit(story(number), text, sequence=None, by=by.account())
        if self._db.value("SELECT count(*) FROM revision WHERE state = 'waiting'"):
            self._make.decide(number)


def test_what_is_kept_follows_every_move_and_every_vehicle(
    db: Site, cast: Cast, make: Factory, list_model: List
) -> None:
    """Whatever happens in whatever order, rows and tallies are what a count would find."""
    models = [list_model("Larch", name) for name in ("Vireo", "Šuma", "Lark")]
    lives = Lives(db, cast, make)
    for _ in range(4):
        for act in lives.acts:
            act()
            assert_kept(db)
    with db.writing():
        first, second, _ = (accounts.model(number) for number in models)
        assert first
        assert second
        listing.merge_model(first, second)
        listing.list_model("Something", "else", None)
    assert_kept(db)
    with db.reading():
        counted = db.value("SELECT count(*) FROM vehicle_story WHERE model_id IS NOT NULL")
        assert sum(index.stories_by_model().values()) == counted > 0


@pytest.mark.race
def test_what_is_kept_holds_when_all_of_it_happens_at_once(
    db: Site, cast: Cast, make: Factory, list_model: List
) -> None:
    """Approving, hiding, editing the vehicle and merging its models: each takes its locks in one order."""
    for nth in range(6):
        first, second = list_model("Larch", f"Vireo {nth}"), list_model("Larch", f"Šuma {nth}")
        car = make.vehicle(model=f"Vireo {nth}")
        waiting, live = make.waiting_story(text=wording(vehicle_id=car)), told(make, car)

        def merge(first: int = first, second: int = second) -> None:
            with db.writing():
                one, other = accounts.model(first), accounts.model(second)
                assert one
                assert other
                listing.merge_model(one, other)

        together(
            [
                partial(make.decide, waiting),
                partial(make.decide, live, Outcome.HIDE, on=RevisionState.LIVE),
                partial(edit_vehicle, db, car, f"{('Suma', 'Vireo')[nth % 2]} {nth}"),
                merge,
            ]
        )
        assert_kept(db)
        assert db.rows("SELECT story_id FROM vehicle_story WHERE model_id = :id", id=second) == [(waiting,)]


def edit_vehicle(db: Site, number: int, model: str) -> None:
    with db.writing():
        vehicle = accounts.vehicle_with_owner(number)
        assert vehicle
        garage.change(vehicle, Car(model=model, is_public=True))


def together(acts: list[Callable[[], object]]) -> None:
    """All at one moment, each in a thread of its own; every one of them succeeds."""
    gate, done = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        act()
        done.append(act)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == len(acts)


def test_undoing_an_approval_takes_the_story_off_its_vehicles_page(
    db: Site, make: Factory, list_model: List, as_: As, cast: Cast
) -> None:
    list_model()
    car = make.vehicle()
    visitor = as_(None)
    number = make.waiting_story(text=wording(vehicle_id=car))
    review = db.value("SELECT id FROM revision")
    desk = as_(cast.moderator)
    assert "Vireo" in desk.visit(f"/moderation/reviews/{review}").main
    decision = make.decide(number)
    assert "Over the pass" in visitor.visit(f"/vehicles/{car}").main
    assert desk.post(f"/moderation/decisions/{decision}/undo").status == 302
    assert db.value("SELECT state FROM contribution WHERE id = :number", number=number) == "waiting"
    assert "Over the pass" not in visitor.visit(f"/vehicles/{car}").main
    assert_kept(db)


def test_kept_pages_end_with_every_change_of_what_they_show(
    db: Site, cast: Cast, make: Factory, list_model: List, as_: As
) -> None:
    """A visitor's pages are kept in memory while nothing public changes."""
    list_model()
    car = make.vehicle(nickname="Mây")
    number = told(make, car)
    visitor, owner = as_(None), as_(cast.lan)

    def shown(path: str) -> str:
        page = visitor.visit(path)
        assert "public" in page.response.headers["Cache-Control"]
        return page.main

    paths = (f"/stories/{number}", f"/vehicles/{car}", f"/members/{cast.lan.handle}")
    assert all("Mây" in shown(path) for path in paths)
    owner.visit(f"/me/garage/{car}").submit("main form", nickname="Gió")
    assert all("Gió" in shown(path) for path in paths)
    with db.writing():
        listed = accounts.model_by_slug("larch-vireo")
        assert listed
        listing.rename_model(listed, "Vireo Prime", 2019)
    assert all("Larch Vireo Prime" in shown(path) for path in (*paths, "/models/larch-vireo"))
    assert "Vireo Prime" in shown("/models")
    assert "Vireo Prime" in shown("/countries/VN")


def test_pages_cost_the_same_with_one_story_and_with_twenty(
    site: Site, cast: Cast, make: Factory, list_model: List, as_: As
) -> None:
    list_model()
    car = make.vehicle()
    visitor, costs = as_(None), []
    for more in (1, 19):
        for _ in range(more):
            told(make, car)
        for path in (f"/vehicles/{car}", "/models", "/models/larch-vireo?country=VN"):
            with site.count_queries() as counted:
                assert visitor.get(path).status == 200
            costs.append(counted.total)
    assert costs[:3] == costs[3:]
    assert max(costs) <= 6


@pytest.mark.parametrize("country", ["", "VN"])
@pytest.mark.parametrize("is_continued", [False, True])
def test_a_page_of_a_model_is_one_stretch_of_an_index(
    db: Site, make: Factory, list_model: List, country: str, is_continued: bool
) -> None:
    model = list_model()
    told(make, make.vehicle())
    cursor = paging.encode(("2100-01-01T00:00:00+00:00", 1)) if is_continued else None
    sent: list[tuple[str, Any]] = []

    def seen(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        sent.append((statement, values))

    with db.reading():
        connection = database.session.connection()
        event.listen(connection, "before_cursor_execute", seen)
        index.cards_of_model(model, country, after=cursor)
        event.remove(connection, "before_cursor_execute", seen)
        ((statement, values),) = sent
        if not db.is_sqlite:
            # It reads so small a table whole, unless it is told not to.
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        explain = "EXPLAIN QUERY PLAN" if db.is_sqlite else "EXPLAIN"
        plan = "\n".join(row[-1] for row in connection.exec_driver_sql(f"{explain} {statement}", values))
    name = "ix_vehicle_story_country" if country else "ix_vehicle_story_model"
    wanted = f"USING COVERING INDEX {name}" if db.is_sqlite else f"Index Only Scan Backward using {name}"
    assert wanted in plan, plan
