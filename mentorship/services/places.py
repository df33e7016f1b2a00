"""A mentor's places: locked while one is given out, trimmed when her capacity went down."""

from __future__ import annotations

from sqlalchemy import delete, select
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


def trim_places(session: Session, mentor_id: int) -> None:
    """Take away free places beyond her capacity; one in use goes when it is freed."""
    session.flush()
    capacity = select(Offer.capacity).where(Offer.mentor_id == mentor_id).scalar_subquery()
    session.execute(
        delete(Place)
        .where(Place.mentor_id == mentor_id, Place.n > capacity, ~place_is_taken())
        .execution_options(synchronize_session="fetch")
    )
