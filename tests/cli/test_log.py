"""``community log verify``: whoever gets past the triggers and changes the log is found."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from click.testing import Result

from community.cli.log import log as command
from community.moderation.actions import verifying
from community.moderation.models import Act, Outcome
from tests.cast import Cast
from tests.factories.contributions import Factory
from tests.helpers.clock import StillClock
from tests.helpers.site import Site
from tests.moderation.histories import invented, lived

TRIGGERS = ("log_entry_refuses_update", "log_entry_refuses_delete")
Verify = Callable[[], Result]


@pytest.fixture
def verify(site: Site) -> Verify:
    return lambda: site.app.test_cli_runner().invoke(command, ["verify"])


@pytest.fixture
def lines(site: Site, clock: StillClock) -> int:
    invented(site, clock, seed=12, lines=40, days=10)
    return int(site.value("SELECT max(number) FROM log_entry"))


@contextmanager
def past_the_guards(site: Site) -> Iterator[None]:
    """As somebody who owns the database: no triggers, no foreign keys."""
    if not site.is_sqlite:
        site.execute("ALTER TABLE log_entry DISABLE TRIGGER ALL")
        yield
        site.execute("ALTER TABLE log_entry ENABLE TRIGGER ALL")
        return
    kept = [site.value("SELECT sql FROM sqlite_master WHERE name = :name", name=name) for name in TRIGGERS]
    for name in TRIGGERS:
        site.execute(f"DROP TRIGGER {name}")
    yield
    for statement in kept:
        site.execute(statement)


def tamper(site: Site, *statements: str) -> None:
    with past_the_guards(site):
        if site.is_sqlite:
            # A pragma counts only outside of transactions: on a connection of its own.
            connection = sqlite(site)
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            for statement in statements:
                connection.execute(statement)
            connection.commit()
            connection.close()
            return
        for statement in statements:
            site.execute(statement)


def sqlite(site: Site) -> sqlite3.Connection:
    return sqlite3.connect(site.settings.database_url.removeprefix("sqlite:///"), timeout=10)


def test_a_log_that_holds_says_how_long_it_is(site: Site, verify: Verify, lines: int) -> None:
    last = site.value("SELECT hash FROM log_entry ORDER BY number DESC LIMIT 1")
    done = verify()
    assert (done.exit_code, done.output) == (0, f"{lines} lines, last hash {last}\n")


def test_an_empty_log_holds(verify: Verify) -> None:
    assert (verify().exit_code, verify().output) == (0, "0 lines, last hash none\n")


def test_what_people_did_holds(
    site: Site, cast: Cast, make: Factory, clock: StillClock, verify: Verify
) -> None:
    lived(site, cast, make, clock, seed=3, days=30)
    assert verify().exit_code == 0, verify().output


@pytest.mark.parametrize("at_once", [1, 3, 17, 1000])
def test_batches_make_no_difference(
    verify: Verify, lines: int, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(verifying, "AT_ONCE", at_once)
    assert verify().output.startswith(f"{lines} lines, ")


@pytest.mark.parametrize(
    "change",
    [
        "act = 'approve', ground = NULL",
        "language = 'fi'",
        "country = 'FI'",
        "kind = 'photo'",
        "waited_seconds = coalesce(waited_seconds, 0) + 1",
        "clause_version = coalesce(clause_version, 0) + 1",
        "is_detected_by_machine = NOT is_detected_by_machine",
        "of_number = CASE WHEN of_number = 1 THEN 2 ELSE 1 END",
        "hash = 'f' || substr(hash, 2, 62) || 'f'",
        "source = 'TRUSTED_FLAGGER', category = 'STATEMENT_CATEGORY_ANIMAL_WELFARE', result = 'gone'",
    ],
)
def test_a_changed_line_is_found(site: Site, verify: Verify, lines: int, change: str) -> None:
    tamper(site, f"UPDATE log_entry SET {change} WHERE number = 17")
    assert (verify().exit_code, verify().output) == (1, "line 17: changed\n")


def test_a_moment_put_back_is_found(site: Site, verify: Verify, lines: int) -> None:
    earlier = "datetime(created_at, '-1 second')" if site.is_sqlite else "created_at - interval '1 second'"
    tamper(site, f"UPDATE log_entry SET created_at = {earlier} WHERE number = 5")
    assert verify().output == "line 5: changed\n"


def test_nonsense_in_a_line_is_a_fault_and_no_failure(site: Site, verify: Verify, lines: int) -> None:
    if site.is_sqlite:
        tamper(site, "UPDATE log_entry SET act = 'rob', created_at = 'long ago' WHERE number = 9")
    else:
        tamper(site, "UPDATE log_entry SET ground = 'rob' WHERE number = 9")
    assert (verify().exit_code, verify().output) == (1, "line 9: changed\n")


def test_a_line_taken_out_of_the_middle_is_found(site: Site, verify: Verify, lines: int) -> None:
    tamper(site, "DELETE FROM log_entry WHERE number = 18")
    assert (verify().exit_code, verify().output) == (1, "line 18: missing\n")


def test_the_first_line_taken_out_is_found(site: Site, verify: Verify, lines: int) -> None:
    tamper(site, "DELETE FROM log_entry WHERE number = 1")
    assert verify().output == "line 1: missing\n"


def test_two_lines_that_changed_places_are_found(site: Site, verify: Verify, lines: int) -> None:
    tamper(
        site,
        "UPDATE log_entry SET number = 99999 WHERE number = 7",
        "UPDATE log_entry SET number = 7 WHERE number = 8",
        "UPDATE log_entry SET number = 8 WHERE number = 99999",
    )
    assert verify().output == "line 7: changed\n"


def test_an_end_that_was_cut_off_is_found(
    site: Site, cast: Cast, make: Factory, clock: StillClock, verify: Verify
) -> None:
    for outcome in (Outcome.APPROVE, Outcome.RETURN, Outcome.REFUSE):
        make.decide(make.waiting_story(), outcome)
    tamper(site, "DELETE FROM log_entry WHERE number = 3")
    assert (verify().exit_code, verify().output) == (1, "line 3: missing\n")
    tamper(site, "DELETE FROM log_entry")
    assert verify().output == "line 1: missing\n"


def test_an_answer_cut_off_at_the_end_is_found(
    site: Site, cast: Cast, make: Factory, clock: StillClock, verify: Verify
) -> None:
    lived_until(site, cast, make, clock, Act.ANSWER)
    last = site.value("SELECT max(number) FROM log_entry WHERE act = 'answer'")
    tamper(site, f"DELETE FROM log_entry WHERE number >= {last}")
    assert verify().exit_code == 1


def lived_until(site: Site, cast: Cast, make: Factory, clock: StillClock, act: Act) -> None:
    for seed in range(20):
        lived(site, cast, make, clock, seed=seed, days=1)
        if site.value("SELECT act FROM log_entry ORDER BY number DESC LIMIT 1") == act:
            return
    raise AssertionError(f"no day ended with {act}")


def test_a_decision_without_a_line_is_found(site: Site, cast: Cast, make: Factory, verify: Verify) -> None:
    decided = make.decide(make.waiting_story())
    guards = ("decision_refuses_update",) if site.is_sqlite else ()
    for name in guards:
        site.execute(f"DROP TRIGGER {name}")
    if not site.is_sqlite:
        site.execute("ALTER TABLE decision DISABLE TRIGGER ALL")
    site.execute("UPDATE decision SET log_number = NULL")
    if not site.is_sqlite:
        site.execute("ALTER TABLE decision ENABLE TRIGGER ALL")
    assert (verify().exit_code, verify().output) == (1, f"decision {decided}: no line\n")


def test_a_line_slipped_in_at_the_end_must_be_chained(site: Site, verify: Verify, lines: int) -> None:
    tamper(
        site,
        "INSERT INTO log_entry (number, created_at, act, kind, language, country, is_detected_by_machine, hash) "
        f"SELECT number + 1, created_at, act, kind, language, country, is_detected_by_machine, hash FROM log_entry "
        f"WHERE number = {lines}",
    )
    assert verify().output == f"line {lines + 1}: changed\n"


def test_verifying_changes_nothing(site: Site, verify: Verify, lines: int) -> None:
    before = site.rows("SELECT * FROM log_entry ORDER BY number"), site.rows("SELECT * FROM pulse")
    verify()
    assert (site.rows("SELECT * FROM log_entry ORDER BY number"), site.rows("SELECT * FROM pulse")) == before
