"""A mentor's places: locked while one is given out, fitted to her capacity."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from mentorship.store.offers import Offer, Place
from mentorship.store.queries import place_is_taken


def lock_mentor(session: Session, mentor_id: int) -> Offer | None:
    """Her offer, locked until the end of the transaction, so that places are given out one at a time.

    SQLite has one writer at a time, and compiles the lock to nothing.
    """
    return session.scalar(
        select(Offer)
        .where(Offer.mentor_id == mentor_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def fit_places(session: Session, mentor_id: int) -> None:
    """Make her places fit her capacity: used ones stay until they are freed, free ones come and go at once.

    She has as many as her capacity says, or as are used if that is more; the free ones have the lowest
    numbers, so that each lies within her capacity.
    """
    session.flush()
    capacity = session.scalar(select(Offer.capacity).where(Offer.mentor_id == mentor_id)) or 0
    used = _numbers(session, mentor_id, place_is_taken())
    free = _numbers(session, mentor_id, ~place_is_taken())
    unused = [n for n in range(1, capacity + 1) if n not in used]
    wanted = set(unused[: max(0, capacity - len(used))])
    if gone := free - wanted:
        session.execute(
            delete(Place)
            .where(Place.mentor_id == mentor_id, Place.n.in_(gone))
            .execution_options(synchronize_session="fetch")
        )
    session.add_all(Place(mentor_id=mentor_id, n=n) for n in sorted(wanted - free))
    session.flush()
    offer = session.get(Offer, mentor_id)
    if offer is not None:
        session.expire(offer, ["places"])


def _numbers(session: Session, mentor_id: int, condition: ColumnElement[bool]) -> set[int]:
    return set(session.scalars(select(Place.n).where(Place.mentor_id == mentor_id, condition)))
