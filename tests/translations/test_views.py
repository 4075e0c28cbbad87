"""The translation pages as people without scripts, and scripts, use them: on both databases."""

import re

import pytest

from community.contributions import actions as contributions
from community.contributions.models import RevisionState, State
from community.moderation.models import Outcome
from community.translations import actions, queries
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, revision, wording
from tests.factories.translations import Translations, said, translation
from tests.helpers.browser import Browser, Page
from tests.helpers.site import Site

THREE = "We left at dawn.\n\nThe rain began.\n\nWe came home to our own village in the hills."


@pytest.fixture
def translations(site: Site, make: Factory) -> Translations:
    return Translations(site, make)


@pytest.fixture
def story(make: Factory, cast: Cast) -> int:
    return make.live_story(cast.lan, wording(body=THREE, language="vi"))


@pytest.fixture
def translator(cast: Cast) -> Person:
    return cast.join("Putu Wijaya", "ID", "vi", "id")


def begun(browser: Browser, story: int, language: str = "id") -> Page:
    """The editor of a new translation, through the story's own page."""
    page = browser.visit(f"/stories/{story}/translations")
    return page.submit("form[action$='/translations']", language=language)


def fields(site: Site, story: int, language: str = "id") -> dict[str, object]:
    with site.reading():
        return {f"text-{key}": words for key, words in said(story, language).items()}


def number_of(page: Page) -> int:
    found = re.search(r"/(?:translations|contributions)/(\d+)", page.path)
    assert found, page.path
    return int(found[1])


def sent(page: Page, typed: dict[str, object]) -> Page:
    """Until the checks have had their say."""
    page = page.submit("button[value=submit]", **typed)
    return page.submit("button[value=submit]", **typed) if page.has(".told") else page


def edited(make: Factory, story: int, old: str, new: str) -> None:
    make.edit_waiting(story, wording(body=THREE.replace(old, new), language="vi"))
    make.decide(story)


def test_from_the_storys_page_to_readers(
    site: Site, make: Factory, story: int, translator: Person, as_: As
) -> None:
    page = begun(as_(translator), story)
    assert page.path.endswith("/edit")
    assert "0 of 4 parts" in page.main
    page = page.submit("button[value=save]", **fields(site, story))
    assert "4 of 4 parts" in page.main
    page = sent(page, {})
    assert page.path.startswith(f"/contributions/{number_of(page)}/status")
    make.decide(number_of(page))
    shown = as_(None).visit(f"/translations/{number_of(page)}")
    assert shown.path.endswith("?lang=id")
    assert "[id] The rain began." in shown.main
    listed = as_(None).visit(f"/stories/{story}/translations")
    assert "Putu Wijaya" in listed.main
    assert "Sign in to translate" in listed.main


def test_each_part_stands_beside_its_field_in_both_languages(
    site: Site, make: Factory, cast: Cast, as_: As
) -> None:
    arabic = make.live_story(cast.lan, wording(body="## A pass\n\n- bread\n\n---\n\nHome.", language="ar"))
    page = begun(as_(cast.member), arabic, "en")
    pairs = page.soup.select(".pair:not(.pair-head)")
    assert [one.name for one in page.soup.select(".pair-said .input")] == ["input", *["textarea"] * 3]
    for pair in pairs:
        original, field = pair.select_one(".pair-original [lang]"), pair.select_one(".pair-said .input")
        assert original
        assert field
        assert (original["lang"], field["lang"], field["dir"]) == ("ar", "en", "ltr")
        label = pair.select_one("label")
        assert label
        assert label["for"] == field["id"]
    assert [one.get_text() for one in page.soup.select(".pair-marks code")] == ["## A pass", "- bread"]
    assert page.has(".pair-between hr")


def test_the_members_own_languages_stand_first_and_never_the_storys(
    story: int, translator: Person, as_: As
) -> None:
    page = as_(translator).visit(f"/stories/{story}/translations")
    own = []
    for option in page.soup.select("[name=language] > *"):
        if option.name == "hr":
            break
        own.append(option["value"])
    assert own == ["id"]


