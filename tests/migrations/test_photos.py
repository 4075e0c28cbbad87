"""A site before it had photos: its texts show none, and down again nothing but photos is lost."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from community.contributions.models import Picture, Purpose
from community.kit import migrating, storage
from community.media.actions import sweeping
from community.stories import actions as stories
from tests.cast import Cast
from tests.conftest import MakeDatabase
from tests.factories.contributions import Factory, story, wording
from tests.factories.photos import Photos
from tests.helpers.site import Site
from tests.migrations import test_garage
from tests.migrations.test_desk import Connected, rows, schema

OLD, NEW = "7757352e3822", "e1d80a3c5b47"
TEXTS = (
    "SELECT id, contribution_id, number, state, title, body, vehicle_id, saved_at FROM revision ORDER BY id"
)
MOMENT = "'2026-03-02 09:00:00.000000'"
PHOTO = (
    "INSERT INTO photo (id, key, owner_id, state, name, length, received, areas, receipt, created_at, changed_at)"
    f" VALUES (1, '0123456789abcdef', 1, 'waiting', 'a.jpg', 10, 10, '[]', '{{}}', {MOMENT}, {MOMENT})"
)
FILE = "INSERT INTO photo_file (photo_id, name, width, height, bytes) VALUES ({}, '320.webp', 320, 200, 9)"
PART = "INSERT INTO upload_part (photo_id, start, bytes, name) VALUES ({}, 16777215, 1, 'uploads/01/x')"
CONSENT = (
    "INSERT INTO consent (contribution_id, purpose, version, given_at, revoked_at)"
    f" VALUES ({{}}, '{{}}', {{}}, {MOMENT}, {{}})"
)
GOOD = (PHOTO, FILE.format(1), PART.format(1), CONSENT.format(1, "quote", 1, "NULL"))
WRONG = (
    "UPDATE photo SET received = 11",
    "UPDATE photo SET received = -1",
    "UPDATE photo SET length = 0, received = 0",
    "UPDATE photo SET length = 16777217",
    "UPDATE photo SET received = 9",
    f"UPDATE photo SET name = '{'x' * 121}'",
    "UPDATE photo SET state = 'failed'",
    "UPDATE photo SET state = 'ready'",
    "UPDATE photo SET state = 'ready', width = 1, height = 1",
    "UPDATE photo SET state = 'lost'",
    "UPDATE photo SET owner_id = 99",
    "UPDATE photo SET contribution_id = 99",
    PHOTO.replace("VALUES (1,", "VALUES (2,"),
    FILE.format(99),
    FILE.format(1),
    PART.format(99),
    CONSENT.format(1, "quote", 2, "NULL"),
    CONSENT.format(1, "people", 0, "NULL"),
    CONSENT.format(1, "fame", 1, "NULL"),
    CONSENT.format(99, "people", 1, "NULL"),
    "DELETE FROM account",
    "UPDATE revision SET pictures = NULL",
)
RIGHT = (
    CONSENT.format(1, "quote", 2, MOMENT),
    CONSENT.format(1, "people", 1, "NULL"),
    "UPDATE photo SET state = 'failed', reason = 'broken', name = ''",
    "UPDATE photo SET state = 'ready', width = 20000, height = 20000, thumbhash = 'AAAA'",
    "UPDATE photo SET state = 'arriving', received = 0, length = 16777216",
)


@pytest.fixture
def old(empty_database: MakeDatabase) -> str:
    url = empty_database()
    migrating.upgrade(url, test_garage.OLD)
    with Connected(url, writing=True) as connection:
        test_garage.fill(connection, more=3)
        connection.commit()
    migrating.upgrade(url, OLD)
    return url


def write(url: str, *statements: str) -> None:
    with Connected(url, writing=True) as connection:
        for statement in statements:
            connection.execute(text(statement))
        connection.commit()


def test_every_text_shows_no_photos_and_is_otherwise_as_it_was(old: str) -> None:
    before = rows(old, TEXTS)
    migrating.upgrade(old, NEW)
    assert rows(old, TEXTS) == before != []
    assert rows(old, "SELECT DISTINCT pictures FROM revision") == [("[]",)]
    for table in ("photo", "photo_file", "upload_part", "consent"):
        assert rows(old, f"SELECT count(*) FROM {table}") == [(0,)]


def test_what_must_not_be_is_refused_and_what_may_be_is_not(old: str) -> None:
    migrating.upgrade(old, NEW)
    write(old, *GOOD)
    for statement in WRONG:
        with pytest.raises(DatabaseError):
            write(old, statement)
    write(old, *RIGHT)
    write(old, "DELETE FROM photo")
    assert rows(old, "SELECT (SELECT count(*) FROM photo_file), (SELECT count(*) FROM upload_part)") == [
        (0, 0)
    ]


def test_down_again_it_is_what_it_was_and_up_again_without_photos(old: str) -> None:
    words, texts = schema(old), rows(old, TEXTS)
    migrating.upgrade(old, NEW)
    new = schema(old)
    write(old, *GOOD, """UPDATE revision SET pictures = '[["0123456789abcdef", "A road", ""]]'""")
    migrating.downgrade(old, OLD)
    assert (schema(old), rows(old, TEXTS)) == (words, texts)
    migrating.upgrade(old, NEW)
    assert (schema(old), rows(old, TEXTS)) == (new, texts)
    assert rows(old, "SELECT DISTINCT pictures FROM revision") == [("[]",)]
    assert rows(old, "SELECT count(*) FROM photo") == [(0,)]


def test_files_outlive_their_rows_and_are_swept(empty_database: MakeDatabase, make_instance: Any) -> None:
    """A story that showed photos is read without them; their files go after a day, and the photos after them stay."""
    url, instance = empty_database(), make_instance()
    migrating.upgrade(url)
    site = Site(instance, url)
    cast = Cast(site)
    photos, make = Photos(site), Factory(site, cast)
    shown = tuple(Picture(photos.ready(cast.lan, look=look), "A road") for look in range(2))
    number = make.live_story(text=wording(pictures=shown))
    with site.writing():
        stories.agree(story(number), {Purpose.QUOTE, Purpose.PEOPLE})
    site.close()
    migrating.downgrade(url, OLD)
    migrating.upgrade(url)
    site = Site(instance, url)
    try:
        title = "SELECT r.title, r.pictures FROM contribution c JOIN revision r ON r.id = c.live_revision_id"
        assert site.rows(title) == [("Over the pass", "[]")]
        long_ago = (datetime.now(UTC) - timedelta(days=2)).timestamp()
        for file in (instance / "media").rglob("*.*"):
            os.utime(file, times=(long_ago, long_ago))
        later = Photos(site).ready(cast.lan)
        with site.reading():
            assert sweeping.remove_orphans(datetime.now(UTC) - timedelta(days=1)) == 6
            assert {Path(file.name).parts[2] for file in storage.listing()} == {later}
    finally:
        site.close()
