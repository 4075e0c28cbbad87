"""Ideas in other languages, from the page that offers it to lists, likeness and back: on both databases."""

import pytest

from community.accounts.actions import blocking
from community.contributions import actions as contributions
from community.contributions import queries as contribution_queries
from community.contributions.models import RevisionState
from community.ideas import queries as ideas_queries
from community.ideas.actions import submit
from community.ideas.processing import halves
from community.ideas.queries import Filter
from community.kit.errors import Invalid
from community.kit.terms import terms
from community.moderation.models import Outcome
from community.translations import actions
from community.translations.actions.showing import draw_ideas
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, wording
from tests.factories.ideas import BETTER, MISSING, Ideas, idea_text
from tests.factories.ideas import idea as idea_of
from tests.factories.translations import Translations, said
from tests.helpers.site import Site

TITLE, BROUGHT = "A hook for the bag", "[id] A hook for the bag"


@pytest.fixture
def translations(site: Site, make: Factory) -> Translations:
    return Translations(site, make)


@pytest.fixture
def ideas(site: Site, make: Factory) -> Ideas:
    return Ideas(site, make)


@pytest.fixture
def idea(ideas: Ideas, cast: Cast) -> int:
    return ideas.live(cast.lan)


@pytest.fixture
def translator(cast: Cast) -> Person:
    return cast.join("Putu Wijaya", "ID", "en", "id")


def editions(db: Site, of: int) -> list[tuple[str, str, str, int]]:
    rows = db.rows("SELECT kind, language, title, stale FROM edition WHERE story_id = :id", id=of)
    return [tuple(row) for row in rows]


def alike(site: Site, words: str) -> list[int]:
    with site.reading():
        return [card.id for card in ideas_queries.similar(list(terms(words)))]


def test_from_the_ideas_page_to_readers(
    site: Site, make: Factory, idea: int, translator: Person, as_: As
) -> None:
    page = as_(translator).visit(f"/ideas/{idea}/translations")
    assert "Languages of this idea" in page.main
    page = page.submit("form[action$='/translations']", language="id")
    assert [one.get_text() for one in page.soup.select(".pair-half")] == [
        "What is missing today",
        "What would be better",
    ]
    assert "0 of 3 parts" in page.main, "the line between the halves is nobody's to translate"
    with site.reading():
        typed = {f"text-{key}": words for key, words in said(idea, "id").items()}
    preview = page.submit("button[value=preview]", **typed)
    assert [one.get_text(strip=True) for one in preview.soup.select(".preview .prose")] == [
        f"[id] {MISSING}",
        f"[id] {BETTER}",
    ]
    page = page.submit("button[value=submit]", **typed)
    page = page.submit("button[value=submit]", **typed) if page.has(".told") else page
    number = site.value("SELECT id FROM translation")
    assert page.path.startswith(f"/contributions/{number}/status")
    make.decide(number)
    shown = as_(None).visit(f"/translations/{number}")
    assert shown.path == f"/ideas/{idea}/a-hook-for-the-bag?lang=id"
    assert editions(site, idea) == [("idea", "id", BROUGHT, 0)]
    with site.reading():
        edition = contribution_queries.edition(idea, "id")
        assert edition
        parted = [half.strip() for half in halves.split_html(edition.html)]
        assert parted == [f'<p dir="auto">[id] {half}</p>' for half in (MISSING, BETTER)]


def test_stories_and_what_is_counted_of_them_know_nothing_of_it(
    site: Site, make: Factory, cast: Cast, idea: int, translations: Translations, as_: As
) -> None:
    story = make.live_story(cast.lan, wording(language="en"))
    for number in (story, idea):
        translations.live(number, "id", cast.member)
    listed = as_(None).visit("/stories?language=id")
    assert len(listed.soup.select(".card")) == 1
    assert site.value("SELECT sum(translated) FROM tally WHERE topic_id = 0 AND country = ''") == 1
    with site.reading():
        assert contribution_queries.translated_from(["id"]) == {"en": 1}
        shown = contribution_queries.translated_by(cast.member.id)
    assert {one.address.split("/")[1] for one in shown} == {"stories", "ideas"}
    assert {one.kind for one in shown} == {"story", "idea"}
    member = as_(None).visit(f"/members/{cast.member.handle}")
    assert member.has(f".credits a[href^='/ideas/{idea}/']")


