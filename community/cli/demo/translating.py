"""What the demo's translators sent, from ``demo/translations/*.toml``, through the actions of their page."""

from community.accounts.models import Account
from community.cli.demo import photos, script
from community.contributions.models import Contribution, Revision
from community.kit import db, markup
from community.translations import actions
from community.translations.actions import Typed
from community.translations.models import Translation
from community.translations.processing.parts import Part, Role, to_translate


def send(said: script.Translation, thing: Contribution, *, by: Account) -> Translation:
    """Raises LookupError, with the file's name, where it does not say the original as it is part by part."""
    # Everything happens in one session, which has seen the original before anything of it was public.
    db.session.refresh(thing, ["live_revision"])
    if thing.live_revision is None:
        raise LookupError(f"{said.name}: nothing of the original is public")
    texts = _texts(said, thing.live_revision)
    translation = actions.start(thing, said.language, by=by)
    return actions.submit(translation, thing, Typed(texts, {}), sequence=2, by=by)


def _texts(said: script.Translation, original: Revision) -> dict[str, str]:
    parts = to_translate(original)
    blocks = markup.blocks(said.body.strip())
    wanted = sum(part.role is Role.TEXT for part in parts)
    if len(blocks) != wanted:
        raise LookupError(f"{said.name}: {len(blocks)} blocks where the original has {wanted}")
    rest = iter(blocks)
    return {part.key: next(rest) if part.role is Role.TEXT else _beside(said, part) for part in parts}


def _beside(said: script.Translation, part: Part) -> str:
    """A title, or what is said of a photo."""
    if part.role is Role.TITLE:
        return said.title
    for name, words in said.photos.items():
        if photos.key_for(said.of, name) == part.photo and part.role in words:
            return words[part.role]
    raise LookupError(f"{said.name}: no {part.role} for “{part.source}”")
