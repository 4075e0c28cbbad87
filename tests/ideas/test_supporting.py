"""Standing behind an idea through its page: once, changeable, with a sentence and a car for who wants."""

from typing import Any

import pytest
from sqlalchemy import insert, literal, select

from community.accounts.actions import listing
from community.comments import queries as threads
from community.comments.actions import step
from community.comments.models import Comment
from community.contributions import queries as contributions
from community.contributions.models import Contribution, RevisionState
from community.ideas import queries
from community.kit import db
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.factories.ideas import Ideas, idea, idea_text
from tests.helpers.browser import Page
from tests.helpers.site import Site

STAND = "#support button[value='1']"


@pytest.fixture
def ideas(site: Site, make: Factory) -> Ideas:
    return Ideas(site, make)


@pytest.fixture
def number(cast: Cast, ideas: Ideas) -> int:
    return ideas.live(cast.lan)


def votes(site: Site, number: int) -> tuple[object, object]:
    counted = site.value(f"SELECT supporter_count FROM idea WHERE id = {number}")
    return counted, site.value(f"SELECT count(*) FROM vote WHERE idea_id = {number}")


def stood(page: Page, **said: object) -> Page:
    return page.form(STAND).send(**said)


def test_one_click_stands_behind_it_and_another_takes_that_back(
    site: Site, cast: Cast, number: int, as_: As
) -> None:
    page = as_(cast.member).visit(f"/ideas/{number}").submit(STAND)
    assert page.path.startswith(f"/ideas/{number}/")
    assert "You stand behind this." in page.main
    assert "1 member from 1 country" in page.main
    assert votes(site, number) == (1, 1)
    assert "You stand behind this." not in as_(cast.moderator).visit(f"/ideas/{number}").main
    back = page.submit("#support button[value='0']")
    assert "Nobody stands behind it yet" in back.main
    assert votes(site, number) == (0, 0)


def test_the_same_form_sent_again_is_the_same_vote_and_the_same_sentence(
    site: Site, cast: Cast, number: int, as_: As
) -> None:
    page = as_(cast.member).visit(f"/ideas/{number}")
    answers = [stood(page, because="My bags roll about on every farm road.") for _ in range(3)]
    assert {answer.status for answer in answers} == {302}
    assert votes(site, number) == (1, 1)
    assert site.value("SELECT count(*) FROM comment") == 1


def test_the_sentence_is_an_answer_that_waits_like_any_other(
    site: Site, cast: Cast, make: Factory, number: int, as_: As
) -> None:
    page = as_(cast.member).visit(f"/ideas/{number}")
    stood(page, because="My bags roll about on every farm road.")
    with site.reading():
        vote = queries.vote(number, cast.member.id)
        assert vote is not None
        said = vote.comment_id or 0
        assert contributions.revision_in(said, RevisionState.WAITING) is not None
    assert "farm road" not in as_(None).visit(f"/ideas/{number}").main
    assert "1 member from 1 country" in as_(None).visit(f"/ideas/{number}").main
    make.decide(said)
    assert "farm road" in as_(None).visit(f"/ideas/{number}").main


def test_said_again_for_another_car_it_is_still_one_vote(
    site: Site, cast: Cast, make: Factory, ideas: Ideas, as_: As
) -> None:
    with site.writing():
        vireo, suma = (listing.list_model("Larch", name, None).id for name in ("Vireo", "Suma"))
    number = ideas.live(cast.lan, idea_text(models=[vireo]))
    make.vehicle(cast.member, "Suma", maker="Larch")
    page = as_(cast.member).visit(f"/ideas/{number}")
    offered = [str(one["value"]) for one in page.soup.select("#model option")]
    assert offered == ["", str(vireo), str(suma)]
    stood(page, model=vireo)
    stood(as_(cast.member).visit(f"/ideas/{number}"), model=suma)
    assert votes(site, number) == (1, 1)
    with site.reading():
        assert [(model.name, n) for model, n in queries.sums(number).models.items()] == [("Larch Suma", 1)]


def test_too_long_a_sentence_comes_back_and_no_vote_is_counted(
    site: Site, cast: Cast, number: int, as_: As
) -> None:
    answer = stood(as_(cast.member).visit(f"/ideas/{number}"), because="x" * 281)
    assert answer.status == 422
    assert "x" * 281 in answer.html
    assert votes(site, number) == (0, 0)
    unknown = as_(cast.member).post(f"/ideas/{number}/support", {"on": "1", "model": "999999"})
    assert unknown.status == 422


