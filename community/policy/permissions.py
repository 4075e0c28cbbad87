"""The acts that need permission, and the roles and standings they are asked with."""

from enum import StrEnum


class Permission(StrEnum):
    READ = "read"
    WRITE = "write"
    SUBMIT = "submit"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    COMPARE = "compare"
    FOLLOW_STATUS = "follow_status"
    COMMENT = "comment"
    REACT = "react"
    REVIEW = "review"
    DECIDE = "decide"
    RESTRICT = "restrict"
    HAND_ON = "hand_on"
    TAKE_ESCALATED = "take_escalated"
    USE_ACCOUNT = "use_account"
    SUPPORT = "support"
    CURATE = "curate"
    SEE_INSIGHTS = "see_insights"
    QUOTE = "quote"
    TRANSLATE = "translate"
    FOLLOW = "follow"
    READ_MEMBER = "read_member"
    FOLLOW_MEMBER = "follow_member"
    BLOCK = "block"
    CONSENT = "consent"
    REPORT = "report"
    READ_REPORTS = "read_reports"
    DECIDE_APPEAL = "decide_appeal"
    SANCTION = "sanction"
    CLOSE_ACCOUNT = "close_account"
    SET_RULES = "set_rules"
    EXPORT = "export"
    READ_STATEMENT = "read_statement"
    READ_VEHICLE = "read_vehicle"
    EDIT_VEHICLE = "edit_vehicle"
    REMOVE_VEHICLE = "remove_vehicle"


class Role(StrEnum):
    MEMBER = "member"
    CURATOR = "curator"
    MODERATOR = "moderator"
    ADMIN = "admin"


class Standing(StrEnum):
    GOOD = "good"
    WARNED = "warned"
    SUSPENDED = "suspended"
    CLOSED = "closed"
