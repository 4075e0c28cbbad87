"""Articles 16 to 20 in a real browser: a report by nobody in Arabic, a decision, an appeal, another one's reversal."""

from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from community.policy.permissions import Role
from tests.cast import Cast
from tests.cast import Person as Somebody
from tests.factories.contributions import Factory, wording
from tests.journeys.browser.person import Person
from tests.journeys.browser.product import Product, SignIn, eventually
from tests.journeys.browser.steps import REVIEW, STATUS, STORY, MakePerson, comes
from tests.journeys.browser.voices import ARABIC, ENGLISH

pytestmark = [pytest.mark.browser, pytest.mark.journey]

TITLE = "الطريق إلى واحة سيوة"
BODY = "انطلقنا قبل الفجر، وكان الملح يلمع على جانبي الطريق حتى بلغنا الواحة عند الظهر.\n\nلم نلتق بأحد."
COMPLAINT = "هذه القصة تذكر عنوان بيت جارتي."
EXPLANATION = "The story names where a neighbour lives."
APPEAL = "لا يرد في النص عنوان، بل اسم واحة يعرفها الجميع."
ANSWER = "An oasis is no address. The story is back as it was."
STRANGER = "passer-by@example.test"


def test_a_strangers_report_ends_in_a_reversal(person: MakePerson, product: Product, people: Cast) -> None:
    cast, site = people, people.site
    writer = cast.join("Hanan حنان", "EG", "ar")
    first, second = (cast.join(name, "EG", "en", "ar", role=Role.MODERATOR) for name in ("Rania", "Samir"))
    number = Factory(site, cast).live_story(writer, wording(TITLE, BODY, language="ar"))
    story = f"/stories/{number}"
    reports(person, product, story)
    hides(at_the_desk(person, first))
    author = appeals(person, writer, number)
    reverses(at_the_desk(person, second))
    author.goes(story, lands=STORY)
    author.sees(*BODY.split("\n\n"))
    assert site.value("SELECT state FROM contribution WHERE id = :id", id=number) == "live"
    eventually(
        lambda: [one for one in product.letters(writer.email) if ANSWER in words_of(one)], "the answer"
    )


def words_of(letter: EmailMessage) -> str:
    plain = letter.get_body(("plain",))
    return str(plain.get_content()) if plain else ""


def reports(person: MakePerson, product: Product, story: str) -> None:
    """Signed out, without a script, from the story's own page."""
    stranger = comes(person, "the stranger", ARABIC, java_script_enabled=False)
    stranger.goes(story, lands=STORY)
    stranger.follows("main a[href*='/reports']")
    stranger.arrives(r"/contributions/\d+/reports(\?.*)?")
    stranger.presses("main form:has([name=good_faith]) button")
    expect(stranger.one(".errors")).to_be_visible()
    stranger.forgives("422")
    stranger.one("[name=reason]").first.check()
    stranger.fills(explanation=COMPLAINT, name="عابر سبيل", email=STRANGER)
    stranger.one("[name=good_faith]").check()
    stranger.presses("main form:has([name=good_faith]) button")
    stranger.arrives(r"/reports/.+")
    receipt = product.letter(STRANGER)
    assert receipt["Content-Language"] == "ar"


def at_the_desk(person: MakePerson, who: Somebody) -> Person:
    one = comes(person, who.display_name, ENGLISH)
    one.signs_in(SignIn(who.email, who.password))
    return one


def hides(moderator: Person) -> None:
    moderator.goes("/moderation", lands=r"/moderation(\?.*)?")
    moderator.one(".queue a").get_by_text(TITLE).first.click()
    moderator.arrives(REVIEW)
    moderator.sees(COMPLAINT)
    moderator.presses("label:has([name=outcome][value=hide])")
    moderator.one("[name=ground]").select_option(index=1)
    moderator.fills(explanation=EXPLANATION)
    moderator.presses(".decision button:not([name])")
    moderator.one(".undo").wait_for()


def appeals(person: MakePerson, writer: Somebody, number: int) -> Person:
    """From the page where the text stands, with its statement of reasons."""
    author = comes(person, "the author", ARABIC)
    author.signs_in(SignIn(writer.email, writer.password))
    author.goes(f"/contributions/{number}/status", lands=STATUS)
    author.sees(EXPLANATION)
    author.follows("main a[href*='/appeals/']")
    author.arrives(r"/appeals/[^/]+")
    author.fills(message=APPEAL)
    author.presses("main form:has([name=message]) button")
    author.arrives(r"/appeals/[^/]+")
    author.sees(APPEAL)
    return author


def reverses(moderator: Person) -> None:
    """Whoever decided first may not; this is the other one."""
    moderator.goes("/moderation/appeals")
    moderator.follows("main a[href^='/moderation/appeals/']")
    moderator.arrives(r"/moderation/appeals/\d+(\?.*)?")
    moderator.sees(APPEAL)
    moderator.presses("label:has([name=verdict][value=reversed])")
    moderator.fills(answer=ANSWER)
    moderator.presses("form.decision button")
    moderator.arrives(r"/moderation/appeals.*")