@pytest.mark.parametrize("code", ["", "xx", "id\0", "../id", "i" * 5_000, "<b>"])
def test_no_language_is_nothing_to_begin_in(story: int, translator: Person, as_: As, code: str) -> None:
    browser = as_(translator)
    assert browser.post(f"/stories/{story}/translations", {"language": code}).status == 404
    assert browser.get(f"/translations/wanted?language={code[:50]}").status == 200


def test_its_own_language_is_refused_in_words(site: Site, story: int, translator: Person, as_: As) -> None:
    page = as_(translator).post(f"/stories/{story}/translations", {"language": "vi"})
    assert page.status == 422
    assert "is in this language already" in page.main
    assert site.value("SELECT count(*) FROM contribution") == 1


def test_an_author_says_no_and_what_was_begun_is_kept(
    site: Site, cast: Cast, story: int, translator: Person, as_: As
) -> None:
    editor = begun(as_(translator), story)
    page = as_(cast.lan).visit(f"/stories/{story}/translations")
    page = page.submit("form[action$=permission]")
    assert "Nobody can translate it any more" in page.text
    assert as_(translator).post(f"/stories/{story}/translations", {"language": "en"}).status == 422
    page = editor.submit("button[value=submit]", **fields(site, story))
    assert "does not want it translated" in page.main
    assert "[id] The rain began." in page.main
    page = as_(cast.lan).visit(f"/stories/{story}/translations").submit("form[action$=permission]")
    assert "may translate it again" in page.text
    assert "4 of 4 parts" in as_(translator).visit(editor.path).main


def test_only_its_author_may_say_so(story: int, translator: Person, as_: As) -> None:
    asked = {"is_permitted": "0"}
    assert as_(translator).post(f"/stories/{story}/translations/permission", asked).status == 404
    assert not as_(translator).visit(f"/stories/{story}/translations").has("form[action$=permission]")


def test_an_author_sees_what_waits_and_objects_to_what_is_shown(
    cast: Cast, make: Factory, story: int, translations: Translations, translator: Person, as_: As
) -> None:
    live = translations.live(story, "id", translator)
    translations.waiting(story, "en", cast.member)
    make.decide(translations.waiting(story, "de", cast.member), Outcome.REFUSE, by=cast.admin)
    page = as_(cast.lan).visit(f"/stories/{story}/translations")
    assert "Waiting to be read" in page.main
    assert "Refused" in page.main
    assert page.has(f"a[href='/contributions/{live}/reports']")
    assert page.follow("Object (Indonesian)").status == 200
    for other in (None, translator):
        seen = as_(other).visit(f"/stories/{story}/translations").main
        assert "Object" not in seen
        assert "Waiting to be read" not in seen
        assert "Refused" not in seen


def test_anothers_translation_is_nowhere(
    cast: Cast, story: int, translations: Translations, translator: Person, as_: As
) -> None:
    number = translations.draft(story, "id", translator)
    for other in (cast.lan, cast.member, cast.moderator):
        browser = as_(other)
        assert browser.get(f"/translations/{number}/edit").status == 404
        assert browser.get(f"/translations/{number}").status == 404
        assert browser.post(f"/translations/{number}/edit", {"action": "save"}).status == 404
        assert browser.post_json(f"/translations/{number}/draft", {}).status == 404
    assert as_(translator).get(f"/translations/{number}").location == f"/translations/{number}/edit"


def test_missing_and_added_parts_are_named_beside_their_fields_and_nothing_is_lost(
    site: Site, story: int, translator: Person, as_: As
) -> None:
    page = begun(as_(translator), story)
    typed = fields(site, story)
    first, second, third, _last = typed
    page = page.submit("button[value=submit]", **{**typed, second: "Satu.\n\nDua.", third: " "})
    assert page.status == 422
    links = [str(one["href"]) for one in page.soup.select(".errors a")]
    assert links == [f"#{second}", f"#{third}"]
    assert "there must be one in the translation" in page.soup.select_one(f"#{second}-error").get_text()  # type: ignore[union-attr]
    values = page.form("#translation-form").values()
    assert values[second].replace("\r\n", "\n") == "Satu.\n\nDua."
    assert values[first] == typed[first]
    assert site.value("SELECT count(*) FROM revision WHERE state = 'waiting'") == 0


