"""The checks before the queue, by themselves and through the forms people send."""

from collections.abc import Callable

import pytest

from community.contributions import actions
from community.contributions.actions.words import add_word
from community.contributions.models import ANY_LANGUAGE, LONGEST_BODY, RevisionState
from community.contributions.processing import checks
from community.contributions.processing.checks import Submission
from community.contributions.queries import revision_in, told_draft
from community.kit import i18n
from community.kit.errors import Invalid
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, form_id, wording
from tests.helpers.browser import Page
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

OWN_SITE = "http://localhost"
LONG = "We took the coast road because the mountains were under snow, and nobody regretted it."
LINKS = "See https://a.example, https://b.example/x and www.c.example for the photos of that day."
SHORT = "I know this road."


@pytest.fixture
def list_word(db: Site, cast: Cast) -> Callable[..., None]:
    def add(word: str, language: str = ANY_LANGUAGE) -> None:
        admin = cast.admin
        with db.writing():
            add_word(word, language, "", by=admin.account())

    return add


def links_in(db: Site, body: str) -> str:
    with db.reading():
        found = checks.links(Submission("", body, "en"))
        return found.words if found else ""


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("https://a.example https://b.example", ""),
        ("https://a.example https://b.example HTTP://C.example", "3"),
        ("www.a.example, www.b.example and www.c.example", "3"),
        ("[a](https://a.example) [https://b.example](https://b.example) <https://c.example>", "3"),
        ("[one]: https://a.example\n[two]: https://b.example\n[three]: https://c.example", "3"),
        ("[a](www.a.example) [b](www.b.example) [c](www.c.example)", "3"),
        ("[a](/stories/1) [b](/stories/2) [c](/stories/3) [d](#top)", ""),
        (f"{OWN_SITE}/stories/1 {OWN_SITE}/stories/2 [c]({OWN_SITE}/about)", ""),
        (f"{OWN_SITE}.evil.example {OWN_SITE}@evil.example https://evil.example/{OWN_SITE}", "3"),
        ("a.example b.example c.example d.example", ""),
        ("me@www.example me@www.example me@www.example", ""),
        ("[a] (b) [c](d e) [[[[[[[[", ""),
    ],
)
def test_what_counts_as_a_link(db: Site, body: str, number: str) -> None:
    assert links_in(db, body) == number


QUIET = [
    "We drove a BMW with ABS, ESP, TCS, HUD and ACC from the USA to the UAE.",
    "THE END",
    "Der Wagen, die Straße, das Gebirge, der Regen und die Großmutter.",
    "เราขับรถข้ามภูเขาในสายฝน!!!",
    "قدنا السيارة عبر الجبل تحت المطر!!!!",
    "我们开车翻过了山。",
    "რა ლამაზი გზა იყო, მეგობრებო, მთებისკენ მიმავალი",
    "What a road!!!! And then: ! ! ! ! !",
    "",
]
LOUD = [
    ("DO NOT EVER BUY THIS TERRIBLE CAR FROM THEM", "DO NOT EVER BUY THIS TERRIBLE CAR FROM THEM"),
    ("НИКОГДА НЕ ПОКУПАЙТЕ ЭТУ МАШИНУ", "НИКОГДА НЕ ПОКУПАЙТЕ ЭТУ МАШИНУ"),
    (
        "ĐỪNG BAO GIỜ MUA CHIẾC NÀY NGHE CHƯA THƯƠNG TRƯỜNG",
        "ĐỪNG BAO GIỜ MUA CHIẾC NÀY NGHE CHƯA THƯƠNG TRƯỜNG",
    ),
    ("Look at this!!!!!", "!!!!!"),
    ("快看！！！！！！", "！！！！！！"),
]


@pytest.mark.parametrize("body", QUIET)
def test_who_does_not_shout(body: str) -> None:
    assert checks.shouting(Submission("", body, "en")) is None
    assert checks.shouting(Submission(body, "Quiet words.", "en")) is None


@pytest.mark.parametrize(("body", "words"), LOUD)
def test_who_shouts(body: str, words: str) -> None:
    for submission in (Submission("", body, "en"), Submission(body, "Quiet words.", "en")):
        found = checks.shouting(submission)
        assert found is not None
        assert found.words == words


def test_a_picture_is_one_written_as_one() -> None:
    assert checks.photos(Submission("", "See ![the pass](https://a.example/pass.jpg)", "en"))
    assert not checks.photos(Submission("", "Wow![the pass]", "en"))
    assert not checks.photos(Submission("", "Wow! [the pass](https://a.example)", "en"))


