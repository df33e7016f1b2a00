"""A notice as the sentence its reader sees: in her language, its moments in her time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import AGREED
from mentorship.services.inbox import Notice
from mentorship.store.cohorts import CohortCoordinator
from mentorship.store.mentorships import Mentorship
from mentorship.store.outbox import Outbox
from mentorship.web.formats import moment
from mentorship.web.i18n import gettext

ON_HER_REQUEST = (
    "question_unanswered", "go_on", "look_on", "known_by", "no", "nothing_heard", "no_language_yet",
    "waiting", "waiting_again", "chosen_by_hand", "request_closed",
)  # fmt: skip
ON_HER_OFFER = ("approved", "application_declined", "still_here", "set_away", "approval_ends")
PAGES: dict[str, tuple[str, str | None]] = {
    "helper_question": ("pages.helped", None),
    "named_as_helper": ("lineage.show", None),
    "thanked": ("lineage.show", None),
    "recognised": ("growth.progress", "thanks"),
    **dict.fromkeys(ON_HER_REQUEST, ("newcomer.show", None)),
    **dict.fromkeys(ON_HER_OFFER, ("mentor.home", None)),
}
"""Notices that always lead to the same page of hers, and where on it."""

ON_TODAY = (
    "newcomer_writes", "someone_offers", "look_for_mentor", "nobody_yet", "no_hello", "no_contact",
    "wants_someone_else", "mentor_set_away", "approval_of_ends", "round_drafted", "something_wrong",
)  # fmt: skip
"""What a coordinator is told: it waits on Today."""

FROM_COORDINATORS = ("message", "coordinator_writes")
"""What comes from her coordinators, where it is of no pair."""


def sentence_of(notice: Notice) -> str:
    """The notice in words; someone who has left has no name any more."""
    filled = {name: _shown(value) for name, value in notice.values.items()}
    return gettext(notice.sentence, **filled)


def answered_at(notice: Notice, *, external: bool = False) -> str | None:
    """The address where what the notice asks is answered, for kinds whose place is not plain."""
    place = {"take_over": "take-over"}.get(notice.row.kind)
    return None if place is None else url_for("pages.home", _anchor=place, _external=external)


def places_of(session: Session, notices: Sequence[Notice], *, external: bool = False) -> list[str | None]:
    """For each notice of one person, the page it is about, where it is there for her."""
    ids = {notice.row.mentorship_id for notice in notices} - {None}
    pairs = {pair.id: pair for pair in session.scalars(select(Mentorship).where(Mentorship.id.in_(ids)))}
    today = _today_of(session, [notice.row for notice in notices], external)
    return [
        _page(notice.row, external)
        or (today if notice.row.kind in ON_TODAY else None)
        or _place(notice.row, pairs.get(notice.row.mentorship_id or 0), external)
        for notice in notices
    ]


def _page(row: Outbox, external: bool) -> str | None:
    endpoint, anchor = PAGES.get(row.kind, (None, None))
    return None if endpoint is None else url_for(endpoint, _anchor=anchor, _external=external)


def _today_of(session: Session, rows: Sequence[Outbox], external: bool) -> str | None:
    """What needs her in the cohorts she coordinates, where she does."""
    told = next((row.person_id for row in rows if row.kind in ON_TODAY), None)
    coordinates = select(CohortCoordinator.cohort_id).where(CohortCoordinator.person_id == told).limit(1)
    if told is None or session.scalar(coordinates) is None:
        return None
    return url_for("coordinator.index", _external=external)


def _place(row: Outbox, pair: Mentorship | None, external: bool) -> str | None:
    """The page of the pair, for one of the two or who backs them; what coordinators write is on another."""
    if row.mentorship_id is None and row.kind in FROM_COORDINATORS:
        return url_for("newcomer.coordinators", _external=external)
    if pair is None:
        return None
    two = row.person_id in (pair.newcomer_id, pair.mentor_id)
    backs = row.person_id == pair.backup_id and pair.state in AGREED
    if not (two or backs):
        return None
    return url_for("mentorships.show", public_id=pair.public_id, _external=external)


def _shown(value: str | datetime | None) -> str:
    if value is None:
        return gettext("someone who has left")
    return moment(value) if isinstance(value, datetime) else value
