"""Looks on from outside: who is left in silence, which rule is broken. It reads rows, and asks no service."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, select, text

from mentorship.rules.lifecycle import TRANSITIONS, Action, State
from mentorship.store.mentorships import Mentorship, MentorshipEvent
from mentorship.store.outbox import Outbox
from mentorship.store.people import Person
from mentorship.store.requests import Request

DAY = timedelta(days=1)

MUST_BE_EMPTY = {
    "a mentor over her capacity": """
        SELECT m.mentor_id FROM mentorship m WHERE m.ended_at IS NULL GROUP BY m.mentor_id
        HAVING count(*) > (SELECT count(*) FROM place p WHERE p.mentor_id = m.mentor_id)""",
    "two in one place": """
        SELECT mentor_id FROM mentorship WHERE ended_at IS NULL GROUP BY mentor_id, place_n
        HAVING count(*) > 1""",
    "a newcomer with two open mentorships": """
        SELECT newcomer_id FROM mentorship WHERE ended_at IS NULL GROUP BY newcomer_id
        HAVING count(*) > 1""",
    "a state that does not fit its end": """
        SELECT id FROM mentorship WHERE (ended_at IS NULL) <>
        (state IN ('proposed', 'accepted', 'active', 'paused'))""",
    "paired with herself": "SELECT id FROM mentorship WHERE newcomer_id = mentor_id",
    "a pair across a block": """
        SELECT m.id FROM mentorship m JOIN block b
        ON (b.blocker_id = m.newcomer_id AND b.blocked_id = m.mentor_id)
        OR (b.blocker_id = m.mentor_id AND b.blocked_id = m.newcomer_id) WHERE m.ended_at IS NULL""",
    "a second person across a block": """
        SELECT m.id FROM mentorship m JOIN block b
        ON (b.blocker_id = m.backup_id AND b.blocked_id IN (m.newcomer_id, m.mentor_id))
        OR (b.blocked_id = m.backup_id AND b.blocker_id IN (m.newcomer_id, m.mentor_id))
        WHERE m.ended_at IS NULL""",
    "a mentor who is not approved": """
        SELECT m.id FROM mentorship m LEFT JOIN approval a ON a.mentor_id = m.mentor_id
        WHERE m.ended_at IS NULL AND (a.state IS NULL OR a.state <> 'live')""",
    "a new pair after an approval had lapsed": """
        SELECT m.id FROM mentorship m JOIN approval a ON a.mentor_id = m.mentor_id
        WHERE a.state = 'live' AND m.proposed_at >= a.until""",
    "a pair without a language in common": """
        SELECT m.id FROM mentorship m
        JOIN person n ON n.id = m.newcomer_id JOIN person o ON o.id = m.mentor_id
        WHERE n.status <> 'erased' AND o.status <> 'erased' AND NOT EXISTS (
            SELECT 1 FROM language_skill x JOIN language_skill y ON x.code = y.code
            WHERE x.person_id = n.id AND y.person_id = o.id AND x.accepts_help_in AND y.helps_in)""",
    "sent from a draft": """
        SELECT m.id FROM mentorship m JOIN round r ON r.id = m.round_id WHERE r.state <> 'published'""",
    "a pairing without a reason": """
        SELECT p.id FROM pairing p JOIN round r ON r.id = p.round_id
        WHERE r.state = 'published' AND p.points > 0 AND length(CAST(p.terms AS text)) < 5""",
    "a mentorship without a history": """
        SELECT m.id FROM mentorship m WHERE NOT EXISTS (
            SELECT 1 FROM mentorship_event e
            WHERE e.mentorship_id = m.id AND e.n = 1 AND e.action = 'propose')""",
    "an erased person with an open mentorship": """
        SELECT m.id FROM mentorship m JOIN person p ON p.id IN (m.newcomer_id, m.mentor_id)
        WHERE p.status = 'erased' AND m.ended_at IS NULL""",
    "lapsed before a coordinator was told": """
        SELECT id FROM mentorship WHERE state = 'lapsed' AND coordinator_told_at IS NULL""",
}
"""Rules 1, 3, 4, 6 and 7 as queries of their own."""

SAFE = ("block", "end", "erase", "hide", "report")
"""Acts that are never refused."""


class Watch:
    """Follows every request from its first minute, and the rules day by day."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.in_silence: set[int] = set()
        self.broken: set[tuple[str, Any]] = set()
        self._last_row = self._last_event = 0
        self._told_until: dict[int, datetime] = {}
        self._outcome_told: set[int] = set()
        self._states: dict[int, State] = {}

    def look(self, at: datetime) -> None:
        """Who has, at `at`, had neither an open deadline nor a date nor an outcome for a day."""
        with self.engine.connect() as connection:
            self._read_what_was_told(connection)
            self._read_history(connection)
            for request in connection.execute(_requests()):
                if self._is_silent(request, at):
                    self.in_silence.add(request.id)
            connection.rollback()

    def check_rules(self) -> None:
        """Ask each rule's own query."""
        with self.engine.connect() as connection:
            for name, query in MUST_BE_EMPTY.items():
                self.broken |= {(name, row[0]) for row in connection.execute(text(query))}
            connection.rollback()

    def _is_silent(self, request: Any, at: datetime) -> bool:
        if request.status in ("erased", "suspended"):
            return False
        if request.state == "closed":
            told = request.id in self._outcome_told
            return bool(not told and at - request.closed_at >= DAY)
        dates = [self._told_until.get(request.id, request.opened_at), *_dates(request)]
        return bool(at - max(date for date in dates if date is not None) >= DAY)

    def _read_what_was_told(self, connection: Connection) -> None:
        """Dates and outcomes, only as the newcomer herself was told them."""
        rows = connection.execute(
            select(Outbox.id, Outbox.kind, Outbox.values, Request.id.label("request_id"))
            .outerjoin(Mentorship, Mentorship.id == Outbox.mentorship_id)
            .join(Request, (Request.id == Outbox.request_id) | (Request.id == Mentorship.request_id))
            .where(Outbox.id > self._last_row, Outbox.person_id == Request.newcomer_id)
            .order_by(Outbox.id)
        ).all()
        for row in rows:
            self._last_row = row.id
            if row.kind in ("request_closed", "completed"):
                self._outcome_told.add(row.request_id)
            if "due" in row.values:
                due = datetime.fromisoformat(row.values["due"])
                self._told_until[row.request_id] = max(due, self._told_until.get(row.request_id, due))
            for value in row.values.values():
                if isinstance(value, str) and not _is_moment(value):
                    self.broken.add(("words in a notice", row.id))

    def _read_history(self, connection: Connection) -> None:
        """Every row of the history follows from the one before by the programme's table."""
        event = MentorshipEvent
        rows = connection.execute(
            select(event.id, event.mentorship_id, event.action, event.party, event.state)
            .where(event.id > self._last_event)
            .order_by(event.id)
        ).all()
        for row in rows:
            self._last_event = row.id
            before = self._states.get(row.mentorship_id)
            self._states[row.mentorship_id] = row.state
            if not _follows(row, before):
                self.broken.add(("a step that is not in the table", row.id))


