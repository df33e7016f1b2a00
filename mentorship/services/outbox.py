"""Telling people: a row in the transaction of its cause, shown on their pages, mailed by the worker."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from mentorship.services.notices import NOTICES
from mentorship.store.mentorships import Mentorship
from mentorship.store.outbox import Outbox
from mentorship.store.people import Person, PersonStatus
from mentorship.store.requests import Request


def tell(
    session: Session,
    person: Person,
    kind: str,
    *,
    at: datetime,
    mentorship: Mentorship | None = None,
    request: Request | None = None,
    **values: Person | datetime,
) -> None:
    """Tell `person` what `kind` says; an erased account is told nothing.

    `values` are kept as ids and moments: names are filled in when the sentence is shown.
    """
    if kind not in NOTICES:
        raise ValueError(f"no notice is called {kind}")
    if person.status is PersonStatus.ERASED:
        return
    session.add(
        Outbox(
            person=person,
            kind=kind,
            values={
                name: value.isoformat() if isinstance(value, datetime) else value.id
                for name, value in values.items()
            },
            mentorship_id=mentorship.id if mentorship else None,
            request_id=request.id if request else None,
            made_at=at,
            try_at=at,
        )
    )
