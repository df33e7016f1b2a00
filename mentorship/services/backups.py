"""The second person of a mentorship."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from mentorship.services.barring import barred_pairs
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.people import Person
from mentorship.store.queries import is_blocked, offers_open_to


def choose_backup(session: Session, mentorship: Mentorship, *, at: datetime) -> Person | None:
    """An approved mentor who agreed to be a backup, shares a language, and has the fewest pairs to back.

    None when there is none; the coordinator is the backup then, and the page says so.
    """
    languages = {skill.code for skill in mentorship.newcomer.languages if skill.accepts_help_in}
    offers = session.scalars(
        offers_open_to([mentorship.request.cohort_id], at=at)
        .where(Offer.backup.is_(True), Offer.mentor_id.not_in([mentorship.newcomer_id, mentorship.mentor_id]))
        .options(joinedload(Offer.mentor).selectinload(Person.languages))
    )
    able = [
        offer.mentor
        for offer in offers
        if languages & {skill.code for skill in offer.mentor.languages if skill.helps_in}
        and not is_blocked(session, offer.mentor_id, mentorship.mentor_id)
    ]
    barred = barred_pairs(session, [mentorship.request], able)
    free = [person for person in able if (mentorship.newcomer_id, person.id) not in barred]
    return min(free, key=lambda person: (_backing(session, person), person.id), default=None)


def _backing(session: Session, person: Person) -> int:
    return session.scalar(
        select(func.count()).select_from(Mentorship).where(
            Mentorship.backup_id == person.id, Mentorship.ended_at.is_(None)
        )
    ) or 0  # fmt: skip
