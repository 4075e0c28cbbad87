"""The table of stages, as admins keep it through its page."""

import pytest

from community.ideas import actions, queries
from community.ideas.models import Meaning
from community.kit.errors import Invalid
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.factories.ideas import SAID, Ideas, idea, stage
from tests.helpers.browser import Page
from tests.helpers.site import Site

TABLE, NEW = "form[action='/curation/stages']", "form[action='/curation/stages/new']"
NEXT_YEAR = {"slug": "next-year", "meaning": "planned", "name_en": "Next year", "name_vi": "Năm tới"}


@pytest.fixture
def ideas(site: Site, make: Factory) -> Ideas:
    return Ideas(site, make)


def line(page: Page, slug: str) -> str:
    """What the names of a stage's fields begin with."""
    return next(
        name.removesuffix("slug")
        for name, value in page.form(TABLE).fields()
        if (name[-5:], value) == ("-slug", slug)
    )


def named(site: Site, language: str) -> dict[str, str]:
    with site.reading():
        return {one.slug: one.name for one in queries.stages(language)}


def test_a_stage_is_called_anew_in_the_languages_it_is_given(site: Site, cast: Cast, as_: As) -> None:
    page = as_(cast.admin).choose_language("en").visit("/curation").follow("Stages")
    at = line(page, "planned")
    page = page.submit(
        TABLE, **{f"{at}name_en": "On the list", f"{at}name_vi": "", f"{at}name_ar": "على القائمة"}
    )
    assert page.status == 200
    assert [named(site, language)["planned"] for language in ("en", "vi", "ar")] == [
        "On the list",
        "On the list",
        "على القائمة",
    ]
    assert "On the list" in as_(cast.admin).choose_language("en").visit("/curation").main


def test_order_and_use_are_the_boards(site: Site, cast: Cast, as_: As) -> None:
    page = as_(cast.admin).choose_language("en").visit("/curation/stages")
    at, gone = line(page, "shipped"), line(page, "considering")
    page.submit(TABLE, **{f"{at}position": 1, f"{gone}is_used": None})
    board = as_(cast.curator).visit("/curation")
    heads = [head.get_text(" ").split()[0] for head in board.soup.select(".lane-head")]
    assert heads == ["Open", "Shipped", "Planned", "Being", "Declined"]


@pytest.mark.parametrize(
    ("slug", "field", "value", "wanting"),
    [
        ("planned", "name_en", " ", "Every stage needs an English name."),
        ("open", "is_used", None, "New ideas need a stage to begin in."),
        ("planned", "position", "0", "Give a number from 1 to 99."),
        ("planned", "position", "soon", "Not a valid integer value."),
        ("planned", "name_vi", "x" * 41, "Use at most 40 characters."),
    ],
)
def test_what_cannot_be_is_said_and_every_word_kept(
    site: Site, cast: Cast, as_: As, slug: str, field: str, value: str | None, wanting: str
) -> None:
    page = as_(cast.admin).choose_language("en").visit("/curation/stages")
    before, made = (
        named(site, "en"),
        line(page, "made") if "made" in named(site, "en") else line(page, "shipped"),
    )
    page = page.submit(TABLE, **{f"{line(page, slug)}{field}": value, f"{made}name_de": "Ganz neu"})
    assert page.status == 422
    assert wanting in page.main
    assert page.form(TABLE).values()[f"{made}name_de"] == "Ganz neu"
    assert named(site, "en") == before


def test_a_new_stage_stands_at_the_end_and_takes_ideas(site: Site, cast: Cast, ideas: Ideas, as_: As) -> None:
    page = as_(cast.admin).choose_language("en").visit("/curation/stages")
    for _ in range(2):
        assert page.submit(NEW, **NEXT_YEAR).status == 200
    assert list(named(site, "vi").items())[-1] == ("next-year", "Năm tới")
    assert site.value("SELECT count(*) FROM stage WHERE slug = 'next-year'") == 1
    number = ideas.live(cast.lan)
    ideas.move(number, "next-year", by=cast.curator)
    with site.reading():
        assert idea(number).stage.meaning is Meaning.PLANNED


def test_of_two_who_save_at_once_the_second_is_told_and_keeps_what_was_typed(
    site: Site, cast: Cast, as_: As
) -> None:
    forms = [as_(cast.admin).choose_language("en").visit("/curation/stages") for _ in range(2)]
    at = line(forms[0], "planned")
    for _ in range(2):
        assert forms[0].submit(TABLE, **{f"{at}name_en": "On the list"}).status == 200
    page = forms[1].submit(TABLE, **{f"{at}name_en": "Next", f"{at}name_vi": "Sắp tới"})
    assert page.status == 409
    assert "Somebody changed this while you wrote." in page.main
    assert page.soup.select_one(".faster bdi[lang=en]:-soup-contains('On the list')")
    assert page.form(TABLE).values()[f"{at}name_vi"] == "Sắp tới"
    assert named(site, "en")["planned"] == "On the list"
    assert page.submit(TABLE).status == 200
    assert named(site, "vi")["planned"] == "Sắp tới"


@pytest.mark.parametrize(
    ("changes", "wanting"),
    [
        ({"slug": "planned"}, "another stage with this address"),
        ({"slug": "Next Year"}, "Use small letters"),
        ({"slug": ""}, "Give a word for its address."),
        ({"name_en": ""}, "Every stage needs an English name."),
        ({"meaning": "forgotten"}, "Not a valid choice"),
    ],
)
def test_a_stage_that_cannot_be_added_is_given_back(
    site: Site, cast: Cast, as_: As, changes: dict[str, str], wanting: str
) -> None:
    page = (
        as_(cast.admin)
        .choose_language("en")
        .visit("/curation/stages")
        .submit(NEW, **{**NEXT_YEAR, **changes})
    )
    assert page.status == 422
    assert wanting in page.main
    assert page.form(NEW).values()["name_vi"] == "Năm tới"
    assert "next-year" not in named(site, "en")


def test_a_stage_out_of_use_takes_no_more_ideas(site: Site, cast: Cast, ideas: Ideas) -> None:
    number, admin = ideas.live(cast.lan), cast.admin
    site.execute("UPDATE stage SET is_used = false WHERE slug = 'planned'")
    with pytest.raises(Invalid), site.writing():
        actions.move(idea(number), stage("planned"), SAID, on=0, form_id="a-form-of-this", by=admin.account())


def test_the_table_is_for_admins_alone(cast: Cast, as_: As) -> None:
    for person in (cast.curator, cast.moderator, cast.lan):
        assert as_(person).get("/curation/stages").status == 404
        assert as_(person).post("/curation/stages/new", NEXT_YEAR).status == 404
    assert "Stages" not in as_(cast.curator).visit("/curation").soup.select_one(".desk-nav").get_text()  # type: ignore[union-attr]
