"""A simulated year from its first to its last day, looked at as it goes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from mentorship.services.doctor import findings
from mentorship.simulation import events
from mentorship.simulation.figures import table
from mentorship.simulation.reactions import react
from mentorship.simulation.watch import SAFE, Watch
from mentorship.simulation.world import STEP_HOURS, World
from mentorship.store.requests import Request

BEGAN = datetime(2026, 1, 4, 17, tzinfo=UTC)
"""A Sunday, in the evening."""

Tell = Callable[[int], None]


def live(
    engine: Engine, *, days: int, newcomers: int, mentors: int, seed: int, tell: Tell = lambda _day: None
) -> dict[str, object]:
    """Let so many people live for so many days on the migrated, empty database behind `engine`.

    Returns the figures: how many requests there were, how many of them were left in silence for a day or
    more, which rules were broken how often, what the doctor finds at the end, and the table.
    """
    began = time.process_time()
    world, watch = World(engine, seed=seed, began=BEGAN), Watch(engine)
    events.plan(world, newcomers=newcomers, mentors=mentors, days=days)
    for number in range(days * 24 // STEP_HOURS):
        for row in world.step():
            react(world, row)
        watch.look(world.at)
        if (number + 1) * STEP_HOURS % 24 == 0:
            watch.check_rules()
            tell((number + 1) * STEP_HOURS // 24)
    return _outcome(world, watch) | {"cpu_s": round(time.process_time() - began, 1)}


def _outcome(world: World, watch: Watch) -> dict[str, object]:
    with Session(world.engine) as session:
        found = findings(session)
        requests = session.scalar(select(func.count()).select_from(Request)) or 0
        newcomers = session.scalar(select(func.count(Request.newcomer_id.distinct()))) or 0
    refused = sum(times for name, times in world.refused.items() if name.split(":")[0] in SAFE)
    kinds = sorted({name for name, _ in watch.broken} | ({"a safe act refused"} if refused else set()))
    return {
        "requests": requests,
        "requests_in_silence": len(watch.in_silence),
        "rules_broken": len(watch.broken) + refused,
        "doctor": sum(len(rows) for rows in found.values()),
        "newcomers_who_asked": newcomers,
        "broken": kinds + sorted(found),
        "table": table(world.engine, at=world.at),
        "done": dict(sorted(world.done.items())),
        "refused": dict(sorted(world.refused.items())),
    }
