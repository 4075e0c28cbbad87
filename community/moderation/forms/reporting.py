"""The form to report with. Field names are part of the contract."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import DataRequired
from wtforms.widgets import EmailInput

from community.contributions.models import Kind
from community.kit.forms import OneTimeForm, TextBlock, TextLine, at_most, required
from community.moderation.actions.reports import Notice
from community.moderation.models import LONGEST_REPORT, LONGEST_REPORTER, LONGEST_REPORTER_MAIL, Reason
from community.moderation.processing.reporting import offered

MOST_DIGITS = 9  # of a revision's number, which a database keeps in 32 bits


class EmailLine(TextLine):
    """A mail address, on one line."""

    widget = EmailInput()


class ReportForm(OneTimeForm):
    """``revision`` is the number of the one the reporter had before them, ``photo`` the key of one in it, where it is
    about that. Members are not asked who they are.
    """

    revision = HiddenField()
    photo = HiddenField()
    reason = RadioField(_l("What is wrong with it"), [required(_l("Choose what comes nearest."))])
    explanation = TextBlock(
        _l("Your explanation"),
        [required(_l("Say what is wrong with it, in a sentence or two.")), at_most(LONGEST_REPORT)],
    )
    name = TextLine(_l("Your name"), [at_most(LONGEST_REPORTER)])
    email = EmailLine(_l("Your e-mail"), [at_most(LONGEST_REPORTER_MAIL)])
    good_faith = BooleanField(
        _l("I believe in good faith that what I say here is accurate and complete."),
        [DataRequired(_l("Tick this box, if it is so. Without it we may not take the report."))],
    )

    def __init__(self, kind: Kind, *, is_member: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.choices = offered(kind)
        if is_member:
            del self.name, self.email

    def notice(self, *, language: str, origin: str) -> Notice:
        return Notice(
            reason=Reason(self.reason.data),
            explanation=self.explanation.data or "",
            seen=self._seen(),
            language=language,
            form_id=self.number,
            origin=origin,
            name=(self.name.data or "") if "name" in self else "",
            email=self.address,
            photo=self.photo.data or "",
        )

    @property
    def address(self) -> str:
        """To write to; empty for members."""
        return (self.email.data or "").strip() if "email" in self else ""

    def _seen(self) -> int | None:
        given = self.revision.data or ""
        return int(given) if given.isascii() and given.isdecimal() and len(given) <= MOST_DIGITS else None
