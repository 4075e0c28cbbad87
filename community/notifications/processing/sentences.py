"""What a notice says, in one sentence, and where it leads."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup, escape

from community.contributions.models import Kind
from community.kit import i18n, languages, text
from community.kit.errors import Words
from community.notifications.models import Mail, NoticeKind, Reason
from community.notifications.queries import Line

KINDS: dict[NoticeKind, Words] = {
    NoticeKind.ANSWERED: _l("Somebody answers what I wrote or follow"),
    NoticeKind.IDEA_MOVED: _l("The maker answers an idea I have a part in"),
    NoticeKind.QUOTED: _l("An idea quotes my story"),
    NoticeKind.SUPPORTED: _l("Somebody stands behind my idea"),
    NoticeKind.SPOTLIGHTED: _l("A spotlight shows my story"),
    NoticeKind.GATHERED: _l("A call I answered becomes a spotlight"),
    NoticeKind.TOLD: _l("There is a new story or idea from what I follow"),
    NoticeKind.MERGED: _l("Two ideas are put together"),
    NoticeKind.PARTED: _l("Two ideas are taken apart again"),
}
"""As members choose them."""
MAILS: dict[Mail, Words] = {
    Mail.AT_ONCE: _l("At once"),
    Mail.DAILY: _l("Each morning"),
    Mail.NEVER: _l("No mail"),
}
MOVED: dict[Reason, Words] = {
    Reason.QUOTED: _l("The maker answered an idea that quotes you"),
    Reason.AUTHOR: _l("The maker answered your idea"),
    Reason.SUPPORTER: _l("The maker answered an idea you stand behind"),
    Reason.FOLLOWER: _l("The maker answered an idea you follow"),
}

ALWAYS: dict[NoticeKind, Words] = {
    NoticeKind.QUOTED: _l("An idea quotes your story"),
    NoticeKind.MERGED: _l("Another idea was put together with this one"),
    NoticeKind.PARTED: _l("Another idea was taken apart from this one again"),
    NoticeKind.SPOTLIGHTED: _l("A spotlight shows your story"),
    NoticeKind.GATHERED: _l("A call you answered has become a spotlight"),
}


@dataclass(frozen=True)
class Told:
    """A line in words: ``html`` for pages, ``plain`` for letters in text; ``path`` is where all of it can be read."""

    line: Line
    html: Markup
    plain: str
    path: str

    @property
    def title(self) -> str:
        return self.line.title or self.line.excerpt


def told(line: Line) -> Told:
    """In the language being spoken."""
    words, name = _sentence(line), line.actor or ""
    isolated = text.isolated(name, languages.direction(i18n.language()))
    return Told(
        line,
        Markup(escape(words)) % {"name": Markup(f"<bdi>{escape(name)}</bdi>")},  # noqa: S704 - escaped
        words % {"name": isolated},
        path(line),
    )


def path(line: Line) -> str:
    match line.kind:
        case NoticeKind.ANSWERED:
            return f"/contributions/{line.cause_id}"
        case NoticeKind.QUOTED:
            return f"/quotes/{line.quote_id}"
        case NoticeKind.SPOTLIGHTED | NoticeKind.GATHERED:
            return f"/spotlights/{line.spotlight_id}"
        case NoticeKind.TOLD if line.notices > 1:
            return "/home"
        case _:
            return f"/contributions/{line.contribution_id}"


def _sentence(line: Line) -> str:
    """With a place for the name of whoever did it."""
    match line.kind:
        case NoticeKind.ANSWERED:
            return _("%(name)s answered") if line.people == 1 else _answered(line.people)
        case NoticeKind.SUPPORTED:
            return _("%(name)s stands behind your idea") if line.people == 1 else _supported(line.people)
        case NoticeKind.TOLD:
            if line.notices > 1:
                return _new(line.notices)
            is_idea = line.about is Kind.IDEA
            return _("%(name)s has a new idea") if is_idea else _("%(name)s told a new story")
        case NoticeKind.IDEA_MOVED:
            return str(MOVED[line.why])
        case _:
            return str(ALWAYS[line.kind])


def _new(number: int) -> str:
    return ngettext(
        "%(num)s new story or idea from what you follow",
        "%(num)s new stories and ideas from what you follow",
        number,
    )


def _answered(people: int) -> str:
    return ngettext("%(num)s person answered", "%(num)s people answered", people)


def _supported(people: int) -> str:
    return ngettext(
        "%(num)s more member stands behind your idea", "%(num)s more members stand behind your idea", people
    )
