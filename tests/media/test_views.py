"""Photos as the writing page's scripts, and people without scripts, send and cover them."""

import base64
import io
import json

import pytest

from community.media import queries
from community.media.actions.covering import BUSY, SUBMITTED, TOO_MANY
from community.media.forms import NOTHING
from community.media.models import PhotoState
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, wording
from tests.factories.photos import Photos
from tests.helpers.browser import Browser, Page
from tests.helpers.site import Site

NOBODYS = "0" * 16
WHOLE_NUMBERS = {"left": "10", "top": "20", "width": "30", "height": "40"}


def encoded(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


def begin(browser: Browser, metadata: str, length: int = 10) -> Page:
    return browser.post("/photos/uploads", Upload_Length=str(length), Upload_Metadata=metadata)


def covered(site: Site, key: str) -> list[list[int]]:
    with site.reading():
        seen = queries.seen(key)
        assert seen is not None
        return seen.photo.areas


def test_areas_come_with_the_beginning_of_an_upload(site: Site, cast: Cast, as_: As) -> None:
    metadata = f"areas {encoded('[[1000,2000,3000,500]]')},filename {encoded('Đèo.jpg')}"
    answer = begin(as_(cast.lan), metadata)
    assert answer.status == 201
    assert site.rows("SELECT name FROM photo") == [("Đèo.jpg",)]
    assert covered(site, answer.json["key"]) == [[1000, 2000, 3000, 500]]


@pytest.mark.parametrize(
    "metadata",
    [
        "areas ???",
        f"areas {encoded('[[1,2,3')}",
        f"areas {encoded('[[1e999,0,1,1]]')}",
        f"areas {encoded(json.dumps([[0, 0, 500, 500]] * 31))}",
        f"filename {encoded('x' * 3000)},areas {encoded('[[1000,2000,3000,500]]')}",
    ],
    ids=["no base64", "cut off", "infinite", "too many", "too long"],
)
def test_an_upload_whose_areas_cannot_be_read_is_never_begun_without_them(
    site: Site, cast: Cast, as_: As, metadata: str
) -> None:
    answer = begin(as_(cast.lan), metadata)
    assert (answer.status, answer.json["errors"]) == (422, {"areas": [str(TOO_MANY)]})
    assert site.rows("SELECT key FROM photo") == []


def test_what_is_too_large_is_refused_in_words_before_a_byte_is_sent(cast: Cast, as_: As) -> None:
    answer = begin(as_(cast.lan), "", length=16 * 1024 * 1024 + 1)
    assert answer.status == 422
    assert answer.json["errors"]["files"]


def test_the_state_of_a_photo_tells_the_page_what_to_show(cast: Cast, photos: Photos, as_: As) -> None:
    lan = as_(cast.lan)
    ready, failed = photos.ready(cast.lan), photos.failed(cast.lan)
    told = lan.get(f"/photos/{ready}/state").json
    assert (told["state"], told["words"]) == ("ready", "")
    assert told["receipt"]
    assert lan.get(told["src"]).response.mimetype == "image/webp"
    assert lan.get(told["large"]).status == 200
    told = lan.get(f"/photos/{failed}/state").json
    assert (told["state"], told["receipt"], told["src"]) == ("failed", "", "")
    assert "damaged" in told["words"]


def test_nobody_else_hears_of_it_or_covers_it(cast: Cast, photos: Photos, as_: As) -> None:
    key, other = photos.ready(cast.lan), as_(cast.member)
    for page in ("state", "areas"):
        assert other.get(f"/photos/{key}/{page}").status == 404
    assert other.post(f"/photos/{key}/areas", WHOLE_NUMBERS).status == 404
    assert other.post_json(f"/photos/{key}/areas", {"areas": "[[0,0,500,500]]"}).status == 404
    assert as_(None).get(f"/photos/{key}/state").status == 401


def test_areas_drawn_by_script_are_kept_and_the_photo_prepared_anew(
    site: Site, cast: Cast, photos: Photos, as_: As
) -> None:
    key, lan = photos.ready(cast.lan), as_(cast.lan)
    assert lan.post_json(f"/photos/{key}/areas", {"areas": "[[0,0,5000,500],[1,1,1,1]]"}).status == 204
    assert covered(site, key) == [[0, 0, 5000, 500]]
    assert lan.get(f"/photos/{key}/state").json["state"] == "waiting"


def test_a_script_is_told_in_words_why_nothing_was_covered(
    cast: Cast, make: Factory, photos: Photos, as_: As
) -> None:
    lan, waiting, ready = as_(cast.lan), photos.waiting(cast.lan), photos.ready(cast.lan)
    shown = photos.several(cast.lan, 1)
    make.live_story(text=wording(pictures=shown))
    areas = {"areas": "[[0,0,500,500]]"}
    none = lan.post_json(f"/photos/{ready}/areas", {"areas": "[]"})
    assert (none.status, none.json["errors"]["areas"]) == (422, [str(NOTHING)])
    busy = lan.post_json(f"/photos/{waiting}/areas", areas)
    assert (busy.status, busy.json["message"]) == (409, str(BUSY))
    late = lan.post_json(f"/photos/{shown[0].key}/areas", areas)
    assert (late.status, late.json["message"]) == (409, str(SUBMITTED))


def test_two_presses_on_the_picture_are_the_corners_of_an_area(
    site: Site, cast: Cast, photos: Photos, as_: As
) -> None:
    """The picture stands on the page as wide as the places are reckoned in, whatever the file's own size."""
    key, lan = photos.ready(cast.lan, size=(96, 48)), as_(cast.lan)
    page = lan.visit(f"/photos/{key}/areas?shown=large")
    picture = page.soup.select_one("input[type=image]")
    assert picture
    assert (picture["width"], picture["height"]) == ("720", "360")
    page = lan.visit(f"/photos/{key}/areas")
    first = press(page, 140, 105)
    assert (first.status, covered(site, key)) == (200, [])
    press(first, 28, 14)
    assert covered(site, key) == [[1000, 1000, 4000, 6500]]


def press(page: Page, x: int, y: int) -> Page:
    form = page.form("form.areas-pressed")
    return page.browser.send(page.path, [*form.fields(), ("at.x", str(x)), ("at.y", str(y))])


def test_without_a_mouse_an_area_is_given_in_numbers(site: Site, cast: Cast, photos: Photos, as_: As) -> None:
    key, lan = photos.ready(cast.lan), as_(cast.lan)
    page = lan.visit(f"/photos/{key}/areas")
    done = page.submit("form:has([name=left])", **WHOLE_NUMBERS)
    assert done.status == 200
    assert covered(site, key) == [[1000, 2000, 3000, 4000]]


@pytest.mark.parametrize("numbers", [{}, {**WHOLE_NUMBERS, "height": ""}, {**WHOLE_NUMBERS, "left": "101"}])
def test_numbers_that_are_no_area_come_back_with_words(
    site: Site, cast: Cast, photos: Photos, as_: As, numbers: dict[str, str]
) -> None:
    key, lan = photos.ready(cast.lan), as_(cast.lan)
    page = lan.visit(f"/photos/{key}/areas").submit("form:has([name=left])", **numbers)
    assert page.status == 422
    assert page.has(".errors")
    for name, value in numbers.items():
        assert page.form("form:has([name=left])").values()[name] == value
    assert covered(site, key) == []


def test_photos_chosen_in_a_form_that_is_refused_are_still_in_it(site: Site, cast: Cast, as_: As) -> None:
    """Without JavaScript: the title is too long, and nobody has to choose the photo again."""
    lan = as_(cast.lan)
    form = lan.visit("/stories/new").form("button[value=save]")
    fields = [pair for pair in form.fields() if pair[0] != "title"]
    photo = ("files", (io.BytesIO(b"\xff\xd8\xff not all of it"), "pass.jpg"))
    page = lan.send("/stories/new", [*fields, ("title", "x" * 141), photo])
    assert page.status == 422
    ((key, state),) = site.rows("SELECT key, state FROM photo")
    assert page.form("form#story-form").values()["pictures-0-key"] == key
    assert state == PhotoState.WAITING
    assert page.has(f"[data-photo='{key}'][data-state=waiting]")


def test_the_writing_page_shows_how_far_each_photo_is(
    cast: Cast, make: Factory, photos: Photos, as_: As
) -> None:
    shown = (*photos.several(cast.lan, 2), *photos.several(cast.lan, 1))
    number = make.draft_story(text=wording(pictures=shown))
    page = as_(cast.lan).visit(f"/stories/{number}/edit")
    entries = page.soup.select("[data-photo-list] > [data-photo]")
    assert [entry["data-photo"] for entry in entries] == [picture.key for picture in shown]
    values = page.form("form#story-form").values()
    assert [values[f"pictures-{place}-place"] for place in range(3)] == ["1", "2", "3"]
    assert [values[f"pictures-{place}-alt"] for place in range(3)] == [picture.alt for picture in shown]


def test_an_error_in_a_photo_is_named_in_the_summary(
    cast: Cast, make: Factory, photos: Photos, as_: As
) -> None:
    number = make.draft_story(text=wording(pictures=photos.several(cast.lan, 2)))
    page = as_(cast.lan).visit(f"/stories/{number}/edit")
    refused = page.submit("button[value=save]", **{"pictures-1-alt": "x" * 501})
    assert refused.status == 422
    assert refused.has(".errors a[href='#pictures-1-alt']")
    assert refused.has("#pictures-1-alt-error")
