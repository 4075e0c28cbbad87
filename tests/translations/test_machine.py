"""What a machine proposes: put where nothing is said, marked as its own, and never sent as it came."""

import time
from collections.abc import Iterator

import pytest

from community.contributions import queries as contributions
from community.contributions.models import Passage, RevisionState
from community.kit import limits, machine
from community.kit.errors import Conflict, Invalid
from community.kit.languages import UNTAGGED
from community.moderation.models import Outcome
from community.translations import actions
from community.translations.actions import drafting
from community.translations.actions.drafting import Question
from community.translations.actions.writing import Typed
from community.translations.processing import checking
from community.translations.processing.parts import Part, Role, to_translate
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, revision, wording
from tests.factories.photos import Photos
from tests.factories.translations import Translations, said, translation
from tests.helpers import translator
from tests.helpers.site import Site
from tests.helpers.translator import Asked, Translator, dripping, found, saying, whole

FIVE = "## Lên đường\n\nChúng tôi đi lúc bình minh.\n\n---\n\n- cà phê\n- mưa\n\nChúng tôi về nhà."
TITLE = "Qua đèo"


@pytest.fixture
def alone() -> Iterator[Translator]:
    """For what needs no site."""
    with translator.served() as running:
        machine.set_up(running.address, seconds=2)
        yield running
    machine.set_up("")


@pytest.fixture
def served(site: Site, alone: Translator) -> Translator:
    """For a site, which at its start takes the machine of its own settings: none."""
    machine.set_up(alone.address, seconds=2)
    return alone


@pytest.fixture
def story(make: Factory, cast: Cast) -> int:
    return make.live_story(cast.lan, wording(TITLE, FIVE, language="vi"))


@pytest.fixture
def draft(site: Site, make: Factory, cast: Cast, story: int) -> int:
    return Translations(site, make).draft(story, "id", cast.member)


def prefilled(db: Site, draft: int) -> int:
    """Ask and put; how many there were."""
    with db.reading():
        it = translation(draft)
        asked = actions.question(it, contribution(it.of_id))
    proposed = actions.proposals(asked)
    with db.writing():
        it = translation(draft)
        return actions.prefill(it, contribution(it.of_id), proposed)


def passages(db: Site, draft: int) -> dict[str, Passage]:
    with db.reading():
        newest = contributions.newest_revision(draft)
        return {one.key: one for one in newest.passages} if newest else {}


def keys(db: Site, story: int) -> list[str]:
    with db.reading():
        return [part.key for part in to_translate(revision(story, RevisionState.LIVE))]


def type_in(db: Site, draft: int, texts: dict[str, str]) -> None:
    with db.writing():
        it = translation(draft)
        actions.keep(it, contribution(it.of_id), Typed(texts, {}), sequence=None)


def test_every_empty_part_is_proposed_and_marked(
    db: Site, story: int, draft: int, served: Translator
) -> None:
    assert prefilled(db, draft) == 5
    assert served.asked == [
        {
            "q": [
                TITLE,
                "## Lên đường",
                "Chúng tôi đi lúc bình minh.",
                "- cà phê\n- mưa",
                "Chúng tôi về nhà.",
            ],
            "source": "vi",
            "target": "id",
            "format": "text",
        }
    ]
    kept = passages(db, draft)
    assert [kept[key].text for key in keys(db, story)] == [
        "⟨id⟩ Qua đèo",
        "## ⟨id⟩ Lên đường",
        "⟨id⟩ Chúng tôi đi lúc bình minh.",
        "- ⟨id⟩ cà phê\n- mưa",
        "⟨id⟩ Chúng tôi về nhà.",
    ]
    assert all(one.machine == checking.fingerprint(one.text) for one in kept.values())


def test_what_somebody_typed_is_neither_sent_nor_touched(
    db: Site, story: int, draft: int, served: Translator
) -> None:
    third = keys(db, story)[2]
    type_in(db, draft, {third: "Kami berangkat saat fajar."})
    assert prefilled(db, draft) == 4
    assert "Chúng tôi đi lúc bình minh." not in served.asked[0]["q"]
    assert passages(db, draft)[third] == Passage(third, "Kami berangkat saat fajar.")


def test_what_was_typed_while_the_machine_thought_stays(
    db: Site, story: int, draft: int, served: Translator
) -> None:
    last = keys(db, story)[-1]

    def meanwhile(asked: Asked) -> list[bytes]:
        type_in(db, draft, {last: "Kami pulang."})
        return list(translator.well(asked))

    served.answer = meanwhile
    assert prefilled(db, draft) == 4
    assert passages(db, draft)[last] == Passage(last, "Kami pulang.")


