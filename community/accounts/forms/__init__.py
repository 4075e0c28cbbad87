"""Forms about accounts and garages. Field names are part of the contract."""

from community.accounts.forms.people import (
    LanguageForm,
    LoginForm,
    NewPasswordForm,
    PressForm,
    RecoverForm,
    RegisterForm,
    SettingsForm,
)

__all__ = [
    "LanguageForm",
    "LoginForm",
    "NewPasswordForm",
    "PressForm",
    "RecoverForm",
    "RegisterForm",
    "SettingsForm",
]
