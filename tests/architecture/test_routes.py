"""Every rule of the URL map for every kind of person. A rule without a line here fails, so nobody forgets to decide."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import NamedTuple

import pytest

from community.accounts import actions as accounts
from community.accounts.actions import listing
from community.accounts.models import Purpose
from community.app import create_app
from community.config import Settings
from community.contributions.models import Picture, RevisionState
from community.media import actions as media
from community.moderation.access import appeals as appeal_access
from community.moderation.access import reports as report_access
from community.moderation.actions import appeals, reports
from community.moderation.models import Outcome, Reason
from community.moderation.queries.counting import HalfYear
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, decision, revision, wording
from tests.factories.photos import Photos
from tests.factories.translations import Translations
from tests.helpers.browser import Browser, Page
from tests.helpers.site import SETTINGS, Site

ACTORS = ("signed out", "unconfirmed", "member", "author", "suspended", "moderator", "admin")
DESK = ("moderator", "admin")
TO_SIGN_IN = "sign in"
REFUSED = (401, 403, 404, 409, 422)
_numbers = count(1)
Answer = int | str


@dataclass(frozen=True)
class World:
    """One of everything a rule can name; ``lan`` wrote it all."""

    lan: str
    live: int
    slug: str
    waiting: int
    draft: int
    comment: int
    waiting_revision: int
    confirm: str
    recover: str
    number: int
    statement: str
    receipt: str
    restriction: str
    appeal: str
    appeal_id: int
    vehicle: int
    private: int
    slug_of_model: str
    model: int
    other_model: int
    maker: int
    other_maker: int
    photo: str
    loose: str
    upload: str
    translation: int
    translating: int
    half_year: str = str(HalfYear.of(datetime.now(UTC)))


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
    headers: dict[str, str] | None = None

    def answer(self, actor: str) -> Answer:
        own = {
            "signed out": self.signed_out,
            "author": self.author,
            "moderator": self.desk,
            "admin": self.desk if self.admin is None else self.admin,
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
PREFERENCES = {"display_name": "Somebody", "country": "VN", "language": "en"}
NEW_PASSWORD = {"password": "eleven roads lead to the sea"}
WRONG = {"email": "nobody@example.test", "password": "not a password of anybody"}
JOIN = {**PREFERENCES, "email": "new{number}@example.test", "password": NEW_PASSWORD["password"]}
AREAS = {"areas": "[[0,0,5000,5000]]"}
FIRST_BYTES = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
ALL = 200

LINES: dict[str, list[Line]] = {
    "GET pages.home": [Line("/", ALL)],
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
    "GET moderation.numbers": [Line("/moderation/numbers", 404, signed_out=TO_SIGN_IN, desk=ALL)],
    "GET search.index": [
        Line("/search", ALL),
        Line("/search?q=hummed", ALL),
        Line("/search?q=hummed&after=nonsense", 404),
    ],
    "GET feeds.atom": [
        Line("/feeds/stories.atom", ALL),
        Line("/feeds/stories.atom?language=vi,en&country=VN", ALL),
    ],
    "GET feeds.json": [Line("/feeds/stories.json", ALL)],
    "GET feeds.sitemap": [Line("/sitemap.xml", ALL)],
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
    "GET translations.of_story": [
        Line("/stories/{live}/translations", ALL),
        Line("/stories/{waiting}/translations", 404),
        Line("/stories/{comment}/translations", 404),
    ],
    "POST translations.begin": [
        Line("/stories/{live}/translations", 302, signed_out=TO_SIGN_IN, fields={"language": "fr"}),
        Line("/stories/{live}/translations", 404, signed_out=TO_SIGN_IN, fields={"language": "xx"}),
        Line("/stories/{waiting}/translations", 404, signed_out=TO_SIGN_IN, fields={"language": "fr"}),
    ],
    "POST translations.permit": [
        Line(
            "/stories/{live}/translations/permission",
            404,
            signed_out=TO_SIGN_IN,
            author=302,
            fields={"is_permitted": "0"},
        )
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
        "moderator": lambda: cast.moderator,
        "admin": lambda: cast.admin,
    }
    return lambda actor: people[actor]()


@pytest.fixture
def new_world(site: Site, cast: Cast, make: Factory, photos: Photos) -> Callable[[], World]:
    """Another one of everything: what a successful act used up is there again."""
    translations = Translations(site, make)

    def build() -> World:
        photo, loose = photos.ready(cast.lan), photos.ready(cast.lan, look=1)
        live = make.live_story(text=wording(pictures=(Picture(photo, "A road"),)))
        waiting, draft = make.waiting_story(), make.draft_story()
        comment = make.comment(live, cast.lan)
        refused = make.refused_story()
        restriction, contested = (make.decide(make.waiting_story(), Outcome.REFUSE) for _ in range(2))
        with site.writing():
            confirm = accounts.issue(cast.lan.account(), Purpose.CONFIRM)
            recover = accounts.issue(cast.lan.account(), Purpose.RECOVER)
            upload = media.begin(10, name="", areas=(), by=cast.lan.account()).key
            waits = revision(waiting, RevisionState.WAITING).id
            puid = contribution(refused).statement_puid or ""
            receipt = report_access.token_of(reports.report(contribution(live), NOTICE, by=None))
            restricted = appeal_access.token_for_decision(decision(restriction))
            appeal_token = appeal_access.token_for_decision(decision(contested))
            appeal = appeals.open_appeal(
                appeal_access.load_matter(appeal_token), "It was not read to the end."
            )
            appeal_id = appeal.id
        number = next(_numbers)
        return World(
            cast.lan.handle,
            live,
            "over-the-pass",
            waiting,
            draft,
            comment,
            waits,
            confirm,
            recover,
            number,
            puid,
            receipt,
            restricted,
            appeal_token,
            appeal_id,
            make.vehicle(model=f"Vireo {number}"),
            make.vehicle(is_public=False),
            *listed_models(site, number),
            photo,
            loose,
            upload,
            translations.live(live, "id", cast.member),
            translations.draft(live, "vi", cast.lan),
        )

    return build


def listed_models(site: Site, number: int) -> tuple[str, int, int, int, int]:
    """The address of a model; two models of one maker, the second in nobody's garage; a maker of nothing, and that."""
    with site.writing():
        model, other = (
            listing.list_model(f"Larch {number}", f"{name} {number}", None) for name in ("Vireo", "Suma")
        )
        gone = listing.list_model(f"Nobody {number}", "Nothing", None)
        listing.remove_model(gone)
        return model.slug, model.id, other.id, gone.maker_id, model.maker_id


