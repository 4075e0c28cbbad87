"""Forms that act on a contribution of any kind."""

from wtforms import HiddenField

from community.kit.forms import Form


class ReactionForm(Form):
    """``on`` is 1 to say "I know this road", 0 to take it back; without it, 1."""

    on = HiddenField(default="1")
    next = HiddenField()


class WithdrawForm(Form):
    next = HiddenField()