def test_a_fingerprint_is_of_the_words_and_not_of_how_they_are_set() -> None:
    print_ = checks.fingerprint(LONG)
    assert print_ is not None
    assert len(print_) == 32
    assert checks.fingerprint("**" + LONG.upper().replace(", ", "\n\n- ") + "**") == print_
    assert checks.fingerprint(LONG.replace("coast", "shore")) != print_
    assert checks.fingerprint("x" * 39) is None
    assert checks.fingerprint("x" * 40) is not None


def test_the_order_of_the_checks_is_the_one_people_rely_on() -> None:
    assert [check.__name__ for check in checks.CHECKS] == [
        "length", "closed", "repeated", "words", "links", "shouting", "new_member", "photos", "trust",
    ]  # fmt: skip


def test_every_check_has_a_name_and_a_sentence(db: Site) -> None:
    names = [check.__name__ for check in checks.CHECKS] + [checks.EVERYTHING_ELSE.check]
    with db.reading():
        for language in ("en", "ar", "id"):
            with i18n.speaking(language):
                assert all(checks.said(name, "5") for name in names)
                assert all(str(checks.name(name)) != name for name in names)
                assert all(checks.told(name, "5") for name in [*checks.DETECTING, "length", "closed"])
        assert "5 links" in checks.told("links", "5")
        assert "1 link." in checks.told("links", "1")
        assert "idiot, fool" in checks.told("words", "idiot, fool")
        assert checks.said("a check of last year", "x") == ""
        assert checks.name("a check of last year") == "a check of last year"


# Through the actions: what is recorded.


def finding(db: Site, number: int) -> tuple[str, str]:
    """Of the newest revision."""
    ((check, words),) = db.rows(
        "SELECT finding, finding_words FROM revision WHERE contribution_id = :n ORDER BY number DESC LIMIT 1",
        n=number,
    )
    return check, words


def is_told(db: Site, number: int) -> bool:
    with db.reading():
        return told_draft(number) is not None


def send(
    db: Site, make: Factory, body: str, by: Person, *, language: str = "en", title: str = "A road"
) -> int:
    """A story sent once."""
    number = make.draft_story(by, wording(title, body, language=language))
    send_again(db, number, by)
    return number


def send_again(db: Site, number: int, by: Person) -> None:
    with db.writing():
        actions.submit(contribution(number), by=by.account())


def test_the_first_text_of_a_member_is_held_as_that(db: Site, cast: Cast, make: Factory) -> None:
    assert finding(db, send(db, make, LONG, cast.lan)) == ("new_member", "")
    make.live_story()
    assert finding(db, send(db, make, LONG + " Twice.", cast.lan)) == ("everybody", "")


def test_an_answer_of_a_trusted_member_is_live_and_says_why(db: Site, cast: Cast, make: Factory) -> None:
    story = make.live_story()
    assert finding(db, make.comment(story, is_trusted=False)) == ("new_member", "")
    assert finding(db, make.comment(story, make.trusted(cast.member), is_trusted=False)) == ("trust", "")
    held = make.comment(story, cast.member, "![my car](https://a.example/car.jpg)", is_trusted=False)
    assert finding(db, held) == ("photos", "")
    assert db.value("SELECT state FROM contribution WHERE id = :n", n=held) == "waiting"


def test_what_was_found_is_told_once_and_then_goes_to_the_queue_with_it(
    db: Site, cast: Cast, make: Factory
) -> None:
    number = send(db, make, LINKS, cast.lan)
    assert is_told(db, number)
    assert db.value("SELECT state FROM contribution WHERE id = :n", n=number) == "draft"
    assert db.value("SELECT count(*) FROM move WHERE contribution_id = :n", n=number) == 0
    send_again(db, number, cast.lan)
    assert not is_told(db, number)
    assert db.value("SELECT state FROM contribution WHERE id = :n", n=number) == "waiting"
    assert finding(db, number) == ("links", "3")


def test_what_was_changed_is_judged_anew(db: Site, cast: Cast, make: Factory) -> None:
    make.live_story()
    number = send(db, make, LINKS, cast.lan)
    with db.writing():
        actions.save_draft(contribution(number), wording("A road", LONG), sequence=2)
    send_again(db, number, cast.lan)
    assert finding(db, number) == ("everybody", "")


def test_trusted_members_may_link_more(db: Site, cast: Cast, make: Factory) -> None:
    make.trusted(cast.lan)
    assert finding(db, send(db, make, LINKS, cast.lan)) == ("everybody", "")
    many = " ".join(f"https://{letter}.example" for letter in "abcdefghi")
    assert finding(db, send(db, make, many, cast.lan)) == ("links", "9")


