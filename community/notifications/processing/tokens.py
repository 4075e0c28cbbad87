"""The signed word in the address that ends a kind of mail: whoever holds it needs no sign-in (RFC 8058)."""

from collections.abc import Iterable

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from community.kit.errors import NotFound
from community.notifications.models import NoticeKind

SALT = "unsubscribe"


def token_of(account_id: int, kinds: Iterable[NoticeKind]) -> str:
    """For mail to this account alone. It does not run out: a mail may be opened years later."""
    return str(_signer().dumps([account_id, sorted(kinds)]))


def read(token: str) -> tuple[int, list[NoticeKind]]:
    """Raises NotFound for what this site did not sign."""
    try:
        account_id, kinds = _signer().loads(token)
        return int(account_id), [NoticeKind(kind) for kind in kinds]
    except (BadSignature, ValueError, TypeError) as error:
        raise NotFound from error


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=SALT)
