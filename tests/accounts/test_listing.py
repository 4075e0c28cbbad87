"""The list of makers and models: vehicles follow it, and no name on it is lost."""

import pytest

from community.accounts import queries
from community.accounts.actions import garage, listing
from community.accounts.actions.garage import Car
from community.accounts.models import Maker, Model
from community.kit.errors import Invalid
from tests.cast import Cast
from tests.factories.contributions import Factory, form_id
from tests.helpers.site import Site

NAMES = "SELECT maker, model, model_id IS NOT NULL FROM vehicle ORDER BY id"


def listed(maker: str = "Larch", name: str = "Vireo") -> Model:
    return listing.list_model(maker, name, 2019)


def maker_of(name: str) -> Maker:
    found = queries.maker_named(name)
    assert found
    return found


def parked(cast: Cast, maker: str, model: str) -> str:
    """What somebody who types this now gets."""
    vehicle = garage.park(Car(maker=maker, model=model), form_id=form_id(), by=cast.lan.account())
    return vehicle.name if vehicle.model_id else ""


def refused(act: object) -> set[str]:
    with pytest.raises(Invalid) as refusal:
        act()  # type: ignore[operator]
    return set(refusal.value.errors)


def test_a_model_is_listed_once_and_its_address_is_its_own(db: Site, cast: Cast) -> None:
    with db.writing():
        first, again, twin = listed(), listed("LARCH", "Víreo"), listed("Larch-Vireo", "x")
        assert first.id == again.id
        assert (first.slug, first.whole_name, first.from_year) == ("larch-vireo", "Larch Vireo", 2019)
        assert twin.maker_id != first.maker_id
        others = [listed("Larch", name) for name in ("Vireo!?", "x" * 80, "ヴィレオ", "فيريو")]
        slugs = {one.slug for one in (first, twin, *others)}
        assert others[0].id == first.id  # the signs around a name do not count
        assert len(slugs) == 5
        assert max(map(len, slugs)) <= 80
    assert db.value("SELECT count(*) FROM maker") == 2


@pytest.mark.parametrize(("maker", "name"), [("!!!", "Vireo"), ("Larch", "…"), ("\u200b", "Vireo")])
def test_a_name_can_be_read(db: Site, maker: str, name: str) -> None:
    with db.writing():
        assert refused(lambda: listed(maker, name)) == {"maker" if name == "Vireo" else "name"}
    assert db.value("SELECT count(*) FROM maker") == 0


def test_what_was_typed_before_it_was_listed_is_of_it(db: Site, cast: Cast, make: Factory) -> None:
    make.vehicle(model="víreo", maker="LARCH")
    make.vehicle(model="Larch-Vireo")
    make.vehicle(model="Vireo")
    with db.reading():
        assert [row[2] for row in queries.often_typed()] == [2, 1]
    with db.writing():
        listed()
    assert db.rows(NAMES) == [("Larch", "Vireo", True), ("Larch", "Vireo", True), ("", "Vireo", False)]
    with db.reading():
        assert [row[:2] for row in queries.often_typed()] == [("", "Vireo")]
        assert list(queries.vehicles_by_model().values()) == [2]


def test_vehicles_take_on_a_new_name(db: Site, cast: Cast, make: Factory) -> None:
    with db.writing():
        number = listed().id
    make.vehicle(model="Vireo")
    with db.writing():
        listing.rename_model(listed(), "Vireo Prime", None)
        listing.rename_maker(maker_of("Larch"), "Lärche")
    assert db.rows(NAMES) == [("Lärche", "Vireo Prime", True)]
    with db.writing():
        assert parked(cast, "larche", "vireo prime") == "Lärche Vireo Prime"
        assert parked(cast, "", "Vireo") == ""
        kept = queries.model(number)
        assert kept
        assert (kept.slug, kept.from_year) == ("larch-vireo", None)


