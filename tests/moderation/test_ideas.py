"""Ideas at the desk: read in their halves, with what they are about and what they quote; named as what they are."""

from community.contributions.models import RevisionState
from community.ideas import actions
from community.ideas.models import Area
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, revision, wording
from tests.factories.ideas import BETTER, MISSING, Ideas, idea, idea_text
from tests.helpers.site import Site

TOLD = "The bag slid under the seat again on the bridge."


def test_a_moderator_reads_the_halves_of_an_idea_what_it_is_about_and_what_it_quotes(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    story = make.live_story(cast.member, wording("A road", TOLD))
    ideas = Ideas(site, make)
    number = ideas.waiting(cast.lan, idea_text(countries=["VN", "TH"]))
    ideas.quote(number, story, agreed=False)
    desk = as_(cast.moderator)
    queue = desk.visit("/moderation?language=all&kind=idea")
    assert "Idea" in queue.main
    with site.reading():
        waits = revision(number, RevisionState.WAITING).id
    page = desk.visit(f"/moderation/reviews/{waits}")
    for words in ("Review an idea", MISSING, BETTER, "Design", "Vietnam", "Thailand", TOLD, "A road"):
        assert words in page.main
    assert "Readers do not see it now." in page.main


def test_the_desk_and_the_author_see_that_an_edit_is_about_something_else(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = Ideas(site, make).live(cast.lan, idea_text(countries=["VN"]))
    text = idea_text(missing=f"{MISSING} Nor on the other.", area=Area.SERVICE, countries=["VN", "ZA"])
    with site.writing():
        actions.submit(idea(number), text, sequence=None, by=cast.lan.account())
    with site.reading():
        waits = revision(number, RevisionState.WAITING).id
    for person, path in (
        (cast.moderator, f"/moderation/reviews/{waits}"),
        (cast.lan, f"/contributions/{number}/revisions"),
    ):
        changed = as_(person).visit(path).soup.select_one(".compare-concerns")
        assert changed is not None
        assert [one.get_text() for one in changed.select("del")] == ["Design"]
        assert [one.get_text() for one in changed.select("ins")] == ["Service", "South Africa"]
        assert [one.get_text() for one in changed.select("span")] == ["Vietnam"]


def test_an_idea_is_reported_and_stands_among_what_was_decided(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = Ideas(site, make).live(cast.lan)
    page = as_(cast.member).visit(f"/contributions/{number}/reports")
    assert "Report an idea" in page.main
    page.submit(
        "main form", reason="scam", explanation="There is no such hook, and it costs money.", good_faith="y"
    )
    assert "Idea" in as_(cast.moderator).visit("/moderation/reports").main
    assert "Idea" in as_(None).visit("/transparency").main