@pytest.mark.parametrize(
    ("place", "words", "why"),
    [
        (0, "x" * 141, "Use at most 140 characters."),
        (1, "x" * 40_001, "Use at most 40000 characters."),
        (1, "broken\0here", "control characters"),
        (1, "a" + "\u0301" * 40, "too many marks"),
    ],
)
def test_what_cannot_be_kept_is_said_and_comes_back(
    site: Site, story: int, translator: Person, as_: As, place: int, words: str, why: str
) -> None:
    page = begun(as_(translator), story)
    typed = fields(site, story)
    name = list(typed)[place]
    page = page.submit("button[value=save]", **{**typed, name: words})
    assert page.status == 422
    error = page.soup.select_one(f"#{name}-error")
    assert error
    assert why in error.get_text()
    assert len(page.form("#translation-form").values()[name]) >= 7


def test_all_together_has_a_limit_too(site: Site, story: int, translator: Person, as_: As) -> None:
    page = begun(as_(translator), story)
    typed = {name: "x" * 20_000 if number else "T" for number, name in enumerate(fields(site, story))}
    page = page.submit("button[value=save]", **typed)
    assert page.status == 422
    assert "All of it together is too long" in page.main


def test_a_stale_tab_overwrites_nothing_and_keeps_its_words(
    site: Site, story: int, translator: Person, as_: As
) -> None:
    first = begun(as_(translator), story)
    typed = fields(site, story)
    name = list(typed)[1]
    first.submit("button[value=save]", **{name: "Yang baru."})
    stale = first.submit("button[value=save]", **{name: "Yang lama."})
    assert stale.status == 409
    assert stale.form("#translation-form").values()[name] == "Yang lama."
    assert stale.has("form[data-autosave-stale]")
    assert "Open the newer text in a new tab" in stale.main
    assert as_(translator).visit(first.path).form("#translation-form").values()[name] == "Yang baru."


def test_the_story_is_edited_while_it_is_translated(
    site: Site, make: Factory, story: int, translator: Person, as_: As
) -> None:
    page = begun(as_(translator), story)
    typed = fields(site, story)
    edited(make, story, "The rain began.", "Then the sun came out.")
    page = page.submit("button[value=submit]", **typed)
    assert "The original changed while you were writing" in page.text
    assert "3 of 4 parts" in page.main
    left = page.soup.select_one(".left-over textarea")
    assert left
    assert left.get_text().strip() == "[id] The rain began."
    assert site.value("SELECT count(*) FROM revision WHERE state = 'waiting' AND language = 'id'") == 0
    page = sent(page, fields(site, story))
    make.decide(number_of(page))
    assert site.rows("SELECT language, stale FROM edition") == [("id", 0)]


def test_an_invalid_form_of_a_changed_story_keeps_what_has_no_place(
    site: Site, make: Factory, story: int, translator: Person, as_: As
) -> None:
    page = begun(as_(translator), story)
    typed = fields(site, story)
    edited(make, story, "The rain began.", "Then the sun came out.")
    page = page.submit("button[value=save]", **{**typed, next(iter(typed)): "x" * 141})
    assert page.status == 422
    assert page.form("#translation-form").values()[list(typed)[2]] == "[id] The rain began."
    page = page.submit("button[value=save]", **{next(iter(typed)): "Judul"})
    assert "3 of 4 parts" in page.main
    assert page.has(".left-over textarea")