def test_a_name_that_is_there_is_not_given_again(db: Site) -> None:
    with db.writing():
        vireo, suma = listed(), listed(name="Suma")
        other = listed("Other", "Vireo")
        assert refused(lambda: listing.rename_model(vireo, "ŠUMA", None)) == {"name"}
        assert refused(lambda: listing.rename_maker(maker_of("Other"), "larch")) == {"name"}
        listing.rename_model(suma, "Suma Two", None)
        listing.rename_model(other, "Suma", None)
    assert db.rows("SELECT name FROM model ORDER BY id") == [("Vireo",), ("Suma Two",), ("Suma",)]
    assert db.rows("SELECT name FROM maker ORDER BY id") == [("Larch",), ("Other",)]


def test_a_merged_model_is_another_name_of_the_other(db: Site, cast: Cast, make: Factory) -> None:
    with db.writing():
        numbers = [listed(name=name).id for name in ("Vireo", "Veery", "Wren")]
    make.vehicle(model="Veery")
    with db.writing():
        vireo, veery, wren = (queries.model(number) for number in numbers)
        assert vireo
        assert veery
        assert wren
        listing.merge_model(veery, wren)
        listing.merge_model(wren, vireo)
        assert refused(lambda: listing.merge_model(vireo, vireo)) == {"into"}
    assert db.rows(NAMES) == [("Larch", "Vireo", True)]
    assert db.rows("SELECT merged_into_id FROM model ORDER BY id") == [(None,), (numbers[0],), (numbers[0],)]
    with db.writing():
        for typed in ("Veery", "wren", "Vireo"):
            assert parked(cast, "Larch", typed) == "Larch Vireo"
        assert [one.name for one in queries.models()] == ["Vireo"]
        assert listed(name="Veery").id == numbers[0]
        kept, gone = queries.model(numbers[0]), queries.model(numbers[1])
        assert kept
        assert gone
        assert refused(lambda: listing.merge_model(kept, gone)) == {"into"}


def test_a_merged_maker_brings_its_models_along(db: Site, cast: Cast, make: Factory) -> None:
    with db.writing():
        for maker, name in (("Larch", "Vireo"), ("Lärch AG", "Vireo"), ("Lärch AG", "Suma")):
            listed(maker, name)
    make.vehicle(maker="Lärch AG", model="Vireo")
    make.vehicle(maker="Lärch AG", model="Suma")
    with db.writing():
        listing.merge_maker(maker_of("Lärch AG"), maker_of("Larch"))
    assert db.rows(NAMES) == [("Larch", "Vireo", True), ("Larch", "Suma", True)]
    with db.writing():
        assert [one.whole_name for one in queries.models()] == ["Larch Suma", "Larch Vireo"]
        assert [one.name for one in queries.makers()] == ["Larch"]
        for typed in (("Larch AG", "Vireo"), ("larch ag", "suma"), ("", "Larch AG Suma")):
            assert parked(cast, *typed).startswith("Larch ")
        assert listed("Lärch AG", "Suma").maker.name == "Larch"


def test_only_what_nothing_is_of_can_go(db: Site, cast: Cast, make: Factory) -> None:
    with db.writing():
        used, free = listed().id, listed(name="Suma").id
    make.vehicle(model="Vireo")
    with db.writing():
        kept, gone = queries.model(used), queries.model(free)
        assert kept
        assert gone
        assert refused(lambda: listing.remove_model(kept)) == {"removal"}
        assert refused(lambda: listing.remove_maker(maker_of("Larch"))) == {"removal"}
        listing.remove_model(gone)
    assert db.rows("SELECT id FROM model") == [(used,)]


def test_a_maker_goes_with_its_other_names_once_it_has_no_models(db: Site) -> None:
    with db.writing():
        model, other = listed(), listed("Lärch AG", "Suma")
        listing.remove_model(other)
        listing.merge_maker(maker_of("Lärch AG"), maker_of("Larch"))
        listing.remove_model(model)
        listing.remove_maker(maker_of("Larch"))
    assert db.value("SELECT count(*) FROM maker") == 0