def test_nobody_votes_for_their_own_and_visitors_sign_in_first(
    site: Site, cast: Cast, number: int, as_: As
) -> None:
    own = as_(cast.lan).visit(f"/ideas/{number}")
    assert not own.has("#support form")
    assert as_(cast.lan).post(f"/ideas/{number}/support", {"on": "1"}).status == 404
    visitor = as_(None).visit(f"/ideas/{number}")
    page = visitor.follow("#support a[href^='/account/login']")
    back = page.submit("main form", email=cast.member.email, password=cast.member.password)
    assert back.path.startswith(f"/ideas/{number}/")
    assert votes(site, number) == (0, 0)


@pytest.mark.parametrize("who", ["unconfirmed", "suspended"])
def test_without_a_voice_there_is_no_vote_and_a_reason(
    site: Site, cast: Cast, number: int, as_: As, who: str
) -> None:
    person: Person = getattr(cast, who)
    page = as_(person).visit(f"/ideas/{number}")
    assert page.has("#support .voice")
    refused = as_(person).post(f"/ideas/{number}/support", {"on": "1"})
    assert refused.status == 403
    assert votes(site, number) == (0, 0)


def test_a_vote_for_what_was_put_together_meanwhile_is_a_polite_conflict(
    site: Site, cast: Cast, ideas: Ideas, number: int, as_: As
) -> None:
    page = as_(cast.moderator).visit(f"/ideas/{number}")
    original = ideas.live(cast.member, idea_text("A bag hook", "No hook for bags on the right side."))
    ideas.merge(number, original, by=cast.admin)
    answer = stood(page)
    assert answer.status == 409
    assert "put together" in answer.main
    with site.reading():
        assert idea(original).supporter_count == 1


def test_next_leads_back_to_where_the_click_was_and_nowhere_else(cast: Cast, number: int, as_: As) -> None:
    browser = as_(cast.member)
    there = browser.post(f"/ideas/{number}/support", {"on": "1", "next": "/ideas?sort=new"})
    assert there.location == "/ideas?sort=new"
    elsewhere = browser.post(f"/ideas/{number}/support", {"on": "1", "next": "//example.org"})
    assert elsewhere.location.startswith(f"/ideas/{number}/")


def test_two_members_in_turn_each_find_their_own_vote_and_their_own_cars(
    site: Site, cast: Cast, make: Factory, number: int, as_: As
) -> None:
    """Their page is drawn once for both: nothing of the first may stand on the second's."""
    with site.writing():
        vireo, suma = (listing.list_model("Larch", name, None).id for name in ("Vireo", "Suma"))
    first, second = cast.member, cast.join("Zoltan", "HU", "hu")
    make.vehicle(first, "Suma", maker="Larch")
    make.vehicle(second, "Vireo", maker="Larch")
    as_(first).visit(f"/ideas/{number}").submit(STAND)
    pages = {who: as_(who).visit(f"/ideas/{number}") for who in (first, second, first)}
    for who, model, is_behind in ((first, suma, True), (second, vireo, False)):
        page = pages[who]
        assert [str(one["value"]) for one in page.soup.select("#model option")] == ["", str(model)]
        assert ("You stand behind this." in page.main) is is_behind
        assert who.display_name in page.soup.select(".masthead")[0].get_text()
    pages[second].submit(STAND)
    assert votes(site, number) == (2, 2)


def test_a_long_conversation_goes_on_where_its_last_page_ended(
    site: Site, cast: Cast, make: Factory, number: int, as_: As
) -> None:
    first = make.comment(number, cast.moderator, "The first of them")
    make.comment(number, cast.moderator, "The last of them")
    said_often(site, first, threads.PAGE - 1)
    for who in (None, cast.member):
        page = as_(who).visit(f"/ideas/{number}")
        assert ("The first of them" in page.main, "The last of them" in page.main) == (True, False)
        (following,) = page.soup.select(".pager a")
        page = as_(who).visit(str(following["href"]))
        assert ("The first of them" in page.main, "The last of them" in page.main) == (False, True)
        assert not page.has(".pager a")


def said_often(site: Site, comment_id: int, times: int) -> None:
    """The same comment again, many times, right behind it: through the desk they would take a minute."""
    with site.writing():
        for copy in range(times):
            number = comment_id + 1_000 + copy
            said = {"id": number, "form_id": f"said-again-{copy}", "path": step(comment_id) + step(copy)}
            db.session.execute(insert(Contribution).from_select(*copied(Contribution, comment_id, said)))
            db.session.execute(insert(Comment).from_select(*copied(Comment, comment_id, said)))


def copied(model: Any, number: int, instead: dict[str, Any]) -> tuple[list[str], Any]:
    """The columns of a row, and a SELECT of what is in them or ``instead`` of that."""
    columns = list(model.__table__.columns)
    taken = [literal(instead[one.name]).label(one.name) if one.name in instead else one for one in columns]
    return [one.name for one in columns], select(*taken).where(model.__table__.c.id == number)