def test_lists_and_likeness_speak_the_readers_language(
    site: Site, cast: Cast, idea: int, ideas: Ideas, translations: Translations, translator: Person, as_: As
) -> None:
    reader = cast.join("Sari", "ID", "id")
    page = as_(reader).visit("/ideas")
    assert not page.has(".idea-card")
    assert page.has(".elsewhere a[href*='language=all']")
    assert alike(site, "gantungan belanja") == []
    number = translations.draft(idea, "id", cast.member)
    with site.reading():
        texts = dict.fromkeys(said(idea, "id"), "Gantungan untuk belanja")
    translations.send(number, cast.member, texts)
    translations._make.decide(number, by=cast.admin)
    card = as_(reader).visit("/ideas")
    assert [one.get_text() for one in card.soup.select(".idea-title a")] == ["Gantungan untuk belanja"]
    assert card.has(f".idea-title a[href='/ideas/{idea}/a-hook-for-the-bag?lang=id']")
    assert not card.has(".elsewhere a[href*='language=all']")
    with site.reading():
        found = ideas_queries.languages(Filter(languages=("id",)))
    assert found == ideas_queries.Languages({"en": 1, "id": 1}, {})
    assert alike(site, "gantungan belanja") == [idea]
    assert alike(site, "folding hook taxis") == [idea], "nor are its own words forgotten"
    with site.reading():
        assert ideas_queries.similar(["gantungan", "belanja"], apart=[cast.lan.id]) == []
    with site.writing():
        contributions.withdraw(contribution(number), by=cast.member.account())
    assert alike(site, "gantungan belanja") == []


def test_hidden_edited_and_put_together_its_languages_follow_it(
    db: Site, cast: Cast, make: Factory, idea: int, ideas: Ideas, translations: Translations
) -> None:
    translations.live(idea, "id", cast.member)
    make.decide(idea, Outcome.HIDE, on=RevisionState.LIVE)
    assert editions(db, idea) == []
    assert alike(db, "folding hook taxis") == []
    make.decide(idea, Outcome.RESTORE, on=RevisionState.LIVE)
    assert alike(db, "folding hook taxis") == [idea]
    text = idea_text(better="A ledge beside the seat would do as well, I think.")
    with db.writing():
        submit(idea_of(idea), text, sequence=None, by=cast.lan.account())
    make.decide(idea)
    assert editions(db, idea) == [("idea", "id", BROUGHT, 1)]
    ideas.merge(idea, ideas.live(cast.member, idea_text("Hooks")), by=cast.admin)
    assert editions(db, idea) == [("idea", "id", BROUGHT, 1)]
    with db.writing():
        actions.permit(contribution(idea), is_permitted=False)
    assert editions(db, idea) == []


def test_a_line_is_no_translation_of_a_paragraph(
    site: Site, cast: Cast, idea: int, translations: Translations
) -> None:
    with site.reading():
        key = list(said(idea, "id"))[1]
    number = translations.draft(idea, "id", cast.member)
    with pytest.raises(Invalid) as stopped:
        translations.send(number, cast.member, {key: "---"})
    assert set(stopped.value.errors) == {key}


def test_wanted_are_ideas_many_stand_behind(
    site: Site, cast: Cast, idea: int, ideas: Ideas, translator: Person, as_: As
) -> None:
    browser = as_(translator)
    assert "Nothing waits here" in browser.visit("/translations/wanted?language=id").main
    ideas.support(idea, cast.member)
    page = browser.visit("/translations/wanted?language=id")
    assert [one.get_text() for one in page.soup.select(".ledger-title a")] == [TITLE]
    with site.writing():
        blocking.block(cast.lan.account(), by=translator.account())
    assert "Nothing waits here" in browser.visit("/translations/wanted?language=id").main


def test_nobody_translates_whom_they_keep_apart_from(
    site: Site, cast: Cast, idea: int, translations: Translations, translator: Person, as_: As
) -> None:
    browser = as_(translator)
    editor = browser.visit(f"/ideas/{idea}/translations").submit(
        "form[action$='/translations']", language="id"
    )
    translations.live(idea, "vi", cast.member)
    with site.writing():
        blocking.block(cast.lan.account(), by=translator.account())
        blocking.block(cast.member.account(), by=translator.account())
    page = browser.visit(f"/ideas/{idea}/translations")
    assert "One of you two blocked the other" in page.main
    assert not page.has("form[action$='/translations']")
    assert cast.member.display_name not in page.main
    answer = browser.post(f"/ideas/{idea}/translations", {"language": "pt"})
    assert answer.status == 403
    with site.reading():
        typed = {f"text-{key}": words for key, words in said(idea, "id").items()}
    kept = editor.submit("button[value=submit]", **typed)
    assert "Your translation is kept" in kept.main
    assert f"[id] {MISSING}" in kept.main
    assert site.value("SELECT count(*) FROM revision WHERE state = 'waiting'") == 0
    assert cast.member.display_name in as_(cast.lan).visit(f"/ideas/{idea}/translations").main


def test_editions_taken_away_with_an_older_schema_are_drawn_again(
    site: Site, cast: Cast, idea: int, translations: Translations
) -> None:
    translations.live(idea, "id", cast.member)
    with site.writing():
        contributions.remove_edition(idea, "id")
    with site.app.app_context():
        draw_ideas(1, {"after": 0})
    assert editions(site, idea) == [("idea", "id", BROUGHT, 0)]
