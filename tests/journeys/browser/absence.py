"""Says loudly at the end of a run which journeys did not run, because there was no browser.

A plugin's hook and not a conftest's: with several workers only the controller speaks, and it collects nothing.
"""

import pytest

REASON = "there is no chromium: this journey did not run"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    missed = sorted(
        report.nodeid
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and REASON in str(report.longrepr[2])
    )
    if not missed:
        return
    terminalreporter.section("JOURNEYS THAT DID NOT RUN", sep="!", red=True, bold=True)
    for nodeid in missed:
        terminalreporter.line(f"  {nodeid}", red=True)
    terminalreporter.line(
        "Install Debian's chromium, and they run; REQUIRE_BROWSER=1 makes its absence a failure.", red=True
    )
