"""The part of the writing page that is about calls: those that can be answered, and the one that is over."""

from collections.abc import Sequence

from community.accounts.models import Account
from community.calls import queries
from community.calls.models import Call
from community.contributions.models import Revision
from community.stories.forms import StoryForm
from community.stories.models import Story


def offered(form: StoryForm, account: Account) -> Sequence[Call]:
    return queries.answerable(account.country, account.languages, besides=form.chosen_call)


def typed(revision: Revision) -> dict[str, object]:
    """The call a text answers, and what it answers, as the form has them."""
    given = {answer.question: answer.words for answer in revision.answers}
    answers = [given.get(number, "") for number in range(1, max(given, default=0) + 1)]
    chosen = str(revision.call_id or "")
    return {"call": chosen, "calls": [{"number": chosen, "answers": answers}] if chosen else []}


def late(form: StoryForm, story: Story | None) -> Call | None:
    """The call somebody chose, where it was over before their story was sent for it."""
    chosen = next((call for call, _part in form.asked if call.id == form.chosen_call), None)
    if chosen is None or not chosen.has_ended:
        return None
    return None if story and queries.was_answered(story.id, chosen.id) else chosen