def test_with_nothing_empty_nobody_is_asked(db: Site, story: int, draft: int, served: Translator) -> None:
    with db.reading():
        texts = said(story, "id")
    type_in(db, draft, texts)
    assert prefilled(db, draft) == 0
    assert served.asked == []


@pytest.mark.parametrize(
    ("role", "answer", "put"),
    [
        (Role.TEXT, "", ""),
        (Role.TEXT, " \u200b\n", ""),
        (Role.TEXT, "Satu.\n\nDua.", ""),
        (Role.TEXT, "Satu.\n# Dua", ""),
        (Role.TEXT, "![](photo:0123456789abcdef)", ""),
        (Role.TEXT, "with \x07 a bell", ""),
        (Role.TEXT, "broken \ud800 half", ""),
        (Role.TEXT, "a" + "\u0301" * 20, ""),
        (Role.TEXT, "long " * 9_000, ""),
        (Role.TEXT, "  ## Berangkat  \r\n", "  ## Berangkat"),
        (Role.TEXT, "- kopi\r\n- hujan", "- kopi\n- hujan"),
        (Role.TITLE, "  Judul \u202e yang   panjang ", "Judul yang panjang"),
        (Role.TITLE, "Satu\ndua", ""),
        (Role.ALT, "Satu.\n\nDua.", ""),
        (Role.CAPTION, "Pada tahun 2019\n", "Pada tahun 2019"),
    ],
)
def test_it_is_made_fit_as_if_typed_and_what_does_not_fit_stays_empty(
    alone: Translator, role: Role, answer: str, put: str
) -> None:
    alone.answer = lambda _asked: [found({"translatedText": [answer]})]
    asked = Question((Part("key", role, "source"),), "vi", "id")
    assert actions.proposals(asked) == ({"key": put} if put else {})


@pytest.mark.parametrize("role", sorted(checking.LONGEST))
def test_a_line_is_cut_to_its_place(alone: Translator, role: Role) -> None:
    alone.answer = lambda _asked: [found({"translatedText": ["panjang sekali " * 60]})]
    cut = actions.proposals(Question((Part("key", role, "source"),), "vi", "id"))["key"]
    assert checking.LONGEST[role] - 20 < len(cut) <= checking.LONGEST[role]


def test_words_of_photos_are_proposed_too(
    db: Site, make: Factory, cast: Cast, photos: Photos, served: Translator
) -> None:
    shown = photos.several(cast.lan, 1)
    number = make.live_story(cast.lan, wording(TITLE, FIVE, language="vi", pictures=shown))
    draft = Translations(db, make).draft(number, "id", cast.member)
    assert prefilled(db, draft) == 7
    assert {"⟨id⟩ What 1 shows", "⟨id⟩ Caption 1"} <= {one.text for one in passages(db, draft).values()}


def test_a_long_story_takes_several_clicks(db: Site, make: Factory, cast: Cast, served: Translator) -> None:
    paragraphs = [f"{number} " + "đường dài " * 90 for number in range(4)]
    number = make.live_story(cast.lan, wording(TITLE, "\n\n".join(paragraphs), language="vi"))
    draft = Translations(db, make).draft(number, "id", cast.member)
    assert [prefilled(db, draft) for _ in range(3)] == [3, 2, 0]
    sent = [sum(map(len, asked["q"])) for asked in served.asked]
    assert len(sent) == 2
    assert max(sent) <= drafting.MOST_ASKED


def test_one_long_paragraph_is_asked_for_by_itself(
    db: Site, make: Factory, cast: Cast, served: Translator
) -> None:
    number = make.live_story(cast.lan, wording(TITLE, "đường dài " * 900, language="vi"))
    draft = Translations(db, make).draft(number, "id", cast.member)
    assert [prefilled(db, draft) for _ in range(3)] == [1, 1, 0]


def test_no_more_is_put_than_a_text_may_have(db: Site, make: Factory, cast: Cast, served: Translator) -> None:
    body = "\n\n".join(f"Đoạn {number}." for number in range(4))
    number = make.live_story(cast.lan, wording(TITLE, body, language="vi"))
    draft = Translations(db, make).draft(number, "id", cast.member)
    served.answer = lambda asked: [found({"translatedText": ["a" * 15_000 for _ in asked["q"]]})]
    assert prefilled(db, draft) == 3, "the title and two of four"


def test_a_language_of_no_name_is_left_to_the_machine(
    db: Site, make: Factory, cast: Cast, served: Translator
) -> None:
    number = make.live_story(cast.lan, wording(TITLE, FIVE, language=UNTAGGED))
    prefilled(db, Translations(db, make).draft(number, "id", cast.member))
    assert served.asked[0]["source"] == "auto"


