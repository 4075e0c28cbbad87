"""Translations, made through the actions people's clicks reach: every part said, with the language before it."""

from community.contributions.models import RevisionState, State
from community.translations import actions, queries
from community.translations.actions.writing import Typed
from community.translations.models import Translation
from community.translations.processing.parts import Role, to_translate
from tests.cast import Person
from tests.factories.contributions import Factory, contribution, revision
from tests.helpers.site import Site


class Translations:
    """Each returns ids, because rows belong to the context that loaded them."""

    def __init__(self, site: Site, make: Factory) -> None:
        self._site, self._make = site, make

    def draft(self, of: int, language: str, by: Person) -> int:
        with self._site.writing():
            return actions.start(contribution(of), language, by=by.account()).id

    def waiting(self, of: int, language: str, by: Person) -> int:
        number = self.draft(of, language, by)
        self.send(number, by)
        return number

    def live(self, of: int, language: str, by: Person) -> int:
        number = self.waiting(of, language, by)
        cast = self._make.cast
        # An admin may say of every language that it is right, whatever anybody reads by now.
        self._make.decide(number, by=cast.moderator if by is cast.admin else cast.admin)
        return number

    def send(self, number: int, by: Person, texts: dict[str, str] | None = None) -> None:
        """Every part of the original said as ``[id] …``, unless ``texts`` says otherwise; sent, told once or not."""
        for sequence in (50, 51):
            with self._site.writing():
                it = translation(number)
                of = contribution(it.of_id)
                typed = Typed({**said(it.of_id, it.language), **(texts or {})}, {})
                actions.submit(it, of, typed, sequence=sequence, by=by.account())
                if it.state is not State.DRAFT:
                    return


def translation(number: int) -> Translation:
    found = queries.translation(number)
    if found is None:
        raise AssertionError(f"there is no translation {number}")
    return found


def said(of: int, language: str) -> dict[str, str]:
    """By key, every part of a live original as these tests translate it."""
    original = revision(of, RevisionState.LIVE)
    return {
        part.key: f"[{language}] {part.source}" if part.role is not Role.TEXT else _in(part.source, language)
        for part in to_translate(original)
    }


def _in(source: str, language: str) -> str:
    """A block stays the block it is."""
    mark, _, rest = source.partition(" ")
    return f"{mark} [{language}] {rest}" if mark in ("#", "##", "-", ">", "1.") else f"[{language}] {source}"
