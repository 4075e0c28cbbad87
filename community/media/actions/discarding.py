"""Files nobody needs any more: removed once the transaction that let go of them is kept, never before."""

from collections.abc import Iterable
from typing import Any

from community.kit import jobs, storage

DISCARD = "media.discard"
AT_A_TIME = 200


def discard_later(names: Iterable[str]) -> None:
    """Once the present transaction commits."""
    waiting = list(names)
    for first in range(0, len(waiting), AT_A_TIME):
        jobs.enqueue(DISCARD, {"names": waiting[first : first + AT_A_TIME]})


def discard(_number: int, payload: dict[str, Any]) -> None:
    """The job; what is gone already is passed over, so it may run twice."""
    storage.remove(payload["names"])


jobs.carries(DISCARD, discard)
