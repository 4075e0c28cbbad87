"""What people can do with their account."""

from community.accounts.actions.people import (
    appoint,
    change_preferences,
    choose_language,
    normal_email,
    register,
)
from community.accounts.actions.sessions import end_all, end_one, mark_used, open_session, sign_in, sign_out
from community.accounts.actions.tokens import (
    confirm_address,
    issue,
    set_new_password,
    usable,
    want_confirmation,
    want_recovery,
)

__all__ = [
    "appoint",
    "change_preferences",
    "choose_language",
    "confirm_address",
    "end_all",
    "end_one",
    "issue",
    "mark_used",
    "normal_email",
    "open_session",
    "register",
    "set_new_password",
    "sign_in",
    "sign_out",
    "usable",
    "want_confirmation",
    "want_recovery",
]
