from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from flask import Flask, abort
from sqlalchemy import text

from community.kit import db as community_db
from community.kit import unit_of_work
from tests.factories.contributions import Factory
from tests.helpers.site import Site

PLANT = "UPDATE topic SET position = 99 WHERE id = 1"
POSITION = "SELECT position FROM topic WHERE id = 1"


@pytest.fixture
def plant(app: Flask, db: Site) -> Callable[[int], None]:
    """A page that writes one row and answers with the given status."""

    def add(status: int) -> None:
        def write() -> tuple[str, int]:
            community_db.session.execute(text(PLANT))
            if status == 500:
                raise RuntimeError("on purpose")
            if status >= 400:
                abort(status)
            return "written", status

        app.add_url_rule("/plant", "plant", write, methods=["GET", "POST"])
        app.extensions["csrf"].exempt(write)

    return add


@pytest.fixture(autouse=True)
def replant(db: Site) -> Iterator[None]:
    yield
    db.execute("UPDATE topic SET position = 1 WHERE id = 1")


def test_a_post_commits_once_it_is_answered(app: Flask, db: Site, plant: Callable[[int], None]) -> None:
    plant(200)
    assert app.test_client().post("/plant").status_code == 200
    assert db.value(POSITION) == 99


def test_a_get_writes_nothing(app: Flask, db: Site, plant: Callable[[int], None]) -> None:
    plant(200)
    app.test_client().get("/plant")
    assert db.value(POSITION) == 1


@pytest.mark.parametrize("status", [400, 403, 404, 409, 500])
def test_an_error_rolls_back(app: Flask, db: Site, plant: Callable[[int], None], status: int) -> None:
    plant(status)
    answer = app.test_client().post("/plant")
    assert answer.status_code == status
    assert db.value(POSITION) == 1


def test_a_failed_transaction_leaves_no_public_change_behind(db: Site, make: Factory) -> None:
    before = db.value("SELECT number FROM pulse")
    with suppress(RuntimeError), db.writing():
        unit_of_work.public_change()
        raise RuntimeError
    with db.writing():
        pass
    assert db.value("SELECT number FROM pulse") == before


def test_each_public_change_is_one_beat(db: Site) -> None:
    before = db.value("SELECT number FROM pulse")
    with db.writing():
        unit_of_work.public_change()
        unit_of_work.public_change()
    assert db.value("SELECT number FROM pulse") == before + 1


def test_a_reader_cannot_write_on_postgresql(site: Site) -> None:
    """On SQLite a reader's transaction is rolled back; PostgreSQL refuses the statement itself."""
    if site.is_sqlite:
        with site.reading():
            community_db.session.execute(text(PLANT))
    else:
        with site.reading(), pytest.raises(Exception, match="read-only transaction"):
            community_db.session.execute(text(PLANT))
    assert site.value(POSITION) == 1


def test_the_write_lock_is_given_back_before_slow_work_only_while_nothing_is_written(site: Site) -> None:
    with site.writing():
        community_db.session.execute(text("SELECT 1"))
        community_db.release()
        assert not community_db.session().in_transaction()
    with site.app.app_context():
        community_db.session.info["has_written"] = True
        community_db.session.execute(text("SELECT 1"))
        community_db.release()
        assert community_db.session().in_transaction()
        community_db.session.rollback()


def test_what_was_done_separately_stays_when_the_request_fails(app: Flask, db: Site) -> None:
    def write() -> str:
        community_db.session.execute(text("UPDATE topic SET position = 98 WHERE id = 1"))
        unit_of_work.separately(lambda: community_db.session.execute(text(PLANT)))
        community_db.session.execute(text("UPDATE topic SET position = 97 WHERE id = 1"))
        abort(409)

    app.add_url_rule("/separately", "separately", write, methods=["POST"])
    app.extensions["csrf"].exempt(write)
    assert app.test_client().post("/separately").status_code == 409
    assert db.value(POSITION) == 99


def test_what_fails_separately_leaves_nothing_and_harms_nothing(app: Flask, db: Site) -> None:
    def fail() -> None:
        community_db.session.execute(text("UPDATE topic SET position = 97 WHERE id = 1"))
        raise RuntimeError("on purpose")

    with app.test_request_context(method="POST"), suppress(RuntimeError):
        unit_of_work.separately(lambda: community_db.session.execute(text(PLANT)))
        unit_of_work.separately(fail)
    assert db.value(POSITION) == 99
