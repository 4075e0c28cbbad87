"""Blocking: who is not there for whom, what neither can do to the other, and what stays; on both databases."""

import pytest

from community.accounts.actions import blocking
from community.contributions import actions
from community.contributions.models import Followed, Subject
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory, wording
from tests.factories.ideas import Ideas, idea_text
from tests.helpers.site import Site

COUNTS = "SELECT block_count FROM account WHERE id IN (:one, :other)"


@pytest.fixture
def ideas(site: Site, make: Factory) -> Ideas:
    return Ideas(site, make)


@pytest.fixture
def troll(cast: Cast) -> Person:
    """Lan blocks them in most of these."""
    return cast.join("Theo Troll", "DE", "en", "vi")


def block(site: Site, member: Person, *, by: Person) -> None:
    with site.writing():
        blocking.block(member.account(), by=by.account())


def test_it_says_what_it_does_is_done_and_undone(db: Site, cast: Cast, troll: Person, as_: As) -> None:
    browser = as_(cast.lan)
    asked = browser.visit(f"/members/{troll.handle}").follow("Block")
    assert "They cannot answer, follow, support, quote or translate you" in asked.main
    done = asked.submit("main form")
    assert done.path == "/account/blocks"
    assert "Theo Troll" in done.main
    assert "You blocked this member" in browser.visit(f"/members/{troll.handle}").main
    undone = done.submit("main li form")
    assert "Nobody blocked" in undone.main
    assert db.rows("SELECT * FROM block") == []
    assert db.rows(COUNTS, one=cast.lan.id, other=troll.id) == [(0,), (0,)]


def test_said_twice_it_is_one_and_nobody_blocks_themselves(
    db: Site, cast: Cast, troll: Person, as_: As
) -> None:
    block(db, troll, by=cast.lan)
    block(db, troll, by=cast.lan)
    block(db, cast.lan, by=troll)
    assert db.rows(COUNTS, one=cast.lan.id, other=troll.id) == [(2,), (2,)]
    assert as_(cast.lan).post(f"/members/{cast.lan.handle}/block").status == 404
    for _ in range(2):
        with db.writing():
            blocking.unblock(troll.account(), by=cast.lan.account())
    assert db.rows(COUNTS, one=cast.lan.id, other=troll.id) == [(1,), (1,)]


def test_whom_i_blocked_does_not_find_me(
    site: Site, cast: Cast, troll: Person, make: Factory, ideas: Ideas, as_: As
) -> None:
    story, idea = make.live_story(cast.lan), ideas.live(cast.lan)
    elsewhere = make.live_story(cast.member, wording("Another road"))
    make.comment(elsewhere, cast.lan, "Lan said this.")
    block(site, troll, by=cast.lan)
    browser = as_(troll)
    for address in (
        f"/members/{cast.lan.handle}",
        f"/stories/{story}",
        f"/stories/{story}/over-the-pass",
        f"/ideas/{idea}/a-hook-for-the-bag",
    ):
        assert browser.get(address).status == 404, address
    for address in (
        "/",
        "/stories?language=all",
        "/countries/VN?language=all",
        "/ideas?language=all",
        "/search?q=hummed",
    ):
        page = browser.visit(address)
        assert "Over the pass" not in page.main, address
        assert "A hook for the bag" not in page.main, address
    assert "Another road" in browser.visit("/stories?language=all").main
    assert "Lan said this." not in browser.visit(f"/stories/{elsewhere}").main
    assert "Lan said this." in as_(cast.moderator).visit(f"/stories/{elsewhere}").main
    assert as_(None).visit(f"/stories/{story}").status == 200


def test_neither_reaches_the_other(
    site: Site, cast: Cast, troll: Person, make: Factory, ideas: Ideas, as_: As
) -> None:
    story, idea = make.live_story(cast.lan), ideas.live(cast.lan)
    theirs = make.live_story(troll, wording("Under the bridge"))
    elsewhere = make.live_story(cast.member, wording("Another road"))
    said = make.comment(elsewhere, cast.lan)
    block(site, troll, by=cast.lan)
    words = {"form_id": "a-form-of-this-test", "body": "Hello?", "language": "en"}
    browser = as_(troll)
    for address, fields in (
        (f"/contributions/{story}/comments", words),
        (f"/contributions/{story}/reactions", {}),
        (f"/ideas/{idea}/support", {}),
        ("/follows", {"kind": "contribution", "target": str(story)}),
        ("/follows", {"kind": "member", "target": cast.lan.handle}),
        (f"/stories/{story}/translations", {"language": "en"}),
        (f"/contributions/{elsewhere}/comments", {**words, "parent_id": str(said)}),
    ):
        assert browser.post(address, fields).status == 404, address
    assert browser.get(f"/ideas/new?story={story}").status == 404
    refused = as_(cast.lan).post(f"/contributions/{theirs}/reactions", {})
    assert refused.status == 403
    assert "You blocked this member." in refused.main
    assert site.rows("SELECT 1 FROM comment WHERE parent_id IS NOT NULL") == []


def test_their_answers_are_one_quiet_line_for_me_alone(
    site: Site, cast: Cast, troll: Person, make: Factory, as_: As
) -> None:
    story = make.live_story(cast.member)
    make.comment(story, troll, "Troll was here.")
    block(site, troll, by=cast.lan)
    page = as_(cast.lan).visit(f"/stories/{story}")
    assert "Troll was here." not in page.main
    assert "You blocked this member." in page.main
    assert "Troll was here." in as_(cast.moderator).visit(f"/stories/{story}").main