def test_words_are_listed_for_a_language_or_for_all(
    db: Site, cast: Cast, make: Factory, list_word: Callable[..., None]
) -> None:
    list_word("gift", "de")
    list_word("傻瓜")
    assert finding(db, send(db, make, LONG + " Gift!", cast.lan, language="de")) == ("words", "Gift")
    assert not is_told(db, send(db, make, LONG + " A gift!", cast.lan, language="en"))
    assert finding(db, send(db, make, LONG + "他是傻瓜", cast.lan, language="vi")) == ("words", "傻瓜")
    assert finding(db, send(db, make, "Other words entirely", cast.lan, title="傻瓜")) == ("words", "傻瓜")


def test_a_word_listed_in_one_worker_is_found_in_another(
    db: Site, cast: Cast, make: Factory, list_word: Callable[..., None]
) -> None:
    """The read list is kept under its own words, so it cannot be older than the table."""
    list_word("fool")
    assert is_told(db, send(db, make, LONG + " You fool", cast.lan))
    db.execute("DELETE FROM listed_word")
    assert not is_told(db, send(db, make, LONG + " He fool", cast.lan))
    db.execute(
        "INSERT INTO listed_word (language, word, folded, note, by_id, created_at)"
        " VALUES ('en', 'clown', 'clown', '', :by, CURRENT_TIMESTAMP)",
        by=cast.admin.id,
    )
    assert is_told(db, send(db, make, LONG + " She clown", cast.lan))


def test_the_same_words_again(db: Site, cast: Cast, make: Factory, clock: StillClock) -> None:
    first = send(db, make, LONG, cast.lan)
    assert finding(db, send(db, make, LONG, cast.member)) == ("repeated", str(first))
    clock.advance(hours=24, seconds=1)
    assert not is_told(db, send(db, make, LONG, cast.moderator))
    clock.advance(days=26)
    assert is_told(db, send(db, make, LONG, cast.lan, title="Another title"))
    clock.advance(days=4)
    assert not is_told(db, send(db, make, LONG, cast.lan))


def test_short_answers_and_ones_own_edits_are_no_repetition(db: Site, cast: Cast, make: Factory) -> None:
    story = make.live_story()
    assert [finding(db, make.comment(story, body=SHORT, is_trusted=False))[0] for _ in range(3)] == [
        "new_member"
    ] * 3
    number = make.live_story(text=wording(body=LONG))
    with db.writing():
        actions.save_draft(contribution(number), wording("Another title", LONG), sequence=9)
    send_again(db, number, cast.lan)
    assert finding(db, number) == ("everybody", "")


def test_what_was_only_a_draft_was_not_sent(db: Site, cast: Cast, make: Factory) -> None:
    make.draft_story(cast.member, wording(body=LONG))
    assert not is_told(db, send(db, make, LONG, cast.lan))


def test_nothing_cannot_be_sent(db: Site, cast: Cast, make: Factory) -> None:
    number = make.draft_story(text=wording(body=" \u200b "))
    with pytest.raises(Invalid) as refused:
        send_again(db, number, cast.lan)
    assert refused.value.errors == {"body": ["Write something first."]}


def test_too_much_is_stopped_and_as_much_as_can_be_kept_is_not() -> None:
    assert checks.length(Submission("", "x" * LONGEST_BODY, "en")) is None
    found = checks.length(Submission("", "x" * (LONGEST_BODY + 1), "en"))
    assert found == checks.Finding("length", checks.Status.STOP, "40001")


# Through the pages.


def writes(page: Page, body: str, title: str = "A road") -> Page:
    return page.submit("button[value=submit]", title=title, body=body, language="en", topic="journeys")


def test_the_writer_reads_what_was_found_above_the_form_and_sends_it_as_it_is(
    site: Site, cast: Cast, as_: As, list_word: Callable[..., None]
) -> None:
    list_word("fool", "en")
    writer = as_(cast.lan)
    told = writes(writer.visit("/stories/new"), LONG + " What a fool.")
    assert told.path.endswith("/edit")
    assert "words that are on the moderators' list: fool." in told.main
    assert "send it as it is" in told.main
    assert "with the moderators" not in told.text
    assert "What a fool." in told.form("button[value=submit]").values()["body"]
    assert site.value("SELECT count(*) FROM review") == 0
    # Looking at it again, saving and previewing lose nothing of it.
    kept = told.submit("button[value=save]")
    assert "on the moderators' list" in kept.main
    assert "on the moderators' list" in kept.submit("button[value=preview]").main
    sent = kept.submit("button[value=submit]")
    assert sent.path.partition("?")[0].endswith("/status")
    assert "with the moderators" in sent.text
    number = site.value("SELECT max(id) FROM contribution")
    assert finding(site, number) == ("words", "fool")
    assert "on the moderators' list" not in writer.visit(f"/stories/{number}/edit").main


