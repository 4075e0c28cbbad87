"""A member before the desk, with one timeline; and their own standing page."""

import pytest
from sqlalchemy.exc import DatabaseError

from community.contributions.models import RevisionState
from community.moderation import queries
from community.moderation.actions import notes, sanctions
from community.moderation.actions.sanctions import Charge
from community.moderation.models import Measure, Outcome
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory, wording
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

NOTE_FORM = "form[action$='/notes']"


def warn(db: Site, member: Person, by: Person, words: str = "Please stop.") -> int:
    with db.writing():
        charge = Charge(measure=Measure.WARNING, ground="1.2", explanation=words)
        return sanctions.impose(member.account(), charge, by=by.account()).id


def kinds(db: Site, member: Person, limit: int = 20) -> list[str]:
    with db.reading():
        return [event.kind for event in queries.members.timeline(member.id, limit).rows]


def test_one_timeline_holds_decisions_notes_sanctions_appeals_and_mails_newest_first(
    db: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    make.waiting_story(text=wording("Down to the sea"))
    make.refused_story()
    clock.advance(minutes=1)
    page = as_(cast.moderator).visit(f"/moderation/members/{cast.lan.handle}")
    page.submit(NOTE_FORM, body="Kind in the comments, rude in stories.")
    clock.advance(minutes=1)
    warn(db, cast.lan, cast.moderator, "Mind the tone.")
    clock.advance(minutes=1)
    standing = as_(cast.lan).visit("/account/standing")
    standing.follow("main a[href^='/appeals/']").submit(message="That was a quotation.")
    db.work()
    found = kinds(db, cast.lan)
    assert found[-4:] == ["appeal", "sanction", "note", "decision"]
    assert set(found[:-4]) == {"mail"}
    page = as_(cast.other_moderator).visit(f"/moderation/members/{cast.lan.handle}")
    lines = [" ".join(line.get_text(" ").split()) for line in page.soup.select(".timeline > li")]
    assert len(lines) == len(found)
    assert "Over the pass" in lines[-1]
    assert "Kind in the comments" in lines[-2]
    assert "Mind the tone." in lines[-3]
    assert "Mai Moderator" in lines[-3]
    assert page.follow(".timeline-appeal a[href^='/moderation/appeals/']").status == 200
    assert page.follow(".timeline-decision a[href^='/moderation/reviews/']").status == 200


def test_the_timeline_goes_on_page_after_page_without_a_gap(
    db: Site, cast: Cast, as_: As, clock: StillClock
) -> None:
    for number in range(45):
        with db.writing():
            notes.write_note(cast.lan.account(), f"Note {number:02d}.", by=cast.moderator.account())
    page, seen = as_(cast.moderator).visit(f"/moderation/members/{cast.lan.handle}"), []
    while True:
        seen += [words.get_text() for words in page.soup.select(".timeline-note .timeline-words")]
        if not page.has(".pager a[rel=next]"):
            break
        page = page.follow(".pager a[rel=next]")
    assert seen == [f"Note {number:02d}." for number in reversed(range(45))]


def test_the_page_says_who_it_is_and_counts(db: Site, cast: Cast, make: Factory, as_: As) -> None:
    make.live_story()
    make.refused_story()
    make.returned_story()
    page = as_(cast.moderator).visit(f"/moderation/members/{cast.lan.handle}")
    facts = dict(
        zip(
            (one.get_text(strip=True) for one in page.soup.select(".member-side section:first-child dt")),
            (
                " ".join(one.get_text(" ").split())
                for one in page.soup.select(".member-side section:first-child dd")
            ),
            strict=True,
        )
    )
    assert facts["Standing"] == "good"
    assert facts["Reads"] == "Vietnamese and English"
    assert facts["Live texts"] == "1"
    assert facts["Refused or hidden in 90 days"] == "1 of 3 sent"


@pytest.mark.parametrize("body", ["", " \n\u200b ", "x" * 2001])
def test_a_note_has_words_and_its_length_and_what_was_typed_is_kept(
    db: Site, cast: Cast, as_: As, body: str
) -> None:
    page = as_(cast.moderator).visit(f"/moderation/members/{cast.lan.handle}").submit(NOTE_FORM, body=body)
    assert page.status == 422
    assert page.has("#note-error")
    assert page.form(NOTE_FORM).values()["body"] in (body, body.replace("\n", "\r\n"), body.strip())
    assert db.value("SELECT count(*) FROM note") == 0


def test_the_longest_note_is_kept_and_the_database_keeps_no_longer_one(db: Site, cast: Cast, as_: As) -> None:
    page = as_(cast.moderator).visit(f"/moderation/members/{cast.lan.handle}")
    assert page.submit(NOTE_FORM, body="x" * 2000).status == 200
    with pytest.raises(DatabaseError):
        db.execute("UPDATE note SET body = body || 'x'")


def test_the_same_note_sent_twice_is_one_note(db: Site, cast: Cast, as_: As) -> None:
    form = as_(cast.moderator).visit(f"/moderation/members/{cast.lan.handle}").form(NOTE_FORM)
    for _ in range(2):
        assert form.send(body="Once.").status == 302
    form.send(body="Twice.")
    assert db.rows("SELECT body FROM note ORDER BY id") == [("Once.",), ("Twice.",)]


def test_a_note_beside_a_text_leads_back_to_where_it_was_written(
    db: Site, cast: Cast, make: Factory, as_: As
) -> None:
    story, others = make.waiting_story(), make.waiting_story(by=cast.member)
    browser = as_(cast.moderator)
    path = f"/moderation/members/{cast.lan.handle}/notes"
    answer = browser.post(path, {"body": "See line 3.", "contribution": str(story), "back": "/moderation"})
    assert answer.location == "/moderation"
    assert browser.post(path, {"body": "No.", "contribution": str(others)}).status == 404
    assert browser.post(path, {"body": "No.", "contribution": "999999"}).status == 404
    assert browser.post(path, {"body": "Yes.", "back": "//example.com"}).location.startswith(
        "/moderation/members"
    )
    with db.reading():
        assert [note.body for note in queries.members.notes_on(cast.lan.id, story)] == ["Yes.", "See line 3."]
        assert [note.body for note in queries.members.notes_on(cast.lan.id, others)] == ["Yes."]


def test_members_never_see_notes_and_nobody_at_the_desk_those_about_themselves(
    db: Site, cast: Cast, as_: As
) -> None:
    admin = cast.admin
    for person in (cast.lan, cast.moderator):
        with db.writing():
            notes.write_note(person.account(), "Between us.", by=admin.account())
    assert as_(cast.lan).get(f"/moderation/members/{cast.lan.handle}").status == 404
    assert "Between us." not in as_(cast.lan).visit("/account/standing").html
    assert as_(cast.moderator).get(f"/moderation/members/{cast.moderator.handle}").status == 403
    assert "Between us." in as_(cast.admin).visit(f"/moderation/members/{cast.moderator.handle}").main


def test_an_admins_page_has_no_form_for_a_sanction(cast: Cast, as_: As) -> None:
    page = as_(cast.moderator).visit(f"/moderation/members/{cast.admin.handle}")
    assert page.has(NOTE_FORM)
    assert not page.has("form#sanction")


def test_a_handle_with_signs_no_handle_has_is_nobody(cast: Cast, as_: As) -> None:
    assert as_(cast.moderator).get("/moderation/members/%00").status == 404


def test_the_standing_page_lists_reasons_and_appeals_and_no_friendly_word(
    db: Site, cast: Cast, make: Factory, as_: As
) -> None:
    browser = as_(cast.lan)
    assert "All is well" in browser.visit("/account/standing").main
    make.returned_story(by=cast.lan)
    make.refused_story()
    number = make.live_story(text=wording("Down to the sea"))
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    page = browser.visit("/account/settings").follow("My standing")
    listed = page.soup.select("#statements ~ ul a")
    assert [link.get_text() for link in listed] == ["Down to the sea", "Over the pass"]
    puids = [puid for (puid,) in db.rows("SELECT puid FROM statement ORDER BY created_at DESC")]
    assert {str(link["href"]) for link in listed} == {f"/statements/{puid}" for puid in puids}
    assert browser.visit(str(listed[0]["href"])).status == 200
    warn(db, cast.lan, cast.moderator)
    browser.visit("/account/standing").follow("main a[href^='/appeals/']").submit(message="Look again.")
    page = browser.visit("/account/standing")
    assert page.follow("#appeals ~ ul a").status == 200


def test_somebodys_standing_is_only_theirs(db: Site, cast: Cast, as_: As) -> None:
    number = warn(db, cast.lan, cast.moderator, "Only for Lan.")
    assert "Only for Lan." not in as_(cast.member).visit("/account/standing").main
    assert as_(cast.member).post("/account/standing", {"warning": str(number)}).status == 302
    assert db.value("SELECT count(*) FROM sanction WHERE acknowledged_at IS NOT NULL") == 0


def test_a_timeline_costs_the_same_however_long_it_is(db: Site, cast: Cast, make: Factory, as_: As) -> None:
    browser, path = as_(cast.moderator), f"/moderation/members/{cast.lan.handle}"
    make.refused_story()
    warn(db, cast.lan, cast.moderator)
    with db.writing():
        notes.write_note(cast.lan.account(), "First.", by=cast.moderator.account())
    db.work()
    browser.visit(path)
    with db.count_queries() as few:
        browser.visit(path)
    for number in range(4):
        make.refused_story()
        warn(db, cast.lan, cast.moderator, f"Number {number}.")
    db.work()
    browser.visit(path)  # what is kept under the pulse is asked for anew
    with db.count_queries() as many:
        browser.visit(path)
    assert many.total <= few.total
