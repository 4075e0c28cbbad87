"""The garage: what stands in it, who sees it, and that nothing of it is made twice or lost."""

import threading
from typing import Any

import pytest

from community.accounts import queries
from community.accounts.actions import garage, listing
from community.accounts.actions.garage import MOST_VEHICLES, Car
from community.accounts.forms.garage import VehicleForm
from community.accounts.models import Powertrain, Unit
from community.kit.errors import Invalid
from community.policy.permissions import Standing
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, form_id
from tests.helpers.browser import Page
from tests.helpers.site import Site

CAR = {
    "maker": "Lämmlein",
    "model": "Vireo 2",
    "year": "2019",
    "powertrain": "plug_in",
    "since_year": "2020",
    "nickname": "Mây",
    "odometer": "84 200",
    "odometer_unit": "mi",
}
COLUMNS = "maker, model, year, powertrain, since_year, nickname, odometer, odometer_unit, is_public"


def add(page: Page, **changes: object) -> Page:
    return page.submit("main form", **{**CAR, **changes})


def hybrid(model: str = "Vireo", **said: Any) -> Car:
    return Car(model=model, year=2019, powertrain=Powertrain.HYBRID, since_year=2020, **said)


def test_a_vehicle_is_parked_looked_at_changed_and_taken_out(site: Site, cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    garage_page = add(browser.visit("/me/garage").follow("Park a vehicle"))
    assert "It stands in your garage." in garage_page.text
    assert site.rows(f"SELECT {COLUMNS} FROM vehicle") == [
        ("Lämmlein", "Vireo 2", 2019, "plug_in", 2020, "Mây", 84200, "mi", True)
    ]
    for word in ("Mây", "Lämmlein Vireo 2", "plug-in hybrid", "since 2020", "84,200 mi", "Everybody sees it"):
        assert word in garage_page.main, word
    form = garage_page.follow(".ledger-acts a")
    assert form.form("main form").values().items() >= {**CAR, "odometer": "84200"}.items()
    changed = form.submit("main form", until_year="2024", odometer="", is_public=None)
    assert "Saved." in changed.text
    for word in ("from 2020 until 2024", "No longer yours", "Only you see it"):
        assert word in changed.main, word
    assert site.rows("SELECT odometer, odometer_unit, is_public FROM vehicle") == [(None, None, False)]
    emptied = changed.follow("a[href$='/removal']").submit("main form")
    assert "An empty garage" in emptied.main


def test_a_form_that_is_sent_twice_parks_once(site: Site, cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    form = browser.visit("/me/garage/new")
    add(form)
    add(form, nickname="Another")
    assert site.rows("SELECT nickname FROM vehicle") == [("Mây",)]


@pytest.mark.race
def test_equal_forms_at_one_moment_park_once(db: Site, cast: Cast) -> None:
    for nth in range(5):
        number = form_id()
        seen: list[int] = []

        def park(number: str = number, seen: list[int] = seen, nth: int = nth) -> None:
            with db.writing():
                seen.append(garage.park(hybrid(f"Vireo {nth}"), form_id=number, by=cast.lan.account()).id)

        threads = [threading.Thread(target=park) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(seen), len(set(seen))) == (4, 1)
    assert db.value("SELECT count(*) FROM vehicle") == 5


def test_a_story_parks_a_vehicle_that_is_there_already_once(db: Site, cast: Cast) -> None:
    with db.writing():
        first = garage.park_for("story-form", hybrid(), by=cast.lan.account())
        again = garage.park_for("another-form", hybrid("VÍREO"), by=cast.lan.account())
        other = garage.park_for("story-form", Car(model="Vireo", year=2020), by=cast.lan.account())
        theirs = garage.park_for("story-form", hybrid(), by=cast.member.account())
        assert first.id == again.id
        assert len({first.id, other.id, theirs.id}) == 3
        assert queries.vehicle(cast.member.id, first.id) is None


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"model": ""}, "Say which model it is."),
        ({"model": "\u3164"}, "Say which model it is."),
        ({"model": "x" * 81}, "Use at most 80 characters."),
        ({"maker": "x" * 61}, "Use at most 60 characters."),
        ({"nickname": "x" * 41}, "Use at most 40 characters."),
        ({"year": "21"}, "Give a year, such as 2021."),
        ({"until_year": "2019"}, "This is before the year it became yours."),
        ({"odometer": "10000000"}, "Give a number up to 9999999."),
        ({"odometer": "-1"}, "Give a whole number, such as 84000."),
        ({"odometer": "84.2"}, "Give a whole number, such as 84000."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    site: Site, cast: Cast, as_: As, changes: dict[str, str], told: str
) -> None:
    page = add(as_(cast.lan).visit("/me/garage/new"), **changes)
    (field,) = changes
    assert page.status == 422
    assert told in page.soup.select_one(f"#{field}-error").get_text()  # type: ignore[union-attr]
    assert page.form("main form").values()["since_year"] == "2020"
    assert site.value("SELECT count(*) FROM vehicle") == 0


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("84200", 84200),
        ("84,200", 84200),
        ("84.200", 84200),
        ("84 200", 84200),
        ("84\u202f200", 84200),
        ("1'084'200", 1084200),
        ("٨٤٢٠٠", 84200),
        ("८४,२००", 84200),
        ("0", 0),
        ("", None),
        ("84.2", None),
        ("84,20", None),
        ("1.084,200", None),
        ("84200 km", None),
        ("9" * 5000, None),
    ],
)
def test_an_odometer_is_read_as_people_write_it(site: Site, typed: str, read: int | None) -> None:
    with site.app.test_request_context("/", method="POST", data={"odometer": typed, "model": "Vireo"}):
        form = VehicleForm(meta={"csrf": False}).offer("VN")
        assert form.validate() is (read is not None or not typed)
        assert form.odometer.data == read or not form.validate()


