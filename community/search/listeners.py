"""What the index does when what can be read changes."""

from community.contributions.facts import EditionChanged, Moved
from community.search import actions


def moved(fact: Moved) -> None:
    actions.keep(fact)


def edition_changed(fact: EditionChanged) -> None:
    actions.keep_edition(fact)
