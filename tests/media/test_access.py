"""Who sees which photo: one line for each thing that can become of the text it is in."""

import pytest

from community.kit import storage
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import BODY
from tests.factories.photos import Photos
from tests.helpers.browser import Browser
from tests.helpers.site import Site
from tests.media.sending import jpeg, sent
from tests.media.texts import STATES, Texts

ALL = {"owner", "stranger", "signed out", "moderator", "admin"}
DESK = {"owner", "moderator", "admin"}
OWNER = {"owner"}
SEEN_BY: dict[str, set[str]] = {
    "in no text": OWNER,
    "in a draft": OWNER,
    "taken out of a draft": OWNER,
    "waiting": DESK,
    "live": ALL,
    "hidden": DESK,
    "restored": ALL,
    "withdrawn": DESK,
    "refused": DESK,
    "returned": DESK,
    "only in an earlier text": DESK,
    "only in a text that waits": DESK,
    "only in the draft of what is live": OWNER,
    "only in the draft of what waits": OWNER,
    "withdrawn before it was sent": OWNER,
    "erased": set(),
}


@pytest.fixture
def people(cast: Cast, as_: As) -> dict[str, Browser]:
    who = {"owner": cast.lan, "stranger": cast.member, "signed out": None}
    return {
        name: as_(person)
        for name, person in {**who, "moderator": cast.moderator, "admin": cast.admin}.items()
    }


def names(site: Site, key: str) -> list[str]:
    rows = site.rows(
        "SELECT f.name FROM photo_file f JOIN photo p ON p.id = f.photo_id WHERE p.key = :key", key=key
    )
    return [name for (name,) in rows]


def test_who_sees_a_photo(
    site: Site, cast: Cast, photos: Photos, texts: Texts, people: dict[str, Browser]
) -> None:
    assert set(STATES) == set(SEEN_BY)
    wrong = []
    for look, (state, expected) in enumerate(SEEN_BY.items()):
        key = photos.ready(cast.lan, look=look)
        texts.tell(state, key)
        files = names(site, key)
        assert len(files) == 3
        for name in [*files, "7.webp"]:
            found = {
                who for who, browser in people.items() if browser.get(f"/photos/{key}/{name}").status == 200
            }
            wanted = set() if name in ("master.jpg", "7.webp") else expected
            if found != wanted:
                wrong.append((state, name, found ^ wanted))
    assert not wrong


def test_what_is_not_seen_is_not_found(site: Site, cast: Cast, photos: Photos, texts: Texts, as_: As) -> None:
    """The same words as for a photo that never was, so that nobody learns that one is there."""
    key = photos.ready(cast.lan)
    texts.hide(texts.live(key))
    for browser in (as_(None), as_(cast.member)):
        pages = [browser.get(f"/photos/{one}/96.webp") for one in (key, "0123456789abcdef")]
        assert [page.status for page in pages] == [404, 404]
        assert pages[0].main == pages[1].main


def test_what_is_not_for_everybody_is_kept_by_nobody_else(
    cast: Cast, photos: Photos, texts: Texts, as_: As
) -> None:
    key = photos.ready(cast.lan)
    texts.waiting(key)
    answer = as_(cast.lan).get(f"/photos/{key}/96.webp").response
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    again = as_(cast.lan).get(f"/photos/{key}/96.webp", If_None_Match=answer.headers["ETag"])
    assert (again.status, again.response.get_data()) == (304, b"")
    assert as_(cast.member).get(f"/photos/{key}/96.webp", If_None_Match=answer.headers["ETag"]).status == 404


def test_only_its_owner_learns_of_one_on_its_way(
    site: Site, cast: Cast, as_: As, people: dict[str, Browser]
) -> None:
    key = sent(people["owner"], jpeg())
    paths = [f"/photos/{key}/state", f"/photos/{key}/areas"]
    for who, browser in people.items():
        found = [browser.get(path).status for path in paths]
        assert found == {"owner": [200, 200], "signed out": [401, 302]}.get(who, [404, 404]), who


def test_a_key_of_somebody_else_in_the_text_shows_nothing(
    site: Site, cast: Cast, photos: Photos, as_: As
) -> None:
    """A photo's place in a text is filled from the text's own photos alone."""
    key = photos.ready(cast.lan)
    thabo = as_(cast.member)
    fields = {"title": "Mine", "body": f"{BODY}\n\n![](photo:{key})", "language": "en", "topic": "journeys"}
    page = thabo.post("/stories/new", {"form_id": "a-story-of-mine", **fields, "action": "preview"})
    assert page.status == 200
    assert f"/photos/{key}/" not in page.html
    assert (
        thabo.post("/stories/new", {"form_id": "a-story-of-mine", **fields, "action": "submit"}).status == 302
    )
    number = site.value("SELECT id FROM contribution")
    assert f"/photos/{key}/" not in thabo.visit(f"/contributions/{number}/revisions").html
    assert f"/photos/{key}/" not in as_(cast.moderator).visit("/moderation").html


def test_a_forged_field_changes_nothing(
    site: Site, cast: Cast, photos: Photos, texts: Texts, as_: As
) -> None:
    theirs, live = photos.ready(cast.lan), photos.ready(cast.lan, look=1)
    texts.live(live)
    fields = {"title": "Mine", "body": BODY, "language": "en", "topic": "journeys", "shows_photos": "1"}
    for key in (theirs, live, "0123456789abcdef"):
        forged = {"form_id": "a-story-of-mine", **fields, "pictures-0-key": key, "pictures-0-alt": "A road"}
        for action in ("save", "submit", "preview"):
            page = as_(cast.member).post("/stories/new", {**forged, "action": action, "people_agreed": "y"})
            assert page.status == (200 if action == "preview" else 422)
            assert f"/photos/{key}/" not in page.html
        answer = as_(cast.member).post_json("/stories/drafts", {**forged, "sequence": 1})
        assert answer.status == 422
        assert answer.json["errors"]["pictures"]
    assert site.value("SELECT count(*) FROM contribution WHERE author_id = :id", id=cast.member.id) == 0
    assert site.rows("SELECT contribution_id IS NULL FROM photo ORDER BY id") == [(True,), (False,)]


def test_keys_that_are_no_keys_are_refused_by_the_form(site: Site, cast: Cast, as_: As) -> None:
    fields = {"title": "Mine", "body": BODY, "language": "en", "topic": "journeys", "shows_photos": "1"}
    for key in ("../../secret_key", "0123456789ABCDEF", "0123456789abcde\0", "' OR 1=1 --", "x" * 5_000):
        page = as_(cast.member).post(
            "/stories/new", {"form_id": "a-story-of-mine", **fields, "pictures-0-key": key, "action": "save"}
        )
        assert page.status == 422, key
    assert site.value("SELECT count(*) FROM contribution") == 0


def test_a_lost_file_is_a_missing_photo_and_no_failure(
    site: Site, cast: Cast, photos: Photos, texts: Texts, as_: As
) -> None:
    key = photos.ready(cast.lan)
    number = texts.live(key)
    with site.reading():
        storage.remove([kept.name for kept in storage.listing()])
    for browser in (as_(None), as_(cast.lan)):
        assert browser.get(f"/photos/{key}/96.webp").status == 404
        assert browser.visit(f"/stories/{number}").status == 200
