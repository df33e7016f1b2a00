"""A notice as the sentence its reader sees: in her language, its moments in her time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import AGREED
from mentorship.services.inbox import Notice
from mentorship.store.mentorships import Mentorship
from mentorship.store.outbox import Outbox
from mentorship.web.formats import moment
from mentorship.web.i18n import gettext


def sentence_of(notice: Notice) -> str:
    """The notice in words; someone who has left has no name any more."""
    filled = {name: _shown(value) for name, value in notice.values.items()}
    return gettext(notice.sentence, **filled)


def answered_at(notice: Notice, *, external: bool = False) -> str | None:
    """The address where what the notice asks is answered, for kinds whose place is not plain."""
    place = {"take_over": "take-over"}.get(notice.row.kind)
    return None if place is None else url_for("pages.home", _anchor=place, _external=external)


def places_of(session: Session, notices: Sequence[Notice], *, external: bool = False) -> list[str | None]:
    """For each notice, the page of the pair it is about, where it is there for its reader."""
    ids = {notice.row.mentorship_id for notice in notices} - {None}
    pairs = {pair.id: pair for pair in session.scalars(select(Mentorship).where(Mentorship.id.in_(ids)))}
    return [_place(notice.row, pairs.get(notice.row.mentorship_id or 0), external) for notice in notices]


def _place(row: Outbox, pair: Mentorship | None, external: bool) -> str | None:
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
