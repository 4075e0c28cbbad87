"""What is asked for and what a text is found by, in the terms of ``kit/terms.py``."""

from collections.abc import Sequence
from itertools import pairwise

from community.contributions.models import Kind
from community.kit import markup
from community.kit.terms import LONGEST as LONGEST_TERM
from community.kit.terms import is_unspaced, runs, terms
from community.search.models import ANYWHERE, IN_TITLE, KIND, LANGUAGE
from community.search.queries import Question, Term, Text
from community.stories.queries import Card

LONGEST_QUESTION = 200  # characters
SHORTEST_BEGINNING = 3  # letters; fewer begin so many words that whoever types them means the whole word


def question(typed: str) -> Question:
    """What is asked for: all of the words typed, the last of them perhaps not to its end."""
    found: list[Term] = []
    for run in runs(typed[:LONGEST_QUESTION]):
        if isinstance(run, str):
            found.append(Term(run))
        elif len(run) == 1:
            found.append(Term(run[0], is_beginning=True))
        else:
            found += [Term((one + other)[:LONGEST_TERM]) for one, other in pairwise(run)]
    if found and (is_unspaced(found[-1].words) or len(found[-1].words) >= SHORTEST_BEGINNING):
        found[-1] = Term(found[-1].words, is_beginning=True)
    return tuple(dict.fromkeys(found))


def shown(typed: str) -> str:
    """What was typed, as far as it was read and can stand in a page."""
    return "".join(letter for letter in typed[:LONGEST_QUESTION] if letter.isprintable())


def terms_of(text: Text) -> str:
    """All a text is found by, for its entry."""
    title = list(terms(text.title))
    found = [f"{KIND}{text.kind}"] if text.kind is Kind.IDEA else []
    found += [f"{LANGUAGE}{text.language}", *(f"{IN_TITLE}{term}" for term in title)]
    found += (f"{ANYWHERE}{term}" for term in title)
    found += (f"{ANYWHERE}{term}" for term in terms(markup.plain(text.html)))
    return f" {' '.join(dict.fromkeys(found))} "


def best(cards: Sequence[Card], spoken: Sequence[str]) -> Card:
    """The card in the first of a reader's languages, else the one in the story's own, else any."""
    rank = {code: number for number, code in enumerate(spoken)}
    return min(
        cards, key=lambda card: (rank.get(card.language, len(rank)), card.original is not None, card.language)
    )
