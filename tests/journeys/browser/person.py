"""A person at a browser: opens pages, fills in and presses, and notices whatever is wrong with a page they pass."""

import re
from collections.abc import Iterable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response, WebError, expect

from tests.journeys.browser.product import Product, SignIn

WIDE = {"width": 1280, "height": 900}
NARROWEST = {"width": 320, "height": 640}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
# What it found in order is of no interest, and of a length that costs time.
VIOLATIONS = "(options) => axe.run(options).then((found) => found.violations)"
TOO_WIDE = """() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const sticks = [...document.querySelectorAll("body *")].filter((one) => {
        const box = one.getBoundingClientRect();
        return one.checkVisibility({ visibilityProperty: true }) && (box.right > root.clientWidth + 1 || box.left < -1);
    });
    const names = sticks.map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
    return [`${root.scrollWidth} px: ${names.slice(0, 6).join(", ")}`];
}"""
# What is hidden for eyes, scrolls, or says by an ellipsis that there is more, is cut on purpose.
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((one) => {
    const style = getComputedStyle(one);
    const hides = ["hidden", "clip"].includes(style.overflowX);
    const isSeen = one.clientWidth > 1 && one.clientHeight > 1 && style.clipPath === "none" && one.checkVisibility();
    const isText = one.innerText?.trim() && style.textOverflow !== "ellipsis";
    return hides && isSeen && isText && one.scrollWidth > one.clientWidth + 1;
}).slice(0, 6).map((one) => `${one.tagName.toLowerCase()}.${one.className}: ${one.innerText.slice(0, 60)}`)"""

axe = Axe()


class Person:
    """``faults`` collects what was noticed; whoever made the person asks for it at the end.

    ``speaks`` is the language and the direction of the pages they want."""

    def __init__(self, context: BrowserContext, product: Product, name: str, *, has_script: bool) -> None:
        self.context, self.product, self.name, self.has_script = context, product, name, has_script
        self.speaks: tuple[str, str] = ("en", "ltr")
        self.faults: list[str] = []
        self._noise: list[str] = []
        context.on("console", self._heard)
        context.on("weberror", self._failed)
        context.on("response", self._answered)
        self.page: Page = context.new_page()

    def goes(self, path: str, *, lands: str | None = None) -> None:
        """Open an address of the site and look at the page; ``lands`` where it leads elsewhere."""
        self.page.goto(path if path.startswith("http") else self.product.url + path)
        self.arrives(lands or re.escape(path.removeprefix(self.product.url)))

    def arrives(self, path: str) -> None:
        """Wait for a page whose address matches, then look at it."""
        self.lands(path)
        self.looks_around()

    def lands(self, path: str) -> None:
        """Wait for a page whose address matches."""
        self.page.wait_for_url(re.compile(rf"^{re.escape(self.product.url)}{path}(#.*)?$"))
        self.page.wait_for_load_state()

    def looks_around(self) -> None:
        """Nothing may be wrong with this page: its language, for assistive technology, at 320 px, in the console."""
        root = self.one("html")
        assert (root.get_attribute("lang"), root.get_attribute("dir")) == self.speaks, self.page.url
        place = f"{self.name} on {self.page.url.removeprefix(self.product.url)}"
        self.faults += [
            f"{place}: {fault}" for fault in [*self._inaccessible(), *self._too_wide(), *self._noise]
        ]
        self._noise.clear()

    def forgives(self, pattern: str) -> None:
        """What the browser says in its console of a failure that was made on purpose."""
        assert any(re.search(pattern, said) for said in self._noise), (
            f"{pattern!r} was not said: {self._noise}"
        )
        self._noise = [said for said in self._noise if not re.search(pattern, said)]

    def one(self, selector: str, *, has_text: str | None = None) -> Locator:
        return self.page.locator(selector, has_text=has_text)

    def follows(self, selector: str) -> None:
        self.one(selector).first.click()

    def presses(self, selector: str) -> None:
        self.one(selector).click()

    def fills(self, **fields: str) -> None:
        """Controls by their names, which are part of the contract."""
        for name, value in fields.items():
            control = self.one(f"main [name={name}]:not([type=hidden])").first
            if control.evaluate("one => one.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(value)

    def sees(self, *words: str) -> None:
        for one in words:
            expect(self.page.get_by_text(one).first).to_be_visible()

    def does_not_see(self, *words: str) -> None:
        for one in words:
            expect(self.page.get_by_text(one)).to_have_count(0)

    def signs_in(self, who: SignIn, *, lands: str = "/me/stories") -> None:
        if "/account/login" not in self.page.url:
            self.goes("/account/login")
        self.fills(email=who.email, password=who.password)
        self.presses("main form:has([name=password]) button")
        self.lands(lands)

    def leaves(self) -> list[str]:
        """Close the browser; everything that was wrong."""
        self.context.close()
        return [*self.faults, *(f"{self.name}: {said}" for said in self._noise)]

    def _inaccessible(self) -> Iterable[str]:
        if not self.has_script:
            return
        self.page.evaluate(axe.axe_script)
        found: list[dict[str, Any]] = self.page.evaluate(VIOLATIONS, AXE)
        for violation in found:
            nodes = [f"{node['target']} {node['html'][:160]}" for node in violation["nodes"][:3]]
            yield f"{violation['id']}: {violation['help']}: {'; '.join(nodes)}"

    def _too_wide(self) -> list[str]:
        self.page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
        wide: list[str] = self.page.evaluate(TOO_WIDE)
        cut: list[str] = self.page.evaluate(CUT_OFF)
        self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        return [
            *(f"scrolls sideways at 320 px, {one}" for one in wide),
            *(f"cut off at 320 px, {one}" for one in cut),
        ]

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._noise.append(f"console {message.type}: {message.text}")

    def _failed(self, error: WebError) -> None:
        self._noise.append(f"uncaught: {error.error.message}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self._noise.append(f"{response.status} from {response.url}")