class TestWhatIsNotPublicIsNotSent:
    def test_a_hidden_story(
        self, db: Site, make: Factory, story: int, draft: int, served: Translator
    ) -> None:
        make.decide(story, Outcome.HIDE, on=RevisionState.LIVE)
        with pytest.raises(Conflict):
            prefilled(db, draft)
        assert served.asked == []

    def test_a_story_whose_author_takes_no_translations(
        self, db: Site, story: int, draft: int, served: Translator
    ) -> None:
        with db.writing():
            actions.permit(contribution(story), is_permitted=False)
        with pytest.raises(Conflict):
            prefilled(db, draft)
        assert served.asked == []

    def test_what_waits_beside_the_live_text(
        self, db: Site, make: Factory, story: int, draft: int, served: Translator
    ) -> None:
        make.edit_waiting(story, wording("Bí mật", "Bí mật của chúng tôi.", language="vi"))
        prefilled(db, draft)
        assert "Bí mật" not in str(served.asked)
        assert TITLE in served.asked[0]["q"]

    def test_a_paragraph_that_changed_while_the_machine_thought_stays_empty(
        self, db: Site, make: Factory, story: int, draft: int, served: Translator
    ) -> None:
        def meanwhile(asked: Asked) -> list[bytes]:
            make.edit_waiting(story, wording(TITLE, FIVE.replace("về nhà", "đi tiếp"), language="vi"))
            make.decide(story)
            return list(translator.well(asked))

        served.answer = meanwhile
        assert prefilled(db, draft) == 4
        assert "về nhà" not in str(passages(db, draft))


class TestUntouched:
    def send(self, db: Site, cast: Cast, draft: int, texts: dict[str, str]) -> None:
        with db.writing():
            it = translation(draft)
            typed = Typed({**{one.key: one.text for one in _newest(draft)}, **texts}, {})
            actions.submit(it, contribution(it.of_id), typed, sequence=None, by=cast.member.account())

    def test_it_is_not_sent_as_it_came_whatever_the_form_says(
        self, db: Site, cast: Cast, draft: int, served: Translator
    ) -> None:
        prefilled(db, draft)
        with pytest.raises(Invalid) as stopped:
            self.send(db, cast, draft, {})
        assert set(stopped.value.errors) == {"text"}

    def test_said_in_own_words_it_is_sent_and_says_that_a_machine_helped(
        self, db: Site, make: Factory, cast: Cast, story: int, draft: int, served: Translator
    ) -> None:
        prefilled(db, draft)
        own = {
            key: f"{'## ' if number == 1 else ''}Dengan kata-kata kami sendiri {number}"
            for number, key in enumerate(keys(db, story)[:-1])
        }
        for _told_once in range(2):
            self.send(db, cast, draft, own)
        make.decide(draft)
        assert db.rows("SELECT language, is_machine_aided FROM edition") == [("id", True)]

    def test_white_space_is_no_word_of_ones_own(
        self, db: Site, cast: Cast, draft: int, served: Translator
    ) -> None:
        prefilled(db, draft)
        with db.reading():
            spaced = {one.key: one.text.replace(" ", "  ") for one in _newest(draft)}
        with pytest.raises(Invalid):
            self.send(db, cast, draft, spaced)


def _newest(draft: int) -> tuple[Passage, ...]:
    newest = contributions.newest_revision(draft)
    return newest.passages if newest else ()


