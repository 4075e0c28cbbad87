import pytest
from sqlalchemy.exc import IntegrityError

from community.contributions import actions, queries
from community.contributions.models import RevisionState, State
from community.kit.errors import Conflict, Invalid
from community.moderation.models import Outcome
from community.stories import actions as stories
from tests.cast import Cast
from tests.factories.contributions import BODY, Factory, contribution, form_id, revision, story, wording
from tests.helpers.site import Site


def keep(db: Site, cast: Cast, form: str, body: str, sequence: int) -> int:
    with db.writing():
        return stories.keep_new(form, wording(body=body), sequence=sequence, by=cast.lan.account()).id


def body_of(db: Site, number: int) -> str:
    with db.reading():
        return revision(number, RevisionState.DRAFT).body


def test_a_draft_keeps_what_was_typed_last(db: Site, cast: Cast) -> None:
    form = form_id()
    number = keep(db, cast, form, "one", 1)
    assert keep(db, cast, form, "one two", 2) == number
    assert keep(db, cast, form, "one two three", 3) == number
    assert body_of(db, number) == "one two three"
    assert db.value("SELECT count(*) FROM revision") == 1


def test_a_stale_tab_cannot_overwrite_newer_text(db: Site, cast: Cast) -> None:
    form = form_id()
    number = keep(db, cast, form, "one", 1)
    keep(db, cast, form, "newer, from the other tab", 5)
    with pytest.raises(Conflict):
        keep(db, cast, form, "older", 3)
    with pytest.raises(Conflict):
        keep(db, cast, form, "as old", 5)
    assert body_of(db, number) == "newer, from the other tab"


def test_saves_that_arrive_out_of_order_keep_the_newest(db: Site, cast: Cast) -> None:
    """The first to arrive makes the draft, whatever its number; a slower, older one must not undo it."""
    form = form_id()
    number = keep(db, cast, form, "third", 3)
    for sequence, body in ((1, "first"), (2, "second")):
        with pytest.raises(Conflict):
            keep(db, cast, form, body, sequence)
    assert body_of(db, number) == "third"


def test_a_tab_left_open_since_before_the_return_overwrites_nothing(
    db: Site, cast: Cast, make: Factory
) -> None:
    form = form_id()
    number = keep(db, cast, form, "The first text, long enough to submit.", 7)
    with db.writing():
        actions.submit(contribution(number), by=cast.lan.account())
    make.decide(number, Outcome.RETURN)
    with db.reading():
        known = revision(number, RevisionState.DRAFT).sequence
    with db.writing():
        stories.keep(
            story(number), wording(body="Revised after the notes."), sequence=known + 1, by=cast.lan.account()
        )
    with pytest.raises(Conflict), db.writing():
        stories.keep(
            story(number), wording(body="The forgotten tab speaks."), sequence=8, by=cast.lan.account()
        )
    assert body_of(db, number) == "Revised after the notes."


def test_a_repeated_save_is_no_stale_tab(db: Site, cast: Cast) -> None:
    form = form_id()
    number = keep(db, cast, form, "one", 1)
    keep(db, cast, form, "two", 2)
    assert keep(db, cast, form, "two", 2) == number
    assert body_of(db, number) == "two"


def test_a_form_belongs_to_its_author(db: Site, cast: Cast) -> None:
    form = form_id()
    first = keep(db, cast, form, "mine", 1)
    with db.writing():
        second = stories.keep_new(form, wording(body="theirs"), sequence=1, by=cast.member.account()).id
    assert first != second
    assert body_of(db, first) == "mine"


def test_what_waits_is_never_changed_by_its_author(db: Site, cast: Cast, make: Factory) -> None:
    number = make.waiting_story()
    with db.writing():
        stories.keep(
            story(number),
            wording(body="A quite different text than before."),
            sequence=9,
            by=cast.lan.account(),
        )
    with db.reading():
        assert revision(number, RevisionState.WAITING).body == BODY
        assert revision(number, RevisionState.DRAFT).body == "A quite different text than before."