def test_the_same_request_twice_is_told_twice_and_sent_by_nobody(site: Site, cast: Cast, as_: As) -> None:
    """A double click, or a request repeated after a lost answer, is not the author's second word."""
    writer = as_(cast.lan)
    form = writer.visit("/stories/new").form("button[value=submit]")
    fields = {"title": "A road", "body": LINKS, "language": "en", "topic": "journeys"}
    places = {form.send(**fields).location for _ in range(3)}
    (place,) = places
    again = writer.visit(place).form("button[value=submit]")
    assert site.value("SELECT state FROM contribution") == "draft"
    again.send()
    again.send()
    assert site.value("SELECT state FROM contribution") == "waiting"
    assert finding(site, site.value("SELECT id FROM contribution")) == ("links", "3")


def test_an_edit_of_what_is_live_is_told_too_and_the_approved_text_stays(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.live_story()
    told = writes(as_(cast.lan).visit(f"/stories/{number}/edit"), LINKS)
    assert "We found 3 links." in told.main
    assert "Hải Vân" in as_(None).visit(f"/contributions/{number}").main
    told.submit("button[value=submit]")
    assert finding(site, number) == ("links", "3")
    with site.reading():
        assert contribution(number).live_revision.number == 1  # type: ignore[union-attr]


def answers(page: Page, body: str) -> Page:
    return page.submit("form.comment-form", body=body, language="en")


def test_an_answer_is_told_on_its_own_page_and_sent_from_there(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    story = make.live_story()
    reader = as_(cast.member)
    told = answers(reader.visit(f"/contributions/{story}/comments"), LINKS)
    number = site.value("SELECT max(id) FROM contribution")
    assert told.path == f"/comments/{number}/edit"
    assert "We found 3 links." in told.main
    assert told.form("form.comment-form").values()["body"] == LINKS
    thread = reader.visit(f"/contributions/{story}")
    assert "Not sent yet" in thread.main
    assert "Waiting for a moderator" not in thread.main
    assert "Not sent yet" not in as_(None).visit(f"/contributions/{story}").main
    sent = told.submit("form.comment-form")
    assert "The moderators look at it" in sent.text
    assert finding(site, number) == ("links", "3")
    assert "We found" not in reader.visit(f"/comments/{number}/edit").main


def test_each_answer_is_told_where_it_went(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    story = make.live_story()
    reader = as_(cast.member)
    page = f"/contributions/{story}/comments"
    assert "with the moderators" in answers(reader.visit(page), SHORT).text
    make.trusted(cast.member)
    live = answers(reader.visit(page), "And I drove it too.")
    assert "Everybody can read your answer now" in live.text
    assert "with the moderators" not in live.text
    edited = answers(
        reader.visit(f"/comments/{site.value('SELECT max(id) FROM contribution')}/edit"), "And again."
    )
    assert "And again." in as_(None).visit(f"/contributions/{story}").main
    assert "look at it before" not in edited.text


def test_a_closed_conversation_takes_no_edit(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    story = make.live_story()
    number = make.comment(story)
    form = as_(cast.member).visit(f"/comments/{number}/edit").form("form.comment-form")
    site.execute("UPDATE contribution SET closed_at = CURRENT_TIMESTAMP WHERE id = :n", n=story)
    refused = form.send(body="One more thing.")
    assert refused.status == 422
    assert "The moderators closed this conversation" in refused.main
    assert refused.form("form.comment-form").values()["body"] == "One more thing."
    assert site.value("SELECT count(*) FROM revision WHERE contribution_id = :n", n=number) == 1


def test_checks_ask_the_database_little(db: Site, cast: Cast, make: Factory) -> None:
    number, lan = make.draft_story(text=wording(body=LONG)), cast.lan
    with db.reading():
        thing = contribution(number)
        draft = revision_in(number, RevisionState.DRAFT)
        assert draft is not None
        assert lan.account().id == thing.author_id
        with db.count_queries() as counted:
            checks.examine(thing, draft)
    assert len(counted.statements) <= 3


def test_a_form_number_leads_to_one_answer_though_it_was_told(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    story, reader, number = make.live_story(), as_(cast.member), form_id()
    fields = {"form_id": number, "body": LINKS, "language": "en"}
    places = {reader.post(f"/contributions/{story}/comments", fields).location for _ in range(3)}
    assert places == {f"/comments/{site.value('SELECT max(id) FROM contribution')}/edit"}
    assert site.value("SELECT count(*) FROM comment") == 1
