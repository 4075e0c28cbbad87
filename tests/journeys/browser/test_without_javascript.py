"""The main job in a browser that runs no script: every page works, and nothing typed is lost."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.journeys.browser.person import Person
from tests.journeys.browser.product import Product
from tests.journeys.browser.steps import EDIT, REVIEW, STATUS, STORY, MakePerson
from tests.journeys.browser.voices import ENGLISH

pytestmark = [pytest.mark.browser, pytest.mark.journey]

# Words of its own: the checks would say that somebody told the other journeys' story before.
VOICE = replace(
    ENGLISH,
    title="A story without a script",
    body=f"{ENGLISH.body}\n\nNo page of this road ran a script.",
    answer="I wrote this answer without a script.",
)


def test_the_main_job_needs_no_script(person: MakePerson, product: Product) -> None:
    author, reader, moderator = (
        signed_in(person, product, name, role)
        for name, role in (
            ("Nomsa Dlamini", "member"),
            ("Pieter Botha", "member"),
            ("Desk Keeper", "moderator"),
        )
    )
    writes_and_previews(author)
    is_told_what_is_missing(author)
    submits(author)
    decides(moderator, VOICE.title, "return", VOICE.notes)
    author.goes("/me/stories")
    author.follows("main .ledger-title a")
    author.lands(EDIT)
    author.sees(VOICE.notes)
    author.fills(body=VOICE.body + VOICE.revised)
    submits(author)
    decides(moderator, VOICE.title, "approve")
    story = reads(reader)
    answers_and_reacts(reader)
    decides(moderator, VOICE.answer, "approve")
    answers_the_answer(author, story)
    withdraws(author, story)
    reader.page.goto(story)
    reader.forgives("404")
    reader.does_not_see(VOICE.title)


def signed_in(person: MakePerson, product: Product, name: str, role: str) -> Person:
    one = person(name, java_script_enabled=False)
    one.signs_in(product.account(name, role=role, country="ZA", language="en"))
    return one


def writes_and_previews(author: Person) -> None:
    """The page comes back with every word, and with the text as it will appear."""
    author.goes("/stories/new")
    author.fills(title=VOICE.title, body=f"{VOICE.body}\n\n## A heading")
    author.presses("button[name=action][value=preview]")
    expect(author.one("#preview .prose h3", has_text="A heading")).to_be_visible()
    expect(author.one("[name=body]")).to_have_value(f"{VOICE.body}\n\n## A heading")


def is_told_what_is_missing(author: Person) -> None:
    """Beside the field and in a summary; what was typed is still there."""
    author.fills(body=VOICE.body)
    author.presses("button[name=action][value=submit]")
    expect(author.one(".errors a[href='#topic']")).to_be_visible()
    expect(author.one("[name=topic]")).to_have_attribute("aria-invalid", "true")
    expect(author.one("[name=body]")).to_have_value(VOICE.body)
    author.forgives("422")
    author.looks_around()
    author.fills(topic="community")
    author.presses(".buttons button[name=action][value=save]")
    author.arrives(EDIT)


def submits(author: Person) -> None:
    author.presses("button[name=action][value=submit]")
    author.arrives(STATUS)


def decides(moderator: Person, title: str, outcome: str, notes: str = "") -> None:
    moderator.goes("/moderation")
    moderator.one(".queue a").get_by_text(title).first.click()
    moderator.lands(REVIEW)
    moderator.presses(f"label:has([name=outcome][value={outcome}])")
    moderator.fills(explanation=notes)
    moderator.presses(".decision button:not([name])")
    moderator.one(".undo").wait_for()  # on the next text, or the empty queue


def reads(reader: Person) -> str:
    reader.goes("/")
    reader.one("main").get_by_role("link", name=VOICE.title).first.click()
    reader.arrives(STORY)
    reader.sees(VOICE.revised.strip())
    return reader.page.url


def answers_and_reacts(reader: Person) -> None:
    reader.fills(body=VOICE.answer)
    reader.presses("#answer button")
    reader.lands(STORY)
    expect(reader.one(".comment.is-waiting")).to_contain_text(VOICE.answer)
    reader.presses(".story-foot button.reaction")
    reader.lands(STORY)
    expect(reader.one(".story-foot button.reaction")).to_have_attribute("aria-pressed", "true")
    reader.presses(".story-foot button.reaction")
    reader.lands(STORY)
    expect(reader.one(".story-foot button.reaction")).to_have_attribute("aria-pressed", "false")


def answers_the_answer(author: Person, story: str) -> None:
    """On a page of its own, with what it answers above it."""
    author.goes(story)
    author.follows(".comment-acts a[href*='parent_id']")
    author.arrives(r"/contributions/\d+/comments\?parent_id=\d+")
    author.sees(VOICE.answer)
    author.fills(body="Then we have met, at the traffic light.")
    author.presses("#answer button")
    author.lands(STORY)
    expect(author.one(".comment.level-1")).to_contain_text("at the traffic light")


def withdraws(author: Person, story: str) -> None:
    author.goes(story)
    author.follows(".story-acts a[href$='/withdrawal']")
    author.arrives(r"/contributions/\d+/withdrawal")
    author.presses("main form button")
    author.arrives("/me/stories")