Build = Callable[[], World]
Casting = Callable[[str], Person | None]


@pytest.mark.parametrize("actor", ACTORS)
def test_who_may_see_what(new_world: Build, person_as: Casting, as_: As, actor: str) -> None:
    world, browser = new_world(), as_(person_as(actor))
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
    names = vars(world)
    path = line.path.format(**names)
    if endpoint.startswith("GET"):
        return browser.get(path)
    if line.headers or not endpoint.startswith("POST"):
        return call(browser, endpoint, path, {**(line.headers or {}), "X-CSRFToken": browser.token()})
    if line.json is not None:
        return browser.post_json(path, {name: value.format(**names) for name, value in line.json.items()})
    return browser.post(path, {name: value.format(**names) for name, value in (line.fields or {}).items()})


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


@pytest.mark.parametrize("endpoint", [name for name in LINES if name not in GETS])
def test_nothing_is_done_without_a_token(
    site: Site, cast: Cast, new_world: Build, as_: As, endpoint: str
) -> None:
    """Cross-site request forgery: every unsafe method asks for the session's token."""
    line = LINES[endpoint][0]
    path = line.path.format(**vars(new_world()))
    before = counted(site)
    fields = list((line.fields or {}).items())
    for tokens in ([], [("csrf_token", "")], [("csrf_token", "IjEi.aaaa.bbbb")]):
        if endpoint.startswith("POST"):
            assert as_(cast.moderator).send(path, [*tokens, *fields]).status == 400
        headers = {**(line.headers or {}), "X-CSRFToken": dict(tokens).get("csrf_token", "")}
        assert call(as_(cast.lan), endpoint, path, headers).status == 400
    assert counted(site) == before


def counted(site: Site) -> list[object]:
    return [
        site.value(f"SELECT count(*) FROM {table}")
        for table in ("contribution", "move", "reaction", "decision", "photo")
    ]
