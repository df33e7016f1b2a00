"""Fills an empty database with the made-up community, by the same services people use."""

from __future__ import annotations

import os
import random
import secrets
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from mentorship.config import Config
from mentorship.demo import community
from mentorship.demo.conversations import hold_conversations
from mentorship.demo.past import live_through
from mentorship.demo.personas import personas
from mentorship.rules.deadlines import Deadlines
from mentorship.services import accounts, offers, profiles, requests
from mentorship.services.profiles import Language, ProfileValues, Side
from mentorship.store.cohorts import Cohort, CohortCoordinator
from mentorship.store.engine import open_engine
from mentorship.store.offers import Approval, ApprovalState
from mentorship.store.people import Person

SEED = 2018
LIVED_DAYS = 200
"""How long ago the community began."""


def load_into_empty(config: Config, *, at: datetime | None = None) -> bool:
    """Load the community unless somebody is there already; returns whether it was loaded."""
    engine = open_engine(config.database_url)
    try:
        with Session(engine) as session:
            if session.scalar(select(func.count()).select_from(Person)):
                return False
        load(engine, config, at=at or datetime.now(UTC))
        return True
    finally:
        engine.dispose()


def load(engine: Engine, config: Config, *, at: datetime) -> None:
    """Make the community as of `at`, and write down how to sign in."""
    began = at - timedelta(days=LIVED_DAYS)
    chance = random.Random(SEED)  # noqa: S311 - the same community every time, not a secret
    with Session(engine) as session, session.begin():
        cohort = _cohort(session, began, at)
        maker = _Maker(session, cohort, chance, config)
        coordinators = [maker.coordinator(*told, at=began) for told in community.COORDINATORS]
        for number, (name, languages, places) in enumerate(community.MENTORS):
            maker.mentor(name, languages, places, by=coordinators[number % 2], at=began)
        live_through(session, cohort, maker.newcomers(began, at), maker.ask, chance, at=at)
        hold_conversations(session, cohort, at=at)
        sign_ins = {
            f"{persona}, {person.name}": _let_in(session, person, number, at=at)
            for number, (persona, person) in enumerate(personas(session, at=at).items(), 1)
        }
    _write_sign_ins(config, sign_ins)


def _let_in(session: Session, person: Person, number: int, *, at: datetime) -> tuple[str, str]:
    """A sign-in name and a random password; everyone else of the community has no way in."""
    sign_in_name, password = f"demo-{number}", secrets.token_urlsafe(12)
    accounts.let_sign_in(session, person, sign_in_name, password, at=at)
    return sign_in_name, password


def _cohort(session: Session, began: datetime, at: datetime) -> Cohort:
    cohort = Cohort(
        name="Women who begin",
        welcome="Every Sunday one of us reads what you wrote. You are never alone here.",
        starts_on=began.date(),
        languages=list(community.ZONES),
        next_round_on=_next_sunday(at.date()),
    )
    session.add(cohort)
    session.flush()
    return cohort


def _next_sunday(today: date) -> date:
    return today + timedelta(days=(6 - today.weekday()) % 7 or 7)


class _Maker:
    """Makes people as they would have come."""

    def __init__(self, session: Session, cohort: Cohort, chance: random.Random, config: Config) -> None:
        self.session, self.cohort, self.chance = session, cohort, chance
        self.key = config.SECRET_KEY.encode()

    def coordinator(self, name: str, languages: str, *, at: datetime) -> Person:
        person = self._person(name, languages, at=at)
        self.session.add(CohortCoordinator(cohort=self.cohort, person=person, safeguarding=True, since=at))
        self.session.flush()
        return person

    def mentor(self, name: str, languages: str, places: int, *, by: Person, at: datetime) -> Person:
        person = self._person(name, languages, at=at)
        self._profile(person, languages, Side.MENTOR)
        offers.make_offer(
            self.session,
            person,
            capacity=places,
            statement=self.chance.choice(community.STATEMENTS),
            backup=self.chance.random() < 0.6,
            cohorts=[self.cohort],
            agrees_to_conduct=True,
            at=at,
            most=offers.MOST_PLACES,
        )
        approval = self.session.get_one(Approval, person.id)
        approval.state, approval.by_id, approval.at = ApprovalState.LIVE, by.id, at
        approval.until = at + timedelta(days=Deadlines().approval_days)
        return person

    def newcomers(self, began: datetime, at: datetime) -> list[tuple[datetime, str, str]]:
        """When each newcomer asks, with her name and languages; `ask` makes her then."""
        step = (at - began - timedelta(days=1)) / len(community.NEWCOMERS)
        return [
            (began + number * step, name, languages)
            for number, (name, languages) in enumerate(community.NEWCOMERS)
        ]

    def _person(self, name: str, languages: str, *, at: datetime) -> Person:
        told = community.someone(name, languages)
        locale = "ar" if told.languages[0][0] == "ar" else "en"
        person = Person(name=name, locale=locale, time_zone=told.time_zone, adult=True, joined_at=at)
        self.session.add(person)
        self.session.flush()
        accounts.join_cohort(self.session, person, self.cohort, at=at)
        return person

    def ask(self, name: str, languages: str, *, at: datetime) -> Person:
        person = self._person(name, languages, at=at)
        self._profile(person, languages, Side.NEWCOMER)
        words = self.chance.choice(community.WORDS)
        requests.open_request(self.session, person, self.cohort, words=words, happened_link="", at=at)
        return person

    def _profile(self, person: Person, languages: str, side: Side) -> None:
        told = community.someone(person.name, languages)
        many = 2 if side is Side.NEWCOMER else 7
        chance = self.chance
        first = told.languages[0][0]
        values = ProfileValues(
            side=side,
            languages={code: Language(level, for_help=True) for code, level in told.languages},
            needs=chance.sample(community.NEED_IDS, many),
            topics=chance.sample(community.TOPIC_IDS, many + 1),
            areas=chance.sample(community.AREA_IDS, 1),
            wikis=[("wikipedia", first), *([("commons", "")] if chance.random() < 0.4 else [])],
            day_parts=chance.sample(community.DAY_PARTS, chance.choice((0, 1, 2))),
        )
        profiles.save_profile(self.session, person, values, key=self.key)


def _write_sign_ins(config: Config, sign_ins: dict[str, tuple[str, str]]) -> None:
    """Readable by the owner of the installation alone; these accounts exist only in a demonstration."""
    file = config.INSTANCE / "demo-sign-in.txt"
    lines = [
        f"{who}\n    sign-in name: {name}\n    password: {password}\n"
        for who, (name, password) in sign_ins.items()
    ]
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write("A made-up community to look at the service. Sign in as:\n\n" + "\n".join(lines))
