"""Translations at the desk: beside their original, decided on by who reads them, objected to by its author."""

import pytest

from community.contributions.models import Passage, Picture, RevisionState, State
from community.moderation.models import Outcome, Rank, Reason
from community.translations.processing import checking
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, revision, wording
from tests.factories.ideas import Ideas
from tests.factories.photos import Photos
from tests.factories.translations import Translations
from tests.helpers.desk import assert_all_holds
from tests.helpers.reports import OF_A_MEMBER, letters_to, opened, reported, words_of
from tests.helpers.site import Site
from tests.moderation.desking import box, review_path

THREE = "We left at **dawn**.\n\nThe rain began.\n\nWe came home to our own village in the hills."
LIVE = RevisionState.LIVE


@pytest.fixture
def translations(site: Site, make: Factory) -> Translations:
    return Translations(site, make)


@pytest.fixture
def story(make: Factory, cast: Cast) -> int:
    return make.live_story(cast.lan, wording(body=THREE))


@pytest.fixture
def waiting(story: int, cast: Cast, translations: Translations) -> int:
    return translations.waiting(story, "vi", cast.member)


def change(make: Factory, story: int, old: str, new: str) -> None:
    make.edit_waiting(story, wording(body=THREE.replace(old, new)))
    make.decide(story)


# Everywhere the desk says what something is


def test_the_queue_says_what_it_is_and_shows_translations_alone(
    site: Site, cast: Cast, make: Factory, waiting: int, as_: As
) -> None:
    make.waiting_story(text=wording("Only a story", "A story that waits to be read by somebody."))
    page = as_(cast.moderator).visit("/moderation?kind=translation")
    assert "Only a story" not in page.main
    row = page.soup.select_one("tr[data-review]")
    assert row
    assert "Translation" in row.get_text()
    assert page.has("select[name=kind] option[value=translation][selected]")


def test_reports_the_log_and_the_withdrawal_call_it_a_translation(
    cast: Cast, make: Factory, waiting: int, as_: As
) -> None:
    make.decide(waiting)
    assert opened(as_(cast.moderator), waiting).soup.h1.get_text() == "Report this translation"  # type: ignore[union-attr]
    reported(as_, waiting, cast.moderator, reason="mistranslation")
    assert "Translation" in as_(cast.moderator).visit("/moderation/reports?language=all").main
    assert "Translation · Vietnamese" in as_(None).visit("/transparency").text
    assert as_(None).visit("/transparency?kind=translation").status == 200
    page = as_(cast.member).visit(f"/contributions/{waiting}/withdrawal")
    assert "Withdraw this translation?" in page.main


def test_its_translator_sees_where_it_stands(cast: Cast, make: Factory, waiting: int, as_: As) -> None:
    status = f"/contributions/{waiting}/status"
    page = as_(cast.member).visit(status)
    assert "Your translation is waiting to be read" in page.main
    assert page.has(f"a[href='/translations/{waiting}/edit']")
    make.decide(waiting)
    assert "Your translation is live" in as_(cast.member).visit(status).main


def test_returned_it_is_edited_where_translations_are(
    site: Site, cast: Cast, make: Factory, waiting: int
) -> None:
    make.decide(waiting, Outcome.RETURN)
    (letter,) = letters_to(site, cast.member.email)
    assert f"http://localhost/translations/{waiting}/edit" in words_of(letter)


# Beside its original


def test_each_part_stands_beside_the_words_it_says_again(
    site: Site, cast: Cast, story: int, waiting: int, as_: As
) -> None:
    page = as_(cast.moderator).visit(review_path(site, waiting))
    assert page.soup.h1.get_text() == "Review a translation"  # type: ignore[union-attr]
    lines = page.soup.select(".beside-part")
    assert len(lines) == 4
    for line in lines:
        original, translation = line.select(".prose")
        assert (original["lang"], translation["lang"]) == ("en", "vi")
        assert translation.get_text().strip() == f"[vi] {original.get_text().strip()}"
    assert page.has(".beside-part .prose[lang=en] strong")
    assert page.has(f"a[href='/contributions/{story}']")
    assert "You read both languages." in page.main


