"""The coordinator's pages: today, people, applications, rounds, numbers, settings."""

from __future__ import annotations

from mentorship.web.coordinator import (
    applications,
    cohort,
    ladders,
    members,
    people,
    poster,
    publishing,
    reach,
    round_look,
    rounds,
    today,
)
from mentorship.web.coordinator.blueprint import bp

__all__ = [
    "applications",
    "bp",
    "cohort",
    "ladders",
    "members",
    "people",
    "poster",
    "publishing",
    "reach",
    "round_look",
    "rounds",
    "today",
]