def test_a_newer_submission_takes_the_place_of_the_waiting_one(db: Site, make: Factory) -> None:
    number = make.waiting_story()
    make.edit_waiting(number, wording(body="The second thoughts of a careful author."))
    with db.reading():
        states = [r.state for r in queries.revisions(number)]
        assert states == [RevisionState.SUPERSEDED, RevisionState.WAITING]
        assert contribution(number).version == 3


def test_numbers_go_up_by_one(db: Site, make: Factory) -> None:
    number = make.live_story()
    make.edit_waiting(number, wording(body="Second text, long enough to be submitted."))
    make.decide(number)
    make.edit_waiting(number, wording(body="Third text, long enough to be submitted too."))
    with db.reading():
        assert [(r.number, r.state) for r in queries.revisions(number)] == [
            (1, RevisionState.PAST),
            (2, RevisionState.LIVE),
            (3, RevisionState.WAITING),
        ]


@pytest.mark.parametrize("state", ["draft", "waiting"])
def test_the_database_allows_one_draft_and_one_waiting_revision(db: Site, make: Factory, state: str) -> None:
    number = make.draft_story()
    db.execute("UPDATE revision SET state = :state", state=state)
    columns = "contribution_id, title, body, html, excerpt, minutes, language, notes, sequence, created_at, saved_at"
    with pytest.raises(IntegrityError):
        db.execute(
            f"INSERT INTO revision (number, state, {columns}) "
            f"SELECT 2, :state, {columns} FROM revision WHERE contribution_id = :number",
            state=state,
            number=number,
        )


@pytest.mark.parametrize(("column", "length"), [("title", 141), ("body", 40_001)])
def test_the_database_limits_texts_too(db: Site, make: Factory, column: str, length: int) -> None:
    make.draft_story()
    with pytest.raises(Exception, match=r"length|too long"):
        db.execute(f"UPDATE revision SET {column} = :long", long="x" * length)


def test_nothing_is_submitted_without_a_draft(db: Site, cast: Cast, make: Factory) -> None:
    number = make.waiting_story()
    with db.writing(), pytest.raises(Conflict):
        actions.submit(contribution(number), by=cast.lan.account())


@pytest.mark.parametrize("body", ["", "   \n\n ", "\u200b\u2060\u3164" * 30])
def test_an_empty_text_is_not_submitted(db: Site, cast: Cast, body: str) -> None:
    with pytest.raises(Invalid), db.writing():
        stories.submit_new(form_id(), wording(body=body), sequence=1, by=cast.lan.account())
    assert db.value("SELECT count(*) FROM contribution") == 0


def test_a_submission_says_all_that_is_missing_at_once() -> None:
    with pytest.raises(Invalid) as refusal:
        stories.check(wording(title=" ", body="short", topic_id=None))
    assert set(refusal.value.errors) == {"title", "body", "topic"}


def test_a_form_sent_again_leads_to_the_same_story(db: Site, cast: Cast) -> None:
    form = form_id()
    made = []
    for _ in range(3):
        with db.writing():
            made.append(stories.submit_new(form, wording(), sequence=1, by=cast.lan.account()).id)
    assert len(set(made)) == 1
    assert db.value("SELECT count(*) FROM move") == 1


def test_a_form_sent_again_with_other_words_is_an_edit_of_what_waits(db: Site, cast: Cast) -> None:
    form = form_id()
    with db.writing():
        number = stories.submit_new(form, wording(), sequence=1, by=cast.lan.account()).id
    with db.writing():
        again = stories.submit_new(form, wording(title="Another title"), sequence=2, by=cast.lan.account())
        assert again.id == number
    with db.reading():
        assert contribution(number).state is State.WAITING
        assert revision(number, RevisionState.WAITING).title == "Another title"
        assert revision(number, RevisionState.SUPERSEDED).title == "Over the pass"


def test_what_is_public_is_drawn_when_it_is_submitted(db: Site, make: Factory) -> None:
    number = make.waiting_story(
        text=wording(body="**Bold** words of the road, <script>alert(1)</script> & more.")
    )
    with db.reading():
        text = revision(number, RevisionState.WAITING)
        assert "<strong>Bold</strong>" in text.html
        assert "<script" not in text.html
        assert text.excerpt.startswith("Bold words of the road")
        assert text.minutes == 1