class TestTheEditor:
    """Through the form of the real page."""

    BUTTON = "button[value=draft]"

    def field(self, key: str) -> str:
        return f"text-{key}"

    def test_the_button_is_there_only_where_a_machine_is(
        self, as_: As, cast: Cast, draft: int, served: Translator
    ) -> None:
        browser, path = as_(cast.member), f"/translations/{draft}/edit"
        assert browser.visit(path).has(self.BUTTON)
        machine.set_up("")
        page = browser.visit(path)
        assert page.status == 200
        assert not page.has(self.BUTTON)
        # A page that was drawn before, or a button somebody made: it is kept, and one sentence says why.
        page = browser.post(path, {**page.form("main form").values(), "action": "draft"})
        assert "gave no answer" in browser.visit(page.location).text

    def test_one_click_keeps_what_was_typed_and_fills_in_the_rest_in_words(
        self, db: Site, as_: As, cast: Cast, story: int, draft: int, served: Translator
    ) -> None:
        title, heading, *_rest = keys(db, story)
        page = as_(cast.member).visit(f"/translations/{draft}/edit")
        page = page.submit(self.BUTTON, **{self.field(title): "Melewati celah"})
        assert page.status == 200
        assert "A machine proposed 4 parts. Read each against the original" in page.text
        assert page.form("main form").values()[self.field(title)] == "Melewati celah"
        assert page.form("main form").values()[self.field(heading)] == "## ⟨id⟩ Lên đường"
        notes = page.soup.select(".is-proposed .field-hint")
        assert [note.get_text() for note in notes] == [
            "Proposed by a machine: read it against the original."
        ] * 4
        field = page.soup.select_one(f"[name='{self.field(heading)}']")
        assert field is not None
        assert field["aria-describedby"] == notes[0]["id"]
        assert not page.has(self.BUTTON), "nothing is empty any more"

    def test_sent_as_it_came_it_comes_back_with_the_reason(
        self, db: Site, as_: As, cast: Cast, story: int, draft: int, served: Translator
    ) -> None:
        page = as_(cast.member).visit(f"/translations/{draft}/edit").submit(self.BUTTON)
        page = page.submit("main button[value=submit]")
        assert page.status == 422
        assert "Most of this stands as the machine wrote it" in page.main
        forged = {name: "0" * 16 for name in page.form("main form").names() if name.startswith("machine-")}
        assert forged
        page = page.submit("main button[value=submit]", **forged)
        assert page.status == 422
        own = {
            self.field(key): ("## " if number == 1 else "") + f"Kami bercerita dengan kata sendiri {number}."
            for number, key in enumerate(keys(db, story))
        }
        page = page.submit("main button[value=submit]", **own)
        assert page.status == 200
        assert db.value("SELECT state FROM contribution WHERE id = :id", id=draft) == "waiting"

    @pytest.mark.parametrize(
        "answer", [saying(whole(b"<html>", "502 Bad Gateway")), dripping(b"HTTP/1.1 200 OK\r\nX: aaaa")]
    )
    def test_a_failure_costs_one_sentence(
        self,
        db: Site,
        as_: As,
        cast: Cast,
        story: int,
        draft: int,
        served: Translator,
        answer: translator.Answer,
    ) -> None:
        served.answer = answer
        machine.set_up(served.address, seconds=0.15)
        title, *_rest = keys(db, story)
        page = as_(cast.member).visit(f"/translations/{draft}/edit")
        page = page.submit(self.BUTTON, **{self.field(title): "Melewati celah"})
        assert page.status == 200
        assert str(machine.NO_ANSWER) in page.text
        assert page.form("main form").values()[self.field(title)] == "Melewati celah"
        assert passages(db, draft) == {title: Passage(title, "Melewati celah")}
        assert page.has(self.BUTTON)

    def test_others_write_while_the_machine_thinks(
        self, db: Site, as_: As, cast: Cast, draft: int, served: Translator
    ) -> None:
        waited: list[float] = []

        def meanwhile(asked: Asked) -> list[bytes]:
            began = time.monotonic()
            db.execute(
                "UPDATE account SET display_name = 'Written meanwhile' WHERE handle = :h", h=cast.lan.handle
            )
            waited.append(time.monotonic() - began)
            return list(translator.well(asked))

        served.answer = meanwhile
        # A sign-in that was last used long ago is written to by any request that changes something.
        browser = as_(cast.member)
        page = browser.visit(f"/translations/{draft}/edit")
        db.execute("UPDATE sign_in SET used_at = '2020-01-01 00:00:00'")
        page = page.submit(self.BUTTON)
        assert "A machine proposed 5 parts" in page.text
        assert waited[0] < 1
        assert db.value("SELECT count(*) FROM account WHERE display_name = 'Written meanwhile'") == 1

    def test_thirty_times_an_hour(
        self, db: Site, as_: As, cast: Cast, story: int, draft: int, served: Translator
    ) -> None:
        assert (actions.PROPOSALS.times, actions.PROPOSALS.seconds) == (30, 3600)
        limits.count(actions.PROPOSALS, *[str(cast.member.id)] * 30)
        title, *_rest = keys(db, story)
        page = as_(cast.member).visit(f"/translations/{draft}/edit")
        page = page.submit(self.BUTTON, **{self.field(title): "Melewati celah"})
        assert page.status == 429
        assert "Retry-After" in page.response.headers
        assert "Melewati celah" in page.html
        assert served.asked == []
        assert passages(db, draft)[title].text == "Melewati celah", "kept all the same"

    def test_nobody_asks_for_anothers_draft(
        self, as_: As, cast: Cast, draft: int, served: Translator
    ) -> None:
        for person in (cast.lan, cast.moderator, cast.admin):
            assert as_(person).post(f"/translations/{draft}/edit", {"action": "draft"}).status in (403, 404)
        assert served.asked == []


def test_the_privacy_page_says_so_where_it_is_so(as_: As, served: Translator) -> None:
    words = "is sent to a translating server"
    assert words in as_(None).visit("/privacy").main
    machine.set_up("")
    assert words not in as_(None).visit("/privacy?fresh").main
