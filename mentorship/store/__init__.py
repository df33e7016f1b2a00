"""What is kept: the SQLAlchemy models, their constraints and the named queries."""

from mentorship.store import (
    cohorts,
    conversations,
    growth,
    help,  # noqa: A004 - the word of the programme
    mentorships,
    offers,
    outbox,
    people,
    requests,
    rounds,
    safety,
    together,
)
from mentorship.store.base import Base

__all__ = [
    "Base",
    "cohorts",
    "conversations",
    "growth",
    "help",
    "mentorships",
    "offers",
    "outbox",
    "people",
    "requests",
    "rounds",
    "safety",
    "together",
]