def test_they_stop_following_each_other_and_can_still_report(
    site: Site, cast: Cast, troll: Person, make: Factory, as_: As
) -> None:
    story = make.live_story(cast.lan)
    with site.writing():
        actions.follow(Followed(Subject.CONTRIBUTION, story), by=troll.account())
        actions.follow(Followed(Subject.COUNTRY, "VN"), by=troll.account())
        actions.follow(Followed(Subject.MEMBER, troll.id), by=cast.lan.account())
    block(site, troll, by=cast.lan)
    assert site.rows("SELECT account_id, country FROM follow") == [(troll.id, "VN")]
    assert "Over the pass" not in as_(troll).visit("/home").main
    assert as_(troll).get(f"/contributions/{story}/reports").status == 200


def test_what_the_maker_says_is_hidden_from_nobody_and_the_desk_goes_on(
    site: Site, cast: Cast, troll: Person, make: Factory, ideas: Ideas, as_: As
) -> None:
    idea = ideas.live(cast.member, idea_text())
    ideas.move(idea, "considering", by=cast.admin)
    block(site, cast.admin, by=troll)
    block(site, cast.moderator, by=cast.lan)
    assert "We are looking into it." in as_(troll).visit(f"/ideas/{idea}").main
    waiting = make.waiting_story(cast.lan)
    assert as_(cast.moderator).get(f"/contributions/{waiting}").status == 302
    assert as_(cast.moderator).get(f"/members/{cast.lan.handle}").status == 200


def test_what_stories_changed_names_neither_to_the_other(
    site: Site, cast: Cast, troll: Person, make: Factory, ideas: Ideas, as_: As
) -> None:
    story = make.live_story(cast.member, wording("A road with a bridge"))
    hers = make.live_story(cast.lan, wording("Lan told it"))
    by_lan, by_moderator = ideas.live(cast.lan), ideas.live(cast.curator, idea_text("A louder horn"))
    ideas.quote(by_lan, story)
    ideas.quote(by_moderator, hers)
    block(site, troll, by=cast.lan)
    pages = ("/changed", f"/stories/{story}", f"/members/{cast.member.handle}")
    for address in pages:
        page = as_(troll).visit(address).main
        assert "A hook for the bag" not in page, address
        assert "Lan told it" not in page, address
    assert "A louder horn" not in as_(troll).visit("/changed").main
    ideas.quote(by_moderator, story)
    page = as_(troll).visit("/changed").main
    assert "A louder horn" in page
    assert cast.lan.display_name not in page
    for address in pages:
        assert "A hook for the bag" in as_(cast.moderator).visit(address).main, address


def test_an_ideas_page_names_neither_to_the_other(
    site: Site, cast: Cast, troll: Person, make: Factory, ideas: Ideas, as_: As
) -> None:
    hers = make.live_story(cast.lan, wording("Lan told it"))
    same, number = ideas.live(cast.lan), ideas.live(cast.member, idea_text("A louder horn"))
    ideas.quote(number, hers)
    ideas.merge(same, number, by=cast.admin)
    block(site, troll, by=cast.lan)
    for person, is_told in ((troll, False), (cast.moderator, True), (None, True)):
        page = as_(person).visit(f"/ideas/{number}").main
        assert ("Lan told it" in page) is is_told, person
        assert ("A hook for the bag" in page) is is_told, person


def test_what_was_told_of_each_other_goes_but_not_what_the_maker_said(
    site: Site, cast: Cast, troll: Person, make: Factory, ideas: Ideas, as_: As
) -> None:
    story, idea = make.live_story(cast.lan), ideas.live(cast.lan)
    ideas.support(idea, troll)
    make.comment(story, troll, "Troll was here.")
    ideas.move(idea, "considering", by=cast.admin)
    block(site, troll, by=cast.lan)
    kept = "SELECT account_id, kind FROM notice ORDER BY account_id"
    assert site.rows(kept) == [
        (one.id, "idea_moved") for one in sorted((cast.lan, troll), key=lambda one: one.id)
    ]


def test_who_is_quoted_can_say_no_to_somebody_who_blocked_them(
    site: Site, cast: Cast, troll: Person, make: Factory, ideas: Ideas, as_: As
) -> None:
    idea = ideas.live(cast.lan)
    quote = ideas.quote(idea, make.live_story(troll), agreed=False)
    block(site, troll, by=cast.lan)
    page = as_(troll).visit(f"/quotes/{quote}").submit("main form", agree="0")
    assert page.status == 200
    assert "Your paragraph is not shown in this idea." in page.text
    assert site.value("SELECT refused_at IS NOT NULL FROM quote WHERE id = :id", id=quote)


def test_who_has_no_block_is_asked_nothing_more(
    site: Site, cast: Cast, troll: Person, make: Factory, as_: As
) -> None:
    make.live_story(cast.member)
    browser = as_(cast.lan)
    browser.visit("/stories")
    with site.count_queries() as before:
        browser.visit("/stories")
    block(site, troll, by=cast.member)
    with site.count_queries() as after:
        browser.visit("/stories")
    assert after.total == before.total
    assert not any("FROM block" in statement for statement in after.statements)
