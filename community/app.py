"""The assembly: the one module that knows every room. "What happens when …" is answered by LISTENERS."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask, Response, current_app, request, session
from flask_wtf import CSRFProtect
from sqlalchemy import MetaData
from werkzeug.middleware.proxy_fix import ProxyFix

from community import cli, config
from community.accounts import access
from community.accounts import facts as account_facts
from community.accounts import views as account_views
from community.calls import listeners as call_listeners
from community.comments import listeners as comment_listeners
from community.comments import views as comment_views
from community.config import ROOT, Settings
from community.contributions import facts as contribution_facts
from community.contributions import listeners as contribution_listeners
from community.contributions import views as contribution_views
from community.contributions.models import MOST_PICTURES
from community.gatherings import facts as gathering_facts
from community.gatherings import views as gathering_views
from community.ideas import facts as idea_facts
from community.ideas import listeners as idea_listeners
from community.ideas import views as idea_views
from community.insights import listeners as insight_listeners
from community.insights import views as insight_views
from community.kit import (
    assets,
    db,
    error_pages,
    facts,
    headers,
    i18n,
    limits,
    machine,
    mail,
    page_cache,
    passwords,
    presentation,
    pulse,
    schema,
    storage,
    unit_of_work,
    watch,
)
from community.media import views as media_views
from community.media.models import MOST_BYTES
from community.media.processing import gate
from community.moderation import facts as moderation_facts
from community.moderation import listeners as moderation_listeners
from community.moderation import queries as desk
from community.moderation import views as moderation_views
from community.notifications import listeners as notification_listeners
from community.notifications import queries as notices
from community.notifications import views as notification_views
from community.pages import views as page_views
from community.policy import rules
from community.policy.permissions import Permission
from community.search import listeners as search_listeners
from community.search import views as search_views
from community.stories import listeners as story_listeners
from community.stories import views as story_views
from community.translations import facts as translation_facts
from community.translations import listeners as translation_listeners
from community.translations import views as translation_views

LISTENERS: tuple[tuple[type[Any], Callable[[Any], None]], ...] = (
    (contribution_facts.Moved, idea_listeners.moved),
    (contribution_facts.Moved, call_listeners.moved),
    (contribution_facts.Moved, story_listeners.moved),
    (contribution_facts.Moved, comment_listeners.moved),
    (contribution_facts.Moved, translation_listeners.moved),
    (contribution_facts.Moved, moderation_listeners.moved),
    (contribution_facts.Moved, search_listeners.moved),
    (contribution_facts.Moved, insight_listeners.moved),
    (contribution_facts.Moved, notification_listeners.moved),
    (idea_facts.IdeaMoved, notification_listeners.idea_moved),
    (idea_facts.IdeasMerged, notification_listeners.ideas_merged),
    (idea_facts.IdeasParted, notification_listeners.ideas_parted),
    (idea_facts.QuoteAsked, notification_listeners.quote_asked),
    (idea_facts.Supported, notification_listeners.supported),
    (contribution_facts.EditionChanged, idea_listeners.edition_changed),
    (gathering_facts.Spotlighted, notification_listeners.spotlighted),
    (gathering_facts.TakenBack, notification_listeners.taken_back),
    (contribution_facts.EditionChanged, search_listeners.edition_changed),
    (account_facts.Blocked, contribution_listeners.blocked),
    (account_facts.Blocked, notification_listeners.blocked),
    (account_facts.VehiclesRelinked, story_listeners.vehicles_relinked),
    (account_facts.VehiclesRelinked, insight_listeners.vehicles_relinked),
    (idea_facts.IdeasMerged, insight_listeners.ideas_merged),
    (idea_facts.IdeasParted, insight_listeners.ideas_parted),
    (account_facts.ConfirmationWanted, notification_listeners.confirmation_wanted),
    (account_facts.RecoveryWanted, notification_listeners.recovery_wanted),
    (account_facts.PasswordChanged, notification_listeners.password_changed),
    (account_facts.SignedOut, moderation_listeners.signed_out),
    (moderation_facts.Decided, notification_listeners.decided),
    (moderation_facts.Undone, notification_listeners.undone),
    (moderation_facts.LanguageCorrected, notification_listeners.language_corrected),
    (translation_facts.TranslationShown, notification_listeners.translation_shown),
    (translation_facts.OriginalChanged, notification_listeners.original_changed),
    (moderation_facts.Sanctioned, notification_listeners.sanctioned),
    (moderation_facts.SanctionLifted, notification_listeners.sanction_lifted),
    (moderation_facts.Reported, notification_listeners.reported),
    (moderation_facts.ReportAnswered, notification_listeners.report_answered),
    (moderation_facts.ReportReopened, notification_listeners.report_reopened),
    (moderation_facts.Appealed, notification_listeners.appealed),
    (moderation_facts.AppealAnswered, notification_listeners.appeal_answered),
    (moderation_facts.AppealDecided, notification_listeners.appeal_decided),
)
BLUEPRINTS = (
    page_views.blueprint,
    account_views.blueprint,
    account_views.garage.blueprint,
    account_views.blocking.blueprint,
    contribution_views.blueprint,
    contribution_views.following.blueprint,
    story_views.blueprint,
    translation_views.blueprint,
    idea_views.blueprint,
    gathering_views.blueprint,
    search_views.blueprint,
    search_views.feeds.blueprint,
    comment_views.blueprint,
    media_views.blueprint,
    notification_views.blueprint,
    insight_views.blueprint,
    moderation_views.blueprint,
    moderation_views.transparency.blueprint,
)
_WRITES: dict[str, str] = {
    "stories": "create save",
    "garage": "add change",
    "comments": "create save",
    "translations": "save",
    "gatherings": (
        "create_spotlight save_spotlight save_spotlight_text create_call save_call save_call_text end_call_early"
    ),
    "ideas": "support create save move write_note merge save_stages add_stage",
    "moderation": (
        "decide decide_bulk escalate correct_language write_note sanction lift report open_appeal "
        "write_message judge amend_clause add_clause save_templates ask_appellant add_word "
        "try_words list_model rename_model rename_maker"
    ),
}
KEEPS_TEXT = frozenset(f"{room}.{name}" for room, names in _WRITES.items() for name in names.split())
"""Endpoints that take words somebody typed: whatever goes wrong, they come back."""
OPEN_TO_ALL = frozenset({"moderation.report", "moderation.open_appeal", "moderation.write_message"})
"""What keeps text and asks nobody to sign in."""
FOR_EVERYBODY = ("stories", "ideas", "gatherings", "pages", "transparency", "feeds")
"""Blueprints whose pages a visitor's browser, and this process, may keep."""
LARGEST_REQUEST = 1024 * 1024
LARGEST_WITH_PHOTOS = MOST_PICTURES * MOST_BYTES + LARGEST_REQUEST
TAKES_PHOTOS = {
    "stories.create": LARGEST_WITH_PHOTOS,
    "stories.save": LARGEST_WITH_PHOTOS,
    "media.append_upload": MOST_BYTES,
}
"""Endpoints that take more than LARGEST_REQUEST, and how much, in bytes."""


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application. Raises SettingsError when the settings cannot carry it."""
    settings = settings or config.load()
    app = Flask(
        "community",
        template_folder=str(ROOT / "templates"),
        static_folder=None,
        instance_path=str(settings.instance),
    )
    _configure(app, settings)
    _database(app, settings)
    _web(app, settings)
    for fact, listener in LISTENERS:
        facts.listen(fact, listener)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.cli = cli.Commands(app.name)
    return app


def metadata() -> MetaData:
    """All tables of all rooms: importing this module has imported their models."""
    return db.Model.metadata


def _configure(app: Flask, settings: Settings) -> None:
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-session" if settings.is_https else "session",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=60),
        TRUSTED_HOSTS=list(settings.allowed_hosts),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session
        WTF_CSRF_SSL_STRICT=False,  # the token and SameSite decide; Referrer-Policy may drop the header
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": not settings.is_sqlite},
    )
    app.extensions["settings"] = settings
    app.extensions["post"] = mail.Post(
        settings.smtp_url,
        settings.instance / "mail",
        settings.mail_from,
        settings.site_name,
        settings.mail_from.rpartition("@")[2],
    )
    passwords.set_costs(passes=settings.password_passes, memory_kib=settings.password_memory_kib)
    storage.set_up(settings.media_url or (settings.instance / "media").as_uri())
    limits.set_up(redis_url=settings.redis_url, instance=settings.instance)
    machine.set_up(settings.translate_url, settings.translate_key)


def _database(app: Flask, settings: Settings) -> None:
    settings.instance.mkdir(parents=True, exist_ok=True)
    db.db.init_app(app)
    with app.app_context():
        engine = db.db.engine
    db.prepare(engine)
    app.extensions["pulse"] = pulse.Monitor(settings.database_url, engine.dialect.dbapi)


def _web(app: Flask, settings: Settings) -> None:
    watch.init_app(app)
    unit_of_work.init_app(app)
    error_pages.init_app(
        app,
        expected_schema=schema.expected,
        keeps_text=KEEPS_TEXT,
        is_signed_in=access.is_signed_in,
        open_to_all=OPEN_TO_ALL,
    )
    app.before_request(_allow_photos)  # before anybody reads a form
    # A mail program that ends a kind of mail sends nothing of ours but the address, which is signed (RFC 8058).
    CSRFProtect(app).exempt(notification_views.unsubscribe)
    access.init_app(app, closed_since=desk.members.closed_since, unread=notices.unread)
    i18n.init_app(app, instance=settings.instance, of_account=access.ui_language)
    presentation.init_app(
        app,
        presentation.Site(settings.site_name, settings.site_tagline, settings.maker_name),
        for_everybody=FOR_EVERYBODY,
    )
    app.jinja_env.globals.update(
        P=Permission,
        can=lambda act, thing=None: rules.can(access.person(), act, thing),
        has_machine=machine.is_there,
    )
    headers.init_app(app, is_https=settings.is_https)
    app.after_request(_caching)
    app.wsgi_app = page_cache.PageCache(  # type: ignore[method-assign]
        app.wsgi_app,
        app.extensions["pulse"],
        session_cookie=app.config["SESSION_COOKIE_NAME"],
        most_bytes=settings.page_cache_bytes,
    )
    app.wsgi_app = gate.Gate(app.wsgi_app, app, app.extensions["pulse"])  # type: ignore[method-assign]
    assets.init_app(app, instance=settings.instance, is_https=settings.is_https)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _allow_photos() -> None:
    """Files may be large; words never are, and a form without files is only words."""
    most = TAKES_PHOTOS.get(request.endpoint or "")
    if most and request.mimetype != "application/x-www-form-urlencoded":
        request.max_content_length = most


def _caching(response: Response) -> Response:
    """Pages for visitors may be kept by whoever asks again each time; everything else belongs to one person."""
    if "Cache-Control" in response.headers:
        return response
    is_visitor = current_app.config["SESSION_COOKIE_NAME"] not in request.cookies and not session.modified
    if request.endpoint in error_pages.FOR_MACHINES:
        response.headers["Cache-Control"] = "no-store"
    elif is_visitor and response.status_code == 200 and request.blueprint in FOR_EVERYBODY:
        response.headers["Cache-Control"] = "public, no-cache"
    else:
        response.headers["Cache-Control"] = (
            "private, no-store" if request.blueprint == "accounts" else "private, no-cache"
        )
    return response
