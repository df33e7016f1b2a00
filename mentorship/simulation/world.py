"""The simulated world: its clock, its database, and who does what when."""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mentorship.jobs import tick
from mentorship.rules.errors import Refusal
from mentorship.simulation.people import Maker, Temperament
from mentorship.store.outbox import Outbox

Act = Callable[[Session, datetime], object]

STEP_HOURS = 6
"""How often the clock is looked at; the worker of an installation does so every minute."""


class World:
    """People's acts in the order of their times, one unit of work each, and the clock between them."""

    def __init__(self, engine: Engine, *, seed: int, began: datetime) -> None:
        self.engine = engine
        self.chance = random.Random(seed)  # noqa: S311 - the same world for the same seed, not a secret
        self.maker = Maker(self.chance)
        self.began = self.at = began
        self.cohort_id = 0
        self.coordinators: list[int] = []
        self.temperaments: dict[int, tuple[Temperament, datetime]] = {}
        self.told: list[Outbox] = []
        self.refused: Counter[str] = Counter()
        self.done: Counter[str] = Counter()
        self._acts: list[tuple[datetime, int, str, Act]] = []
        self._numbers = count()
        self._last_told = 0

    def later(self, at: datetime, name: str, act: Act) -> None:
        """Let `act` happen at that time."""
        heapq.heappush(self._acts, (at, next(self._numbers), name, act))

    def soon(self, name: str, act: Act, *, hours: float) -> None:
        """Let `act` happen after about so many hours."""
        self.later(self.at + timedelta(hours=0.2 + self.chance.expovariate(1 / hours)), name, act)

    def settle_in(self, person_id: int, temperament: Temperament) -> None:
        """From now on `person_id` behaves like this."""
        self.temperaments[person_id] = (temperament, self.at)

    def reacts(self, person_id: int) -> Temperament | None:
        """Her temperament, if she reacts this time."""
        known = self.temperaments.get(person_id)
        if known is None:
            return None
        kind, since = known
        gone = kind.gone_after is not None and self.at > since + timedelta(days=kind.gone_after)
        return None if gone or self.chance.random() > kind.reacts else kind

    def do(self, name: str, act: Act, at: datetime) -> Any:
        """One unit of work, as a page does it; a refusal is a page with a sentence, and changes nothing."""
        try:
            with Session(self.engine) as session, session.begin():
                result = act(session, at)
        except Refusal as refusal:
            self.refused[f"{name}: {type(refusal).__name__}"] += 1
            return None
        self.done[name] += 1
        return result

    def step(self) -> list[Outbox]:
        """Go on by some hours: people act, then the clock; returns what was told meanwhile."""
        until = self.at + timedelta(hours=STEP_HOURS)
        while self._acts and self._acts[0][0] <= until:
            at, _, name, act = heapq.heappop(self._acts)
            self.at = max(self.at, at)
            self.do(name, act, self.at)
        self.at = until
        tick(self.engine, at=until)
        return self._newly_told()

    def _newly_told(self) -> list[Outbox]:
        with Session(self.engine, expire_on_commit=False) as session:
            rows = session.scalars(
                select(Outbox).where(Outbox.id > self._last_told).order_by(Outbox.id)
            ).all()
            session.expunge_all()
        if rows:
            self._last_told = rows[-1].id
        return list(rows)
