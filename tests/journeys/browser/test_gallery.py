"""A story with twelve photos: nothing jumps while they come, and they are looked at by keyboard and by hand."""

import pytest
from playwright.sync_api import expect

from community.kit import storage
from tests.cast import Cast
from tests.factories.contributions import Factory, wording
from tests.factories.photos import Photos
from tests.journeys.browser.person import Person
from tests.journeys.browser.steps import MakePerson

pytestmark = [pytest.mark.browser, pytest.mark.journey]

LANDSCAPE, PORTRAIT = (1000, 660), (640, 960)
MOST_SHIFT = 0.02
# A telephone far from the next mast: a photo comes well after whoever leapt to it.
NETWORK = {"offline": False, "latency": 250, "downloadThroughput": 300_000, "uploadThroughput": 300_000}
WATCH = """() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
        for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts.push(one.value);
    }).observe({ type: "layout-shift", buffered: true });
}"""
LEAP = """async () => {
    for (const part of [0.4, 0.8, 1, 0.2, 0.6]) {
        scrollTo(0, part * document.documentElement.scrollHeight);
        await new Promise((done) => setTimeout(done, 300));
    }
    await Promise.all([...document.querySelectorAll(".photo-image")].map((image) => image.decode()));
}"""
SHIFTED = "window.shifts.reduce((sum, one) => sum + one, 0)"
NUMBERED = (
    "(numbers) => numbers.map((one) => new Intl.NumberFormat(document.documentElement.lang).format(one))"
)


@pytest.fixture(scope="module")
def story(people: Cast) -> str:
    """The address of a public one, with a cover, two photos in the text and nine after it."""
    site, photos, lan = people.site, Photos(people.site), people.lan
    storage.set_up((site.instance / "media").as_uri())  # other tests' sites keep theirs elsewhere
    wide, tall = photos.several(lan, 6, size=LANDSCAPE), photos.several(lan, 6, size=PORTRAIT)
    pictures = tuple(one for pair in zip(wide, tall, strict=True) for one in pair)
    told = [picture._replace(alt=f"What {n} shows") for n, picture in enumerate(pictures, 1)]
    body = f"We drove.\n\n![](photo:{told[1].key})\n\nThen it rained.\n\n![](photo:{told[2].key})\n\nWe came home."
    number = Factory(site, people).live_story(text=wording("Twelve photos", body, pictures=tuple(told)))
    return f"/stories/{number}/twelve-photos"


def test_in_arabic_the_photos_are_looked_at_by_keyboard(person: MakePerson, story: str) -> None:
    reader = person("a reader", color_scheme="dark")
    reader.page.goto(f"{reader.product.url}/?ui=ar")
    reader.speaks = "ar", "rtl"
    reader.goes(story)
    opener = reader.one(".gallery a[data-view]").first
    opener.focus()
    press(reader, "Enter")
    expect(reader.one(".viewer")).to_be_visible()
    expect(reader.one("[data-view-close]")).to_be_focused()
    stands(reader, 4)
    # As the page is read: on is to the left.
    for key, number in (
        ("ArrowLeft", 5),
        ("ArrowLeft", 6),
        ("ArrowRight", 5),
        ("End", 12),
        ("ArrowLeft", 1),
        ("ArrowRight", 12),
        ("Home", 1),
    ):
        press(reader, key)
        stands(reader, number)
    assert reader.one(".viewer .photo-image").evaluate("one => getComputedStyle(one).animationName") == "none"
    reader.looks_around()
    press(reader, "Escape")
    expect(reader.one(".viewer")).to_be_hidden()
    expect(opener).to_be_focused()


def test_buttons_and_fingers_do_what_the_arrows_do(person: MakePerson, story: str) -> None:
    reader = person("a reader on a telephone", viewport={"width": 360, "height": 780}, has_touch=True)
    reader.page.goto(reader.product.url + story)
    reader.one(".story-cover a[data-view]").tap()
    stands(reader, 1)
    reader.one("[data-view-step='1']").tap()
    stands(reader, 2)
    swipe(reader, from_x=300, to_x=60)
    stands(reader, 3)
    swipe(reader, from_x=60, to_x=300)
    stands(reader, 2)
    swipe(reader, from_x=180, to_x=160)
    stands(reader, 2)
    expect(reader.one("[data-view-caption-here]")).to_have_text("Caption 1")
    reader.one("[data-view-report]").tap()
    reader.page.wait_for_url("**/reports?photo=*")
    reader.looks_around()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_jumps_while_the_photos_come(person: MakePerson, story: str, width: int) -> None:
    reader = person(f"a reader at {width} px", viewport={"width": width, "height": 780})
    reader.context.new_cdp_session(reader.page).send("Network.emulateNetworkConditions", NETWORK)
    reader.page.add_init_script(f"({WATCH})()")
    for path in (story, "/stories"):
        reader.page.goto(reader.product.url + path)
        reader.page.evaluate(LEAP)
        assert reader.page.evaluate(SHIFTED) < MOST_SHIFT, path


def stands(reader: Person, number: int) -> None:
    """The viewer shows this photo, and says so to those who see it and to those who hear it."""
    image = reader.one(".viewer .photo-image")
    expect(image).to_have_attribute("alt", f"What {number} shows")
    image.evaluate("one => one.decode()")
    said = reader.one(".viewer [role=status]")
    for told in reader.page.evaluate(NUMBERED, [number, 12]):
        expect(said).to_contain_text(told)
    expect(said).to_contain_text(f"What {number} shows")


def press(reader: Person, key: str) -> None:
    reader.page.keyboard.press(key)


def swipe(reader: Person, *, from_x: int, to_x: int) -> None:
    """With one finger, across the middle of the photo."""
    touch = reader.context.new_cdp_session(reader.page)
    points = [from_x + (to_x - from_x) * step // 4 for step in range(5)]
    for kind, x in [("touchStart", points[0]), *(("touchMove", x) for x in points[1:])]:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": 380}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
