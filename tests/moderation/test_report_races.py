"""Reports that come at one moment, on both databases."""

import pytest

from community.contributions import queries
from community.contributions.models import RevisionState
from community.kit.errors import Conflict, NotFound
from community.moderation.actions import correcting, reports
from community.moderation.actions.reports import Notice
from community.moderation.models import Outcome, Reason
from tests.cast import Cast, Person
from tests.factories.contributions import Factory, contribution, wording
from tests.faults.test_races import together
from tests.helpers.desk import assert_all_holds
from tests.helpers.site import Site

pytestmark = pytest.mark.race
AT_ONCE = 8
ROUNDS = 10


def report(site: Site, number: int, form: str, by: Person | None = None, email: str = "") -> str:
    given = Notice(
        reason=Reason.SCAM,
        explanation="It sells a car that is not there.",
        seen=1,
        language="en",
        form_id=form,
        origin="0" * 64,
        name="Ann",
        email=email,
    )
    with site.writing():
        return reports.report(contribution(number), given, by=by.account() if by else None).reference


def correct(site: Site, number: int, by: Person, language: str = "id", version: int = 0) -> str:
    with site.writing():
        thing = contribution(number)
        text = queries.newest_revision(number)
        assert text is not None
        seen = version or thing.version
        return correcting.correct_language(thing, text, language, by=by.account(), version=seen).language


def test_many_reporters_at_once_are_one_review_that_counts_them_all(
    site: Site, cast: Cast, make: Factory
) -> None:
    for _ in range(ROUNDS):
        number = make.live_story()
        given = together(
            [
                lambda n=n, number=number: report(  # type: ignore[misc]
                    site, number, f"form-{number}-{n}", email=f"ann{n}@example.test"
                )
                for n in range(AT_ONCE)
            ]
        )
        assert len(set(given)) == AT_ONCE, given
        counted = "SELECT report_count FROM review WHERE contribution_id = :n AND closed_at IS NULL"
        assert site.value(counted, n=number) == AT_ONCE
    assert site.value("SELECT sum(waiting) FROM backlog") == ROUNDS
    assert site.value("SELECT count(*) FROM log_entry WHERE act = 'report'") == ROUNDS * AT_ONCE


def test_one_form_sent_many_times_at_once_is_one_report(site: Site, cast: Cast, make: Factory) -> None:
    number = make.live_story()
    given = together([lambda: report(site, number, "one-form-of-mine", cast.member)] * AT_ONCE)
    assert len(set(given)) == 1, given
    assert site.value("SELECT count(*) FROM report") == 1
    assert site.value("SELECT report_count FROM review WHERE closed_at IS NULL") == 1


def test_of_many_forms_of_one_reporter_one_is_taken_in(site: Site, cast: Cast, make: Factory) -> None:
    number = make.live_story()
    acts = [lambda n=n: report(site, number, f"a-form-{n}", cast.member) for n in range(AT_ONCE)]
    given = together(acts)
    assert [type(one) for one in given if not isinstance(one, str)] == [Conflict] * (AT_ONCE - 1)
    assert site.value("SELECT count(*) FROM report") == 1


def test_a_report_beside_a_hide_is_answered_or_comes_too_late(site: Site, cast: Cast, make: Factory) -> None:
    for n in range(ROUNDS):
        number = make.live_story()
        said, hidden = together(
            [
                lambda number=number, n=n: report(site, number, f"form-number-{n}", cast.member),  # type: ignore[misc]
                lambda number=number: make.decide(number, Outcome.HIDE, on=RevisionState.LIVE),  # type: ignore[misc]
            ]
        )
        assert isinstance(hidden, int), hidden
        assert isinstance(said, str | NotFound), said
    assert site.value("SELECT count(*) FROM report WHERE answered_at IS NULL") == 0
    assert site.value("SELECT count(*) FROM review WHERE closed_at IS NULL") == 0


def test_a_report_beside_a_correction_is_filed_under_one_of_the_two_languages(
    site: Site, cast: Cast, make: Factory
) -> None:
    for n in range(ROUNDS):
        number = make.live_story(text=wording(language="ms"))
        said, corrected = together(
            [
                lambda number=number, n=n: report(site, number, f"form-number-{n}", cast.member),  # type: ignore[misc]
                lambda number=number: correct(site, number, cast.moderator),  # type: ignore[misc]
            ]
        )
        assert isinstance(said, str), said
        assert corrected == "id", corrected
    assert_all_holds(site)


def test_of_two_corrections_at_once_one_is_too_late_and_the_other_whole(
    site: Site, cast: Cast, make: Factory
) -> None:
    other = cast.other_moderator
    for _ in range(ROUNDS):
        number = make.waiting_story(text=wording(language="ms"))
        given = together(
            [
                lambda number=number: correct(site, number, cast.moderator, version=2),  # type: ignore[misc]
                lambda number=number: correct(site, number, other, "jv", version=2),  # type: ignore[misc]
            ]
        )
        assert sum(isinstance(one, Conflict) for one in given) == 1, given
        said = "SELECT DISTINCT language FROM revision WHERE contribution_id = :n"
        assert site.value(said, n=number) in given
    assert_all_holds(site)
