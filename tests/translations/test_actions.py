"""From a draft to what readers are shown, and back: on both databases."""

import pytest

from community.contributions import actions as contributions
from community.contributions.models import RevisionState, State
from community.kit import facts
from community.kit.errors import Conflict, Invalid
from community.moderation.models import Outcome
from community.translations import actions, queries
from community.translations.actions.writing import Typed
from community.translations.facts import OriginalChanged
from tests.cast import Cast
from tests.factories.contributions import BODY, Factory, contribution, wording
from tests.factories.translations import Translations, said, translation
from tests.helpers.site import Site

THREE = "We left at dawn.\n\nThe rain began.\n\nWe came home."


@pytest.fixture
def translations(site: Site, make: Factory) -> Translations:
    return Translations(site, make)


@pytest.fixture
def story(make: Factory, cast: Cast) -> int:
    return make.live_story(cast.lan, wording(body=THREE, language="vi"))


def editions(db: Site, story: int) -> list[tuple[str, str, int]]:
    found = db.rows(
        "SELECT language, title, stale FROM edition WHERE story_id = :id ORDER BY language", id=story
    )
    return [tuple(row) for row in found]


def translated(db: Site) -> dict[tuple[str, str], int]:
    rows = db.rows("SELECT language, country, translated FROM tally WHERE topic_id = 0 AND translated > 0")
    return {(row[0], row[1]): row[2] for row in rows}


def test_approved_it_can_be_read_and_is_counted(
    db: Site, cast: Cast, story: int, translations: Translations
) -> None:
    number = translations.waiting(story, "id", cast.member)
    assert editions(db, story) == []
    translations._make.decide(number)
    assert editions(db, story) == [("id", "[id] Over the pass", 0)]
    assert translated(db) == {("id", ""): 1, ("id", "VN"): 1}


@pytest.mark.parametrize("outcome", [Outcome.REFUSE, Outcome.RETURN])
def test_what_is_not_approved_is_not_shown(
    db: Site, cast: Cast, make: Factory, story: int, translations: Translations, outcome: Outcome
) -> None:
    number = translations.waiting(story, "id", cast.member)
    make.decide(number, outcome)
    assert editions(db, story) == []
    assert translated(db) == {}


def test_hidden_with_its_original_and_shown_again_with_it(
    db: Site, cast: Cast, make: Factory, story: int, translations: Translations
) -> None:
    number = translations.live(story, "id", cast.member)
    make.decide(story, Outcome.HIDE, on=RevisionState.LIVE)
    assert editions(db, story) == []
    with db.writing():
        assert not translation(number).is_public
    assert translated(db) == {}
    make.decide(story, Outcome.RESTORE, on=RevisionState.LIVE)
    assert editions(db, story) == [("id", "[id] Over the pass", 0)]
    assert translated(db) == {("id", ""): 1, ("id", "VN"): 1}


def test_withdrawn_by_either_nobody_reads_it(
    db: Site, cast: Cast, story: int, translations: Translations
) -> None:
    number = translations.live(story, "id", cast.member)
    with db.writing():
        contributions.withdraw(contribution(number), by=cast.member.account())
    assert editions(db, story) == []
    translations.live(story, "id", cast.member)
    with db.writing():
        contributions.withdraw(contribution(story), by=cast.lan.account())
    assert editions(db, story) == []
    assert translated(db) == {}


