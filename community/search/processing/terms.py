"""Words into terms, the same for what is found and for what is asked.

Where spaces part words, a term is a word; elsewhere it is two signs that stand beside each other, so that nobody needs
a dictionary to find one. ``kit/folding.py`` says which differences do not count.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from community.kit import folding, markup
from community.search.models import ANYWHERE, IN_TITLE, LANGUAGE
from community.search.queries import Question, Term, Text
from community.stories.queries import Card

LONGEST_QUESTION = 200  # characters
LONGEST_TERM = 64  # characters; of a longer word its beginning counts
SHORTEST_BEGINNING = 3  # letters; fewer begin so many words that whoever types them means the whole word


def question(typed: str) -> Question:
    """What is asked for: all of the words typed, the last of them perhaps not to its end."""
    terms: list[Term] = []
    for run in _runs(typed[:LONGEST_QUESTION]):
        if isinstance(run, str):
            terms.append(Term(run))
        elif len(run) == 1:
            terms.append(Term(run[0], is_beginning=True))
        else:
            terms += [Term((one + other)[:LONGEST_TERM]) for one, other in pairwise(run)]
    if terms and (_is_unspaced(terms[-1].words) or len(terms[-1].words) >= SHORTEST_BEGINNING):
        terms[-1] = Term(terms[-1].words, is_beginning=True)
    return tuple(dict.fromkeys(terms))


def shown(typed: str) -> str:
    """What was typed, as far as it was read and can stand in a page."""
    return "".join(letter for letter in typed[:LONGEST_QUESTION] if letter.isprintable())


def terms_of(text: Text) -> str:
    """All a text is found by, for its entry."""
    title = list(_terms(text.title))
    found = [f"{LANGUAGE}{text.language}", *(f"{IN_TITLE}{term}" for term in title)]
    found += (f"{ANYWHERE}{term}" for term in title)
    found += (f"{ANYWHERE}{term}" for term in _terms(markup.plain(text.html)))
    return f" {' '.join(dict.fromkeys(found))} "


def _terms(words: str) -> Iterator[str]:
    for run in _runs(words):
        if isinstance(run, str):
            yield run
        else:
            yield from ((one + other)[:LONGEST_TERM] for one, other in pairwise(run))
            yield run[-1]  # nothing follows it, and it is to be found by itself


def _runs(words: str) -> Iterator[str | Sequence[str]]:
    """Words where spaces part them; elsewhere the signs that stand beside each other."""
    run: list[str] = []
    for piece in folding.pieces(folding.fold(words)):
        if signs := folding.signs(piece):
            run += (sign[:LONGEST_TERM] for sign in signs)
            continue
        if run:
            yield run
            run = []
        if piece not in (folding.GAP, folding.STOP):
            yield piece[:LONGEST_TERM]
    if run:
        yield run


def _is_unspaced(term: str) -> bool:
    return bool(folding.signs(term))


def best(cards: Sequence[Card], spoken: Sequence[str]) -> Card:
    """The card in the first of a reader's languages, else the one in the story's own, else any."""
    rank = {code: number for number, code in enumerate(spoken)}
    return min(
        cards, key=lambda card: (rank.get(card.language, len(rank)), card.original is not None, card.language)
    )
