"""The eye the journeys look with: a page with faults must not pass."""

import pytest

from tests.journeys.browser.steps import MakePerson

pytestmark = [pytest.mark.browser]

SPOIL = """() => {
    const wide = document.createElement("div");
    wide.style.inlineSize = "900px";
    wide.append(document.createElement("img"), "too wide");
    const script = document.createElement("script");
    script.textContent = "window.wasRun = true";
    document.querySelector("main").append(wide, script);
    console.error("something broke");
}"""


def test_faults_of_a_page_are_noticed(person: MakePerson) -> None:
    one = person("somebody")
    one.goes("/guidelines")
    assert one.faults == []
    one.page.evaluate(SPOIL)
    one.looks_around()
    said = "\n".join(one.faults)
    one.faults.clear()
    for fault in ("image-alt", "scrolls sideways", "something broke", "Content Security Policy"):
        assert fault in said