@pytest.mark.parametrize(("country", "unit"), [("GB", "mi"), ("US", "mi"), ("VN", "km"), ("IN", "km")])
def test_the_unit_is_preset_as_roads_are_signed(site: Site, country: str, unit: str) -> None:
    with site.app.test_request_context("/"):
        assert VehicleForm().offer(country).odometer_unit.data == unit


Typed = tuple[str, str]


@pytest.fixture
def listed(db: Site) -> dict[str, int]:
    """Two makers, three models, by name."""
    with db.writing():
        models = [
            listing.list_model(*one, None)
            for one in (("Lämmlein", "Vireo 2"), ("Lämmlein", "Šuma"), ("Đông Á", "Vireo 2"))
        ]
        return {model.whole_name: model.id for model in models}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("Lämmlein", "Vireo 2"), "Lämmlein Vireo 2"),
        (("LAMMLEIN", "vireo  ２"), "Lämmlein Vireo 2"),
        (("", "lammlein suma"), "Lämmlein Šuma"),
        (("", "Suma"), "Lämmlein Šuma"),
        (("Lammlein", "Lämmlein-Vireo 2"), "Lämmlein Vireo 2"),
        (("dong a", "Víreo-2"), "Đông Á Vireo 2"),
        (("", "Vireo 2"), None),
        (("Another", "Šuma"), None),
        (("Lämmlein", "Vireo"), None),
        (("", "Lämmlein"), None),
    ],
)
def test_what_is_listed_is_found_whatever_its_case_and_accents(
    db: Site, cast: Cast, listed: dict[str, int], typed: Typed, meant: str | None
) -> None:
    with db.writing():
        vehicle = garage.park(Car(maker=typed[0], model=typed[1]), form_id=form_id(), by=cast.lan.account())
        assert vehicle.model_id == (listed[meant] if meant else None)
        assert vehicle.name == (meant or f"{typed[0]} {typed[1]}".strip())


def test_what_is_listed_is_offered_while_typing(cast: Cast, listed: dict[str, int], as_: As) -> None:
    for path, maker, model in (
        ("/me/garage/new", "maker", "model"),
        ("/stories/new", "vehicle_maker", "vehicle_model"),
    ):
        page = as_(cast.lan).visit(path)
        for field, names in ((maker, ["Lämmlein", "Đông Á"]), (model, ["Vireo 2", "Šuma"])):
            control = page.soup.select_one(f"[name={field}]")
            assert control is not None
            options = page.soup.select(f"datalist#{control['list']} option")
            assert {option["value"] for option in options} == set(names)


