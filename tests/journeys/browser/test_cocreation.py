"""From a paragraph to what was made of it: an owner is quoted, others join, the maker answers, the owner sees it."""

import re

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.cast import Person as Author
from tests.factories.contributions import Factory, wording
from tests.journeys.browser.person import Person
from tests.journeys.browser.product import Product, SignIn
from tests.journeys.browser.steps import STATUS, STORY, MakePerson, decides, finds_in_queue

pytestmark = [pytest.mark.browser, pytest.mark.journey]

TITLE = "أكياس السوق في سيارة أمي"
FULL, SLID = (
    "كل يوم خميس نملأ المقعد الخلفي بأكياس السوق ونقود على مهل كأننا نحمل زجاجًا.",
    "عند أول منعطف انزلق كيس البيض تحت المقعد، ولم يبق منه إلا ضحكة أمي.",
)
IDEA = "A hook that holds the market bag"
MISSING = "Bags slide under the seat at the first bend, and there is nothing to hang them on."
BETTER = "A folding hook behind the front seats, strong enough for eggs and melons."
IDEA_PAGE = r"/ideas/\d+/.+"
CURATING = r"/curation/ideas/\d+(\?.*)?"
PLANNED, SHIPPED = "We draw it with the next seat.", "It is in every car that leaves us since April."


def test_a_paragraph_becomes_a_part_and_its_owner_hears_of_it(
    person: MakePerson, product: Product, people: Cast
) -> None:
    owner = member(product, "Salma Hassan", "EG", "ar")
    number = tells(people, owner)
    beginner = comes(person, "who has the idea", member(product, "Nomsa Dlamini", "ZA", "en"))
    begins_an_idea(beginner, number)
    moderator = comes(person, "the moderator", member(product, "Desk Keeper", "ID", "en", role="moderator"))
    finds_in_queue(moderator, IDEA, MISSING, BETTER)
    decides(moderator, "approve")
    salma = comes(person, "the owner", owner, speaks=("ar", "rtl"))
    agrees_to_be_quoted(salma)
    for name, country in (("Agus Prasetyo", "ID"), ("Lucía Pérez", "MX")):
        joins_in(comes(person, f"who joins from {country}", member(product, name, country, "en")))
    curator = comes(person, "the curator", member(product, "Kim Curator", "KR", "en", role="curator"))
    answers(curator, "planned", PLANNED)
    answers(
        curator,
        "shipped",
        SHIPPED,
        shipped_models="Vireo",
        shipped_countries="Egypt",
        shipped_version="2026.4",
    )
    hears_and_sees(salma, number)


def member(product: Product, name: str, country: str, language: str, role: str = "member") -> SignIn:
    """Somebody who reads this language and has the site in it."""
    account = product.account(name, role=role, country=country, language=language)
    more = ("--language", "ar") if language == "en" else ()
    product.command("accounts", "change", account.handle, "--language", language, *more)
    return account


def comes(
    person: MakePerson, name: str, account: SignIn, *, speaks: tuple[str, str] = ("en", "ltr")
) -> Person:
    one = person(name)
    one.page.goto(f"{one.product.url}/?ui={speaks[0]}")
    one.speaks = speaks
    one.signs_in(account)
    return one


def tells(people: Cast, owner: SignIn) -> int:
    """The number of the owner's story, live; its author did not say that it may be quoted."""
    number = people.site.value("SELECT id FROM account WHERE email = :email", email=owner.email)
    author = Author(number, owner.handle, owner.email, "Salma Hassan", "EG", ("ar",))
    return Factory(people.site, people).live_story(author, wording(TITLE, f"{FULL}\n\n{SLID}", language="ar"))


def begins_an_idea(beginner: Person, number: int) -> None:
    beginner.goes(f"/stories/{number}", lands=STORY)
    beginner.follows(f"a[href='/ideas/new?story={number}']")
    beginner.arrives(rf"/ideas/new\?story={number}")
    beginner.one(".paragraph-choice", has_text=SLID).click()
    beginner.presses("main form[action='/ideas/new']:has([name=part]) button")
    beginner.arrives(r"/ideas/new\?.*part=.*")
    expect(beginner.one(".begun blockquote")).to_have_text(SLID)
    beginner.fills(title=IDEA, missing=MISSING, better=BETTER, language="en", area="design")
    beginner.presses(".buttons button[name=action][value=submit]")
    beginner.arrives(STATUS)


def agrees_to_be_quoted(owner: Person) -> None:
    owner.goes("/me/ideas")
    owner.follows("main a[href^='/quotes/']")
    owner.arrives(r"/quotes/\d+")
    owner.sees(SLID, IDEA)
    owner.presses("main button[name=agree][value='1']")
    owner.page.wait_for_load_state()
    owner.looks_around()


def joins_in(supporter: Person) -> None:
    supporter.goes("/ideas?sort=new&language=all")
    supporter.one("main").get_by_role("link", name=IDEA).first.click()
    supporter.arrives(IDEA_PAGE)
    expect(supporter.one("blockquote").first).to_contain_text(SLID)
    supporter.one(".support-form > .buttons button[name=on][value='1']").click()
    supporter.arrives(IDEA_PAGE)
    expect(supporter.one(".support-own")).to_be_visible()


def answers(curator: Person, stage: str, words: str, **more: str) -> None:
    curator.goes("/curation")
    curator.one("main").get_by_role("link", name=re.compile(IDEA)).first.click()
    curator.arrives(CURATING)
    curator.one(f"#move label:has([name=stage][value={stage}])").click()
    curator.fills(answer=words, function="Interior design", **more)
    curator.one("#move button:not([name])").click()
    curator.arrives(CURATING)
    curator.sees(words)


def hears_and_sees(owner: Person, number: int) -> None:
    """As a notice, in her language; and on her story's page, with where the idea stands now."""
    owner.goes("/me/notices")
    notice = owner.one(".notices-list li", has_text=IDEA).first
    expect(notice).to_be_visible()
    notice.locator("form.ledger-acts button").click()
    owner.arrives(IDEA_PAGE)
    owner.sees(SHIPPED, PLANNED)
    owner.goes(f"/stories/{number}", lands=STORY)
    expect(owner.one(".fed li", has_text=IDEA)).to_be_visible()
    expect(owner.one(".fed li", has_text=IDEA)).to_contain_text("متاحة الآن")
    owner.goes("/changed")
    owner.sees(IDEA)
