"""Asks ICU how it sorts all countries and languages, and keeps the answer for the tests of our own sorting.

It needs Debian's python3-icu, which no wheel brings, and so it runs outside of .venv when names or languages change:
``PYTHONPATH=.venv/lib/python3.11/site-packages /usr/bin/python3 -m tests.kit.orders``
"""

import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from community.kit import countries, languages

FILE = Path(__file__).with_suffix(".json")
Orders = dict[str, dict[str, str]]


def main() -> None:
    orders: Orders = {}
    for language in languages.INTERFACE:
        kinds = {"countries": countries.choices(language), "languages": languages.choices(language)}
        orders[language] = {kind: _order(dict(names), language) for kind, names in kinds.items()}
    FILE.write_text(json.dumps(orders, indent=1) + "\n", "utf-8")


def read() -> Orders:
    """By language and kind, the codes in ICU's order."""
    found: Orders = json.loads(FILE.read_text("utf-8"))
    return found


def _order(names: Mapping[str, str], language: str) -> str:
    icu = import_module("icu")
    collator = icu.Collator.createInstance(icu.Locale(language))
    return " ".join(sorted(names, key=lambda code: (collator.getSortKey(names[code]), names[code])))


if __name__ == "__main__":
    main()
