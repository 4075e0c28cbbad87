"""What authors and translators hear of each other: once, in their own language, after it can no longer be undone."""

import pytest

from community.contributions.models import RevisionState
from community.ideas.actions import submit
from community.moderation import actions as moderation
from community.moderation.models import Outcome
from community.translations import actions
from tests.cast import Cast, Person
from tests.factories.contributions import Factory, contribution, decision, revision, wording
from tests.factories.ideas import Ideas, idea_text
from tests.factories.ideas import idea as found
from tests.factories.translations import Translations
from tests.helpers.reports import letters_to, words_of
from tests.helpers.site import Site

THREE = "We left at dawn.\n\nThe rain began.\n\nWe came home to our own village in the hills."


@pytest.fixture
def translations(site: Site, make: Factory) -> Translations:
    return Translations(site, make)


@pytest.fixture
def story(make: Factory, cast: Cast) -> int:
    return make.live_story(cast.lan, wording(body=THREE))


@pytest.fixture
def translator(cast: Cast) -> Person:
    """She speaks Indonesian with the site."""
    return cast.join("Putu Wijaya", "ID", "id", "en")


def told(site: Site, person: Person, part: str) -> list[str]:
    """The letters to somebody that lead to a place."""
    return [words for letter in letters_to(site, person.email) if part in (words := words_of(letter))]


def edit(make: Factory, story: int, old: str, new: str) -> int:
    make.edit_waiting(story, wording(body=THREE.replace(old, new)))
    return make.decide(story)


def test_the_author_hears_that_it_can_be_read_and_what_they_can_do(
    site: Site, cast: Cast, story: int, translator: Person, translations: Translations
) -> None:
    number = translations.live(story, "id", translator)
    (words,) = told(site, cast.lan, f"/translations/{number}")
    assert words.startswith("Your story can be read in Indonesian now")
    assert "Putu Wijaya" in words
    assert "[id] Over the pass" in words
    for path in (f"/contributions/{number}/reports", f"/stories/{story}/translations"):
        assert f"http://localhost{path}" in words
    assert told(site, cast.lan, f"/translations/{number}") == [words]


def test_of_an_idea_both_hear_the_same(
    site: Site, cast: Cast, make: Factory, translator: Person, translations: Translations
) -> None:
    idea = Ideas(site, make).live(cast.lan)
    number = translations.live(idea, "id", translator)
    (words,) = told(site, cast.lan, f"/translations/{number}")
    assert words.startswith("Your idea can be read in Indonesian now")
    assert f"http://localhost/ideas/{idea}/translations" in words
    with site.writing():
        submit(found(idea), idea_text(better=THREE), sequence=None, by=cast.lan.account())
    make.decide(idea)
    (words,) = told(site, translator, f"/translations/{number}/edit")
    assert f"http://localhost/translations/{number}/edit" in words


def test_it_is_written_in_the_language_of_whoever_gets_it(
    site: Site, cast: Cast, make: Factory, translator: Person, translations: Translations
) -> None:
    story = make.live_story(translator, wording(body=THREE, language="id"))
    number = translations.live(story, "vi", cast.lan)
    letters = [
        one for one in letters_to(site, translator.email) if f"/translations/{number}" in words_of(one)
    ]
    assert [one["Content-Language"] for one in letters] == ["id"]


def test_what_is_undone_in_its_seconds_is_told_to_nobody_and_approved_again_once(
    site: Site, cast: Cast, make: Factory, story: int, translator: Person, translations: Translations
) -> None:
    number = translations.waiting(story, "id", translator)
    for _ in range(2):
        decided = make.decide(number)
        with site.writing():
            text = revision(number, RevisionState.LIVE)
            moderation.undo(decision(decided), contribution(number), text, by=cast.moderator.account())
    assert told(site, cast.lan, f"/translations/{number}") == []
    make.decide(number)
    assert len(told(site, cast.lan, f"/translations/{number}")) == 1


def test_a_look_at_it_and_an_edit_that_waits_are_no_news(
    site: Site, cast: Cast, make: Factory, story: int, translator: Person, translations: Translations
) -> None:
    number = translations.live(story, "id", translator)
    assert len(told(site, cast.lan, f"/translations/{number}")) == 1
    make.decide(number, Outcome.LOCK, on=RevisionState.LIVE)
    make.decide(number, Outcome.UNLOCK, on=RevisionState.LIVE)
    assert len(told(site, cast.lan, f"/translations/{number}")) == 1


def test_hidden_before_the_letter_went_nobody_is_told(
    site: Site, cast: Cast, make: Factory, story: int, translator: Person, translations: Translations
) -> None:
    number = translations.live(story, "id", translator)
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    assert told(site, cast.lan, f"/translations/{number}") == []


def test_nobody_is_told_of_their_own(
    site: Site, cast: Cast, make: Factory, story: int, translations: Translations
) -> None:
    number = translations.live(story, "vi", cast.lan)
    edit(make, story, "The rain began.", "The storm began.")
    assert told(site, cast.lan, f"/translations/{number}") == []


def test_the_translator_hears_how_much_of_it_is_being_updated(
    site: Site, cast: Cast, make: Factory, story: int, translations: Translations
) -> None:
    number = translations.live(story, "vi", cast.member)
    edit(make, story, "The rain began.", "The storm began.")
    (words,) = told(site, cast.member, f"/translations/{number}/edit")
    assert words.startswith("A story you translated has changed: [vi] Over the pass")
    assert "1 part of your translation is marked as being updated" in words


def test_another_text_altogether_is_said_so(
    site: Site, cast: Cast, make: Factory, story: int, translations: Translations
) -> None:
    number = translations.live(story, "vi", cast.member)
    edit(make, story, THREE, "Quite another road, and nothing of the first one is left in it.")
    (words,) = told(site, cast.member, f"/translations/{number}/edit")
    assert "readers are not shown it until you bring it up to date" in words


def test_a_change_that_is_undone_is_told_to_nobody(
    site: Site, cast: Cast, make: Factory, story: int, translations: Translations
) -> None:
    number = translations.live(story, "vi", cast.member)
    decided = edit(make, story, "The rain began.", "The storm began.")
    with site.writing():
        text = revision(story, RevisionState.LIVE)
        moderation.undo(decision(decided), contribution(story), text, by=cast.moderator.account())
    assert told(site, cast.member, f"/translations/{number}/edit") == []


def test_a_story_that_is_translated_no_more_is_no_work_for_anybody(
    site: Site, cast: Cast, make: Factory, story: int, translations: Translations
) -> None:
    number = translations.live(story, "vi", cast.member)
    edit(make, story, "The rain began.", "The storm began.")
    with site.writing():
        actions.permit(contribution(story), is_permitted=False)
    assert told(site, cast.member, f"/translations/{number}/edit") == []
