"""The people of the tests: a few, named, always the same. Each comes to be when a test first speaks of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from flask import has_app_context

from community.accounts import actions, queries
from community.accounts.actions.people import Preferences
from community.accounts.models import Account
from community.kit import db
from community.policy.permissions import Role, Standing
from tests.helpers.site import Site

PASSWORD = "seven purple bridges over Huế"


@dataclass(frozen=True)
class Person:
    """Somebody with an account, as a test knows them: what can be read and typed."""

    id: int
    handle: str
    email: str
    display_name: str
    country: str
    languages: tuple[str, ...]
    password: str = field(default=PASSWORD, repr=False)

    def account(self) -> Account:
        """Their row, in the present context."""
        found = queries.account(self.id)
        if found is None:
            raise AssertionError(f"{self.display_name} has no account any more")
        return found

    def row(self) -> Account:
        """As ``account``, without the languages they read: for whom many rounds pay."""
        return db.session.get_one(Account, self.id)


class Cast:
    """``lan``, from Vietnam, writes; everybody else is called what they are.

    The moderator reads Vietnamese, English and Indonesian and looks after no country in particular.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        # Those nearly every test speaks of; the others cost a few milliseconds only where they are asked for.
        self.lan = self.join("Lan Nguyễn", "VN", "vi", "en")
        self.member = self.join("Thabo Mokoena", "ZA", "en", "af")
        self.moderator = self.join("Mai Moderator", "SG", "vi", "en", "id", role=Role.MODERATOR)

    @property
    def site(self) -> Site:
        """Where they are."""
        return self._site

    @cached_property
    def unconfirmed(self) -> Person:
        return self.join("Noor Haddad", "JO", "ar", is_confirmed=False)

    @cached_property
    def suspended(self) -> Person:
        person = self.join("Ivo Pereira", "BR", "pt")
        self.give(person, standing=Standing.SUSPENDED)
        return person

    @cached_property
    def other_moderator(self) -> Person:
        return self.join("Otto Moderator", "DE", "de", "en", role=Role.MODERATOR)

    @cached_property
    def curator(self) -> Person:
        return self.join("Kim Curator", "KR", "en", "ko", role=Role.CURATOR)

    @cached_property
    def admin(self) -> Person:
        return self.join("Ada Admin", "ID", "id", "en", role=Role.ADMIN)

    def join(
        self,
        name: str,
        country: str,
        *languages: str,
        role: Role = Role.MEMBER,
        is_confirmed: bool = True,
        desk_countries: Sequence[str] = (),
    ) -> Person:
        """A new account through the action every registration takes."""
        if has_app_context():
            # SQLite has one writer: a second transaction inside the first would wait for it for ever.
            raise AssertionError(f"speak of {name} before the transaction begins")
        plain = name.lower().encode("ascii", "ignore").decode()
        email = f"{'.'.join(plain.split())}@example.test"
        preferences = Preferences(
            display_name=name,
            country=country,
            ui_language=languages[0] if languages[0] in ("ar", "id") else "en",
            languages=languages,
            desk_countries=desk_countries,
        )
        with self._site.writing():
            account = actions.register(email, PASSWORD, preferences, role=role, is_confirmed=is_confirmed)
            return Person(account.id, account.handle, account.email, name, country, languages)

    def give(self, person: Person, *, standing: Standing) -> None:
        with self._site.writing():
            person.account().standing = standing

    def confirm(self, person: Person) -> None:
        with self._site.writing():
            person.account().email_confirmed_at = datetime.now(UTC)