def test_what_is_said_of_photos_is_read_too(
    site: Site, cast: Cast, make: Factory, translations: Translations, photos: Photos, as_: As
) -> None:
    picture = Picture(photos.ready(cast.lan), "A red car on a wet road", "Before the rain")
    story = make.live_story(cast.lan, wording(body=THREE, pictures=(picture,)))
    page = as_(cast.moderator).visit(review_path(site, translations.waiting(story, "vi", cast.member)))
    assert "[vi] A red car on a wet road" in page.main
    assert "[vi] Before the rain" in page.main
    assert page.has(".beside-photo img")


def test_what_a_machine_wrote_and_nobody_touched_is_marked(
    site: Site, cast: Cast, story: int, waiting: int, as_: As
) -> None:
    with site.writing():
        text = revision(waiting, RevisionState.WAITING)
        first, *rest = text.passages
        text.passages = (Passage(first.key, first.text, checking.fingerprint(first.text)), *rest)
    page = as_(cast.moderator).visit(review_path(site, waiting))
    assert len(page.soup.select(".beside-part.is-machines")) == 1
    assert "1 part stands as a machine proposed it." in page.main


def test_a_part_whose_original_changed_meanwhile_is_marked(
    site: Site, cast: Cast, make: Factory, story: int, waiting: int, as_: As
) -> None:
    change(make, story, "The rain began.", "The storm began.")
    page = as_(cast.moderator).visit(review_path(site, waiting))
    (stale,) = page.soup.select(".beside-part.is-stale")
    assert "The storm began." in stale.get_text()
    assert "The rain began." not in stale.get_text()
    assert "1 part for words the original no longer has" in page.main
    assert page.submit("form.decision", outcome="approve").status == 200


def test_a_story_that_is_out_of_sight_is_said(
    site: Site, cast: Cast, make: Factory, story: int, waiting: int, as_: As
) -> None:
    make.decide(story, Outcome.HIDE, on=LIVE)
    page = as_(cast.moderator).visit(review_path(site, waiting))
    assert "The original is not public now" in page.main


# Who may say that it is right


def test_who_does_not_read_it_sees_why_and_hands_it_on(
    site: Site, cast: Cast, story: int, translations: Translations, as_: As
) -> None:
    path = review_path(site, translations.waiting(story, "ta", cast.member))
    page = as_(cast.moderator).visit(path)
    assert not page.has("form.decision, [data-claim-take]")
    assert "You do not read Tamil, and only somebody who does can say" in page.main
    number, version = 1, 2
    forced = {"outcome": "approve", "ground": "", "explanation": "", "revision": number, "version": version}
    answer = as_(cast.moderator).post(path, forced)
    assert answer.status == 422
    assert "Only somebody who reads its language may decide on a translation." in answer.main
    page.submit("form[action*='/translation']")
    as_(cast.moderator).visit(path).submit("form[action*='/escalation']", escalation="Who reads Tamil?")
    assert site.value("SELECT escalation FROM review WHERE escalated_at IS NOT NULL") == "Who reads Tamil?"
    assert as_(cast.admin).visit(path).has("form.decision")


def test_nor_is_it_approved_among_many(
    site: Site, cast: Cast, story: int, translations: Translations, as_: As
) -> None:
    number = translations.waiting(story, "ta", cast.member)
    fields = {"chosen": box(site, number), "outcome": "approve"}
    report = as_(cast.moderator).post("/moderation/bulk", fields)
    assert "unread" in report.location
    with site.reading():
        assert contribution(number).state is State.WAITING


def test_who_does_not_read_the_original_is_told_what_they_cannot_say(
    site: Site, cast: Cast, make: Factory, translations: Translations, as_: As
) -> None:
    tamil = make.live_story(cast.lan, wording(body=THREE, language="ta"))
    page = as_(cast.moderator).visit(review_path(site, translations.waiting(tamil, "vi", cast.member)))
    assert "You do not read Tamil, the language of the original." in page.main
    assert page.has("form.decision")


# The author of the original objects


