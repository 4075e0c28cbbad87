"""A site before authors could object to translations: down and up again, every objection is what it was."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from community.kit import migrating
from community.moderation.actions import reports
from community.moderation.actions.reports import Notice
from community.moderation.models import Reason
from tests.cast import Cast
from tests.conftest import MakeDatabase
from tests.factories.contributions import Factory, contribution
from tests.factories.translations import Translations
from tests.helpers.site import Site
from tests.migrations.test_desk import rows, schema
from tests.migrations.test_photos import write

OLD = "c8d2e3f4a5b6"
KEPT = "SELECT reason, reporter_key, explanation FROM report ORDER BY id"


def objected(site: Site) -> None:
    """By the author of the original, who also reports it for another reason."""
    cast = Cast(site)
    make = Factory(site, cast)
    number = Translations(site, make).live(make.live_story(), "vi", cast.member)
    for reason in (Reason.MISTRANSLATION, Reason.OTHER):
        notice = Notice(
            reason=reason,
            explanation="It says that the bridge is closed.",
            seen=None,
            language="en",
            form_id=f"an-objection-{reason}",
            origin="0" * 64,
        )
        with site.writing():
            reports.report(contribution(number), notice, by=cast.lan.account())


def test_an_objection_goes_down_and_up_again(
    empty_database: MakeDatabase, make_instance: Callable[[], Path], judged_once: None
) -> None:
    url = empty_database()
    migrating.upgrade(url)
    site = Site(make_instance(), url)
    objected(site)
    site.close()
    before, drawn = rows(url, KEPT), schema(url)
    assert [row[0] for row in before] == ["mistranslation", "other"]
    migrating.downgrade(url, OLD)
    assert {row[0] for row in rows(url, KEPT)} == {"other"}
    with pytest.raises(DatabaseError, match="reason"):
        write(url, "UPDATE report SET reason = 'mistranslation'")
    migrating.upgrade(url)
    assert rows(url, KEPT) == before
    assert schema(url) == drawn
