"""Cards of ideas in the best of a reader's languages."""

from collections.abc import Collection, Mapping, Sequence

from community.contributions import queries as contributions
from community.contributions.queries import Told
from community.ideas.queries import Card


def said(spoken: Sequence[str], *lists: Sequence[Card]) -> list[list[Card]]:
    """The lists of one page: one question for all of them.

    ``spoken`` is best first, and empty where everything stays in its own language.
    """
    first = next(iter(spoken), "")
    told = contributions.told_in(
        {card.id for cards in lists for card in cards if card.language != first}, spoken
    )
    return [[_in_best_language(card, told.get(card.id), spoken) for card in cards] for cards in lists]


def found(
    cards: Sequence[Card], languages: Mapping[int, Collection[str]], spoken: Sequence[str]
) -> list[Card]:
    """Each as it was found, by its words in these ``languages``: in the best of them for a reader, else its own."""
    told = {
        (one.story_id, one.language): one
        for one in contributions.told(languages, {code for codes in languages.values() for code in codes})
    }
    return [_said(card, told.get((card.id, _best(card, languages[card.id], spoken)))) for card in cards]


def _in_best_language(card: Card, told: Told | None, spoken: Sequence[str]) -> Card:
    if told is None or (
        card.language in spoken and spoken.index(card.language) < spoken.index(told.language)
    ):
        return card
    return _said(card, told)


def _best(card: Card, languages: Collection[str], spoken: Sequence[str]) -> str:
    wanted = (*spoken, card.language, *sorted(languages))
    return next((code for code in wanted if code in languages), card.language)


def _said(card: Card, told: Told | None) -> Card:
    if told is None:
        return card
    return card._replace(language=told.language, title=told.title, excerpt=told.excerpt, original=card)
