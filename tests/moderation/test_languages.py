"""What language a text is in: corrected at the desk, followed everywhere, told to its author; and texts in none."""

import pytest

from community.contributions import actions as contributions
from community.contributions.models import RevisionState
from community.kit.errors import Conflict
from community.moderation import queries
from community.moderation.actions import correcting
from community.moderation.models import Outcome
from community.moderation.queries import Scope
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, revision, wording
from tests.factories.translations import Translations
from tests.helpers.browser import Page
from tests.helpers.desk import assert_all_holds
from tests.helpers.reports import letters_to, reported, words_of
from tests.helpers.site import Site
from tests.moderation.desking import review_path

CORRECTION = "main form[action*='/language']"
MALAY = wording(body="Kami memandu perlahan melalui hujan sampai ke rumah nenek.", language="ms")


def corrected(as_: As, cast: Cast, path: str, language: str = "id", note: str = "") -> Page:
    return as_(cast.moderator).visit(path).submit(CORRECTION, language=language, note=note)


def tally(site: Site) -> dict[str, int]:
    return dict(
        site.rows("SELECT language, stories FROM tally WHERE country = '' AND topic_id = 0 AND stories > 0")
    )


def test_what_waits_goes_over_to_another_queue(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.waiting_story(text=MALAY)
    page = corrected(as_, cast, review_path(site, number))
    assert "It says Indonesian now." in page.text
    assert site.rows("SELECT language FROM contribution UNION ALL SELECT language FROM revision") == [
        ("id",),
        ("id",),
    ]
    with site.reading():
        assert queries.waiting_by_language(Scope((), ())) == ({"id": 1}, {})
    assert_all_holds(site)
    decision = page.submit("form.decision", outcome="approve")
    assert decision.status == 200
    assert tally(site) == {"id": 1}


def test_a_live_story_moves_in_lists_tally_and_page(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story(text=MALAY)
    assert tally(site) == {"ms": 1}
    assert as_(None).visit(f"/stories/{number}").has("[lang=ms]")
    corrected(as_, cast, review_path(site, number, RevisionState.LIVE))
    assert tally(site) == {"id": 1}
    page = as_(None).visit(f"/stories/{number}")
    assert page.has("article [lang=id], [lang=id] .prose, .prose[lang=id]")
    assert not page.has(".prose[lang=ms]")
    assert_all_holds(site)


def test_an_answer_is_corrected_like_a_story(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    answer = make.comment(make.live_story(), cast.member, "Saya kenal jalan ini.", language="ms")
    corrected(as_, cast, review_path(site, answer, RevisionState.LIVE))
    assert site.value("SELECT language FROM contribution WHERE id = :n", n=answer) == "id"


def test_editions_follow_and_one_in_the_storys_own_language_goes(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.live_story(text=MALAY)
    translations = Translations(site, make)
    for language in ("id", "vi"):
        translations.live(number, language, cast.member)
    before = len(letters_to(site, cast.member.email))
    corrected(as_, cast, review_path(site, number, RevisionState.LIVE))
    assert site.rows("SELECT language, original_language FROM edition") == [("vi", "id")]
    assert len(letters_to(site, cast.member.email)) == before


def test_what_its_author_wrote_since_goes_along(site: Site, cast: Cast, make: Factory) -> None:
    number = make.live_story(text=MALAY)
    make.edit_waiting(
        number, wording(body="Kami memandu perlahan sekali lagi sampai ke rumah.", language="ms")
    )
    with site.writing():
        thing = contribution(number)
        text, by = revision(number, RevisionState.LIVE), cast.moderator.account()
        correcting.correct_language(thing, text, "id", by=by, version=thing.version)
    assert {row[0] for row in site.rows("SELECT language FROM revision")} == {"id"}
    make.decide(number)
    assert tally(site) == {"id": 1}
    assert_all_holds(site)


def test_an_edit_that_waits_says_nothing_of_the_live_text(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.live_story()
    make.edit_waiting(number, MALAY)
    corrected(as_, cast, review_path(site, number))
    assert site.rows("SELECT number, language FROM revision ORDER BY number") == [(1, "en"), (2, "id")]
    assert tally(site) == {"en": 1}
    assert_all_holds(site)


def test_its_author_is_told_in_a_line(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.waiting_story(text=MALAY)
    corrected(as_, cast, review_path(site, number), note="Bagus, tapi Indonesia.")
    assert "it is in Indonesian" in as_(cast.lan).visit(f"/contributions/{number}/status").main
    (letter,) = letters_to(site, cast.lan.email)
    words = words_of(letter)
    assert "a moderator says your text is in Indonesian" in words
    assert "Bagus, tapi Indonesia." in words
    assert f"http://localhost/contributions/{number}/status" in words
    assert site.value("SELECT count(*) FROM statement") == 0


@pytest.mark.parametrize("state", [RevisionState.WAITING, RevisionState.LIVE])
def test_who_is_too_late_changes_nothing(
    site: Site, cast: Cast, make: Factory, as_: As, state: RevisionState
) -> None:
    number = make.waiting_story(text=MALAY) if state is RevisionState.WAITING else make.live_story(text=MALAY)
    page = as_(cast.moderator).visit(review_path(site, number, state))
    if state is RevisionState.WAITING:
        make.decide(number)
    else:
        make.decide(number, Outcome.HIDE, on=state, by=cast.admin)
    late = page.submit(CORRECTION, language="id", note="Kept.")
    assert late.status == 409
    assert set(site.rows("SELECT language FROM revision")) == {("ms",)}
    assert site.value("SELECT count(*) FROM move WHERE cause = 'language'") == 0


def test_a_stale_version_is_a_conflict_before_anything_is_touched(
    site: Site, cast: Cast, make: Factory
) -> None:
    number = make.waiting_story(text=MALAY)
    with site.writing():
        thing, text = contribution(number), revision(number, RevisionState.WAITING)
        by = cast.moderator.account()
        with pytest.raises(Conflict):
            contributions.correct_language(thing, text, "id", by=by, version=thing.version - 1)
        assert text.language == "ms"


def test_a_decision_on_the_page_before_the_correction_is_too_late(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    path = review_path(site, make.waiting_story(text=MALAY))
    before = as_(cast.moderator).visit(path)
    corrected(as_, cast, path)
    assert before.submit("form.decision", outcome="approve").status == 409


def test_ones_own_a_held_one_and_a_translation_are_nobodys_to_correct(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    own = review_path(site, make.waiting_story(cast.moderator, MALAY))
    assert not as_(cast.moderator).visit(own).has(CORRECTION)
    assert as_(cast.moderator).post(f"{own}/language", {"language": "id", "version": "2"}).status == 404
    held = review_path(site, make.waiting_story(text=MALAY))
    as_(cast.other_moderator).post(f"{held}/claim")
    forced = as_(cast.moderator).post(f"{held}/language", {"language": "id", "version": "2"})
    assert forced.status == 409
    translation = Translations(site, make).waiting(make.live_story(), "vi", cast.member)
    path = review_path(site, translation)
    assert not as_(cast.moderator).visit(path).has(CORRECTION)
    assert as_(cast.moderator).post(f"{path}/language", {"language": "id", "version": "2"}).status == 404


@pytest.mark.parametrize("code", ["", "xx", "<b>", "i" * 500])
def test_no_language_is_no_correction(site: Site, cast: Cast, make: Factory, as_: As, code: str) -> None:
    path = review_path(site, make.waiting_story(text=MALAY))
    page = as_(cast.moderator).post(f"{path}/language", {"language": code, "version": "2", "note": "Word."})
    assert page.status == 422
    assert page.has("input[name=note][value='Word.']")


# In another language, or in none


def test_an_untagged_text_is_sent_and_comes_to_everybody_at_the_desk(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    page = as_(cast.lan).visit("/stories/new")
    options = page.soup.select("[name=language] option")
    assert (options[-1]["value"], options[-1].get_text()) == ("und", "Another language, or none")
    fields = {"title": "Qo'noS", "body": "nuqneH, tera'ngan. majQa' puqloD!", "topic": "family"}
    page.submit("button[value=submit]", language="und", **fields)
    for person in (cast.moderator, cast.other_moderator):
        queue = as_(person).visit("/moderation")
        assert "Qo'noS" in queue.main
        assert "Another language" in queue.main
        assert "Nobody reads Another language" not in queue.main
    shown = as_(cast.other_moderator).visit("/moderation").follow("Qo'noS")
    assert shown.has("[name=outcome][value=refuse]:not([disabled])")
    assert shown.submit("form.decision", outcome="approve").status == 200
    assert tally(site) == {"und": 1}
    numbers = as_(cast.moderator).visit("/moderation/numbers?language=und")
    assert "Another language" in numbers.main


def test_an_untagged_text_that_was_reported_is_in_everybodys_list(cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story(text=wording("Qo'noS", "nuqneH, tera'ngan. majQa' puqloD!", language="und"))
    reported(as_, number, cast.member)
    assert "Qo'noS" in as_(cast.other_moderator).visit("/moderation/reports").main
    assert "Qo'noS" in as_(cast.moderator).visit("/moderation/reports?language=und").main


def test_somebody_gives_it_a_name_later(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story(text=wording(language="und"))
    corrected(as_, cast, review_path(site, number, RevisionState.LIVE), "en")
    assert tally(site) == {"en": 1}


def test_to_say_nothing_of_the_language_escapes_no_list_of_words(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    as_(cast.admin).post("/moderation/words", {"word": "Quatschkopf", "language": "de"})
    page = as_(cast.lan).visit("/stories/new")
    fields = {"title": "Hm", "body": "Du Quatschkopf, du fährst zu schnell.", "topic": "family"}
    told = page.submit("button[value=submit]", language="und", **fields)
    assert "Quatschkopf" in told.soup.select(".told")[0].get_text()