def test_the_author_objects_and_it_comes_before_everything_else(
    site: Site, cast: Cast, make: Factory, story: int, waiting: int, as_: As
) -> None:
    make.decide(waiting)
    page = opened(as_(cast.lan), waiting)
    assert page.soup.h1.get_text() == "Object to this translation"  # type: ignore[union-attr]
    assert "A moderator who reads the language decides" in page.main
    reasons = [option["value"] for option in page.soup.select("[name=reason]")]
    assert reasons[0] == Reason.MISTRANSLATION
    assert page.has("[name=reason][value=mistranslation][checked]")
    receipt = page.submit(**{**OF_A_MEMBER, "reason": "mistranslation"})
    assert receipt.status == 200
    assert "It says something else than the original" in receipt.main
    assert site.rows("SELECT rank, report_count FROM review WHERE closed_at IS NULL") == [(Rank.REPORTED, 1)]
    shown = as_(cast.moderator).visit(review_path(site, waiting, LIVE))
    assert "It says something else than the original" in shown.main
    shown.submit("form.decision", outcome="hide", ground="1.2", explanation="It turns the meaning round.")
    assert site.rows("SELECT language FROM edition") == []
    words = " ".join(words_of(letter) for letter in letters_to(site, cast.lan.email))
    assert "took it out of sight" in words
    assert_all_holds(site)


def test_only_a_translation_can_say_something_else_than_its_original(cast: Cast, story: int, as_: As) -> None:
    page = opened(as_(cast.member), story)
    assert not page.has("[name=reason][value=mistranslation]")
    assert reported(as_, story, cast.member, reason="mistranslation").status == 422


def test_others_report_a_translation_and_its_translator_does_not(
    cast: Cast, make: Factory, waiting: int, as_: As
) -> None:
    make.decide(waiting)
    page = opened(as_(None), waiting)
    assert "Object to" not in page.main
    assert page.has("[name=reason][value=mistranslation]:not([checked])")
    assert as_(cast.member).get(f"/contributions/{waiting}/reports").status == 404


def test_nobody_objects_to_what_nobody_is_shown(
    site: Site, cast: Cast, make: Factory, story: int, waiting: int, as_: As
) -> None:
    make.decide(waiting)
    make.decide(story, Outcome.HIDE, on=LIVE)
    assert as_(cast.lan).get(f"/contributions/{waiting}/reports").status == 404


def test_the_page_asks_as_often_for_a_long_translation(
    site: Site, cast: Cast, make: Factory, story: int, waiting: int, translations: Translations, as_: As
) -> None:
    body = "\n\n".join(f"Paragraph number {number} of a long road." for number in range(40))
    long = translations.waiting(make.live_story(cast.lan, wording(body=body)), "vi", cast.member)
    browser = as_(cast.moderator)
    browser.visit(review_path(site, waiting))
    counted = []
    for number in (waiting, long):
        path = review_path(site, number)
        with site.count_queries() as asked:
            assert browser.visit(path).status == 200
        counted.append(asked.total)
    assert counted[0] == counted[1] <= 30


def test_lines_of_the_log_carry_its_language(site: Site, cast: Cast, make: Factory, waiting: int) -> None:
    make.decide(waiting, Outcome.REFUSE)
    assert site.rows("SELECT act, kind, language FROM log_entry WHERE kind = 'translation'") == [
        ("refuse", "translation", "vi")
    ]
    assert site.value("SELECT content_language FROM statement") == "vi"


def test_an_ideas_translation_is_read_beside_it_half_by_half(
    site: Site, cast: Cast, make: Factory, translations: Translations, as_: As
) -> None:
    idea = Ideas(site, make).live(cast.lan)
    page = as_(cast.moderator).visit(review_path(site, translations.waiting(idea, "vi", cast.member)))
    roles = [" ".join(one.get_text().split()) for one in page.soup.select(".beside-role")]
    assert roles == ["Title", "What is missing today", "What would be better"]
    assert len(page.soup.select(".beside-part")) == 3
    assert page.has(f".review-text a[href='/contributions/{idea}']")