def _requests() -> Any:
    """Every request with the dates of its open mentorship and those its newcomer sees on her page."""
    mentorship = Mentorship
    return (
        select(
            Request.id,
            Request.state,
            Request.opened_at,
            Request.closed_at,
            Request.word_due_at,
            Person.status,
            mentorship.state.label("pair"),
            mentorship.answer_due_at,
            mentorship.hello_due_at,
            mentorship.paused_until,
            mentorship.agreed_until,
            mentorship.close_due_at,
        )
        .join(Person, Person.id == Request.newcomer_id)
        .outerjoin(mentorship, (mentorship.request_id == Request.id) & mentorship.ended_at.is_(None))
    )


def _dates(request: Any) -> list[datetime | None]:
    """The open deadline of her mentorship, or the date that stands on the page of one who waits."""
    by_state = {
        State.PROPOSED: [request.answer_due_at],
        State.ACCEPTED: [request.hello_due_at],
        State.ACTIVE: [request.agreed_until, request.close_due_at],
        State.PAUSED: [request.paused_until],
    }
    return by_state.get(request.pair, [request.word_due_at])


def _follows(row: Any, before: State | None) -> bool:
    if row.action is Action.PROPOSE:
        return before is None and row.state is State.PROPOSED
    line = TRANSITIONS[row.action]
    after = before if line.to is None else line.to
    return bool(before in line.frm and row.state is after and row.party in line.who)


def _is_moment(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
