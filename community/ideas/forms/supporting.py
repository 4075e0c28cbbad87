"""The form of standing behind an idea."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, ValidationError

from community.accounts import queries as accounts
from community.contributions.actions import Wording
from community.kit import i18n, text
from community.kit.forms import LanguageField, OneTimeForm, TextBlock, at_most
from community.kit.numbers import is_id

LONGEST_BECAUSE = 280


class AnyModel(SelectField):
    """Offers a few models; any that is listed may be sent. ``number`` is what it counts for, None for none."""

    number: int | None = None

    def pre_validate(self, _form: object) -> None:
        given = self.data or ""
        if not given:
            return
        known = accounts.model(int(given)) if is_id(given) else None
        if known is None:
            raise ValidationError(self.gettext("Not a valid choice."))
        self.number = known.merged_into_id or known.id


class SupportForm(OneTimeForm):
    """``on`` is 1 to stand behind the idea, 0 to take it back; without it, 1.

    ``instead_of`` is the number of one's own draft of the same, beside which ``withdraw`` is offered.
    """

    on = HiddenField(default="1")
    next = HiddenField()
    instead_of = HiddenField()
    withdraw = BooleanField()
    because = TextBlock(_l("This would help me too because …"), [at_most(LONGEST_BECAUSE)])
    language = LanguageField(_l("Language"))
    model = AnyModel(_l("For which of your cars?"))

    def offer(
        self, models: Iterable[tuple[int, str]], read: list[str], *, spoken: str, chosen: int | None = None
    ) -> "SupportForm":
        """Fill the lists: (number, name) of the models a member may mean, and the languages they read."""
        named = dict(models)
        self.model.choices = [("", "–"), *((str(number), name) for number, name in named.items())]
        self.model.data = self.model.data or (str(chosen) if chosen in named else "")
        self.language.prefer(sorted(read, key=lambda code: code != spoken), i18n.language())
        return self

    @property
    def withdrawn(self) -> str:
        """The draft that is to be withdrawn; empty for none."""
        return (self.instead_of.data or "") if self.withdraw.data else ""

    def wording(self) -> Wording | None:
        """What they say of it; None where they say nothing."""
        said = self.because.data or ""
        return None if text.is_blank(said) else Wording("", said, self.language.data)
