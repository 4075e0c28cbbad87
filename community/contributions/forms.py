"""Forms that act on a contribution of any kind."""

from wtforms import HiddenField

from community.kit.forms import Form


class ReactionForm(Form):
    """``on`` is 1 to say "I know this road", 0 to take it back; without it, 1."""

    on = HiddenField(default="1")
    next = HiddenField()


class FollowForm(Form):
    """What is meant by ``target`` depends on ``kind``: a handle, a number, a slug or a country's code.

    ``on`` is 1 to follow (or mute), 0 to take it back; without it, 1.
    """

    kind = HiddenField()
    target = HiddenField()
    on = HiddenField(default="1")
    next = HiddenField()

    @property
    def is_on(self) -> bool:
        return self.on.data != "0"


class WithdrawForm(Form):
    next = HiddenField()