def test_what_changed_is_marked_for_its_translator(
    make: Factory, story: int, translations: Translations, translator: Person, as_: As
) -> None:
    number = translations.live(story, "id", translator)
    browser = as_(translator)
    assert not browser.visit(f"/translations/{number}/edit").has(".pair-stale")
    edited(make, story, "The rain began.", "Then the sun came out.")
    page = browser.visit(f"/translations/{number}/edit")
    (mark,) = page.soup.select(".pair-stale")
    field = mark.find_next("textarea")
    assert field
    assert field.get_text().strip() == ""
    assert "1 part is being updated" in browser.visit(f"/stories/{story}/translations").main
    mine = browser.visit("/me/translations")
    assert mine.follow("Bring it up to date").path == f"/translations/{number}/edit"


def test_the_story_is_hidden_while_it_is_translated(
    site: Site, make: Factory, story: int, translator: Person, as_: As
) -> None:
    page = begun(as_(translator), story)
    typed = fields(site, story)
    make.decide(story, Outcome.HIDE, on=RevisionState.LIVE)
    page = page.submit("button[value=submit]", **typed)
    assert page.status == 200
    assert "Readers cannot see the original at present" in page.main
    assert "[id] The rain began." in page.main
    assert "“The rain began.”" not in page.main
    make.decide(story, Outcome.RESTORE, on=RevisionState.LIVE)
    assert "4 of 4 parts" in as_(translator).visit(page.path).main


def test_what_was_typed_comes_through_the_end_of_a_session(
    site: Site, story: int, translator: Person, as_: As
) -> None:
    browser = as_(translator)
    page = begun(browser, story)
    site.execute("DELETE FROM sign_in")
    out = page.submit("button[value=save]", **fields(site, story))
    assert out.status == 401
    assert "[id] The rain began." in out.main
    back = out.submit("form[action$='/login']", email=translator.email, password=translator.password)
    assert back.status == 200
    assert "[id] The rain began." in back.html


def test_autosave_keeps_counts_and_refuses_the_older(
    site: Site, story: int, translator: Person, as_: As
) -> None:
    browser = as_(translator)
    page = begun(browser, story)
    form = page.form("#translation-form").values()
    name = list(fields(site, story))[1]
    path = page.path.replace("/edit", "/draft")
    answer = browser.post_json(path, {**form, name: "Satu", "sequence": 5})
    assert (answer.status, answer.json["sequence"], answer.json["edit_url"]) == (200, 5, page.path)
    assert browser.post_json(path, {**form, name: "Nol", "sequence": 3}).status == 409
    refused = browser.post_json(path, {**form, name: "x" * 40_001, "sequence": 6})
    assert (refused.status, set(refused.json["errors"])) == (422, {name})
    nothing: list[object] = [[], "x", None, 7]
    assert {browser.post_json(path, one).status for one in nothing} <= {400, 422}
    assert as_(None).post_json(path, {name: "x"}).status == 401
    assert browser.visit(page.path).form("#translation-form").values()[name] == "Satu"


def test_a_client_that_speaks_of_one_part_leaves_the_others(
    site: Site, story: int, translations: Translations, translator: Person, as_: As
) -> None:
    number = translations.waiting(story, "id", translator)
    name = list(fields(site, story))[1]
    page = as_(translator).post(f"/translations/{number}/edit", {"action": "save", name: "Lain."})
    assert page.status == 302
    body = site.value("SELECT body FROM revision WHERE contribution_id = :id AND state = 'draft'", id=number)
    assert body.startswith("Lain.\n\n[id] The rain began.")


@pytest.mark.parametrize("original", ["999999", "-1", "x", "9" * 40, ""])
def test_an_original_that_never_was_keeps_what_fits(
    site: Site, story: int, translator: Person, as_: As, original: str
) -> None:
    page = begun(as_(translator), story)
    typed = {**fields(site, story), "text-0123456789abcdef-1": "nobody's"}
    page = as_(translator).post(page.path, {**typed, "original": original, "action": "save"})
    assert page.status in (302, 422)
    assert "nobody" not in str(site.rows("SELECT passages FROM revision"))


