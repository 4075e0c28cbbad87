"""A curator's page of one idea: answering, notes, who sees to it, putting together and taking apart."""

import re

import pytest

from community.contributions.models import RevisionState
from community.ideas import actions, queries
from community.kit.errors import Conflict
from community.moderation.models import Outcome
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.factories.ideas import BETTER, MISSING, Ideas, idea, idea_text
from tests.helpers.browser import Page
from tests.helpers.site import Site

ANSWER = {
    "answer": "We look into it, see [the plan](https://example.test/plan).",
    "function": "Interior design",
}
SHIPPED = {
    "stage": "shipped",
    "shipped_models": "Vireo",
    "shipped_countries": "Vietnam",
    "shipped_version": "2026.4",
}
MOVE, NOTE, MERGE = "form[action$='/moves']", "form[action$='/notes']", "form[action$='/merging']"


@pytest.fixture
def ideas(site: Site, make: Factory) -> Ideas:
    return Ideas(site, make)


def at(number: int) -> str:
    return f"/curation/ideas/{number}"


def steps(site: Site, number: int) -> list[tuple[str, str]]:
    with site.reading():
        return [(step.to.slug, step.answer) for step in queries.steps(number)]


def holder(site: Site, number: int) -> int | None:
    with site.reading():
        return idea(number).curator_id


def test_an_answer_with_its_links_is_public_and_the_idea_has_moved(
    site: Site, cast: Cast, ideas: Ideas, as_: As
) -> None:
    number = ideas.live(cast.lan)
    page = as_(cast.curator).visit(at(number)).submit(MOVE, stage="planned", **ANSWER)
    assert page.status == 200
    assert "Planned Kim Curator Interior design" in page.main
    assert page.has(".curation-answer a[href='https://example.test/plan']")
    assert page.has(".badge-new")
    assert steps(site, number) == [("planned", ANSWER["answer"])]
    assert page.form(MOVE).values()["function"] == "Interior design"
    assert page.form(MOVE).values()["stage"] == "planned"


@pytest.mark.parametrize(
    ("typed", "wanting"),
    [
        ({"stage": "planned", "answer": " ", "function": "Design"}, "Say something to those who wait"),
        ({"stage": "planned", "answer": "Yes.", "function": ""}, "Say what you do"),
        ({"stage": "declined", **ANSWER}, "This is needed for that stage."),
        ({"stage": "shipped", **ANSWER}, "This is needed for that stage."),
    ],
)
def test_what_a_stage_needs_is_asked_for_beside_its_field(
    site: Site, cast: Cast, ideas: Ideas, as_: As, typed: dict[str, str], wanting: str
) -> None:
    number = ideas.live(cast.lan)
    page = as_(cast.curator).visit(at(number)).submit(MOVE, **typed)
    assert page.status == 422
    assert wanting in page.soup.select_one(".curation-move .field-error").get_text()  # type: ignore[union-attr]
    kept = page.form(MOVE).values()
    assert {name: kept[name] for name in typed} == {
        **typed,
        "answer": typed["answer"].strip(" ") or kept["answer"],
    }
    assert steps(site, number) == []


def test_what_another_stage_would_need_is_not_part_of_the_answer(
    site: Site, cast: Cast, ideas: Ideas, as_: As
) -> None:
    number = ideas.live(cast.lan)
    browser = as_(cast.curator)
    browser.visit(at(number)).submit(MOVE, stage="planned", reason="No room", **ANSWER)
    page = browser.visit(at(number)).submit(MOVE, reason="No room", **SHIPPED, **ANSWER)
    assert "2026.4" in page.main
    with site.reading():
        assert [(one.reason, one.shipped_models) for one in queries.steps(number)] == [
            ("", "Vireo"),
            ("", ""),
        ]


def test_the_second_of_two_curators_reads_what_the_first_said_and_keeps_every_word(
    site: Site, cast: Cast, ideas: Ideas, as_: As
) -> None:
    number = ideas.live(cast.lan)
    first, second = (
        as_(cast.curator).visit(at(number)),
        as_(cast.admin).choose_language("en").visit(at(number)),
    )
    first.submit(MOVE, stage="planned", **ANSWER)
    page = second.submit(MOVE, stage="declined", answer="Never.", function="Sales", reason="No room")
    assert page.status == 409
    assert "We look into it" in page.soup.select_one(".faster").get_text()  # type: ignore[union-attr]
    kept = page.form(MOVE).values()
    assert [kept[name] for name in ("stage", "answer", "function", "reason")] == [
        "declined",
        "Never.",
        "Sales",
        "No room",
    ]
    assert [slug for slug, _answer in steps(site, number)] == ["planned"]
    assert page.submit(MOVE).status == 200
    assert [slug for slug, _answer in steps(site, number)] == ["declined", "planned"]


def test_sent_twice_it_is_said_once(site: Site, cast: Cast, ideas: Ideas, as_: As) -> None:
    number = ideas.live(cast.lan)
    page = as_(cast.curator).visit(at(number))
    for _ in range(2):
        assert page.submit(MOVE, stage="planned", **ANSWER).status == 200
        assert page.submit(NOTE, words="Ask the plant in Hải Phòng.").status == 200
    assert len(steps(site, number)) == 1
    with site.reading():
        assert [note.words for note in queries.notes(number)] == ["Ask the plant in Hải Phòng."]


