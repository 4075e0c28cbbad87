"""Ideas found by their words, in their own language and in those others brought them to, on both databases alike."""

import pytest

from community.contributions.models import RevisionState
from community.moderation.models import Outcome
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, wording
from tests.factories.ideas import Ideas, idea_text
from tests.factories.translations import Translations, said
from tests.helpers.browser import Page
from tests.helpers.site import Site


@pytest.fixture
def ideas(site: Site, make: Factory) -> Ideas:
    return Ideas(site, make)


def titles(page: Page) -> list[str]:
    return [one.get_text() for one in page.soup.select(".idea-title a")]


def test_an_idea_is_found_by_its_words_and_its_translations_beside_the_stories(
    site: Site, cast: Cast, make: Factory, ideas: Ideas, as_: As
) -> None:
    story = make.live_story(cast.lan, wording("The grocery bag", "It slid about on every bend of the pass."))
    number, translations = ideas.live(cast.lan), Translations(site, make)
    page = as_(None).visit("/search?q=grocery+bag")
    assert titles(page) == ["A hook for the bag"]
    assert [one["href"] for one in page.soup.select(".card-title a")] == [f"/stories/{story}/the-grocery-bag"]
    translation = translations.draft(number, "id", cast.member)
    with site.reading():
        texts = dict.fromkeys(said(number, "id"), "Gantungan untuk belanja")
    translations.send(translation, cast.member, texts)
    make.decide(translation, by=cast.admin)
    assert titles(as_(None).visit("/search?q=gantungan&ui=id")) == ["Gantungan untuk belanja"]
    assert titles(as_(None).visit("/search?q=gantungan&ui=ar")) == ["Gantungan untuk belanja"]
    assert titles(as_(None).visit("/search?q=hook&in=ideas&ui=id")) == ["A hook for the bag"]
    assert titles(as_(None).visit("/search?q=gantungan&language=vi")) == []
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    page = as_(None).visit("/search?q=gantungan")
    assert titles(page) == []
    assert "No story has all of these words" in page.main


def test_all_of_them_stand_on_pages_of_their_own(
    site: Site, cast: Cast, ideas: Ideas, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("community.search.queries.looking.PAGE", 5)
    named = [f"Hook {number}" for number in range(6)]
    for title in named:
        ideas.live(cast.lan, idea_text(title))
    page = as_(None).visit("/search?q=grocery")
    assert titles(page) == named[:1:-1]
    page = page.follow("All ideas that were found")
    assert titles(page) == named[:0:-1]
    assert titles(page.follow("[rel=next]")) == named[:1]
    assert as_(None).visit("/search?q=grocery&in=ideas&after=nonsense").status == 404
    assert "No idea has all of these words" in as_(None).visit("/search?q=nowhere&in=ideas").main
