"""Every rule of the URL map for every kind of person. A rule without a line here fails, so nobody forgets to decide."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from community.app import create_app
from community.config import Settings
from community.notifications.models import NoticeKind
from tests.architecture.world import World
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.factories.photos import Photos
from tests.helpers.browser import Browser, Page
from tests.helpers.site import SETTINGS, Site

ACTORS = ("signed out", "unconfirmed", "member", "author", "suspended", "curator", "moderator", "admin")
DESK = ("moderator", "admin")
TO_SIGN_IN = "sign in"
REFUSED = (401, 403, 404, 409, 422)
Answer = int | str


class Line(NamedTuple):
    """Who gets what. ``default`` is for the actors not named; ``name`` tells two lines of one endpoint apart."""

    path: str
    default: Answer
    signed_out: Answer | None = None
    author: Answer | None = None
    desk: Answer | None = None
    voiceless: Answer | None = None
    """Somebody unconfirmed or suspended."""
    fields: dict[str, str] | None = None
    json: dict[str, str] | None = None
    admin: Answer | None = None
    """Where an admin gets something else than a moderator."""
    maker: Answer | None = None
    """Where curators and admins get something else: what is answered for the maker."""
    headers: dict[str, str] | None = None

    def answer(self, actor: str) -> Answer:
        own = {
            "signed out": self.signed_out,
            "author": self.author,
            "moderator": self.desk,
            "curator": self.maker,
            "admin": next((one for one in (self.admin, self.maker, self.desk) if one is not None), None),
            "unconfirmed": self.voiceless,
            "suspended": self.voiceless,
        }.get(actor)
        return self.default if own is None else own


STORY = {
    "form_id": "a-form-of-this-test",
    "title": "A road",
    "body": "A road told in more than twenty letters.",
    "language": "en",
    "topic": "journeys",
}
COMMENT = {"form_id": "another-form-of-it", "body": "Yes.", "language": "en"}
CLAUSE = {
    "version": "1",
    "number": "1.4",
    "title_en": "Another title",
    "text_en": "Another text.",
    "category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
}
VEHICLE = {"form_id": "a-vehicle-of-this-test", "model": "Vireo", "odometer_unit": "km"}
MOVE = {"stage": "planned", "answer": "We look into it.", "function": "Design", "language": "en", "on": "0"}
WORDS = {"version": "2", "title": "Ba con đường", "introduction": "Từ ba bờ biển."}
SPOTLIGHT = {
    "form_id": "a-spotlight-of-this-test",
    "version": "2",
    "title": "Three roads",
    "introduction": "From three coasts.",
    "language": "en",
    "first_day": "2026-03-01",
    "last_day": "2026-03-09",
    "stories": "{live}",
}
CALL = {
    "form_id": "a-call-of-this-test",
    "version": "2",
    "title": "By the sea",
    "introduction": "Tell us.",
    "language": "en",
    "first_day": "2026-03-01",
    "last_day": "2026-03-09",
    "questions": "Where?\nWho?",
}
ENDED = {"why": "The book is full."}
STAGE = {"slug": "next-year", "meaning": "planned", "name_en": "Next year"}
APPROVE = {"outcome": "approve", "ground": "", "explanation": "", "revision": "1", "version": "2"}
WARNING = {
    "form_id": "a-sanction-of-this-test",
    "measure": "warning",
    "ground": "1.2",
    "explanation": "Please be kind.",
    "gravity": "minor",
    "intent": "unknown",
}
UPHELD = {"verdict": "upheld", "answer": "Read again, and the clause fits."}
REPORT = {
    "reason": "other",
    "explanation": "It is not about a car.",
    "name": "Somebody",
    "email": "somebody@example.test",
    "good_faith": "y",
}
MAIL = {**{kind.value: "daily" for kind in NoticeKind}, "zone": "Asia/Tokyo"}
PREFERENCES = {"display_name": "Somebody", "country": "VN", "language": "en"}
NEW_PASSWORD = {"password": "eleven roads lead to the sea"}
WRONG = {"email": "nobody@example.test", "password": "not a password of anybody"}
JOIN = {**PREFERENCES, "email": "new{number}@example.test", "password": NEW_PASSWORD["password"]}
AREAS = {"areas": "[[0,0,5000,5000]]"}
FIRST_BYTES = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
IDEA = {
    "form_id": "an-idea-of-this-test",
    "title": "A hook for the bag",
    "missing": "There is no hook for a bag of the market.",
    "better": "A hook that folds away, as old taxis have it.",
    "language": "en",
    "area": "design",
}
ALL = 200
SIGNED_ADDRESSES = ("POST notices.unsubscribe",)
"""What a mail program posts to: the address itself is what nobody else could have made (RFC 8058)."""

LINES: dict[str, list[Line]] = {
    "GET pages.home": [Line("/", ALL)],
    "GET pages.own_home": [
        Line("/home", ALL, signed_out=TO_SIGN_IN),
        Line("/home?after=nonsense", 404, signed_out=TO_SIGN_IN),
    ],
    "GET pages.about": [Line("/about", ALL)],
    "GET pages.guidelines": [Line("/guidelines", ALL)],
    "GET pages.guidelines_json": [Line("/guidelines.json", ALL)],
    "GET pages.guideline_changes": [Line("/guidelines/versions", ALL)],
    "GET pages.clause": [Line("/guidelines/clauses/1.2", ALL), Line("/guidelines/clauses/1.99", 404)],
    "GET pages.clause_version": [
        Line("/guidelines/clauses/1.2/1", ALL),
        Line("/guidelines/clauses/1.2/99", 404),
    ],
    "GET pages.privacy": [Line("/privacy", ALL)],
    "GET transparency.log": [
        Line("/transparency", ALL),
        Line("/transparency?act=refuse&language=vi&country=VN&kind=story&clause=1.2&from=2026-01-01", ALL),
        Line("/transparency?after=nonsense", 404),
    ],
    "GET transparency.feed": [Line("/transparency.atom", ALL)],
    "GET transparency.log_csv": [Line("/transparency.csv", ALL)],
    "GET transparency.line": [Line("/transparency/lines/1", ALL), Line("/transparency/lines/999999", 404)],
    "GET transparency.checking": [Line("/transparency/checking", ALL)],
    "GET transparency.reports": [Line("/transparency/reports", ALL)],
    "GET transparency.half_year": [
        Line("/transparency/reports/{half_year}", ALL),
        Line("/transparency/reports/1999-H1", 404),
    ],
    "GET transparency.half_year_json": [Line("/transparency/reports/{half_year}.json", ALL)],
    "GET transparency.half_year_csv": [Line("/transparency/reports/{half_year}.csv", ALL)],
    "GET insights.index": [
        Line("/insights", 404, signed_out=TO_SIGN_IN, maker=ALL),
        Line("/insights?from=2026-01&country=VN&topic=family", 404, signed_out=TO_SIGN_IN, maker=ALL),
    ],
    "GET insights.table_csv": [
        Line("/insights/months.csv", 404, signed_out=TO_SIGN_IN, maker=ALL),
        Line("/insights/words.csv?language=vi", 404, signed_out=TO_SIGN_IN, maker=ALL),
        Line("/insights/nothing.csv", 404, signed_out=TO_SIGN_IN),
    ],
    "GET moderation.numbers": [Line("/moderation/numbers", 404, signed_out=TO_SIGN_IN, desk=ALL)],
    "GET search.index": [
        Line("/search", ALL),
        Line("/search?q=hummed", ALL),
        Line("/search?q=hummed&after=nonsense", 404),
        Line("/search?q=hook&in=ideas", ALL),
        Line("/search?q=hook&in=ideas&after=nonsense", 404),
    ],
    "GET feeds.atom": [
        Line("/feeds/stories.atom", ALL),
        Line("/feeds/stories.atom?language=vi,en&country=VN", ALL),
    ],
    "GET feeds.json": [Line("/feeds/stories.json", ALL)],
    "GET feeds.sitemap": [Line("/sitemap.xml", ALL)],
    "GET feeds.sitemap_gatherings": [Line("/sitemaps/gatherings.xml", ALL)],
    "GET feeds.sitemap_part": [Line("/sitemaps/0.xml", ALL), Line("/sitemaps/999999.xml", 404)],
    "GET pages.robots": [Line("/robots.txt", ALL)],
    "GET pages.healthz": [Line("/healthz", ALL)],
    "GET pages.readyz": [Line("/readyz", ALL)],
    "GET pages.metrics": [Line("/metrics", ALL)],
    "GET stories.index": [
        Line("/stories", ALL),
        Line("/stories?country=VN&language=vi&topic=family&sort=loved", ALL),
        Line("/stories?after=nonsense", 404),
    ],
    "GET stories.countries": [Line("/countries", ALL)],
    "GET stories.country": [
        Line("/countries/VN", ALL),
        Line("/countries/vn", 404),
        Line("/countries/XX", 404),
    ],
    "GET stories.topic": [Line("/topics/family", ALL), Line("/topics/politics", 404)],
    "GET stories.member": [Line("/members/nobody-here", 404), Line("/members/{lan}", ALL)],
    "GET stories.vehicle": [
        Line("/vehicles/{vehicle}", ALL),
        Line("/vehicles/{private}", 404, author=ALL),
        Line("/vehicles/999999", 404),
    ],
    "GET stories.models": [Line("/models", ALL)],
    "GET stories.model": [
        Line("/models/{slug_of_model}", ALL),
        Line("/models/{slug_of_model}?country=VN", ALL),
        Line("/models/{slug_of_model}?after=nonsense", 404),
        Line("/models/no-such-model", 404),
    ],
    "GET following.mine": [Line("/me/following", ALL, signed_out=TO_SIGN_IN)],
    "POST following.follow": [
        Line(
            "/follows",
            302,
            signed_out=TO_SIGN_IN,
            author=404,
            fields={"kind": "contribution", "target": "{live}", "on": "1"},
        ),
        Line(
            "/follows", 302, signed_out=TO_SIGN_IN, author=404, fields={"kind": "member", "target": "{lan}"}
        ),
        Line("/follows", 302, signed_out=TO_SIGN_IN, fields={"kind": "country", "target": "VN", "on": "0"}),
        Line("/follows", 404, signed_out=TO_SIGN_IN, fields={"kind": "contribution", "target": "{waiting}"}),
    ],
    "POST following.mute": [
        Line("/follows/mutes", 302, signed_out=TO_SIGN_IN, fields={"kind": "topic", "target": "family"}),
        Line("/follows/mutes", 404, signed_out=TO_SIGN_IN, fields={"kind": "topic", "target": "politics"}),
    ],
    "GET blocking.ask": [Line("/members/{lan}/block", ALL, signed_out=TO_SIGN_IN, author=404)],
    "POST blocking.block": [
        Line("/members/{lan}/block", 302, signed_out=TO_SIGN_IN, author=404, fields={}),
        Line("/members/nobody-here/block", 404, signed_out=TO_SIGN_IN, fields={}),
    ],
    "POST blocking.unblock": [
        Line("/members/{lan}/block/removal", 302, signed_out=TO_SIGN_IN, author=404, fields={})
    ],
    "GET blocking.blocks": [Line("/account/blocks", ALL, signed_out=TO_SIGN_IN)],
    "GET garage.index": [Line("/me/garage", ALL, signed_out=TO_SIGN_IN)],
    "GET garage.new": [Line("/me/garage/new", ALL, signed_out=TO_SIGN_IN)],
    "POST garage.add": [Line("/me/garage/new", 302, signed_out=401, fields=VEHICLE)],
    "GET garage.edit": [Line("/me/garage/{vehicle}", 404, signed_out=TO_SIGN_IN, author=ALL)],
    "POST garage.change": [
        Line("/me/garage/{vehicle}", 404, signed_out=401, author=302, fields=VEHICLE),
    ],
    "GET garage.ask_removal": [Line("/me/garage/{vehicle}/removal", 404, signed_out=TO_SIGN_IN, author=ALL)],
    "POST garage.remove": [
        Line("/me/garage/{vehicle}/removal", 404, signed_out=TO_SIGN_IN, author=302, fields={})
    ],
    "GET stories.permalink": [
        Line("/stories/{live}", 301),
        Line("/stories/{waiting}", 404, author=302),
        Line("/stories/999999", 404),
    ],
    "GET stories.show": [
        Line("/stories/{live}/{slug}", ALL),
        Line("/stories/{live}/another-slug", 301),
        Line("/stories/{waiting}/{slug}", 404, author=302),
    ],
    "GET stories.new": [Line("/stories/new", ALL, signed_out=TO_SIGN_IN)],
    "POST stories.create": [
        Line("/stories/new", 302, signed_out=401, fields={**STORY, "action": "save"}),
        Line("/stories/new", 302, signed_out=401, fields={**STORY, "action": "submit"}),
        Line("/stories/new", ALL, signed_out=401, fields={**STORY, "action": "preview"}),
    ],
    "GET stories.edit": [
        Line("/stories/{live}/edit", 404, signed_out=TO_SIGN_IN, author=ALL),
        Line("/stories/{draft}/edit", 404, signed_out=TO_SIGN_IN, author=ALL),
    ],
    "POST stories.save": [
        Line("/stories/{live}/edit", 404, signed_out=401, author=302, fields={**STORY, "action": "submit"}),
        Line("/stories/{draft}/edit", 404, signed_out=401, author=302, fields={**STORY, "sequence": "9"}),
    ],
    "POST stories.autosave": [
        Line("/stories/drafts", ALL, signed_out=401, json=STORY),
        Line(
            "/stories/drafts",
            404,
            signed_out=401,
            author=ALL,
            json={**STORY, "story_id": "{draft}", "sequence": "9"},
        ),
    ],
    "POST stories.preview": [Line("/stories/preview", ALL, signed_out=401, fields=STORY)],
    "POST stories.guess": [Line("/stories/language", ALL, signed_out=401, fields={"text": "Xin chào"})],
    "GET translations.of_thing": [
        Line("/stories/{live}/translations", ALL),
        Line("/stories/{waiting}/translations", 404),
        Line("/stories/{comment}/translations", 404),
        Line("/stories/{idea}/translations", 404),
        Line("/ideas/{idea}/translations", ALL),
        Line("/ideas/{live}/translations", 404),
    ],
    "POST translations.begin": [
        Line("/stories/{live}/translations", 302, signed_out=TO_SIGN_IN, fields={"language": "fr"}),
        Line("/stories/{live}/translations", 404, signed_out=TO_SIGN_IN, fields={"language": "xx"}),
        Line("/stories/{waiting}/translations", 404, signed_out=TO_SIGN_IN, fields={"language": "fr"}),
        Line("/ideas/{idea}/translations", 302, signed_out=TO_SIGN_IN, fields={"language": "fr"}),
        Line("/ideas/{idea_draft}/translations", 404, signed_out=TO_SIGN_IN, fields={"language": "fr"}),
    ],
    "POST translations.permit": [
        Line(
            "/stories/{live}/translations/permission",
            404,
            signed_out=TO_SIGN_IN,
            author=302,
            fields={"is_permitted": "0"},
        ),
        Line(
            "/ideas/{idea}/translations/permission",
            404,
            signed_out=TO_SIGN_IN,
            author=302,
            fields={"is_permitted": "1"},
        ),
    ],
    "GET translations.permalink": [
        Line("/translations/{translation}", 302),
        Line("/translations/{translating}", 404, author=302),
        Line("/translations/{live}", 404),
    ],
    "GET translations.edit": [
        Line("/translations/{translating}/edit", 404, signed_out=TO_SIGN_IN, author=ALL),
    ],
    "POST translations.save": [
        Line("/translations/{translating}/edit", 404, signed_out=401, author=302, fields={"sequence": "9"}),
        Line(
            "/translations/{translating}/edit",
            404,
            signed_out=401,
            author=422,
            fields={"action": "submit", "sequence": "9"},
        ),
    ],
    "POST translations.autosave": [
        Line("/translations/{translating}/draft", 404, signed_out=401, author=ALL, json={"sequence": "9"}),
    ],
    "GET translations.wanted": [
        Line("/translations/wanted", ALL, signed_out=TO_SIGN_IN),
        Line("/translations/wanted?language=xx", ALL, signed_out=TO_SIGN_IN),
    ],
    "GET translations.mine": [
        Line("/me/translations", ALL, signed_out=TO_SIGN_IN),
        Line("/me/translations?after=nonsense", 404, signed_out=TO_SIGN_IN),
    ],
    "GET ideas.index": [
        Line("/ideas", ALL),
        Line("/ideas?stage=open&area=design&country=VN&model=none&language=vi&sort=supported", ALL),
        Line("/ideas?after=nonsense", 404),
    ],
    "GET ideas.permalink": [
        Line("/ideas/{idea}", 301),
        Line("/ideas/{idea_draft}", 404, author=302),
        Line("/ideas/{live}", 404),
    ],
    "GET ideas.show": [
        Line("/ideas/{idea}/a-hook-for-the-bag", ALL),
        Line("/ideas/{idea}/another-slug", 301),
        Line("/ideas/{idea}/a-hook-for-the-bag?after=nonsense", 404),
        Line("/ideas/{idea_draft}/a-hook-for-the-bag", 404, author=302),
    ],
    "POST ideas.support": [
        Line("/ideas/{idea}/support", 302, signed_out=401, author=404, voiceless=403, fields={"on": "1"}),
        Line("/ideas/{idea}/support", 302, signed_out=401, author=404, voiceless=403, fields={"on": "0"}),
        Line("/ideas/{idea_draft}/support", 404, signed_out=401, fields={"on": "1"}),
    ],
    "GET ideas.changed": [
        Line("/changed", ALL),
        Line("/changed?stage=planned", ALL),
        Line("/changed?after=nonsense", 404),
    ],
    "GET gatherings.spotlights": [Line("/spotlights", ALL), Line("/spotlights?after=nonsense", 404)],
    "GET gatherings.spotlight": [
        Line("/spotlights/{spotlight}", 302),
        Line("/spotlights/{spotlight_draft}", 404, maker=302),
    ],
    "GET gatherings.read_spotlight": [
        Line("/spotlights/{spotlight}/three-roads", ALL),
        Line("/spotlights/{spotlight}/four-roads", 302),
        Line("/spotlights/{spotlight_draft}/three-roads", 404, maker=ALL),
    ],
    "GET gatherings.calls": [Line("/calls", ALL), Line("/calls?after=nonsense", 404)],
    "GET gatherings.call": [Line("/calls/{call}", 302), Line("/calls/{call_draft}", 404, maker=302)],
    "GET gatherings.read_call": [
        Line("/calls/{call}/roads-by-the-sea", ALL),
        Line("/calls/{call}/roads-by-the-lake", 302),
        Line("/calls/{call}/roads-by-the-sea?after=nonsense", 404),
        Line("/calls/{call_draft}/roads-by-the-sea", 404, maker=ALL),
    ],
    "GET gatherings.spotlight_list": [
        Line("/curation/spotlights", 404, signed_out=TO_SIGN_IN, maker=ALL),
        Line("/curation/spotlights?after=nonsense", 404, signed_out=TO_SIGN_IN),
    ],
    "GET gatherings.new_spotlight": [Line("/curation/spotlights/new", 404, signed_out=TO_SIGN_IN, maker=ALL)],
    "POST gatherings.create_spotlight": [
        Line("/curation/spotlights/new", 404, signed_out=401, maker=302, fields=SPOTLIGHT),
        Line("/curation/spotlights/new", 404, signed_out=401, maker=422, fields={**SPOTLIGHT, "title": " "}),
    ],
    "GET gatherings.edit_spotlight": [
        Line("/curation/spotlights/{spotlight}/edit", 404, signed_out=TO_SIGN_IN, maker=ALL),
        Line("/curation/spotlights/999999/edit", 404, signed_out=TO_SIGN_IN),
    ],
    "POST gatherings.save_spotlight": [
        Line("/curation/spotlights/{spotlight}/edit", 404, signed_out=401, maker=302, fields=SPOTLIGHT),
        Line(
            "/curation/spotlights/{spotlight}/edit",
            404,
            signed_out=401,
            maker=409,
            fields={**SPOTLIGHT, "version": "9"},
        ),
    ],
    "POST gatherings.publish_spotlight": [
        Line(
            "/curation/spotlights/{spotlight_draft}/publication",
            404,
            signed_out=TO_SIGN_IN,
            maker=302,
            fields={"version": "1", "on": "1"},
        ),
        Line(
            "/curation/spotlights/{spotlight}/publication",
            404,
            signed_out=TO_SIGN_IN,
            maker=409,
            fields={"version": "1", "on": "0"},
        ),
    ],
    "GET gatherings.spotlight_text": [
        Line("/curation/spotlights/{spotlight}/texts/vi", 404, signed_out=TO_SIGN_IN, maker=ALL),
        Line("/curation/spotlights/{spotlight}/texts/xx", 404, signed_out=TO_SIGN_IN),
    ],
    "POST gatherings.save_spotlight_text": [
        Line("/curation/spotlights/{spotlight}/texts/vi", 404, signed_out=401, maker=302, fields=WORDS),
        Line("/curation/spotlights/{spotlight}/texts/en", 404, signed_out=401, fields=WORDS),
    ],
    "GET gatherings.call_list": [
        Line("/curation/calls", 404, signed_out=TO_SIGN_IN, maker=ALL),
        Line("/curation/calls?after=nonsense", 404, signed_out=TO_SIGN_IN),
    ],
    "GET gatherings.new_call": [Line("/curation/calls/new", 404, signed_out=TO_SIGN_IN, maker=ALL)],
    "POST gatherings.create_call": [
        Line("/curation/calls/new", 404, signed_out=401, maker=302, fields=CALL),
        Line("/curation/calls/new", 404, signed_out=401, maker=422, fields={**CALL, "countries": "XX"}),
    ],
    "GET gatherings.edit_call": [
        Line("/curation/calls/{call}/edit", 404, signed_out=TO_SIGN_IN, maker=ALL),
        Line("/curation/calls/999999/edit", 404, signed_out=TO_SIGN_IN),
    ],
    "POST gatherings.save_call": [
        Line("/curation/calls/{call}/edit", 404, signed_out=401, maker=302, fields=CALL),
        Line("/curation/calls/{call}/edit", 404, signed_out=401, maker=409, fields={**CALL, "version": "9"}),
    ],
    "POST gatherings.open_call": [
        Line(
            "/curation/calls/{call_draft}/opening",
            404,
            signed_out=TO_SIGN_IN,
            maker=302,
            fields={"version": "1"},
        )
    ],
    "POST gatherings.end_call_early": [
        Line(
            "/curation/calls/{call}/early-end",
            404,
            signed_out=401,
            maker=302,
            fields={**ENDED, "version": "2"},
        ),
        Line(
            "/curation/calls/{call}/early-end",
            404,
            signed_out=401,
            maker=409,
            fields={**ENDED, "version": "9"},
        ),
        Line(
            "/curation/calls/{call_draft}/early-end", 404, signed_out=401, maker=422, fields={"version": "1"}
        ),
    ],
    "POST gatherings.end_call": [
        Line("/curation/calls/{call_over}/spotlight", 404, signed_out=TO_SIGN_IN, maker=302, fields={}),
        Line("/curation/calls/{call}/spotlight", 404, signed_out=TO_SIGN_IN, maker=422, fields={}),
    ],
    "GET gatherings.call_text": [
        Line("/curation/calls/{call}/texts/vi", 404, signed_out=TO_SIGN_IN, maker=ALL),
        Line("/curation/calls/{call}/texts/en", 404, signed_out=TO_SIGN_IN),
    ],
    "POST gatherings.save_call_text": [
        Line("/curation/calls/{call}/texts/vi", 404, signed_out=401, maker=302, fields=WORDS)
    ],
    "GET ideas.new": [
        Line("/ideas/new", ALL, signed_out=TO_SIGN_IN),
        Line("/ideas/new?story={live}", ALL, signed_out=TO_SIGN_IN),
        Line("/ideas/new?story={live}&part=changed", ALL, signed_out=TO_SIGN_IN),
        Line("/ideas/new?story={waiting}", 404, signed_out=TO_SIGN_IN),
        Line("/ideas/new?story={comment}", 404, signed_out=TO_SIGN_IN),
    ],
    "POST ideas.create": [
        Line("/ideas/new", 302, signed_out=401, fields={**IDEA, "action": "save"}),
        Line("/ideas/new", 302, signed_out=401, fields={**IDEA, "action": "submit"}),
        Line("/ideas/new", ALL, signed_out=401, fields={**IDEA, "action": "preview"}),
        Line("/ideas/new", 422, signed_out=401, fields={**IDEA, "story": "{waiting}", "part": "changed"}),
    ],
    "GET ideas.edit": [
        Line("/ideas/{idea}/edit", 404, signed_out=TO_SIGN_IN, author=ALL),
        Line("/ideas/{idea_draft}/edit?alike=1", 404, signed_out=TO_SIGN_IN, author=ALL),
    ],
    "POST ideas.save": [
        Line("/ideas/{idea}/edit", 404, signed_out=401, author=302, fields={**IDEA, "action": "submit"}),
        Line("/ideas/{idea_draft}/edit", 404, signed_out=401, author=302, fields={**IDEA, "sequence": "9"}),
    ],
    "POST ideas.autosave": [
        Line("/ideas/drafts", ALL, signed_out=401, json=IDEA),
        Line("/ideas/drafts", 422, signed_out=401, json={"area": "nothing"}),
    ],
    "POST ideas.preview": [Line("/ideas/preview", ALL, signed_out=401, fields=IDEA)],
    "GET ideas.mine": [
        Line("/me/ideas", ALL, signed_out=TO_SIGN_IN),
        Line("/me/ideas?after=nonsense", 404, signed_out=TO_SIGN_IN),
    ],
    "GET ideas.quote": [
        Line("/quotes/{quote}", 404, signed_out=TO_SIGN_IN, author=ALL),
        Line("/quotes/999999", 404, signed_out=TO_SIGN_IN),
    ],
    "POST ideas.answer": [
        Line("/quotes/{quote}", 404, signed_out=TO_SIGN_IN, author=302, fields={"agree": "1"}),
        Line("/quotes/{quote}", 404, signed_out=TO_SIGN_IN, author=302, fields={"agree": "0"}),
    ],
    "GET media.show_file": [
        Line("/photos/{photo}/96.webp", ALL),
        Line("/photos/{photo}/master.jpg", 404),
        Line("/photos/{loose}/96.webp", 404, author=ALL),
    ],
    "GET media.tell_state": [Line("/photos/{loose}/state", 404, signed_out=401, author=ALL)],
    "GET media.edit_areas": [
        Line("/photos/{photo}/areas", 404, signed_out=TO_SIGN_IN, author=ALL),
        Line("/photos/{loose}/areas", 404, signed_out=TO_SIGN_IN, author=ALL),
    ],
    "POST media.save_areas": [
        Line("/photos/{photo}/areas", 404, signed_out=TO_SIGN_IN, author=409, fields=AREAS),
        Line("/photos/{loose}/areas", 404, signed_out=TO_SIGN_IN, author=302, fields=AREAS),
    ],
    "POST media.create_upload": [
        Line("/photos/uploads", 201, signed_out=401, headers={"Upload-Length": "10"})
    ],
    "PATCH media.append_upload": [
        Line("/photos/uploads/{upload}", 404, signed_out=401, author=204, headers=FIRST_BYTES)
    ],
    "DELETE media.abandon_upload": [Line("/photos/uploads/{upload}", 404, signed_out=401, author=204)],
    "GET stories.mine": [Line("/me/stories", ALL, signed_out=TO_SIGN_IN)],
    "GET contributions.show": [
        Line("/contributions/{live}", 302),
        Line("/contributions/{waiting}", 404, author=302, desk=302),
        Line("/contributions/{draft}", 404, author=302),
        Line("/contributions/{comment}", 302),
    ],
    "POST contributions.react": [
        Line(
            "/contributions/{live}/reactions", 302, signed_out=TO_SIGN_IN, voiceless=403, fields={"on": "1"}
        ),
        Line("/contributions/{waiting}/reactions", 404, signed_out=TO_SIGN_IN, fields={"on": "1"}),
    ],
    "GET contributions.ask_withdrawal": [
        Line("/contributions/{live}/withdrawal", 404, signed_out=TO_SIGN_IN, author=ALL)
    ],
    "POST contributions.withdraw": [
        Line("/contributions/{live}/withdrawal", 404, signed_out=TO_SIGN_IN, author=302, fields={}),
        Line("/contributions/{draft}/withdrawal", 404, signed_out=TO_SIGN_IN, author=302, fields={}),
    ],
    "GET contributions.revisions": [
        Line("/contributions/{live}/revisions", 404, signed_out=TO_SIGN_IN, author=ALL, desk=ALL),
        Line("/contributions/{waiting}/revisions", 404, signed_out=TO_SIGN_IN, author=ALL, desk=ALL),
        Line("/contributions/{draft}/revisions", 404, signed_out=TO_SIGN_IN, author=ALL),
        Line("/contributions/{live}/revisions?old=1&new=9", 404, signed_out=TO_SIGN_IN),
    ],
    "GET comments.new": [
        Line("/contributions/{live}/comments", ALL, signed_out=TO_SIGN_IN, voiceless=403),
        Line("/contributions/{live}/comments?parent_id={comment}", ALL, signed_out=TO_SIGN_IN, voiceless=403),
        Line("/contributions/{live}/comments?parent_id={waiting}", 404, signed_out=TO_SIGN_IN, voiceless=403),
    ],
    "POST comments.create": [
        Line("/contributions/{live}/comments", 302, signed_out=401, voiceless=403, fields=COMMENT),
        Line("/contributions/{waiting}/comments", 404, signed_out=401, fields=COMMENT),
    ],
    "GET comments.permalink": [Line("/comments/{comment}", 302), Line("/comments/{live}", 404)],
    "GET comments.thread": [Line("/comments/{comment}/thread", ALL), Line("/comments/{live}/thread", 404)],
    "GET comments.edit": [Line("/comments/{comment}/edit", 404, signed_out=TO_SIGN_IN, author=ALL)],
    "POST comments.save": [Line("/comments/{comment}/edit", 404, signed_out=401, author=302, fields=COMMENT)],
    "GET ideas.board": [
        Line("/curation", 404, signed_out=TO_SIGN_IN, maker=ALL),
        Line(
            "/curation?stage=planned&area=design&country=VN&curator=me", 404, signed_out=TO_SIGN_IN, maker=ALL
        ),
        Line("/curation?due=1&curator=none", 404, signed_out=TO_SIGN_IN, maker=ALL),
        Line("/curation?stage=open&after=nonsense", 404, signed_out=TO_SIGN_IN),
    ],
    "GET ideas.curate": [
        Line("/curation/ideas/{idea}", 404, signed_out=TO_SIGN_IN, maker=ALL),
        Line("/curation/ideas/{live}", 404, signed_out=TO_SIGN_IN),
    ],
    "POST ideas.move": [
        Line("/curation/ideas/{idea}/moves", 404, signed_out=401, maker=302, fields=MOVE),
        Line("/curation/ideas/{idea}/moves", 404, signed_out=401, maker=422, fields={"stage": "planned"}),
        Line("/curation/ideas/{idea}/moves", 404, signed_out=401, maker=409, fields={**MOVE, "on": "7"}),
    ],
    "POST ideas.write_note": [
        Line(
            "/curation/ideas/{idea}/notes", 404, signed_out=401, maker=302, fields={"words": "Ask the plant."}
        )
    ],
    "POST ideas.assign": [
        Line("/curation/ideas/{idea}/curator", 404, signed_out=TO_SIGN_IN, maker=302, fields={"curator": ""})
    ],
    "POST ideas.merge": [
        Line(
            "/curation/ideas/{idea}/merging",
            404,
            signed_out=401,
            maker=302,
            fields={"original": "{other_idea}"},
        )
    ],
    "POST ideas.part": [
        Line("/curation/merges/{merge}/undo", 404, signed_out=TO_SIGN_IN, maker=302, fields={}),
        Line("/curation/merges/999999/undo", 404, signed_out=TO_SIGN_IN, fields={}),
    ],
    "GET ideas.stages": [Line("/curation/stages", 404, signed_out=TO_SIGN_IN, admin=ALL)],
    "POST ideas.save_stages": [Line("/curation/stages", 404, signed_out=401, admin=422, fields={})],
    "POST ideas.add_stage": [
        Line("/curation/stages/new", 404, signed_out=401, admin=302, fields=STAGE),
        Line("/curation/stages/new", 404, signed_out=401, admin=422, fields={**STAGE, "slug": "planned"}),
    ],
    "GET notices.index": [
        Line("/me/notices", ALL, signed_out=TO_SIGN_IN),
        Line("/me/notices?after=nonsense", 404, signed_out=TO_SIGN_IN),
    ],
    "POST notices.open_notice": [
        Line("/me/notices/{notice}/opening", 404, signed_out=TO_SIGN_IN, author=302, fields={}),
        Line("/me/notices/999999/opening", 404, signed_out=TO_SIGN_IN, fields={}),
    ],
    "POST notices.read_all": [
        Line("/me/notices/reading", 302, signed_out=TO_SIGN_IN, fields={"shown": "1,2"})
    ],
    "POST notices.see": [
        Line("/me/notices/seeing", 204, signed_out=TO_SIGN_IN, fields={"shown": "{notice}"})
    ],
    "GET notices.choices": [Line("/account/notices", ALL, signed_out=TO_SIGN_IN)],
    "POST notices.choose": [
        Line("/account/notices", 302, signed_out=TO_SIGN_IN, fields=MAIL),
        Line("/account/notices", 422, signed_out=TO_SIGN_IN, fields={**MAIL, "zone": "Mars/Base"}),
    ],
    "GET notices.ask_unsubscribing": [
        Line("/unsubscribe/{unsubscribing}", ALL),
        Line("/unsubscribe/nonsense", 404),
    ],
    "POST notices.unsubscribe": [
        Line("/unsubscribe/{unsubscribing}", ALL, fields={"List-Unsubscribe": "One-Click"}),
        Line("/unsubscribe/nonsense", 404, fields={}),
    ],
    "GET moderation.queue": [Line("/moderation", 404, signed_out=TO_SIGN_IN, desk=ALL)],
    "GET moderation.review": [
        Line("/moderation/reviews/{waiting_revision}", 404, signed_out=TO_SIGN_IN, desk=ALL),
        Line("/moderation/reviews/999999", 404, signed_out=TO_SIGN_IN),
    ],
    "POST moderation.decide": [
        Line("/moderation/reviews/{waiting_revision}", 404, signed_out=401, desk=302, fields=APPROVE)
    ],
    "GET moderation.member": [
        Line("/moderation/members/{lan}", 404, signed_out=TO_SIGN_IN, desk=ALL),
        Line("/moderation/members/nobody-here", 404, signed_out=TO_SIGN_IN),
        Line("/moderation/members/{lan}?after=nonsense", 404, signed_out=TO_SIGN_IN),
    ],
    "POST moderation.write_note": [
        Line("/moderation/members/{lan}/notes", 404, signed_out=401, desk=302, fields={"body": "Kind."})
    ],
    "POST moderation.sanction": [
        Line("/moderation/members/{lan}/sanctions", 404, signed_out=401, desk=302, fields=WARNING)
    ],
    "POST moderation.lift": [
        Line("/moderation/sanctions/999999/lift", 404, signed_out=401, fields={"explanation": "Enough."})
    ],
    "GET moderation.standing": [Line("/account/standing", ALL, signed_out=TO_SIGN_IN)],
    "POST moderation.acknowledge": [
        Line("/account/standing", 302, signed_out=TO_SIGN_IN, fields={"warning": "1"}),
        Line("/account/standing", 422, signed_out=TO_SIGN_IN, fields={}),
    ],
    "GET moderation.words": [Line("/moderation/words", 404, signed_out=TO_SIGN_IN, admin=ALL)],
    "POST moderation.add_word": [
        Line("/moderation/words", 404, signed_out=401, admin=302, fields={"word": "hell", "language": "en"})
    ],
    "POST moderation.remove_word": [
        Line("/moderation/words/999999/removal", 404, signed_out=TO_SIGN_IN, admin=302, fields={})
    ],
    "POST moderation.try_words": [
        Line(
            "/moderation/words/trials",
            404,
            signed_out=401,
            admin=ALL,
            fields={"text": "Hm.", "language": "en"},
        )
    ],
    "GET moderation.models": [Line("/moderation/models", 404, signed_out=TO_SIGN_IN, admin=ALL)],
    "POST moderation.list_model": [
        Line("/moderation/models", 404, signed_out=401, admin=302, fields={"maker": "Larch", "name": "Lark"})
    ],
    "GET moderation.listed_model": [
        Line("/moderation/models/{model}", 404, signed_out=TO_SIGN_IN, admin=ALL),
        Line("/moderation/models/999999", 404, signed_out=TO_SIGN_IN),
    ],
    "POST moderation.rename_model": [
        Line("/moderation/models/{model}", 404, signed_out=401, admin=302, fields={"name": "Lark"})
    ],
    "POST moderation.merge_model": [
        Line(
            "/moderation/models/{model}/merging",
            404,
            signed_out=TO_SIGN_IN,
            admin=302,
            fields={"into": "{other_model}"},
        )
    ],
    "POST moderation.remove_model": [
        Line("/moderation/models/{other_model}/removal", 404, signed_out=TO_SIGN_IN, admin=302, fields={})
    ],
    "GET moderation.listed_maker": [
        Line("/moderation/makers/{maker}", 404, signed_out=TO_SIGN_IN, admin=ALL),
        Line("/moderation/makers/999999", 404, signed_out=TO_SIGN_IN),
    ],
    "POST moderation.rename_maker": [
        Line("/moderation/makers/{maker}", 404, signed_out=401, admin=302, fields={"name": "A maker of this"})
    ],
    "POST moderation.merge_maker": [
        Line(
            "/moderation/makers/{maker}/merging",
            404,
            signed_out=TO_SIGN_IN,
            admin=302,
            fields={"into": "{other_maker}"},
        )
    ],
    "POST moderation.remove_maker": [
        Line("/moderation/makers/{maker}/removal", 404, signed_out=TO_SIGN_IN, admin=302, fields={})
    ],
    "POST moderation.correct_language": [
        Line(
            "/moderation/reviews/{waiting_revision}/language",
            404,
            signed_out=401,
            desk=302,
            fields={"language": "id", "version": "2"},
        )
    ],
    "GET moderation.ask_report": [
        Line("/contributions/{live}/reports", ALL, author=404),
        Line("/contributions/{comment}/reports", ALL, author=404),
        Line("/contributions/{waiting}/reports", 404),
        Line("/contributions/{draft}/reports", 404),
    ],
    "POST moderation.report": [
        Line("/contributions/{live}/reports", 302, author=404, fields=REPORT),
        Line("/contributions/{waiting}/reports", 404, fields=REPORT),
    ],
    "GET moderation.receipt": [Line("/reports/{receipt}", ALL), Line("/reports/nonsense", 404)],
    "GET moderation.reports": [
        Line("/moderation/reports", 404, signed_out=TO_SIGN_IN, desk=ALL),
        Line("/moderation/reports?after=nonsense", 404, signed_out=TO_SIGN_IN),
    ],
    "POST moderation.claim": [
        Line(
            "/moderation/reviews/{waiting_revision}/claim",
            404,
            signed_out=TO_SIGN_IN,
            desk=302,
            fields={},
        ),
        Line("/moderation/reviews/999999/claim", 404, signed_out=TO_SIGN_IN, fields={}),
    ],
    "POST moderation.release": [
        Line("/moderation/claims/release", 404, signed_out=TO_SIGN_IN, desk=302, fields={}),
        Line("/moderation/claims/release", 404, signed_out=TO_SIGN_IN, desk=204, fields={"is_leaving": "1"}),
    ],
    "GET moderation.changes": [
        Line("/moderation/changes?ids={waiting_revision}", 404, signed_out=TO_SIGN_IN, desk=ALL)
    ],
    "POST moderation.escalate": [
        Line(
            "/moderation/reviews/{waiting_revision}/escalation",
            404,
            signed_out=401,
            desk=302,
            fields={"escalation": "Is this a real address?"},
        )
    ],
    "POST moderation.ask_translation": [
        Line(
            "/moderation/reviews/{waiting_revision}/translation",
            404,
            signed_out=TO_SIGN_IN,
            desk=302,
            fields={},
        )
    ],
    "POST moderation.undo_decision": [
        Line("/moderation/decisions/999999/undo", 404, signed_out=TO_SIGN_IN, fields={})
    ],
    "GET moderation.bulk_report": [Line("/moderation/bulk", 404, signed_out=TO_SIGN_IN, desk=ALL)],
    "POST moderation.decide_bulk": [
        Line(
            "/moderation/bulk",
            404,
            signed_out=401,
            desk=302,
            fields={"outcome": "approve", "chosen": "{waiting_revision}:1:2"},
        )
    ],
    "GET moderation.appeal": [
        Line("/appeals/{restriction}", ALL),
        Line("/appeals/{appeal}", ALL),
        Line("/appeals/nonsense", 404),
    ],
    "POST moderation.open_appeal": [
        Line("/appeals/{restriction}", 302, fields={"message": "It was not read to the end."}),
        Line("/appeals/nonsense", 404, fields={"message": "It was not read to the end."}),
    ],
    "GET moderation.messages": [Line("/appeals/{appeal}/messages", 302)],
    "POST moderation.write_message": [
        Line("/appeals/{appeal}/messages", 302, fields={"message": "And this."}),
        Line("/appeals/{restriction}/messages", 404, fields={"message": "And this."}),
    ],
    "GET moderation.appeals": [
        Line("/moderation/appeals", 404, signed_out=TO_SIGN_IN, desk=ALL),
        Line("/moderation/appeals?decided=1", 404, signed_out=TO_SIGN_IN, desk=ALL),
        Line("/moderation/appeals?after=nonsense", 404, signed_out=TO_SIGN_IN),
    ],
    "GET moderation.judging": [
        Line("/moderation/appeals/{appeal_id}", 404, signed_out=TO_SIGN_IN, desk=ALL),
        Line("/moderation/appeals/999999", 404, signed_out=TO_SIGN_IN),
    ],
    # The moderator decided first: the appeal is another person's.
    "POST moderation.judge": [
        Line("/moderation/appeals/{appeal_id}", 404, signed_out=401, admin=302, fields=UPHELD)
    ],
    "GET moderation.appeal_messages": [
        Line("/moderation/appeals/{appeal_id}/messages", 404, signed_out=TO_SIGN_IN, desk=302)
    ],
    "POST moderation.ask_appellant": [
        Line(
            "/moderation/appeals/{appeal_id}/messages",
            404,
            signed_out=401,
            admin=302,
            fields={"message": "Which part?"},
        )
    ],
    "GET moderation.status": [
        Line("/contributions/{waiting}/status", 404, signed_out=TO_SIGN_IN, author=ALL)
    ],
    "GET accounts.register": [Line("/account/register", 302, signed_out=ALL)],
    "POST accounts.join": [Line("/account/register", 302, fields=JOIN)],
    "GET accounts.login": [Line("/account/login", 302, signed_out=ALL)],
    "POST accounts.sign_in": [Line("/account/login", 422, fields=WRONG)],
    "POST accounts.logout": [Line("/account/logout", 302, fields={})],
    "GET accounts.confirm": [Line("/account/confirm/{confirm}", ALL), Line("/account/confirm/nonsense", 410)],
    "POST accounts.confirmed": [
        Line("/account/confirm/{confirm}", 302, signed_out=TO_SIGN_IN, fields={}),
        Line("/account/confirm/nonsense", 410, fields={}),
    ],
    "POST accounts.ask_confirmation": [Line("/account/confirmation", 302, signed_out=TO_SIGN_IN, fields={})],
    "GET accounts.recover": [Line("/account/recover", ALL)],
    "POST accounts.ask_recovery": [Line("/account/recover", ALL, fields={"email": "nobody@example.test"})],
    "GET accounts.new_password": [
        Line("/account/recover/{recover}", ALL),
        Line("/account/recover/nonsense", 410),
    ],
    "POST accounts.set_password": [
        Line("/account/recover/{recover}", TO_SIGN_IN, fields=NEW_PASSWORD),
        Line("/account/recover/nonsense", 410, fields=NEW_PASSWORD),
    ],
    "GET moderation.edit_guidelines": [Line("/moderation/guidelines", 404, signed_out=TO_SIGN_IN, admin=ALL)],
    "GET moderation.edit_clause": [
        Line("/moderation/guidelines/clauses/1.3", 404, signed_out=TO_SIGN_IN, admin=ALL),
        Line("/moderation/guidelines/clauses/1.99", 404, signed_out=TO_SIGN_IN),
    ],
    "POST moderation.amend_clause": [
        Line("/moderation/guidelines/clauses/1.3", 404, signed_out=401, admin=302, fields=CLAUSE)
    ],
    "GET moderation.new_clause": [
        Line("/moderation/guidelines/chapters/1", 404, signed_out=TO_SIGN_IN, admin=ALL)
    ],
    "POST moderation.add_clause": [
        Line("/moderation/guidelines/chapters/1", 404, signed_out=401, admin=302, fields=CLAUSE)
    ],
    "GET moderation.ask_clause_end": [
        Line("/moderation/guidelines/clauses/1.3/end", 404, signed_out=TO_SIGN_IN, admin=ALL)
    ],
    "POST moderation.end_clause": [
        Line("/moderation/guidelines/clauses/1.3/end", 404, signed_out=TO_SIGN_IN, admin=302, fields=CLAUSE)
    ],
    "GET moderation.edit_templates": [
        Line("/moderation/guidelines/clauses/1.3/templates", 404, signed_out=TO_SIGN_IN, admin=ALL)
    ],
    "POST moderation.save_templates": [
        Line("/moderation/guidelines/clauses/1.3/templates", 404, signed_out=401, admin=409, fields={})
    ],
    "POST moderation.acknowledge_guidelines": [
        Line("/account/guidelines", 302, signed_out=TO_SIGN_IN, fields={"seen": "2026-03-02T09:00:00+00:00"}),
        Line("/account/guidelines", 404, signed_out=TO_SIGN_IN, fields={"seen": "yesterday"}),
    ],
    "GET moderation.statement": [
        Line("/statements/{statement}", 404, signed_out=TO_SIGN_IN, author=ALL, desk=ALL),
        Line("/statements/no-such-statement", 404, signed_out=TO_SIGN_IN),
    ],
    "GET moderation.statements": [
        Line("/moderation/statements", 404, signed_out=TO_SIGN_IN, desk=ALL),
        Line("/moderation/statements?from=never", 404, signed_out=TO_SIGN_IN, desk=422),
    ],
    "GET moderation.statements_csv": [
        Line("/moderation/statements.csv", 404, signed_out=TO_SIGN_IN, desk=ALL)
    ],
    "GET moderation.statements_json": [
        Line("/moderation/statements.json", 404, signed_out=TO_SIGN_IN, desk=ALL),
        Line("/moderation/statements.json?to=never", 404, signed_out=TO_SIGN_IN, desk=302),
    ],
    "GET accounts.settings": [Line("/account/settings", ALL, signed_out=TO_SIGN_IN)],
    "POST accounts.save_settings": [
        Line("/account/settings", 302, signed_out=TO_SIGN_IN, fields=PREFERENCES)
    ],
    "POST accounts.choose_language": [
        Line("/account/language", 302, signed_out=TO_SIGN_IN, fields={"ui": "de", "next": "/about"})
    ],
    "GET accounts.sessions": [Line("/account/sessions", ALL, signed_out=TO_SIGN_IN)],
    "POST accounts.end_session": [
        Line("/account/sessions/999999/end", 404, signed_out=TO_SIGN_IN, fields={})
    ],
}
GETS = [name for name in LINES if name.startswith("GET")]
ACTS = [(name, number) for name, lines in LINES.items() if name not in GETS for number in range(len(lines))]


@pytest.fixture
def person_as(cast: Cast) -> Callable[[str], Person | None]:
    people = {
        "signed out": lambda: None,
        "unconfirmed": lambda: cast.unconfirmed,
        "member": lambda: cast.member,
        "author": lambda: cast.lan,
        "suspended": lambda: cast.suspended,
        "curator": lambda: cast.curator,
        "moderator": lambda: cast.moderator,
        "admin": lambda: cast.admin,
    }
    return lambda actor: people[actor]()


@pytest.fixture
def new_world(site: Site, cast: Cast, make: Factory, photos: Photos) -> Callable[[], World]:
    """Another one of everything: what a successful act used up is there again."""
    return lambda: World(site, cast, make, photos)


Build = Callable[[], World]
Casting = Callable[[str], Person | None]


@pytest.mark.parametrize("actor", ACTORS)
def test_who_may_see_what(new_world: Build, person_as: Casting, as_: As, actor: str) -> None:
    world, browser = new_world().whole(), as_(person_as(actor))
    wrong = []
    for endpoint in GETS:
        for line in LINES[endpoint]:
            found, wanted = outcome(ask(browser, endpoint, line, world)), line.answer(actor)
            if found != wanted:
                wrong.append((line.path, f"{found}, not {wanted}"))
    assert not wrong


@pytest.mark.parametrize(("endpoint", "number"), ACTS)
def test_who_may_do_what(new_world: Build, person_as: Casting, as_: As, endpoint: str, number: int) -> None:
    line, world = LINES[endpoint][number], new_world()
    wrong = []
    for actor in ACTORS:
        found, wanted = outcome(ask(as_(person_as(actor)), endpoint, line, world)), line.answer(actor)
        if found != wanted:
            wrong.append((actor, f"{found}, not {wanted}"))
        if found not in REFUSED:
            world = new_world()
    assert not wrong


def outcome(page: Page) -> Answer:
    """The status, or that the person is sent to sign in."""
    if page.status == 302 and page.location.startswith("/account/login"):
        return TO_SIGN_IN
    return page.status


def ask(browser: Browser, endpoint: str, line: Line, world: World) -> Page:
    path = line.path.format_map(world)
    if endpoint.startswith("GET"):
        return browser.get(path)
    if line.headers or not endpoint.startswith("POST"):
        return call(browser, endpoint, path, {**(line.headers or {}), "X-CSRFToken": browser.token()})
    if line.json is not None:
        return browser.post_json(path, {name: value.format_map(world) for name, value in line.json.items()})
    return browser.post(path, {name: value.format_map(world) for name, value in (line.fields or {}).items()})


def call(browser: Browser, endpoint: str, path: str, headers: dict[str, str]) -> Page:
    """As scripts do, whatever the method."""
    method, answered = endpoint.partition(" ")[0], browser.client.open
    answer = answered(path, method=method, headers=headers, base_url=browser.base, buffered=True)
    return Page(browser, answer)


def test_every_rule_has_a_line(tmp_path: object) -> None:
    app = create_app(
        Settings(**{**SETTINGS, "instance": tmp_path, "database_url": f"sqlite:///{tmp_path}/x.sqlite3"})
    )
    rules = {
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert rules == set(LINES)


def test_nothing_is_done_without_a_token(site: Site, cast: Cast, new_world: Build, as_: As) -> None:
    """Cross-site request forgery: every unsafe method asks for the session's token."""
    world = new_world().whole()
    before, desk, author = counted(site), as_(cast.moderator), as_(cast.lan)
    done = []
    for endpoint in [name for name in LINES if name not in (*GETS, *SIGNED_ADDRESSES)]:
        line = LINES[endpoint][0]
        path, fields = line.path.format_map(world), list((line.fields or {}).items())
        for token in (None, "", "IjEi.aaaa.bbbb"):
            said = [] if token is None else [("csrf_token", token)]
            headers = {**(line.headers or {}), "X-CSRFToken": token or ""}
            answers = [call(author, endpoint, path, headers)]
            if endpoint.startswith("POST"):
                answers.append(desk.send(path, [*said, *fields]))
            done += [(endpoint, answer.status) for answer in answers if answer.status != 400]
    assert not done
    assert counted(site) == before


def counted(site: Site) -> list[object]:
    return [
        site.value(f"SELECT count(*) FROM {table}")
        for table in ("contribution", "move", "reaction", "decision", "photo")
    ]
