"""The forms of notices: marks, and how somebody wants to hear by mail."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField

from community.kit import i18n, zones
from community.kit.forms import Form
from community.kit.numbers import BIGGEST
from community.notifications.models import Mail, NoticeKind
from community.notifications.processing.sentences import KINDS, MAILS

LONGEST_LIST = 400


class MarkForm(Form):
    """``shown`` are the numbers of the rows on the page, with commas between them."""

    shown = HiddenField()

    @property
    def numbers(self) -> list[int]:
        """Those that could be numbers; at most a page of them."""
        given = (self.shown.data or "")[:LONGEST_LIST].split(",")
        found = [int(one) for one in given if one.isascii() and one.isdecimal()]
        return [number for number in found if number <= BIGGEST]


class ChoiceForm(Form):
    """One group of buttons a kind, named as it is; and where somebody's mornings are."""

    answered = RadioField(KINDS[NoticeKind.ANSWERED])
    idea_moved = RadioField(KINDS[NoticeKind.IDEA_MOVED])
    quoted = RadioField(KINDS[NoticeKind.QUOTED])
    supported = RadioField(KINDS[NoticeKind.SUPPORTED])
    spotlighted = RadioField(KINDS[NoticeKind.SPOTLIGHTED])
    gathered = RadioField(KINDS[NoticeKind.GATHERED])
    told = RadioField(KINDS[NoticeKind.TOLD])
    merged = RadioField(KINDS[NoticeKind.MERGED])
    parted = RadioField(KINDS[NoticeKind.PARTED])
    zone = SelectField(_l("Time zone"))

    def __init__(self, *, country: str, chosen: Mapping[NoticeKind, Mail], zone: str | None = None) -> None:
        usual = zones.of_country(country)
        super().__init__(data={"zone": zone or usual, **{kind.value: mail for kind, mail in chosen.items()}})
        for kind in self.kinds:
            kind.choices = [(mail.value, words) for mail, words in MAILS.items()]
        known = dict(zones.choices(i18n.language()))
        others = [(name, words) for name, words in known.items() if name != usual]
        self.zone.choices = [(usual, known.get(usual, usual)), *others]

    @property
    def kinds(self) -> list[Any]:
        return [self[kind.value] for kind in KINDS]

    @property
    def chosen(self) -> dict[NoticeKind, Mail]:
        return {kind: Mail(self[kind.value].data) for kind in KINDS}


class PressForm(Form):
    """A single button."""
