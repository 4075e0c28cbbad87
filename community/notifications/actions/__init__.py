"""Telling people: notices in the product, and letters."""

from community.notifications.actions.choosing import choose, switch_off
from community.notifications.actions.digesting import mail_at_once, mail_mornings, send_digest
from community.notifications.actions.letters import (
    send_appeal_decided,
    send_appeal_message,
    send_appeal_received,
    send_confirmation,
    send_decision,
    send_language_corrected,
    send_original_changed,
    send_password_changed,
    send_recovery,
    send_report_answered,
    send_report_received,
    send_sanction_lifted,
    send_sanctioned,
    send_translation_shown,
)
from community.notifications.actions.marking import read, read_all, see
from community.notifications.actions.telling import (
    tell_answered,
    tell_merged,
    tell_moved,
    tell_of_new,
    tell_parted,
    tell_quoted,
    tell_supported,
    untell,
)

__all__ = [
    "choose",
    "mail_at_once",
    "mail_mornings",
    "read",
    "read_all",
    "see",
    "send_appeal_decided",
    "send_appeal_message",
    "send_appeal_received",
    "send_confirmation",
    "send_decision",
    "send_digest",
    "send_language_corrected",
    "send_original_changed",
    "send_password_changed",
    "send_recovery",
    "send_report_answered",
    "send_report_received",
    "send_sanction_lifted",
    "send_sanctioned",
    "send_translation_shown",
    "switch_off",
    "tell_answered",
    "tell_merged",
    "tell_moved",
    "tell_of_new",
    "tell_parted",
    "tell_quoted",
    "tell_supported",
    "untell",
]
