"""One of everything an address can name, each made when somebody asks for it: to make all of it takes a second."""

from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from typing import Any, Self

from community.accounts import actions as accounts
from community.accounts.actions import listing
from community.accounts.models import Purpose
from community.contributions.models import Picture, RevisionState
from community.media import actions as media
from community.moderation.access import appeals as appeal_access
from community.moderation.access import reports as report_access
from community.moderation.actions import appeals, reports
from community.moderation.models import Outcome, Reason
from community.moderation.queries.counting import HalfYear
from community.notifications.models import NoticeKind
from community.notifications.processing.tokens import token_of
from tests.cast import Cast
from tests.factories.calls import Calls, call_draft
from tests.factories.contributions import Factory, contribution, decision, revision, wording
from tests.factories.ideas import Ideas
from tests.factories.photos import Photos
from tests.factories.translations import Translations
from tests.helpers.site import Site

_numbers = count(1)
NOTICE = reports.Notice(
    reason=Reason.HATE,
    explanation="It is not about a car.",
    seen=None,
    language="en",
    form_id="a-report-of-this-test",
    origin="0" * 64,
    name="Somebody",
    email="somebody@example.test",
)


class World:
    """``lan`` wrote it all. For ``str.format_map``: its names are those in the addresses."""

    slug = "over-the-pass"

    def __init__(self, site: Site, cast: Cast, make: Factory, photos: Photos) -> None:
        self._site, self._cast, self._make, self._photos = site, cast, make, photos
        self._translations, self._ideas = Translations(site, make), Ideas(site, make)
        self.number = next(_numbers)
        self.half_year = str(HalfYear.of(datetime.now(UTC)))

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)

    def whole(self) -> Self:
        """With everything made, for pages that list what there is."""
        for name, kind in vars(World).items():
            if isinstance(kind, property | cached_property):
                getattr(self, name)
        return self

    @property
    def lan(self) -> str:
        return self._cast.lan.handle

    # Texts, and what is decided about them

    @cached_property
    def _told(self) -> tuple[int, str]:
        photo = self._photos.ready(self._cast.lan)
        return self._make.live_story(text=wording(pictures=(Picture(photo, "A road"),))), photo

    @property
    def live(self) -> int:
        return self._told[0]

    @property
    def photo(self) -> str:
        """In the story."""
        return self._told[1]

    @cached_property
    def waiting(self) -> int:
        return self._make.waiting_story()

    @cached_property
    def waiting_revision(self) -> int:
        number = self.waiting
        with self._site.reading():
            return revision(number, RevisionState.WAITING).id

    @cached_property
    def draft(self) -> int:
        return self._make.draft_story()

    @cached_property
    def comment(self) -> int:
        return self._make.comment(self.live, self._cast.lan)

    @cached_property
    def statement(self) -> str:
        refused = self._make.refused_story()
        with self._site.reading():
            return contribution(refused).statement_puid or ""

    @cached_property
    def receipt(self) -> str:
        live = self.live
        with self._site.writing():
            return report_access.token_of(reports.report(contribution(live), NOTICE, by=None))

    @cached_property
    def restriction(self) -> str:
        made = self._make.decide(self._make.waiting_story(), Outcome.REFUSE)
        with self._site.reading():
            return appeal_access.token_for_decision(decision(made))

    @cached_property
    def _appealed(self) -> tuple[str, int]:
        made = self._make.decide(self._make.waiting_story(), Outcome.REFUSE)
        with self._site.writing():
            token = appeal_access.token_for_decision(decision(made))
            matter = appeal_access.load_matter(token)
            return token, appeals.open_appeal(matter, "It was not read to the end.").id

    @property
    def appeal(self) -> str:
        return self._appealed[0]

    @property
    def appeal_id(self) -> int:
        return self._appealed[1]

    @cached_property
    def translation(self) -> int:
        return self._translations.live(self.live, "id", self._cast.member)

    @cached_property
    def translating(self) -> int:
        return self._translations.draft(self.live, "vi", self._cast.lan)

    # An account's

    @cached_property
    def confirm(self) -> str:
        with self._site.writing():
            return accounts.issue(self._cast.lan.account(), Purpose.CONFIRM)

    @cached_property
    def recover(self) -> str:
        with self._site.writing():
            return accounts.issue(self._cast.lan.account(), Purpose.RECOVER)

    @cached_property
    def loose(self) -> str:
        return self._photos.ready(self._cast.lan, look=1)

    @cached_property
    def upload(self) -> str:
        with self._site.writing():
            return media.begin(10, name="", areas=(), by=self._cast.lan.account()).key

    @cached_property
    def vehicle(self) -> int:
        return self._make.vehicle(model=f"Vireo {self.number}")

    @cached_property
    def private(self) -> int:
        return self._make.vehicle(is_public=False)

    @cached_property
    def notice(self) -> int:
        """Somebody answered."""
        self._make.comment(self.live, self._cast.member)
        found: int = self._site.value(
            "SELECT max(id) FROM notice WHERE account_id = :lan", lan=self._cast.lan.id
        )
        return found

    @cached_property
    def unsubscribing(self) -> str:
        with self._site.reading():
            return token_of(self._cast.lan.id, [NoticeKind.ANSWERED])

    # Models of cars: two of one maker, the second in nobody's garage; and a maker of nothing

    @cached_property
    def _listed(self) -> tuple[str, int, int, int, int]:
        number = self.number
        with self._site.writing():
            model, other = (
                listing.list_model(f"Larch {number}", f"{name} {number}", None) for name in ("Vireo", "Suma")
            )
            gone = listing.list_model(f"Nobody {number}", "Nothing", None)
            listing.remove_model(gone)
            return model.slug, model.id, other.id, gone.maker_id, model.maker_id

    @property
    def slug_of_model(self) -> str:
        return self._listed[0]

    @property
    def model(self) -> int:
        return self._listed[1]

    @property
    def other_model(self) -> int:
        return self._listed[2]

    @property
    def maker(self) -> int:
        return self._listed[3]

    @property
    def other_maker(self) -> int:
        return self._listed[4]

    # Ideas, spotlights and calls

    @cached_property
    def idea(self) -> int:
        return self._ideas.live(self._cast.lan)

    @cached_property
    def other_idea(self) -> int:
        return self._ideas.live(self._cast.lan)

    @cached_property
    def idea_draft(self) -> int:
        return self._ideas.draft(self._cast.lan)

    @cached_property
    def quote(self) -> int:
        return self._ideas.quote(self.idea, self.live, agreed=False)

    @cached_property
    def merge(self) -> int:
        return self._ideas.merge(self._ideas.live(self._cast.lan), self.other_idea, by=self._cast.admin)

    @cached_property
    def _calls(self) -> Calls:
        return Calls(self._site, self._make)

    @cached_property
    def spotlight(self) -> int:
        return self._calls.spotlight([self.live])

    @cached_property
    def spotlight_draft(self) -> int:
        return self._calls.spotlight([self.live], published=False)

    @cached_property
    def call(self) -> int:
        return self._calls.opened()

    @cached_property
    def call_draft(self) -> int:
        return self._calls.draft()

    @cached_property
    def call_over(self) -> int:
        return self._calls.opened(call_draft(first=-3, last=-1))
