"""A Vietnamese story goes to readers of Indonesian: translated, approved, found, read, and followed when it changes."""

import pytest
from playwright.sync_api import Locator, expect

from community.kit import storage
from tests.cast import Cast
from tests.factories.contributions import Factory, wording
from tests.factories.photos import Photos
from tests.journeys.browser.person import Person
from tests.journeys.browser.product import Product, SignIn
from tests.journeys.browser.steps import STATUS, STORY, MakePerson, decides, finds_in_queue, saving, submits

pytestmark = [pytest.mark.browser, pytest.mark.journey]

TITLE = "Đêm mưa trên đèo Hải Vân"
DAWN, PASS, RAIN, HOME = (
    "Chúng tôi đi lúc bình minh, khi thành phố còn ngủ và chợ cá vừa mở.",
    "## Giữa đường",
    "Mưa bắt đầu rơi và chiếc xe hát như bà tôi vẫn hát ngày xưa.",
    "Chúng tôi về đến nhà lúc nửa đêm, ướt sũng và vui.",
)
ALT, CAPTION = "Một con đèo trong mây", "Đèo Hải Vân, tháng mười"
SUN = "Rồi mặt trời lên và chiếc xe im lặng lần đầu tiên trong ngày."
IN_INDONESIAN = {
    TITLE: "Malam hujan di Celah Hải Vân",
    DAWN: "Kami berangkat saat fajar, ketika kota masih tidur dan pasar ikan baru buka.",
    PASS: "## Di tengah jalan",
    RAIN: "Hujan mulai turun dan mobil bernyanyi seperti nenek saya dahulu bernyanyi.",
    HOME: "Kami tiba di rumah tengah malam, basah kuyup dan gembira.",
    ALT: "Sebuah celah gunung di dalam awan",
    CAPTION: "Celah Hải Vân, bulan Oktober",
}
SEARCHED = "pasar fajar"
LANGUAGES = r"/stories/\d+/translations"
EDITOR = r"/translations/\d+/edit"
DRAFT = "**/translations/*/draft"
PARTS = "[data-said] [name^=text-]"


def test_a_story_is_translated_found_and_followed(person: MakePerson, product: Product, people: Cast) -> None:
    number = told(people, TITLE)
    translator = comes(person, "the translator", member(product, "Putu Wijaya", "vi", "id"))
    moderator = comes(person, "the moderator", member(product, "Desk Keeper", "id", "vi", role="moderator"))
    reader = comes(person, "the reader", member(product, "Siti Rahma", "id"))
    author = comes(person, "the author", SignIn(people.lan.email, people.lan.password), speaks="en")
    reads_the_original(translator, number)
    translates(translator)
    approves(moderator, IN_INDONESIAN[TITLE], *plain(DAWN, RAIN, HOME))
    finds_and_reads(reader)
    switches_to_the_original_and_back(reader)
    changes_a_paragraph(author, number)
    finds_in_queue(moderator, TITLE, SUN)
    decides(moderator, "approve")
    sees_what_is_being_updated(reader)


def test_the_editor_needs_no_script(person: MakePerson, product: Product, people: Cast) -> None:
    title = f"{TITLE} không có kịch bản"
    number = told(people, title)
    account = member(product, "Wayan Sukma", "vi", "id")
    translator = comes(person, "the translator", account, java_script_enabled=False)
    begins(translator, number)
    parts = translator.one(PARTS)
    parts.nth(0).fill(IN_INDONESIAN[TITLE])
    translator.presses(".buttons button[name=action][value=submit]")
    expect(parts.nth(0)).to_have_value(IN_INDONESIAN[TITLE])
    expect(parts.nth(1)).to_have_attribute("aria-invalid", "true")
    first = parts.nth(1).get_attribute("id")
    expect(translator.one(f".errors a[href='#{first}']")).to_be_visible()
    translator.forgives("422")
    translator.looks_around()
    parts.nth(1).fill(IN_INDONESIAN[DAWN])
    translator.presses(".buttons button[name=action][value=preview]")
    expect(translator.one("#preview")).to_contain_text(IN_INDONESIAN[DAWN])
    expect(translator.one("#preview")).to_contain_text(HOME)
    translator.looks_around()
    translator.presses(".buttons button[name=action][value=save]")
    translator.arrives(EDITOR)
    translator.goes("/me/translations")
    translator.follows("main .ledger-acts a[href$='/edit']")
    translator.arrives(EDITOR)
    expect(parts.nth(0)).to_have_value(IN_INDONESIAN[TITLE])
    expect(parts.nth(1)).to_have_value(IN_INDONESIAN[DAWN])


def told(people: Cast, title: str) -> int:
    """The number of Lan's story, live, with a photo."""
    storage.set_up((people.site.instance / "media").as_uri())  # other tests' sites keep theirs elsewhere
    photo = Photos(people.site).several(people.lan, 1)[0]._replace(alt=ALT, caption=CAPTION)
    # The second journey's story would be held as somebody's first, told twice.
    body = "\n\n".join(
        (DAWN, PASS, f"![](photo:{photo.key})", RAIN, HOME if title == TITLE else f"{HOME} {title}")
    )
    text = wording(title, body, language="vi", pictures=(photo,))
    return Factory(people.site, people).live_story(people.lan, text)