def test_saved_unchanged_what_is_live_is_no_new_draft(
    site: Site, story: int, translations: Translations, translator: Person, as_: As
) -> None:
    number = translations.live(story, "id", translator)
    as_(translator).visit(f"/translations/{number}/edit").submit("button[value=save]")
    assert site.value("SELECT count(*) FROM revision WHERE contribution_id = :id", id=number) == 1


def test_a_preview_is_what_readers_get_and_keeps_nothing(
    site: Site, make: Factory, story: int, translator: Person, as_: As
) -> None:
    page = begun(as_(translator), story)
    before = site.rows("SELECT body, passages FROM revision ORDER BY id")
    some = dict(list(fields(site, story).items())[:3])
    preview = page.submit("button[value=preview]", **some)
    assert "1 part would stand in the original" in preview.main
    assert preview.soup.select_one("#preview .stale")
    assert site.rows("SELECT body, passages FROM revision ORDER BY id") == before
    whole = preview.submit("button[value=preview]", **fields(site, story))
    sent_page = sent(whole, {})
    make.decide(number_of(sent_page))
    live = as_(None).visit(f"/translations/{number_of(sent_page)}")
    drawn = [one.soup.select_one(".prose-story") for one in (whole, live)]
    assert drawn[0]
    assert drawn[1]
    assert drawn[0].decode_contents().strip() == drawn[1].decode_contents().strip()


def test_enter_in_a_line_keeps_and_sends_nothing(site: Site, story: int, translator: Person, as_: As) -> None:
    page = begun(as_(translator), story)
    page.form("#translation-form").send(**fields(site, story))
    assert site.value("SELECT count(*) FROM revision WHERE state = 'waiting'") == 0
    assert site.value("SELECT title FROM revision WHERE state = 'draft'") == "[id] Over the pass"


def test_without_a_voice_it_is_kept_and_not_sent(site: Site, cast: Cast, story: int, as_: As) -> None:
    page = begun(as_(cast.suspended), story, "pt")
    assert not page.has("button[value=submit]")
    form = {**page.form("#translation-form").values(), **fields(site, story, "pt"), "action": "submit"}
    assert as_(cast.suspended).post(page.path, form).status == 302
    assert site.value("SELECT state FROM contribution WHERE kind = 'translation'") == State.DRAFT
    assert "may not put words before others" in as_(cast.suspended).visit(page.path).text


def test_a_repeated_request_is_told_the_same_and_sends_nothing(
    site: Site, make: Factory, cast: Cast, story: int, translator: Person, as_: As
) -> None:
    page = begun(as_(translator), story)
    loud = dict.fromkeys(fields(site, story), "JANGAN PERNAH BERHENTI DI SINI KARENA HUJAN!!!")
    form = {**page.form("button[value=submit]").values(), **loud}
    browser = as_(translator)
    for _ in range(2):
        assert browser.post(page.path, form).location == page.path
    assert site.value("SELECT state FROM contribution WHERE kind = 'translation'") == State.DRAFT
    told = browser.visit(page.path)
    assert told.has(".told")
    assert told.submit("button[value=submit]").path.startswith("/contributions/")


def test_a_moderators_notes_stand_above_the_pairs(
    make: Factory, story: int, translations: Translations, translator: Person, as_: As
) -> None:
    number = translations.waiting(story, "id", translator)
    make.decide(number, Outcome.RETURN)
    page = as_(translator).visit(f"/translations/{number}")
    assert "second paragraph" in page.main
    assert "4 of 4 parts" in page.main


def test_begun_twice_it_is_the_same_and_refused_it_leads_to_why(
    make: Factory, story: int, translations: Translations, translator: Person, as_: As
) -> None:
    first, second = begun(as_(translator), story), begun(as_(translator), story)
    assert first.path == second.path
    translations.send(number_of(first), translator)
    make.decide(number_of(first), Outcome.REFUSE)
    assert begun(as_(translator), story).path == f"/contributions/{number_of(first)}/status"