def test_a_private_vehicle_is_its_owners_alone(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    public, private = make.vehicle(), make.vehicle(nickname="Secret", is_public=False)
    assert "Secret" in as_(cast.lan).visit(f"/vehicles/{private}").main
    for person in (None, cast.member, cast.moderator, cast.admin):
        browser = as_(person)
        assert browser.get(f"/vehicles/{public}").status == 200
        assert browser.get(f"/vehicles/{private}").status == 404
        assert "Secret" not in browser.visit(f"/members/{cast.lan.handle}").html
    for path in (f"/me/garage/{public}", f"/me/garage/{public}/removal"):
        assert as_(cast.member).get(path).status == 404
        assert as_(cast.member).post(path, {"model": "Stolen"}).status == 404
    assert site.value("SELECT count(*) FROM vehicle WHERE model = 'Vireo' AND removed_at IS NULL") == 2


def test_a_story_begins_on_its_vehicles_page(cast: Cast, make: Factory, as_: As) -> None:
    make.vehicle(model="Another")
    number = make.vehicle(nickname="Mây")
    page = as_(cast.lan).visit(f"/vehicles/{number}").follow("Tell a story about it")
    assert page.form("#story-form").values()["vehicle"] == str(number)
    assert "Tell a story about it" not in as_(cast.member).visit(f"/vehicles/{number}").main


def test_a_public_vehicle_stands_on_its_owners_page(cast: Cast, make: Factory, as_: As) -> None:
    visitor, path = as_(None), f"/members/{cast.lan.handle}"
    assert "In the garage" not in visitor.visit(path).main
    number = make.vehicle(nickname="Mây")
    assert visitor.visit(path).follow("Mây").path == f"/vehicles/{number}"
    as_(cast.lan).visit(f"/me/garage/{number}").submit("main form", nickname="Gió")
    assert "Gió" in visitor.visit(path).main
    as_(cast.lan).visit(f"/me/garage/{number}").submit("main form", is_public=None)
    assert "In the garage" not in visitor.visit(path).main
    assert visitor.get(f"/vehicles/{number}").status == 404


@pytest.mark.parametrize("who", ["unconfirmed", "suspended"])
def test_without_a_voice_a_vehicle_stays_private_and_as_it_is(
    site: Site, cast: Cast, make: Factory, as_: As, who: str
) -> None:
    person = getattr(cast, who)
    browser = as_(person)
    page = browser.visit("/me/garage/new")
    assert not page.has("[name=is_public]")
    browser.post("/me/garage/new", {**CAR, "form_id": form_id(), "is_public": "y"})
    number = site.value("SELECT id FROM vehicle WHERE NOT is_public")
    assert not browser.visit("/me/garage").has(f"[href='/me/garage/{number}']")
    assert browser.get(f"/me/garage/{number}").status == 403
    assert browser.post(f"/me/garage/{number}", {**CAR, "is_public": "y"}).status == 403
    assert browser.visit(f"/me/garage/{number}/removal").submit("main form").has(".empty")


def test_a_suspension_leaves_what_is_public_public_and_lets_its_owner_take_it_out(
    cast: Cast, make: Factory, as_: As
) -> None:
    number = make.vehicle(cast.member)
    cast.give(cast.member, standing=Standing.SUSPENDED)
    assert as_(None).get(f"/vehicles/{number}").status == 200
    as_(cast.member).visit(f"/me/garage/{number}/removal").submit("main form")
    assert as_(None).get(f"/vehicles/{number}").status == 404


def test_removing_wipes_what_was_private(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.vehicle(nickname="Mây", odometer=84_200, unit=Unit.KILOMETRES)
    browser = as_(cast.lan)
    browser.visit(f"/me/garage/{number}/removal").submit("main form")
    (row,) = site.rows("SELECT nickname, odometer, odometer_unit, is_public, removed_at IS NULL FROM vehicle")
    assert row == ("", None, None, False, False)
    for path in (f"/vehicles/{number}", f"/me/garage/{number}", f"/me/garage/{number}/removal"):
        assert browser.get(path).status == 404
    assert browser.post(f"/me/garage/{number}/removal").status == 404


def test_a_garage_is_full_some_day(db: Site, cast: Cast) -> None:
    with db.writing():
        for _ in range(MOST_VEHICLES):
            garage.park(hybrid(), form_id=form_id(), by=cast.lan.account())
        with pytest.raises(Invalid) as refusal:
            garage.park(hybrid(), form_id=form_id(), by=cast.lan.account())
        assert set(refusal.value.errors) == {"model"}


def test_a_garage_costs_the_same_with_one_vehicle_and_with_thirty(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    browser = as_(cast.lan)
    counts = []
    for vehicles in (1, 29):
        for _ in range(vehicles):
            make.vehicle()
        for path in ("/me/garage", f"/members/{cast.lan.handle}"):
            with site.count_queries() as counted:
                assert browser.get(path).status == 200
            counts.append(counted.total)
    assert counts[:2] == counts[2:]
    assert max(counts) <= 9


@pytest.mark.parametrize(
    "change",
    [
        "model = ''",
        "nickname = '01234567890123456789012345678901234567890'",
        "odometer = -1, odometer_unit = 'km'",
        "odometer = 10000000, odometer_unit = 'km'",
        "odometer = 5",
        "odometer_unit = 'km'",
        "odometer = 5, odometer_unit = 'leagues'",
        "since_year = 2020, until_year = 2019",
        "until_year = 1885",
        "removed_at = created_at, nickname = 'Mây'",
        "model_id = 999",
    ],
)
def test_the_database_holds_the_rules_too(db: Site, make: Factory, change: str) -> None:
    make.vehicle()
    with pytest.raises(Exception, match=r"ck_vehicle|fk_vehicle|FOREIGN KEY|too long"):
        db.execute(f"UPDATE vehicle SET {change}")
