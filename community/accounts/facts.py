"""What other rooms may hear about people. No fact carries a secret: who sends a mail makes its token then."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ConfirmationWanted:
    """Somebody is to be asked whether their address is theirs."""

    account_id: int


@dataclass(frozen=True)
class RecoveryWanted:
    """Somebody says they own this account and forgot its password."""

    account_id: int


@dataclass(frozen=True)
class SignedOut:
    """Somebody left with one of their browsers; what they had in their hands is free again."""

    account_id: int


@dataclass(frozen=True)
class PasswordChanged:
    """The owner should hear of it, in case it was not them."""

    account_id: int


@dataclass(frozen=True)
class VehiclesRelinked:
    """Which listed model a vehicle is, or what drives it, has changed: that one's, or that of all of ``model_id``."""

    vehicle_id: int | None = None
    model_id: int | None = None


@dataclass(frozen=True)
class Blocked:
    """Since this moment the two do not reach each other."""

    blocker_id: int
    blocked_id: int
