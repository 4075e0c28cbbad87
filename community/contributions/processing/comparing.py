"""Two revisions held against each other: their paragraphs, as ``kit/difference.py`` finds them, their photos, and
what they say they are about.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher

from flask_babel import gettext as _

from community.accounts import queries as accounts
from community.contributions.models import Concern, Picture, Revision
from community.contributions.models.concern import MODEL, Concerns
from community.kit import difference, markup


@dataclass(frozen=True)
class PhotoChange:
    """A photo of either revision, or of both; ``is_moved`` where it stands elsewhere among those of both."""

    old: Picture | None
    new: Picture | None
    is_moved: bool = False

    @property
    def key(self) -> str:
        return (self.new or self.old or Picture("")).key

    @property
    def is_new(self) -> bool:
        return self.old is None

    @property
    def is_gone(self) -> bool:
        return self.new is None

    @property
    def has_new_alt(self) -> bool:
        return self.old is not None and self.new is not None and self.old.alt != self.new.alt

    @property
    def has_new_caption(self) -> bool:
        return self.old is not None and self.new is not None and self.old.caption != self.new.caption

    @property
    def is_same(self) -> bool:
        return self.old == self.new and not self.is_moved


@dataclass(frozen=True)
class Concerned:
    """What a revision says it is about; ``model`` is the name where it is one."""

    concern: Concern
    model: str = ""
    is_new: bool = False
    is_gone: bool = False


def paragraphs(old: Revision, new: Revision) -> list[difference.Change]:
    """With words in the places of photos."""
    return difference.paragraphs(_worded(old), _worded(new))


def photos(old: Revision, new: Revision) -> list[PhotoChange]:
    """Those of the new one in their order, then those that are gone."""
    before, after = _by_key(old), _by_key(new)
    moved = _moved(old, new)
    kept = [PhotoChange(before.get(key), picture, key in moved) for key, picture in after.items()]
    return kept + [PhotoChange(picture, None) for key, picture in before.items() if key not in after]


def concerns(old: Revision, new: Revision) -> list[Concerned]:
    """What both say, then what is new, then what is gone; empty where nothing changed."""
    if set(old.concerns) == set(new.concerns):
        return []
    every = dict.fromkeys((*new.concerns, *old.concerns))
    told = named(tuple(every))
    found = [
        Concerned(one.concern, one.model, one.concern not in old.concerns, one.concern not in new.concerns)
        for one in told
    ]
    return sorted(found, key=lambda one: (one.is_gone, one.is_new))


def named(concerns: Concerns) -> list[Concerned]:
    """Each model with its name; one that is on no list any more is left out."""
    numbers = [int(one.value) for one in concerns if one.kind == MODEL]
    names = accounts.model_names(numbers) if numbers else {}
    found = [Concerned(one, names.get(int(one.value), "") if one.kind == MODEL else "") for one in concerns]
    return [one for one in found if one.model or one.concern.kind != MODEL]


def _by_key(revision: Revision) -> dict[str, Picture]:
    return {picture.key: picture for picture in revision.pictures}


def _worded(revision: Revision) -> str:
    alts = {picture.key: picture.alt for picture in revision.pictures}
    return markup.put_words(revision.body, lambda key: _("[Photo: %(alt)s]", alt=alts.get(key) or "–"))


def _places(revision: Revision) -> tuple[list[str], list[str], list[str]]:
    """Keys as they are read: the cover, those in the text, the rest."""
    keys = list(_by_key(revision))
    placed = [key for key in markup.photos_in(revision.body) if key in keys] if keys else []
    loose = [key for key in keys if key not in placed]
    first = 1 if loose[:1] == keys[:1] else 0
    return loose[:first], placed, loose[first:]


def _moved(old: Revision, new: Revision) -> set[str]:
    """To another of the three places, or in its order there."""
    stays: set[str] = set()
    for was, becomes in zip(_places(old), _places(new), strict=True):
        before, after = [key for key in was if key in becomes], [key for key in becomes if key in was]
        for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
            stays |= set(before[block.a : block.a + block.size])
    return _by_key(old).keys() & _by_key(new).keys() - stays