def test_an_edit_of_the_original_marks_what_changed_and_tells_the_translator(
    db: Site,
    cast: Cast,
    make: Factory,
    story: int,
    translations: Translations,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[OriginalChanged] = []
    monkeypatch.setitem(facts._listeners, OriginalChanged, [told.append])
    number = translations.live(story, "id", cast.member)
    edited = wording(body=THREE.replace("The rain began.", "Then the sun came out."), language="vi")
    make.edit_waiting(story, edited)
    assert editions(db, story) == [("id", "[id] Over the pass", 0)], "what waits changes nothing"
    make.decide(story)
    assert editions(db, story) == [("id", "[id] Over the pass", 1)]
    assert [(fact.translation_id, fact.stale, fact.language) for fact in told] == [(number, 1, "id")]
    html = db.value("SELECT html FROM edition")
    assert "Then the sun came out." in html
    assert "The rain began." not in html
    translations.send(number, cast.member)
    make.decide(number)
    assert editions(db, story) == [("id", "[id] Over the pass", 0)]
    assert len(told) == 1


def test_another_text_altogether_is_nobodys_translation(
    db: Site, cast: Cast, make: Factory, story: int, translations: Translations
) -> None:
    translations.live(story, "id", cast.member)
    make.edit_waiting(story, wording("New", BODY, language="vi"))
    make.decide(story)
    assert editions(db, story) == []


def test_an_author_says_no_and_yes_again(
    db: Site, cast: Cast, story: int, translations: Translations
) -> None:
    translations.live(story, "id", cast.member)
    with db.writing():
        actions.permit(contribution(story), is_permitted=False)
    assert editions(db, story) == []
    with pytest.raises(Invalid), db.writing():
        actions.start(contribution(story), "en", by=cast.member.account())
    with db.writing():
        actions.permit(contribution(story), is_permitted=True)
    assert editions(db, story) == [("id", "[id] Over the pass", 0)]


def test_a_lost_or_added_paragraph_stops_it_with_its_place(
    db: Site, cast: Cast, story: int, translations: Translations
) -> None:
    number = translations.draft(story, "id", cast.member)
    with db.writing():
        texts = said(story, "id")
        keys = list(texts)
        texts[keys[1]], texts[keys[2]] = "Satu.\n\nDua.", ""
        with pytest.raises(Invalid) as stopped:
            actions.submit(
                translation(number),
                contribution(story),
                Typed(texts, {}),
                sequence=2,
                by=cast.member.account(),
            )
    assert set(stopped.value.errors) == {keys[1], keys[2]}


def test_one_member_has_one_translation_of_a_story_into_a_language(
    db: Site, cast: Cast, story: int, translations: Translations
) -> None:
    first = translations.draft(story, "id", cast.member)
    assert translations.draft(story, "id", cast.member) == first
    with db.writing():
        contributions.withdraw(contribution(first), by=cast.member.account())
    assert translations.draft(story, "id", cast.member) != first


def test_the_next_translator_goes_on_from_what_is_shown(
    db: Site, cast: Cast, make: Factory, story: int, translations: Translations
) -> None:
    first = translations.live(story, "id", cast.member)
    second = translations.draft(story, "id", cast.moderator)
    assert (
        db.value("SELECT title FROM revision WHERE contribution_id = :id", id=second) == "[id] Over the pass"
    )
    translations.send(second, cast.moderator, {})
    make.decide(second, by=cast.admin)
    assert db.value("SELECT translation_id FROM edition") == second != first


def test_its_own_language_is_none_to_translate_into(db: Site, cast: Cast, story: int) -> None:
    with pytest.raises(Invalid), db.writing():
        actions.start(contribution(story), "vi", by=cast.member.account())


def test_what_is_not_live_is_not_translated(db: Site, cast: Cast, make: Factory) -> None:
    waiting = make.waiting_story()
    with pytest.raises(Conflict), db.writing():
        actions.start(contribution(waiting), "id", by=cast.member.account())


def test_the_form_of_a_translation_is_in_the_log_like_any_other(
    db: Site, cast: Cast, story: int, translations: Translations
) -> None:
    number = translations.live(story, "id", cast.member)
    with db.writing():
        assert contribution(number).state is State.LIVE
        assert [line.id for line in queries.of_thing(story, viewer_id=None, is_author=False)] == [number]
    assert db.value("SELECT kind FROM log_entry ORDER BY number DESC LIMIT 1") == "translation"