def test_a_preview_says_nothing_yet(site: Site, cast: Cast, ideas: Ideas, as_: As) -> None:
    number = ideas.live(cast.lan)
    page = as_(cast.curator).visit(at(number)).submit("button[value=preview]", stage="planned", **ANSWER)
    assert page.has(".curation-preview a[href='https://example.test/plan']")
    assert page.form(MOVE).values()["stage"] == "planned"
    assert steps(site, number) == []


def test_notes_are_for_curators_alone(cast: Cast, ideas: Ideas, as_: As) -> None:
    number = ideas.live(cast.lan)
    as_(cast.curator).visit(at(number)).submit(NOTE, words="Too dear as it stands.")
    assert "Too dear" in as_(cast.admin).choose_language("en").visit(at(number)).main
    for person in (cast.lan, cast.moderator, cast.member):
        assert as_(person).get(at(number)).status == 404
        assert as_(person).post(f"{at(number)}/notes", {"words": "Me too."}).status == 404
    assert as_(cast.curator).visit(at(number)).submit(NOTE, words=" ").status == 422


def test_of_two_who_take_an_idea_on_one_hears_of_the_other(
    site: Site, cast: Cast, ideas: Ideas, as_: As
) -> None:
    number = ideas.live(cast.lan)
    first, second = (
        as_(cast.curator).visit(at(number)),
        as_(cast.admin).choose_language("en").visit(at(number)),
    )
    take = "form[action$='/curator']:has(input[name=curator])"
    assert first.submit(take).status == 200
    assert first.submit(take).status == 200
    page = second.submit(take)
    assert page.status == 409
    assert "Kim Curator" in page.main
    assert holder(site, number) == cast.curator.id
    page.submit("form.curation-hand", curator=cast.admin.id)
    assert holder(site, number) == cast.admin.id
    as_(cast.admin).choose_language("en").visit(at(number)).submit("form.curation-hand", curator="")
    assert holder(site, number) is None
    assert (
        as_(cast.admin)
        .choose_language("en")
        .visit(at(number))
        .submit("form.curation-hand", curator=cast.lan.id)
        .status
        == 422
    )


@pytest.mark.parametrize(
    "way", ["{number}", "/ideas/{number}", "http://localhost/ideas/{number}/a-hook?x=1#y"]
)
def test_put_together_by_number_or_address_and_taken_apart_again(
    site: Site, cast: Cast, ideas: Ideas, as_: As, way: str
) -> None:
    original, twin = ideas.live(cast.lan), ideas.live(cast.member, idea_text("Bag hook", MISSING, BETTER))
    page = (
        as_(cast.curator).visit(at(twin)).submit(MERGE, original=way.format(number=original), why="The same.")
    )
    assert page.path == at(original)
    assert "Bag hook" in page.main
    merged = as_(cast.curator).visit(at(twin))
    assert not merged.has(MOVE)
    for _ in range(2):
        assert merged.submit("form[action$='/undo']").path == at(original)
    with site.reading():
        assert idea(twin).listed_at is not None


def test_what_says_much_the_same_is_offered_to_be_chosen(cast: Cast, ideas: Ideas, as_: As) -> None:
    original, twin = ideas.live(cast.lan), ideas.live(cast.member, idea_text("Bag hook", MISSING, BETTER))
    page = as_(cast.curator).visit(at(twin))
    assert "A hook for the bag" in page.soup.select_one(".curation-alike").get_text()  # type: ignore[union-attr]
    page = page.follow(".curation-alike .button")
    assert page.form(MERGE).values()["original"] == str(original)


@pytest.mark.parametrize("original", ["", "nothing", "999999", "{self}", "{draft}"])
def test_what_cannot_be_put_together_is_said_beside_the_field(
    site: Site, cast: Cast, ideas: Ideas, as_: As, original: str
) -> None:
    number, draft = ideas.live(cast.lan), ideas.draft(cast.lan)
    typed = original.format(self=number, draft=draft)
    page = as_(cast.curator).visit(at(number)).submit(MERGE, original=typed, why="The same.")
    assert page.status == 422
    assert page.has("#original-error")
    assert page.form(MERGE).values()["why"] == "The same."
    assert site.value("SELECT count(*) FROM merge") == 0


def test_two_curators_merge_two_ideas_into_each_other_and_the_second_is_told(
    site: Site, cast: Cast, ideas: Ideas, as_: As
) -> None:
    one, other = ideas.live(cast.lan), ideas.live(cast.member, idea_text("Bag hook", MISSING, BETTER))
    first, second = as_(cast.curator).visit(at(one)), as_(cast.admin).choose_language("en").visit(at(other))
    first.submit(MERGE, original=other)
    page = second.submit(MERGE, original=one)
    assert page.status == 409
    assert re.search("Take them apart first", page.main)
    assert site.value("SELECT count(*) FROM merge") == 1


def test_an_assignment_is_made_once_and_handed_on_only_by_who_knows_it(
    site: Site, cast: Cast, ideas: Ideas
) -> None:
    number, curator, admin = ideas.live(cast.lan), cast.curator, cast.admin
    for _ in range(2):
        with site.writing():
            actions.assign(idea(number), curator.account(), instead_of=None)
    with pytest.raises(Conflict), site.writing():
        actions.assign(idea(number), admin.account(), instead_of=None)
    assert holder(site, number) == curator.id


def test_an_idea_that_is_gone_takes_no_answer(
    site: Site, cast: Cast, make: Factory, ideas: Ideas, as_: As
) -> None:
    number = ideas.live(cast.lan)
    page: Page = as_(cast.admin).visit(at(number))
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    assert page.submit(MOVE, stage="planned", **ANSWER).status == 404
    assert steps(site, number) == []