def test_wanted_are_loved_stories_nobody_brought_over(
    site: Site, make: Factory, cast: Cast, translator: Person, as_: As
) -> None:
    loved, other = (make.live_story(cast.lan, wording(t, THREE, language="vi")) for t in ("Loved", "Other"))
    for number in (loved, other):
        with site.writing():
            contributions.react(contribution(number), by=cast.member.account())
    browser = as_(translator)
    page = browser.visit("/translations/wanted?language=id")
    assert {"Loved", "Other"} <= {one.get_text() for one in page.soup.select(".ledger-title a")}
    assert page.submit(f"form[action='/stories/{loved}/translations']").path.endswith("/edit")
    page = browser.visit("/translations/wanted?language=id")
    assert [one.get_text() for one in page.soup.select(".ledger-title a")] == ["Other"]
    assert "Nothing waits here" in browser.visit("/translations/wanted?language=vi").main


def test_who_reads_one_language_is_led_to_the_settings(cast: Cast, as_: As) -> None:
    page = as_(cast.unconfirmed).visit("/translations/wanted")
    assert page.follow("main .empty a").path == "/account/settings"


def test_ones_own_translations_with_their_state(
    site: Site,
    make: Factory,
    story: int,
    translations: Translations,
    translator: Person,
    as_: As,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = as_(translator)
    assert browser.visit("/me/translations").has(".empty a[href='/translations/wanted']")
    translations.live(story, "id", translator)
    translations.draft(story, "en", translator)
    page = browser.visit("/me/translations")
    assert [one.get_text() for one in page.soup.select(".ledger .badge")] == ["Draft", "Live"]
    monkeypatch.setattr(queries.lists, "PAGE", 1)
    page = browser.visit("/me/translations")
    assert len(page.soup.select(".ledger > li")) == 1
    assert "Live" in page.follow("[rel=next]").main
    make.decide(story, Outcome.HIDE, on=RevisionState.LIVE)
    assert "readers cannot see the original at present" in browser.visit("/me/translations").main


def test_the_pages_cost_the_same_for_many(
    site: Site, story: int, translations: Translations, translator: Person, as_: As
) -> None:
    browser, asked = as_(translator), []
    browser.get(f"/stories/{story}/translations")
    for languages in (("id",), ("en", "de", "fr")):
        for code in languages:
            translations.draft(story, code, translator)
        for path in (f"/stories/{story}/translations", "/me/translations"):
            with site.count_queries() as counted:
                assert browser.get(path).status == 200
            asked.append(counted.total)
    assert asked[:2] == asked[2:]


def test_a_story_called_as_a_page_is_called_has_its_own_address(make: Factory, cast: Cast, as_: As) -> None:
    for title in ("Translations", "Edit"):
        number = make.live_story(cast.lan, wording(title, THREE, language="vi"))
        page = as_(None).visit(f"/stories/{number}")
        assert page.path == f"/stories/{number}/{title.lower()}-story"
        assert "The rain began." in page.main


def test_a_comment_is_no_story_to_translate(make: Factory, story: int, translator: Person, as_: As) -> None:
    number = make.comment(story)
    browser = as_(translator)
    assert browser.get(f"/stories/{number}/translations").status == 404
    assert browser.post(f"/stories/{number}/translations", {"language": "en"}).status == 404
    assert browser.get(f"/translations/{number}").status == 404


def test_a_machines_part_cannot_be_made_unknown(
    site: Site, story: int, translations: Translations, translator: Person, as_: As
) -> None:
    number = translations.draft(story, "id", translator)
    with site.writing():
        texts = said(story, "id")
        typed = actions.Typed(texts, dict.fromkeys(texts, "0123456789abcdef"))
        actions.keep(translation(number), contribution(story), typed, sequence=2)
    page = as_(translator).visit(f"/translations/{number}/edit")
    machine = [name for name in page.form("#translation-form").names() if name.startswith("machine-")]
    assert len(machine) == 4
    page.submit("button[value=save]", **dict.fromkeys(machine, ""))
    with site.reading():
        assert {one.machine for one in revision(number, RevisionState.DRAFT).passages} == {"0123456789abcdef"}
