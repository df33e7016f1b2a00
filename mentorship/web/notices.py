"""A notice as the sentence its reader sees: in her language, its moments in her time."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import AGREED
from mentorship.services.inbox import Notice
from mentorship.store.mentorships import Mentorship
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


def place_of(session: Session, notice: Notice, *, external: bool = False) -> str | None:
    """The page of the pair a notice is about, where it is there for its reader."""
    row = notice.row
    pair = session.get(Mentorship, row.mentorship_id) if row.mentorship_id else None
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
