"""A conversation for her calendar: titled “Call”, in UTC, without a name, a link or a word of what it is."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue
from icalendar import Calendar, Event

from mentorship.rules.conversations import LENGTH
from mentorship.store.conversations import Conversation
from mentorship.web.cohort.blueprint import bp, conversation_of

TITLE = "Call"


@bp.get("/conversations/<public_id:conversation_id>/call.ics")
def call(cohort_id: str, conversation_id: str) -> ResponseReturnValue:
    conversation = conversation_of(cohort_id, conversation_id)
    return Response(
        entry(conversation),
        mimetype="text/calendar",
        headers={"Content-Disposition": 'attachment; filename="call.ics"'},
    )


def entry(conversation: Conversation) -> bytes:
    """The calendar's file; a cancelled call says so, so that a calendar takes it out."""
    event = Event()
    event.add("uid", conversation.public_id)
    event.add("sequence", conversation.version)
    event.add("summary", TITLE)
    event.add("dtstamp", conversation.made_at)
    event.add("dtstart", conversation.starts_at)
    event.add("dtend", conversation.starts_at + LENGTH)
    event.add("status", "CANCELLED" if conversation.cancelled_at else "CONFIRMED")
    file = Calendar()
    file.add("prodid", "-//Call//")
    file.add("version", "2.0")
    file.add_component(event)
    written: bytes = file.to_ical()
    return written
