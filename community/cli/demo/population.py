"""The people of content in bulk: members from forty countries, a moderator for each language, and the bench's three."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import select

from community.accounts.models import Account, Maker, Model
from community.accounts.models.garage import key
from community.cli.demo import script, texts
from community.cli.demo.moments import DAY, stamp
from community.cli.demo.store import Store
from community.kit import countries, languages, text

BENCH_MEMBER = "bench-member@example.test"
BENCH_MODERATOR = "bench-moderator@example.test"
BENCH_CURATOR = "bench-curator@example.test"
JOINED_DAYS_AGO = (1100, 1460)  # before anything that is told
COUNTRIES = (  # code, language, how many of a hundred or so live there
    "VN vi 9", "ID id 10", "ZA en 3", "ZA af 4", "NA af 1", "BR pt 8", "PT pt 2", "AO pt 1", "MZ pt 1",
    "EG ar 3", "AE ar 2", "SA ar 2", "MA ar 2", "JO ar 1", "RU ru 4", "KZ ru 2", "UZ ru 1", "MX es 5",
    "ES es 2", "CL es 2", "AR es 2", "CO es 2", "PE es 1", "US en 4", "GB en 3", "AU en 2", "NZ en 2",
    "IN en 3", "KE en 2", "SG en 1", "CA en 2", "IN hi 4", "DE de 2", "AT de 1", "CH de 1", "FR fr 2",
    "SN fr 1", "CI fr 1", "TR tr 3", "TH th 3", "CN zh 2", "JP ja 2", "IT it 2", "TZ sw 2",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    id: int
    country: str
    language: str
    vehicle_id: int | None
    model_id: int | None = None


@dataclass(frozen=True)
class Population:
    """``moderators`` by the language each of them reads; they write nothing themselves."""

    members: tuple[Person, ...]
    bench_member: Person
    moderators: dict[str, int]
    bench_curator: int


class Registry:
    """Writes people down."""

    def __init__(self, store: Store, chance: Random, now: datetime, password_hash: str) -> None:
        self._store, self._chance, self._now = store, chance, now
        self._password_hash = password_hash
        self._names = _names()
        self._models = self._listed()

    def settle(self, members: int) -> Population:
        spoken = texts.languages()
        people = tuple(self._member() for _ in range(members))
        moderators = {code: self._moderator(code) for code in spoken}
        self._bench("Bench Moderator", BENCH_MODERATOR, "moderator", ["en", *spoken])
        bench = self._bench("Bench Member", BENCH_MEMBER, "member", ["en"])
        curator = self._bench("Bench Curator", BENCH_CURATOR, "curator", ["en"])
        self._store.write()
        return Population(people, Person(bench, "GB", "en", None), moderators, curator)

    def _member(self) -> Person:
        lines = [line.split() for line in COUNTRIES]
        country, language, _ = self._chance.choices(lines, [int(line[2]) for line in lines])[0]
        given, family = self._chance.choice(self._names[language]), self._chance.choice(self._names[language])
        name = given[0] if given[-1] == family[-1] else f"{given[0]} {family[-1]}"
        reads = [language, "en"] if language != "en" and self._chance.random() < 0.5 else [language]
        number = self._add(name, "", country, reads, "member")
        has_car = self._chance.random() < 0.8
        return Person(number, country, language, *(self._car(number) if has_car else (None, None)))

    def _moderator(self, language: str) -> int:
        country = next(line.split()[0] for line in COUNTRIES if line.split()[1] == language)
        return self._add(f"Desk {language}", "", country, [language], "moderator")

    def _bench(self, name: str, email: str, role: str, reads: list[str]) -> int:
        """The one that is there already, when the database is filled a second time."""
        known = self._store.connection.scalar(select(Account.id).where(Account.email == email))
        return known or self._add(name, email, "GB", list(dict.fromkeys(reads)), role)

    def _add(self, name: str, email: str, country: str, reads: list[str], role: str) -> int:
        number = self._store.number("account")
        stem = text.slug(name, limit=24, empty="member")
        joined = stamp(int(self._now.timestamp() - DAY * self._chance.uniform(*JOINED_DAYS_AGO)))
        speaks = reads[0] if reads[0] in languages.INTERFACE else "en"
        self._store.add(
            "account", number, f"{stem}-{number}", email or f"member-{number}@example.test", joined,
            self._password_hash, name, country, speaks, role, "good", False, joined,
        )  # fmt: skip
        for position, language in enumerate(reads):
            self._store.add("reading_language", number, language, position)
        return number

    def _car(self, owner: int) -> tuple[int, int]:
        """Its number and its model's; every fifth is its owner's own business."""
        number, model = self._store.number("vehicle"), self._chance.choice(script.models())
        year = self._chance.randint(model["from_year"], self._now.year)
        folded = key(model["maker"], model["name"])
        self._store.add(
            "vehicle", number, owner, model["maker"], model["name"], folded, self._models[folded], year,
            self._chance.choice(model["powertrains"]), self._chance.randint(year, self._now.year), "",
            10_000 + number % 90 * 1_000, "km", number % 5 != 0, stamp(int(self._now.timestamp())),
        )  # fmt: skip
        return number, self._models[folded]

    def _listed(self) -> dict[str, int]:
        """The numbers of the listed models by maker and name, those of the script among them."""
        connection = self._store.connection
        makers = {folded: number for number, folded in connection.execute(select(Maker.id, Maker.folded))}
        rows = connection.execute(select(Model.id, Maker.folded, Model.folded).join(Model.maker))
        models = {key(maker, name): number for number, maker, name in rows}
        for row in script.models():
            maker, name = key(row["maker"]), key(row["name"])
            if maker not in makers:
                makers[maker] = self._store.number("maker")
                self._store.add("maker", makers[maker], row["maker"], maker)
            if key(maker, name) not in models:
                number = models[key(maker, name)] = self._store.number("model")
                slug = f"{row['slug']}-{number}"
                self._store.add("model", number, makers[maker], slug, row["name"], name, row["from_year"])
        return models


def _names() -> dict[str, list[list[str]]]:
    """The parts of the names of the demo's people, by the language they read first."""
    spoken = texts.languages()
    names: dict[str, list[list[str]]] = {
        code: [m.display_name.split() for m in script.members() if code == m.languages[0]] for code in spoken
    }
    unknown = [
        line for line in COUNTRIES if not countries.is_country(line[:2]) or line.split()[1] not in names
    ]
    if unknown:
        raise LookupError(f"nobody speaks for {unknown}")
    return names
