"""A notice as the sentence its reader sees: in her language, its moments in her time."""

from __future__ import annotations

from datetime import datetime

from flask import url_for

from mentorship.services.inbox import Notice
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


def _shown(value: str | datetime | None) -> str:
    if value is None:
        return gettext("someone who has left")
    return moment(value) if isinstance(value, datetime) else value
