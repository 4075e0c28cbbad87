import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from community.contributions import actions, queries
from community.contributions.models import Move, RevisionState, State
from community.kit import db as database
from community.kit.errors import Conflict
from community.moderation.models import Decision, Outcome
from tests.cast import Cast
from tests.factories.contributions import BODY, Factory, contribution, revision, wording
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

EDITED = "The same pass, a year later, and this time in the sun."


def logged(db: Site, number: int) -> list[tuple[str, str, str]]:
    with db.reading():
        return [(move.old.value, move.new.value, move.cause) for move in queries.moves(number)]


def test_the_whole_life_is_in_the_log(db: Site, cast: Cast, make: Factory) -> None:
    number = make.returned_story()
    make.edit_waiting(number, wording(body=EDITED))
    make.decide(number)
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    make.decide(number, Outcome.RESTORE, on=RevisionState.LIVE)
    with db.writing():
        actions.withdraw(contribution(number), by=cast.lan.account())
    assert logged(db, number) == [
        ("draft", "waiting", "submit"),
        ("waiting", "draft", "return"),
        ("draft", "waiting", "submit"),
        ("waiting", "live", "approve"),
        ("live", "hidden", "hide"),
        ("hidden", "live", "restore"),
        ("live", "withdrawn", "withdraw"),
    ]
    with db.reading():
        assert contribution(number).version == 8
        last = queries.moves(number)[-1]
        assert (last.author_id, last.by_id) == (cast.lan.id, cast.lan.id)
        assert queries.moves(number)[3].by_id == cast.moderator.id


def test_publishing_shows_the_reviewed_text(db: Site, make: Factory, clock: StillClock) -> None:
    number = make.live_story()
    with db.reading():
        thing = contribution(number)
        assert thing.live_revision is not None
        assert (thing.live_revision.body, thing.live_revision.state) == (BODY, RevisionState.LIVE)
        assert (thing.published_at, thing.edited_at) == (clock.moment, None)


def test_an_edit_of_a_live_text_waits_while_the_old_one_stays(
    db: Site, make: Factory, clock: StillClock
) -> None:
    number = make.live_story()
    published = clock.moment
    clock.advance(days=1)
    make.edit_waiting(number, wording(body=EDITED, language="vi"))
    with db.reading():
        thing = contribution(number)
        assert thing.live_revision is not None
        assert (thing.state, thing.live_revision.body, thing.language) == (State.LIVE, BODY, "en")
    clock.advance(days=1)
    make.decide(number)
    with db.reading():
        thing = contribution(number)
        assert thing.live_revision is not None
        assert (thing.live_revision.body, thing.language) == (EDITED, "vi")
        assert (thing.published_at, thing.edited_at) == (published, clock.moment)


@pytest.mark.parametrize("outcome", [Outcome.RETURN, Outcome.REFUSE])
def test_an_edit_that_is_not_taken_leaves_the_live_text(db: Site, make: Factory, outcome: Outcome) -> None:
    number = make.live_story()
    make.edit_waiting(number, wording(body=EDITED))
    make.decide(number, outcome)
    with db.reading():
        thing = contribution(number)
        assert thing.live_revision is not None
        assert (thing.state, thing.live_revision.body) == (State.LIVE, BODY)


def test_a_returned_text_comes_back_as_a_draft_with_the_notes(db: Site, make: Factory) -> None:
    number = make.returned_story()
    with db.reading():
        draft = revision(number, RevisionState.DRAFT)
        returned = queries.returned_revision(number)
        assert (draft.number, draft.body) == (2, BODY)
        assert returned is not None
        assert returned.notes == "Please look at the second paragraph again."


def test_a_return_keeps_a_newer_draft(db: Site, make: Factory) -> None:
    number = make.waiting_story()
    with db.writing():
        actions.save_draft(contribution(number), wording(body="A newer draft is here."), sequence=1)
    make.decide(number, Outcome.RETURN)
    with db.reading():
        assert revision(number, RevisionState.DRAFT).body == "A newer draft is here."


def test_notes_are_of_the_last_decision_only(db: Site, make: Factory, clock: StillClock) -> None:
    number = make.returned_story()
    clock.advance(hours=1)
    make.edit_waiting(number, wording(body=EDITED))
    make.decide(number)
    with db.reading():
        assert queries.returned_revision(number) is None


def test_withdrawing_ends_what_waits_and_loses_no_word(db: Site, cast: Cast, make: Factory) -> None:
    number = make.live_story()
    make.edit_waiting(number, wording(body=EDITED))
    with db.writing():
        actions.withdraw(contribution(number), by=cast.lan.account())
    with db.reading():
        assert [r.body for r in queries.revisions(number)] == [BODY, EDITED]
        assert queries.revision_in(number, RevisionState.WAITING) is None
    with db.writing(), pytest.raises(Conflict):
        actions.withdraw(contribution(number), by=cast.lan.account())


@pytest.mark.parametrize("made", ["refused_story", "hidden_story", "withdrawn_story"])
def test_what_has_ended_is_not_submitted_again(db: Site, cast: Cast, make: Factory, made: str) -> None:
    number = getattr(make, made)()
    with db.writing():
        actions.save_draft(contribution(number), wording(body=EDITED), sequence=1)
    with db.writing(), pytest.raises(Conflict):
        actions.submit(contribution(number), by=cast.lan.account())


def test_a_move_on_an_old_version_changes_nothing(db: Site, cast: Cast, make: Factory) -> None:
    number = make.waiting_story()
    with db.writing(), pytest.raises(Conflict):
        actions.publish(
            contribution(number),
            revision(number, RevisionState.WAITING),
            by=cast.moderator.account(),
            version=1,
            cause="approve",
        )
    assert logged(db, number) == [("draft", "waiting", "submit")]


def test_a_refused_move_announces_nothing(db: Site, cast: Cast, make: Factory) -> None:
    number = make.hidden_story()
    before = db.value("SELECT number FROM pulse")
    with db.writing():
        it, by = contribution(number), cast.moderator.account()
        with pytest.raises(Conflict):
            actions.hide(it, by=by, version=it.version, statement_puid=it.statement_puid or "")
    assert db.value("SELECT number FROM pulse") == before


@pytest.mark.parametrize("table", ["move", "decision"])
def test_the_logs_refuse_to_be_changed(db: Site, make: Factory, table: str) -> None:
    make.live_story()
    before = db.rows(f"SELECT * FROM {table}")
    with pytest.raises(DatabaseError, match="append-only"):
        db.execute(f"UPDATE {table} SET author_id = author_id")
    with pytest.raises(DatabaseError, match="append-only"):
        db.execute(f"DELETE FROM {table}")
    assert db.rows(f"SELECT * FROM {table}") == before


def test_the_logs_refuse_the_models_too(db: Site, make: Factory) -> None:
    make.live_story()
    for change in (
        update(Move).values(cause="x"),
        delete(Move),
        update(Decision).values(version=9),
        delete(Decision),
    ):
        with pytest.raises(DatabaseError, match="append-only"), db.writing():
            database.session.execute(change)


def test_live_needs_a_text_and_a_date(db: Site, make: Factory) -> None:
    make.waiting_story()
    with pytest.raises(DatabaseError, match="ck_contribution_live_has_"):
        db.execute("UPDATE contribution SET state = 'live'")
