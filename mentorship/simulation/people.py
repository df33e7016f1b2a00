"""Who lives in a simulation: made-up people, their languages, needs and temperaments."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from mentorship.rules.words import NEEDS, TOPICS
from mentorship.services import accounts, approvals, offers, profiles, requests
from mentorship.services.profiles import Language, ProfileValues, Side
from mentorship.store.cohorts import Cohort
from mentorship.store.offers import Approval
from mentorship.store.people import Person
from mentorship.store.requests import Request

KEY = b"a simulation keeps no secret of anyone"

LANGUAGES = (("en", "Europe/London", 6), ("ar", "Africa/Cairo", 4), ("fr", "Africa/Dakar", 4),
             ("es", "America/Bogota", 4), ("ha", "Africa/Lagos", 2), ("hi", "Asia/Kolkata", 2),
             ("ff", "Africa/Conakry", 1))  # fmt: skip
"""Code, where its speakers live, how many of seven-and-twenty speak it; Fula has hardly a mentor."""

PARTS = [(day, part) for day in ("weekday", "weekend") for part in ("morning", "afternoon", "evening")]


@dataclass(frozen=True, slots=True)
class Temperament:
    """How somebody behaves.

    Attributes
    ----------
    hours
        How long she usually takes to react.
    reacts
        How likely she reacts at all to something she is told, 0 to 1.
    says_yes
        How likely a mentor says yes.
    writes
        How likely she says hello once told that it is her turn.
    gone_after
        After so many days she is not heard of again; None: she stays.
    """

    hours: float
    reacts: float
    says_yes: float = 0.8
    writes: float = 0.95
    gone_after: int | None = None


MENTORS = (
    (60, Temperament(hours=12, reacts=0.97)),
    (10, Temperament(hours=40, reacts=0.85)),
    (8, Temperament(hours=16, reacts=0.9, says_yes=0.95, writes=0.1)),
    (10, Temperament(hours=20, reacts=0.9, says_yes=0.35)),
    (7, Temperament(hours=18, reacts=0.9, gone_after=90)),
    (5, Temperament(hours=24, reacts=0.0)),
)
"""Prompt, slow, quick to say yes and slow to write, choosy, gone one day, never there."""

NEWCOMERS = (
    (60, Temperament(hours=14, reacts=0.95)),
    (22, Temperament(hours=50, reacts=0.75)),
    (18, Temperament(hours=20, reacts=0.9, gone_after=12)),
)
"""Steady, hesitant, vanished one day."""


def temperament(kinds: tuple[tuple[int, Temperament], ...], chance: random.Random) -> Temperament:
    weights = [weight for weight, _ in kinds]
    return chance.choices([kind for _, kind in kinds], weights)[0]


class Maker:
    """Makes people, as their pages would."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.count = 0

    def person(self, session: Session, cohort: Cohort, at: datetime) -> tuple[Person, dict[str, Language]]:
        """A member of the cohort with her languages; nobody here signs in, so nobody has a password."""
        self.count += 1
        weights = [weight for *_, weight in LANGUAGES]
        told = self.chance.choices(LANGUAGES, weights, k=1 + (self.chance.random() < 0.35))
        person = Person(
            public_id=f"person-{self.count:05d}",
            name=f"Person {self.count}",
            time_zone=told[0][1],
            adult=True,
            joined_at=at,
        )
        session.add(person)
        session.flush()
        accounts.join_cohort(session, person, cohort, at=at)
        spoken = {
            code: Language(level=6 if n == 0 else 4, for_help=True) for n, (code, *_) in enumerate(told)
        }
        return person, spoken

    def mentor(self, session: Session, cohort: Cohort, by: Person, at: datetime) -> Person:
        """A mentor with an offer, approved by a coordinator."""
        person, spoken = self.person(session, cohort, at)
        spoken.setdefault("en", Language(level=4, for_help=self.chance.random() < 0.4))
        self._profile(session, person, Side.MENTOR, spoken, needs=6)
        offers.make_offer(
            session,
            person,
            capacity=self.chance.choice((1, 2, 2, 2, 3)),
            backup=self.chance.random() < 0.5,
            accepts_rounds=self.chance.random() < 0.2,
            cohorts=[cohort],
            vouched_by="Someone",
            agrees_to_conduct=True,
            at=at,
            most=offers.MOST_PLACES,
        )
        approvals.approve(session, session.get_one(Approval, person.id), cohort, by=by, at=at)
        return person

    def newcomer(self, session: Session, cohort: Cohort, at: datetime) -> Request:
        """A newcomer with her request."""
        person, spoken = self.person(session, cohort, at)
        self._profile(session, person, Side.NEWCOMER, spoken, needs=2)
        return self.request(session, person, cohort, at)

    def request(self, session: Session, person: Person, cohort: Cohort, at: datetime) -> Request:
        words = "I would like to begin, and I do not know where."
        return requests.open_request(session, person, cohort, words=words, happened_link="", at=at)

    def _profile(
        self, session: Session, person: Person, side: Side, spoken: dict[str, Language], *, needs: int
    ) -> None:
        profile = ProfileValues(
            side=side,
            languages=spoken,
            needs=self.chance.sample(list(NEEDS), needs),
            topics=self.chance.sample(list(TOPICS), 3),
            day_parts=self.chance.sample(PARTS, 2),
        )
        profiles.save_profile(session, person, profile, key=KEY)


def arrivals(chance: random.Random, count: int, began: datetime, days: int) -> list[datetime]:
    """When newcomers come: all year, the last of them in time to be heard."""
    span = max(1, days - 14)
    return sorted(began + timedelta(days=chance.uniform(0, span)) for _ in range(count))
