"""What time does to conversations: those who signed up are reminded a day before."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mentorship.rules.conversations import REMINDED_BEFORE
from mentorship.services.outbox import tell
from mentorship.services.timed.tick import Moment, Tick
from mentorship.store.conversations import Conversation, Participation
from mentorship.store.people import Person, PersonStatus


def _soon(moment: Moment) -> Select[int]:
    return (
        select(Participation.id)
        .join(Conversation, Conversation.id == Participation.conversation_id)
        .join(Person, Person.id == Participation.person_id)
        .where(
            Conversation.cohort_id == moment.cohort_id,
            Conversation.cancelled_at.is_(None),
            Conversation.starts_at > moment.at,
            Conversation.starts_at <= moment.at + REMINDED_BEFORE,
            Participation.reminded_at.is_(None),
            Person.status.not_in((PersonStatus.ERASED, PersonStatus.SUSPENDED)),
        )
        .order_by(Participation.id)
    )


def _remind(session: Session, row: Participation, moment: Moment) -> None:
    row.reminded_at = moment.at
    tell(session, row.person, "call_tomorrow", at=moment.at, due=row.conversation.starts_at)


def _hold(session: Session, row_id: int) -> Participation | None:
    """None where she took it back since it was found due."""
    return session.get(Participation, row_id, with_for_update=True, populate_existing=True)


TICKS = {"remind of a conversation": Tick(_soon, Participation.id, _hold, _remind)}
