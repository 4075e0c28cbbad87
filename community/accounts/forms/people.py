"""Forms about accounts. Field names are part of the contract."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, SelectField

from community.accounts.models.person import LONGEST_EMAIL, LONGEST_NAME
from community.kit import countries, i18n, languages
from community.kit.forms import Form, MultiCheckboxField, TextLine, at_most, required
from community.kit.passwords import LONGEST

LONGEST_TYPED = 4 * LONGEST  # what is longer is refused before anything is computed from it
MOST_LANGUAGES = 12


class _Credentials(Form):
    email = EmailField(_l("E-mail"), [required(_l("Give your mail address.")), at_most(LONGEST_EMAIL)])
    password = PasswordField(_l("Password"), [required(_l("Choose a password.")), at_most(LONGEST_TYPED)])


class _Preferences(Form):
    """``at_hand`` names the languages shown without opening the long list: those chosen, then the likely ones."""

    display_name = TextLine(
        _l("Display name"), [required(_l("Say what you would like to be called.")), at_most(LONGEST_NAME)]
    )
    country = SelectField(_l("Country"), [required(_l("Choose your country."))])
    language = SelectField(_l("Language of the site"), [required(_l("Choose the language of the site."))])
    languages = MultiCheckboxField(_l("Languages you read"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        spoken = i18n.language()
        self.country.choices = [("", "–"), *countries.choices(spoken)]
        self.language.choices = [(code, languages.interface_name(code)) for code in languages.INTERFACE]
        chosen = [code for code in self.languages.data or [] if languages.is_language(code)]
        self.at_hand = list(dict.fromkeys([*chosen, *i18n.asked_for(), spoken, i18n.DEFAULT]))
        self.languages.choices = _first(self.at_hand, languages.choices(spoken))

    @property
    def read(self) -> list[str]:
        """The languages chosen, best first."""
        return list(self.languages.data or [])


class RegisterForm(_Credentials, _Preferences):
    """Credentials come first, as on the page: errors are listed in the order of the fields."""


class SettingsForm(_Preferences):
    """``best`` is one of the languages chosen; the others keep their order behind it."""

    best = SelectField(_l("The one you read best"), validate_choice=False)
    desk_countries = MultiCheckboxField(_l("Countries you look after at the desk"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.best.choices = [
            (code, languages.name(code, i18n.language())) for code in self.read if languages.is_language(code)
        ]
        self.countries_at_hand = [c for c in self.desk_countries.data or [] if countries.is_country(c)]
        self.desk_countries.choices = _first(self.countries_at_hand, countries.choices(i18n.language()))

    @property
    def read(self) -> list[str]:
        chosen = super().read
        return sorted(chosen, key=lambda code: code != self.best.data)


class LoginForm(Form):
    email = EmailField(_l("E-mail"), [required(_l("Give your mail address.")), at_most(LONGEST_EMAIL)])
    password = PasswordField(_l("Password"), [required(_l("Give your password.")), at_most(LONGEST_TYPED)])
    next = HiddenField()
    resume_path = HiddenField()
    resume_fields = HiddenField()


class RecoverForm(Form):
    email = EmailField(_l("E-mail"), [required(_l("Give your mail address.")), at_most(LONGEST_EMAIL)])


class NewPasswordForm(Form):
    password = PasswordField(_l("New password"), [required(_l("Choose a password.")), at_most(LONGEST_TYPED)])


class LanguageForm(Form):
    """The switch at the foot of every page; ``next`` is that page."""

    ui = HiddenField()
    next = HiddenField()


class PressForm(Form):
    """A single button: confirming an address, ending a session."""


def _first(codes: list[str], choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The choices with these codes before the others. The order counts: it is the one they are saved in."""
    names = dict(choices)
    return [*((code, names[code]) for code in codes), *(c for c in choices if c[0] not in codes)]
