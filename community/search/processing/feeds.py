"""What the feeds say of a story, and of themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote

from flask_babel import gettext as _

from community.kit import clock, countries, i18n
from community.stories.queries import Card


class Item(NamedTuple):
    """A story in one of its languages, and when it last changed in it."""

    card: Card
    changed_at: datetime

    @property
    def permanent(self) -> str:
        """Its path for ever: a new title changes where it is read, not which one it is."""
        asked = f"?lang={self.card.language}" if self.card.original else ""
        return f"/stories/{self.card.id}{asked}"


def title(country: str, topic: str) -> str:
    """``country`` by its code, ``topic`` by its name; either may be ""."""
    name = countries.name(country, i18n.language()) if country else ""
    if country and topic:
        return _("New stories from %(country)s about: %(topic)s", country=name, topic=topic)
    if country:
        return _("New stories from %(country)s", country=name)
    return _("New stories about: %(topic)s", topic=topic) if topic else _("New stories")


def last_change(items: Sequence[Item]) -> datetime:
    return max((item.changed_at for item in items), default=clock.now())


def as_plain(item: Item, base: str) -> dict[str, Any]:
    """As an item of JSON Feed 1.1; ``base`` is the address of this site."""
    card = item.card
    return {
        "id": base + item.permanent,
        "url": base + card.address,
        "title": card.title,
        "content_text": card.excerpt,
        "date_published": card.published_at.isoformat(),
        "date_modified": item.changed_at.isoformat(),
        "authors": [{"name": card.display_name, "url": f"{base}/members/{quote(card.handle)}"}],
        "language": card.language,
    }