def member(product: Product, name: str, *reads: str, role: str = "member") -> SignIn:
    """Somebody with the site in Indonesian who reads these languages, best first."""
    account = product.account(name, role=role, country="ID", language="id")
    chosen = [word for code in reads for word in ("--language", code)]
    product.command("accounts", "change", account.handle, *chosen)
    return account


def comes(person: MakePerson, name: str, account: SignIn, *, speaks: str = "id", **words: object) -> Person:
    one = person(name, **words)
    one.page.goto(f"{one.product.url}/?ui={speaks}")
    one.speaks = speaks, "ltr"
    one.signs_in(account)
    return one


def plain(*sources: str) -> list[str]:
    """As readers see what was said of each."""
    return [IN_INDONESIAN[source].removeprefix("## ") for source in sources]


def reads_the_original(translator: Person, number: int) -> None:
    """In Vietnamese, which this reader has first."""
    translator.goes(f"/stories/{number}", lands=STORY)
    expect(translator.one("h1")).to_have_text(TITLE)
    expect(translator.one("h1")).to_have_attribute("lang", "vi")
    translator.sees(DAWN, RAIN, HOME)
    translator.follows(".story-translate")
    translator.arrives(LANGUAGES)
    begins_here(translator)


def begins(translator: Person, number: int) -> None:
    translator.goes(f"/stories/{number}/translations")
    begins_here(translator)


def begins_here(translator: Person) -> None:
    translator.fills(language="id")
    translator.presses("main form[action$='/translations'] button")
    translator.arrives(EDITOR)


def translates(translator: Person) -> None:
    """Every part beside its own words; saved while it is typed, and there again after the page is opened anew."""
    parts = translator.one(PARTS)
    expect(parts).to_have_count(len(IN_INDONESIAN))
    with translator.page.expect_response(DRAFT):
        for source, words in IN_INDONESIAN.items():
            beside(translator, source).fill(words)
    saving(translator, "saved")
    expect(translator.one("progress")).to_have_attribute("value", str(len(IN_INDONESIAN)))
    translator.looks_around()
    translator.page.reload()
    for source, words in IN_INDONESIAN.items():
        expect(beside(translator, source)).to_have_value(words)
    translator.presses("button[name=action][value=submit]")
    translator.arrives(STATUS)
    translator.page.wait_for_function("localStorage.length === 0")


def beside(translator: Person, source: str) -> Locator:
    pair = translator.one(".pair", has_text=source.removeprefix("## "))
    return pair.filter(has=translator.one(PARTS)).locator(PARTS).first


def approves(moderator: Person, title: str, *words: str) -> None:
    """With the original beside it."""
    finds_in_queue(moderator, title, *words)
    moderator.sees(DAWN, RAIN, HOME)
    decides(moderator, "approve")


def finds_and_reads(reader: Person) -> None:
    """By words that stand in the translation alone."""
    reader.goes("/")
    reader.goes("/search")
    reader.one("main [name=q]").fill(SEARCHED)
    reader.presses("main form[role=search] button")
    reader.arrives(r"/search\?q=.*")
    reader.one("main .card-title").get_by_role("link", name=IN_INDONESIAN[TITLE]).click()
    reader.arrives(STORY)
    is_read_in_indonesian(reader)
    expect(reader.one(".story-translator")).to_contain_text("Putu Wijaya")
    photo = reader.one(f"img[alt='{IN_INDONESIAN[ALT]}']")
    expect(photo.first).to_be_attached()
    reader.sees(IN_INDONESIAN[CAPTION])


def is_read_in_indonesian(reader: Person) -> None:
    expect(reader.one("h1")).to_have_text(IN_INDONESIAN[TITLE])
    expect(reader.one("h1")).to_have_attribute("lang", "id")
    reader.sees(*plain(DAWN, PASS, RAIN, HOME))
    reader.does_not_see(DAWN, RAIN, HOME)


def switches_to_the_original_and_back(reader: Person) -> None:
    reader.follows(".story-tongues a[hreflang=vi]")
    reader.arrives(STORY)
    expect(reader.one("h1")).to_have_text(TITLE)
    reader.sees(DAWN, RAIN, HOME)
    reader.follows(".story-tongues a[hreflang=id]")
    reader.arrives(STORY)
    is_read_in_indonesian(reader)


def changes_a_paragraph(author: Person, number: int) -> None:
    """What readers see stays as it is while the change waits."""
    author.goes(f"/stories/{number}/edit")
    body = author.one("main [name=body]")
    body.fill(body.input_value().replace(RAIN, SUN))
    author.one("[name=people_agreed]").check()
    submits(author)


def sees_what_is_being_updated(reader: Person) -> None:
    """The new paragraph in the original, marked, between the translated ones; the old one nowhere."""
    reader.page.reload()
    reader.arrives(STORY)
    stale = reader.one(".prose-story .stale")
    expect(stale).to_have_count(1)
    expect(stale).to_have_attribute("lang", "vi")
    expect(stale).to_contain_text(SUN)
    expect(stale.locator(".stale-note")).to_be_visible()
    reader.does_not_see(*plain(RAIN), RAIN)
    read = reader.one(".prose-story").inner_text()
    places = [read.index(words) for words in (*plain(DAWN, PASS), SUN, *plain(HOME))]
    assert places == sorted(places)
    expect(reader.one("h1")).to_have_text(IN_INDONESIAN[TITLE])
