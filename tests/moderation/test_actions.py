from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy.exc import DatabaseError

from community.contributions.models import RevisionState, State
from community.kit.errors import Conflict, Forbidden, Invalid
from community.kit.languages import INTERFACE
from community.moderation import actions, queries
from community.moderation.actions import Ruling, reviews
from community.moderation.models import RESTRICTIONS, Decision, Outcome, Rank
from community.moderation.processing import worded
from tests.cast import Cast, Person
from tests.factories.contributions import BODY, Factory, contribution, decision, revision, ruling, wording
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

WAITING = (Outcome.APPROVE, Outcome.RETURN, Outcome.REFUSE)
DECISIONS = "SELECT count(*) FROM decision"


def decide(
    db: Site, number: int, person: Person, given: Ruling, on: RevisionState = RevisionState.WAITING
) -> None:
    with db.writing():
        actions.decide(contribution(number), revision(number, on), given, by=person.account())


def decide_on(db: Site, number: int, revision_id: int, given: Ruling, person: Person) -> None:
    """On one revision, whatever became of it."""
    with db.writing():
        text = queries.revision(revision_id)
        assert text is not None
        actions.decide(contribution(number), text, given, by=person.account())


def drawn(db: Site, number: int, outcome: Outcome, on: RevisionState = RevisionState.WAITING) -> Ruling:
    """What a moderator who has the page before them would send."""
    with db.reading():
        return ruling(outcome, contribution(number), revision(number, on))


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Outcome.APPROVE, State.LIVE), (Outcome.RETURN, State.DRAFT), (Outcome.REFUSE, State.REFUSED)],
)
def test_a_decision_moves_and_is_written_down(
    db: Site, cast: Cast, make: Factory, clock: StillClock, outcome: Outcome, state: State
) -> None:
    number = make.waiting_story()
    clock.advance(hours=3)
    decide(db, number, cast.moderator, drawn(db, number, outcome))
    with db.reading():
        assert contribution(number).state is state
        (found,) = queries.decisions_on(number)
        assert (found.outcome, found.by_id, found.author_id) == (outcome, cast.moderator.id, cast.lan.id)
        assert (found.revision_number, found.version, found.waited_seconds) == (1, 2, 3 * 3600)
        assert (found.language, found.country, found.kind) == ("en", "VN", "story")


def made_for(outcome: Outcome, db: Site, make: Factory) -> int:
    """A contribution on which this outcome is lawful."""
    if outcome in WAITING:
        return make.waiting_story()
    number = make.hidden_story() if outcome is Outcome.RESTORE else make.live_story()
    if outcome is Outcome.KEEP:
        with db.writing():
            found = revision(number, RevisionState.LIVE)
            reviews.open_for(found, contribution(number), rank=Rank.REPORTED, at=found.created_at)
    if outcome is Outcome.UNLOCK:
        make.decide(number, Outcome.LOCK, on=RevisionState.LIVE)
    return number


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.UNDO])
@pytest.mark.parametrize("without", ["ground", "explanation", "blank explanation"])
def test_reasons_are_needed_for_what_takes_something_away(
    db: Site, cast: Cast, make: Factory, outcome: Outcome, without: str
) -> None:
    on = RevisionState.WAITING if outcome in WAITING else RevisionState.LIVE
    number = made_for(outcome, db, make)
    given = drawn(db, number, outcome, on)
    given = (
        replace(given, ground=None)
        if without == "ground"
        else replace(given, explanation="" if without == "explanation" else " \n\u200b ")
    )
    before = db.value(DECISIONS)
    needed = outcome in RESTRICTIONS if without == "ground" else outcome in {*RESTRICTIONS, Outcome.RETURN}
    if not needed:
        decide(db, number, cast.moderator, given, on)
        assert db.value(DECISIONS) == before + 1
        return
    with pytest.raises(Invalid) as refusal:
        decide(db, number, cast.moderator, given, on)
    assert set(refusal.value.errors) == {without.removeprefix("blank ")}
    assert db.value(DECISIONS) == before


def test_an_explanation_has_its_length(db: Site, cast: Cast, make: Factory) -> None:
    number = make.waiting_story()
    given = replace(drawn(db, number, Outcome.RETURN), explanation="x" * 2001)
    with pytest.raises(Invalid):
        decide(db, number, cast.moderator, given)
    decide(db, number, cast.moderator, replace(given, explanation="x" * 2000))


@pytest.mark.parametrize("column", ["ground", "explanation"])
@pytest.mark.parametrize("outcome", ["refuse", "hide"])
def test_the_database_holds_no_restriction_without_reasons(
    db: Site, make: Factory, outcome: str, column: str
) -> None:
    make.refused_story()
    value = "NULL" if column == "ground" else "'  '"
    with pytest.raises(DatabaseError, match="ck_decision_restriction_has_reasons"):
        db.execute(copied(outcome=f"'{outcome}'", **{column: value}))


def test_the_database_holds_no_return_without_notes(db: Site, make: Factory) -> None:
    make.returned_story()
    with pytest.raises(DatabaseError, match="ck_decision_return_has_notes"):
        db.execute(copied(explanation="''"))


