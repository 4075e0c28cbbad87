"""The desk's list of makers and models, through its pages."""

import pytest

from community.policy.permissions import Role
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, wording
from tests.helpers.browser import Browser, Page
from tests.helpers.site import Site


@pytest.fixture
def desk(cast: Cast, as_: As) -> Browser:
    return as_(cast.join("Eve Admin", "GB", "en", role=Role.ADMIN))


def list_model(desk: Browser, maker: str = "Larch", name: str = "Vireo") -> Page:
    return desk.visit("/moderation/models").submit("main form", maker=maker, name=name, from_year="2019")


def test_an_admin_lists_renames_merges_and_takes_off(
    site: Site, desk: Browser, make: Factory, as_: As
) -> None:
    assert "Larch Vireo is on the list." in list_model(desk).text
    list_model(desk, name="Veery")
    car = make.vehicle(model="Vireo")
    make.live_story(text=wording("Over the pass", vehicle_id=car))
    visitor = as_(None)
    model = desk.visit("/moderation").follow("Models").follow("Vireo")
    assert "1 vehicle" in model.main
    renamed = model.submit("main form", name="Vireo Prime", from_year="2020")
    assert "Larch Vireo Prime" in renamed.main
    assert "Built since 2020." in visitor.visit("/models/larch-vireo").main
    merged = renamed.submit(
        "form[action$='/merging']", into=site.value("SELECT id FROM model WHERE name = 'Veery'")
    )
    assert "Other names of it Vireo Prime" in merged.main
    assert "Over the pass" in visitor.visit("/models/larch-veery").main
    assert visitor.get("/models/larch-vireo").location == "/models/larch-veery"
    assert visitor.get("/models/larch-vireo").status == 301
    forgotten = merged.submit("li form[action$='/removal']")
    assert "Other names of it" not in forgotten.main
    assert visitor.get("/models/larch-vireo").status == 404
    refused = forgotten.submit("main form.listing-part[action$='/removal']")
    assert refused.status == 422
    assert "It is in use" in refused.main
    assert "Larch Veery" in refused.main


def test_makers_are_renamed_and_put_together(site: Site, desk: Browser) -> None:
    for one in (("Larch", "Vireo"), ("Larch AG", "Vireo"), ("Larch AG", "Suma")):
        list_model(desk, *one)
    maker = desk.visit("/moderation/models").follow("Larch AG")
    refused = maker.submit("main form", name="LARCH")
    assert refused.status == 422
    assert "“LARCH” is on the list already." in refused.main
    into = site.value("SELECT id FROM maker WHERE name = 'Larch'")
    merged = maker.submit("form[action$='/merging']", into=into)
    assert merged.path == f"/moderation/makers/{into}"
    for word in ("2 models", "Suma", "Other names of it Larch AG"):
        assert word in merged.main, word
    renamed = merged.submit("main form", name="Lärche")
    assert "Lärche" in renamed.main
    assert "Lärche" in desk.visit("/models").main


def test_what_members_type_is_listed_with_one_look(site: Site, desk: Browser, make: Factory) -> None:
    for _ in range(2):
        make.vehicle(maker="Pembroke", model="Packhorse")
    page = desk.visit("/moderation/models")
    assert "Pembroke Packhorse 2 vehicles" in page.main
    form = page.follow("li a[href*='name=Packhorse']")
    assert form.form("main form").values()["maker"] == "Pembroke"
    done = form.submit("main form")
    assert "Typed by members" not in done.main
    assert site.value("SELECT count(*) FROM vehicle WHERE model_id IS NOT NULL") == 2


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"maker": ""}, "Say who makes it."),
        ({"name": ""}, "Say which model it is."),
        ({"name": "…"}, "A name needs a letter or a digit."),
        ({"name": "x" * 81}, "Use at most 80 characters."),
        ({"from_year": "12"}, "Give a year, such as 2021."),
    ],
)
def test_what_cannot_be_listed_is_said(desk: Browser, changes: dict[str, str], told: str) -> None:
    fields = {"maker": "Larch", "name": "Vireo", "from_year": "2019", **changes}
    page = desk.visit("/moderation/models").submit("main form", **fields)
    assert page.status == 422
    assert told in page.main
    assert page.form("main form").values().items() >= fields.items()


def test_another_name_has_no_page_of_its_own_at_the_desk(site: Site, desk: Browser) -> None:
    list_model(desk)
    list_model(desk, name="Veery")
    first, second = (row[0] for row in site.rows("SELECT id FROM model ORDER BY id"))
    desk.visit(f"/moderation/models/{first}").submit("form[action$='/merging']", into=second)
    assert desk.get(f"/moderation/models/{first}").status == 404
    assert desk.post(f"/moderation/models/{first}", {"name": "Back again"}).status == 404
    assert desk.post(f"/moderation/models/{second}/merging", {"into": str(first)}).status == 422


def test_the_list_costs_the_same_with_one_model_and_with_twenty(site: Site, desk: Browser) -> None:
    costs: list[int] = []
    for models in (1, 19):
        for nth in range(models):
            list_model(desk, name=f"Vireo {len(costs)} {nth}")
        with site.count_queries() as counted:
            assert desk.get("/moderation/models").status == 200
        costs.append(counted.total)
    assert costs[0] == costs[1] <= 10
