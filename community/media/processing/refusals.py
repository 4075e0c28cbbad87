"""What a person is told of a photo that was not taken: what happened, and what to do."""

from flask_babel import lazy_gettext as _l

from community.kit.errors import Words
from community.media.processing.outcomes import Refusal, Refused

__all__ = ["WORDS", "Refusal", "Refused"]

WORDS: dict[Refusal, Words] = {
    Refusal.FORMAT: _l(
        "This file is not a photo we can read. Send a JPEG, PNG, WebP, AVIF or HEIC file instead."
    ),
    Refusal.BYTES: _l("This photo is larger than 16 MB. Save it smaller and send it again."),
    Refusal.PIXELS: _l("This photo has more than 40 megapixels. Make it smaller and send it again."),
    Refusal.SMALL: _l("This photo is too small to see anything on it. Send a larger one."),
    Refusal.ANIMATED: _l("This picture moves, and only still photos can be shown. Send one picture of it."),
    Refusal.BROKEN: _l(
        "This photo is damaged or incomplete. Save it anew from where it came and send it again."
    ),
    Refusal.TIME: _l("This photo took too long to read. Save it as a JPEG and send it again."),
    Refusal.MEMORY: _l(
        "This photo takes too much memory to read. Save it as a smaller JPEG and send it again."
    ),
}