def test_the_database_holds_no_decision_on_ones_own(db: Site, make: Factory) -> None:
    make.returned_story()
    with pytest.raises(DatabaseError, match="ck_decision_not_own"):
        db.execute(copied(by_id="author_id"))
    db.execute(copied())


def copied(**changes: str) -> str:
    """SQL that adds the decision there is once more, with something changed."""
    columns = [column.name for column in Decision.__table__.columns if column.name != "id"]
    chosen = ", ".join(changes.get(name, name) for name in columns)
    return f"INSERT INTO decision ({', '.join(columns)}) SELECT {chosen} FROM decision ORDER BY id LIMIT 1"


@pytest.mark.parametrize("who", ["moderator", "admin"])
def test_nobody_decides_on_their_own(db: Site, cast: Cast, make: Factory, who: str) -> None:
    person = getattr(cast, who)
    number = make.waiting_story(by=person)
    with pytest.raises(Forbidden):
        decide(db, number, person, drawn(db, number, Outcome.APPROVE))
    with db.reading():
        assert contribution(number).state is State.WAITING


@pytest.mark.parametrize("first", WAITING)
@pytest.mark.parametrize("second", WAITING)
def test_the_second_of_two_is_told(
    db: Site, cast: Cast, make: Factory, first: Outcome, second: Outcome
) -> None:
    number, other = make.waiting_story(), cast.other_moderator
    seen_by_both = drawn(db, number, second)
    make.decide(number, first)
    with db.reading():
        revision_id = queries.decisions_on(number)[0].revision_id
    with pytest.raises(Conflict):
        decide_on(db, number, revision_id, seen_by_both, other)
    assert db.value(DECISIONS) == 1


@pytest.mark.parametrize("field", ["revision_number", "version"])
def test_a_decision_names_revision_and_version(db: Site, cast: Cast, make: Factory, field: str) -> None:
    number = make.waiting_story()
    given = drawn(db, number, Outcome.APPROVE)
    with pytest.raises(Conflict):
        decide(db, number, cast.moderator, replace(given, **{field: getattr(given, field) + 1}))
    with db.reading():
        assert contribution(number).state is State.WAITING


def test_what_was_exchanged_during_the_review_is_not_approved(db: Site, cast: Cast, make: Factory) -> None:
    number = make.waiting_story()
    given = drawn(db, number, Outcome.APPROVE)
    make.edit_waiting(number, wording(body="Buy cheap tyres at my shop, today and tomorrow."))
    with pytest.raises(Conflict):
        decide(db, number, cast.moderator, given)
    with db.reading():
        assert contribution(number).state is State.WAITING


@pytest.mark.parametrize("outcome", [Outcome.HIDE, Outcome.RESTORE])
def test_what_waits_is_neither_hidden_nor_restored(
    db: Site, cast: Cast, make: Factory, outcome: Outcome
) -> None:
    number = make.waiting_story()
    with pytest.raises(Conflict):
        decide(db, number, cast.moderator, drawn(db, number, outcome))


def test_hidden_and_restored_keep_their_date_and_text(db: Site, make: Factory, clock: StillClock) -> None:
    number = make.live_story()
    published = clock.moment
    clock.advance(days=2)
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    clock.advance(days=2)
    make.decide(number, Outcome.RESTORE, on=RevisionState.LIVE)
    with db.reading():
        thing = contribution(number)
        assert thing.live_revision is not None
        assert (thing.published_at, thing.live_revision.body) == (published, BODY)


def test_the_author_is_told_by_a_job_of_the_same_transaction(db: Site, cast: Cast, make: Factory) -> None:
    number = make.waiting_story()
    with suppress(RuntimeError), db.writing():
        actions.decide(
            contribution(number),
            revision(number, RevisionState.WAITING),
            ruling(Outcome.APPROVE, contribution(number), revision(number, RevisionState.WAITING)),
            by=cast.moderator.account(),
        )
        raise RuntimeError
    assert db.value("SELECT count(*) FROM job") == 0
    made = make.decide(number)
    assert db.rows("SELECT kind FROM job") == [("mail.decision",)]
    with db.reading():
        assert decision(made).outcome is Outcome.APPROVE


def test_every_clause_in_force_has_words_in_every_interface_language(site: Site) -> None:
    with site.app.test_request_context():
        found = queries.clauses_in_force()
        assert [c.number for c in found] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3"]
        for clause in found:
            said = {worded(clause, language).text for language in INTERFACE}
            assert len(said) == len(INTERFACE)


@pytest.mark.parametrize(
    "words", ["Call 0901 234 567 to check.", "lan@example.test wrote it.", "Lan Nguyễn sold it."]
)
def test_the_facts_name_nobody(db: Site, cast: Cast, make: Factory, words: str) -> None:
    number = make.waiting_story()
    given = replace(drawn(db, number, Outcome.REFUSE), facts=words)
    with pytest.raises(Invalid) as refusal:
        decide(db, number, cast.moderator, given)
    assert set(refusal.value.errors) == {"facts"}
    decide(
        db, number, cast.moderator, replace(given, facts="The text offers a car for sale in its last line.")
    )
    facts = db.value("SELECT decision_facts FROM statement")
    assert facts == "The text offers a car for sale in its last line."
