"""Stories that show a photo, and whatever can become of them."""

from collections.abc import Callable

from community.contributions import actions as contributions
from community.contributions.actions import Wording
from community.contributions.models import Picture, RevisionState
from community.moderation.models import Outcome
from community.stories import actions as stories
from tests.cast import Cast
from tests.factories.contributions import BODY, Factory, contribution, story, wording
from tests.helpers.site import Site


def showing(*keys: str, title: str = "Over the pass") -> Wording:
    return wording(title, f"{BODY} {title}", pictures=tuple(Picture(key, "What it shows") for key in keys))


class Texts:
    """Of Lan's; each gives the story's number."""

    def __init__(self, site: Site, cast: Cast, make: Factory) -> None:
        self._site, self._make, self.author = site, make, cast.lan

    def tell(self, state: str, key: str) -> int:
        """One of STATES, come about through what people do."""
        return STATES[state](self, key)

    def draft(self, *keys: str) -> int:
        return self._make.draft_story(text=showing(*keys))

    def keep(self, number: int, *keys: str, title: str = "Over the pass") -> int:
        """Its author saves a draft that shows these."""
        with self._site.writing():
            words = showing(*keys, title=title)
            stories.keep(story(number), words, sequence=None, by=self.author.account())
        return number

    def waiting(self, *keys: str) -> int:
        return self._make.waiting_story(text=showing(*keys))

    def live(self, *keys: str) -> int:
        return self._make.live_story(text=showing(*keys))

    def hide(self, number: int) -> int:
        self._make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
        return number

    def restore(self, number: int) -> int:
        self._make.decide(number, Outcome.RESTORE, on=RevisionState.LIVE)
        return number

    def decided(self, number: int, outcome: Outcome = Outcome.APPROVE) -> int:
        self._make.decide(number, outcome)
        return number

    def again(self, number: int, *keys: str) -> int:
        """A newer text waits."""
        self._make.edit_waiting(number, showing(*keys, title="Over it again"))
        return number

    def withdraw(self, number: int) -> int:
        with self._site.writing():
            contributions.withdraw(contribution(number), by=self.author.account())
        return number

    def erase(self, number: int) -> int:
        """There is no page for it yet."""
        self._site.execute("UPDATE contribution SET state = 'erased' WHERE id = :id", id=number)
        return number

    def nothing(self) -> int:
        return 0


STATES: dict[str, Callable[[Texts, str], int]] = {
    "in no text": lambda of, key: of.nothing(),
    "in a draft": lambda of, key: of.draft(key),
    "taken out of a draft": lambda of, key: of.keep(of.draft(key)),
    "waiting": lambda of, key: of.waiting(key),
    "live": lambda of, key: of.live(key),
    "hidden": lambda of, key: of.hide(of.live(key)),
    "restored": lambda of, key: of.restore(of.hide(of.live(key))),
    "withdrawn": lambda of, key: of.withdraw(of.live(key)),
    "refused": lambda of, key: of.decided(of.waiting(key), Outcome.REFUSE),
    "returned": lambda of, key: of.decided(of.waiting(key), Outcome.RETURN),
    "only in an earlier text": lambda of, key: of.decided(of.again(of.live(key))),
    "only in a text that waits": lambda of, key: of.again(of.live(), key),
    "only in the draft of what is live": lambda of, key: of.keep(of.live(), key, title="Anew"),
    "only in the draft of what waits": lambda of, key: of.keep(of.waiting(), key, title="Anew"),
    "withdrawn before it was sent": lambda of, key: of.withdraw(of.draft(key)),
    "erased": lambda of, key: of.erase(of.live(key)),
}
