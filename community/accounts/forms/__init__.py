"""Forms about accounts and garages. Field names are part of the contract."""

from community.accounts.forms.people import (
    LoginForm,
    NewPasswordForm,
    PressForm,
    RecoverForm,
    RegisterForm,
    SettingsForm,
)

__all__ = [
    "LoginForm",
    "NewPasswordForm",
    "PressForm",
    "RecoverForm",
    "RegisterForm",
    "SettingsForm",
]
