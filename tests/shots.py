"""Photographs of the main pages with the demo's content: ``python -m tests.shots [name …]`` fills ``shots/``.

Owns which pages, in which widths, schemes and languages. What is wrong with them is for people to see.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product as every
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from community.cli.demo import DEMO_PASSWORD
from community.config import ROOT
from tests.journeys.browser.chromium import WORDS
from tests.journeys.browser.product import Product, running

FOLDER = ROOT / "shots"
WIDTHS = {360: 780, 1280: 900}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = ("en", "ar")
TALLEST = 3200
# Everybody in the demo has the same password. Callum's live story is being changed, Bongani's waits, Oscar's came back.
PEOPLE = {
    "visitor": "",
    "member": "lan@example.test",
    "author": "callum@example.test",
    "waiting": "bongani@example.test",
    "returned": "oscar-t@example.test",
    "moderator": "moderator@example.test",
    "curator": "curator@example.test",
    "admin": "admin@example.test",
}


@dataclass(frozen=True)
class Shot:
    """``path`` as ``who`` sees it; ``then`` are links followed from there, one after the other."""

    name: str
    path: str
    who: str = "visitor"
    then: tuple[str, ...] = ()


SHOTS = (
    Shot("home", "/"),
    Shot("list", "/stories"),
    Shot("countries", "/countries"),
    Shot("country", "/countries/VN"),
    Shot("topic", "/topics/family"),
    Shot("models", "/models"),
    Shot("model", "/models", then=(".gazetteer a",)),
    Shot("vehicle", "/members/lan", then=(".garage a",)),
    Shot("garage", "/me/garage", "member"),
    Shot("garage-new", "/me/garage/new", "member"),
    Shot("story", "/stories?sort=discussed", then=(".card-title a",)),
    Shot("story-signed-in", "/stories?sort=discussed&language=all", "member", (".card-title a",)),
    Shot(
        "answer",
        "/stories?sort=discussed&language=all",
        "member",
        (".card-title a", ".comment-acts a[href*=parent_id]"),
    ),
    Shot("member", "/stories", then=(".card-title a", ".byline a.author")),
    Shot("report", "/stories?sort=discussed", then=(".card-title a", ".story-foot a[href$='/reports']")),
    Shot("tongues", "/stories?sort=discussed", then=(".card-title a", "a.story-translate")),
    Shot("wanted", "/translations/wanted", "member"),
    Shot("my-translations", "/me/translations", "member"),
    Shot("ideas", "/ideas"),
    Shot("idea", "/ideas?sort=supported", then=(".idea-title a",)),
    Shot("idea-signed-in", "/ideas?sort=supported&language=all", "member", (".idea-title a",)),
    Shot("changed", "/changed"),
    Shot("idea-new", "/ideas/new", "member"),
    Shot("idea-begin", "/stories?sort=discussed", "member", (".card-title a", "a[href^='/ideas/new?story']")),
    Shot("my-ideas", "/me/ideas", "member"),
    Shot("board", "/curation", "curator"),
    Shot("curating", "/curation", "curator", ("a.board-title",)),
    Shot("stages", "/curation/stages", "admin"),
    Shot("insights", "/insights", "curator"),
    Shot("notices", "/me/notices", "member"),
    Shot("notice-choices", "/account/notices", "member"),
    Shot("own-home", "/home", "member"),
    Shot("following", "/me/following", "member"),
    Shot("block", "/members/callum/block", "member"),
    Shot("spotlights", "/spotlights"),
    Shot("spotlight", "/spotlights", then=(".teasers a",)),
    Shot("calls", "/calls"),
    Shot("call", "/calls", then=(".teasers a",)),
    Shot("curation-calls", "/curation/calls", "curator"),
    Shot("curation-call", "/curation/calls/new", "curator"),
    Shot("curation-spotlights", "/curation/spotlights", "curator"),
    Shot("curation-spotlight", "/curation/spotlights/new", "curator"),
    Shot("register", "/account/register"),
    Shot("login", "/account/login"),
    Shot("recover", "/account/recover"),
    Shot("settings", "/account/settings", "moderator"),
    Shot("sessions", "/account/sessions", "member"),
    Shot("writing-new", "/stories/new", "member"),
    Shot("writing", "/me/stories", "returned", (".ledger-acts a[href$='/edit']",)),
    Shot("mine", "/me/stories", "author"),
    Shot("waiting-room", "/me/stories", "waiting", (".ledger-acts a[href$='/status']",)),
    Shot("decided", "/me/stories", "author", (".ledger-acts a[href$='/status']",)),
    Shot("compare", "/me/stories", "author", (".ledger-acts a[href$='/status']", "a[href$='/revisions']")),
    Shot(
        "withdrawal", "/me/stories", "waiting", (".ledger-acts a[href$='/status']", "a[href$='/withdrawal']")
    ),
    Shot("queue", "/moderation?language=all&country=all", "moderator"),
    Shot(
        "review",
        "/moderation?language=all&country=all",
        "moderator",
        (".queue tr:not(:has(i.mark)) .queue-title",),
    ),
    Shot(
        "review-change",
        "/moderation?language=all&country=all",
        "moderator",
        (".queue tr:has(i.mark) .queue-title",),
    ),
    Shot("reports", "/moderation/reports?language=all", "moderator"),
    Shot("transparency", "/transparency"),
    Shot("transparency-line", "/transparency", then=(".log tbody th a",)),
    Shot("transparency-checking", "/transparency/checking"),
    Shot("half-years", "/transparency/reports"),
    Shot("half-year", "/transparency/reports", then=(".half-years a",)),
    Shot("numbers", "/moderation/numbers", "moderator"),
    Shot("guidelines", "/guidelines"),
    Shot("about", "/about"),
    Shot("not-found", "/no/such/road"),
)


def main() -> None:
    wanted = [shot for shot in SHOTS if not sys.argv[1:] or shot.name in sys.argv[1:]]
    path = shutil.which("chromium") or sys.exit("The photographs need Debian's chromium.")
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder), has_demo=True, has_photos=True) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=WORDS)
        for file in photographs(browser, site, wanted):
            print(file.relative_to(ROOT), flush=True)
        browser.close()


def photographs(browser: Browser, site: Product, wanted: list[Shot]) -> Iterator[Path]:
    for who, scheme, language in every(dict.fromkeys(shot.who for shot in wanted), SCHEMES, LANGUAGES):
        context = browser.new_context(color_scheme=scheme, locale=language, reduced_motion="reduce")
        page = context.new_page()
        page.goto(f"{site.url}/?ui={language}")
        sign_in(page, site, who, language)
        for shot in (shot for shot in wanted if shot.who == who):
            find(page, site, shot)
            for width, height in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": height})
                yield photograph(page, FOLDER / f"{shot.name}-{width}-{scheme}-{language}.png")
        context.close()


def sign_in(page: Page, site: Product, who: str, language: str) -> None:
    """``who``, with the account's language changed as its owner would."""
    if PEOPLE[who]:
        page.goto(f"{site.url}/account/login")
        page.fill("[name=email]", PEOPLE[who])
        page.fill("[name=password]", DEMO_PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/me/stories")
        page.click(f".languages button[value={language}]")
        page.wait_for_selector(f"html[lang|={language}]")


def find(page: Page, site: Product, shot: Shot) -> None:
    page.goto(site.url + shot.path)
    for selector in shot.then:
        page.goto(site.url + str(page.locator(selector).first.get_attribute("href")))


def photograph(page: Page, file: Path) -> Path:
    size: dict[str, int] = page.evaluate(
        "({width: document.documentElement.scrollWidth, height: document.documentElement.scrollHeight})"
    )
    clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], TALLEST)}
    page.screenshot(path=file, full_page=True, clip=clip)  # type: ignore[arg-type]
    return file


if __name__ == "__main__":
    main()
