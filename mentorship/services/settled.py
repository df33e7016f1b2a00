"""What a notice asked and is asked no more: answered, moved on, or over with its pair."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import AGREED, State
from mentorship.services import check_ins, helper_question
from mentorship.store.mentorships import HandOver, KnownAlready, Mentorship
from mentorship.store.outbox import Outbox
from mentorship.store.people import Person
from mentorship.store.requests import Request, RequestState

WHILE_IN: dict[str, tuple[State, ...]] = {
    "ask": (State.PROPOSED,),
    "ask_reminder": (State.PROPOSED,),
    "question_answered": (State.PROPOSED,),
    "asked": (State.PROPOSED,),
    "say_hello": (State.ACCEPTED,),
    "hello_reminder": (State.ACCEPTED,),
    "accepted": (State.ACCEPTED,),
    "hello_late": (State.ACCEPTED,),
    "hello_late_alone": (State.ACCEPTED,),
    "talk_proposed": AGREED,
    "talk_agreed": AGREED,
    "agreed_end": AGREED,
    "stand_by": AGREED,
}
"""Notices of a pair that say what is to come while it stands so, and nothing afterwards."""


def settled_among(session: Session, person: Person, rows: Iterable[Outbox]) -> set[int]:
    """Ids of those rows of `person` that ask nothing of her any more."""
    kept = list(rows)
    pairs = _pairs(session, kept)
    questions = check_ins.open_among(session, list(pairs.values()), person)
    moved_on = {row.id for row in kept if _has_moved_on(row, pairs, questions.keys())}
    helped = helper_question.due_for(session, person) is None
    answered = {row.id for row in kept if row.kind == "helper_question" and helped}
    return moved_on | answered | _handed_over(session, kept) | _of_requests(session, kept)


def _pairs(session: Session, rows: list[Outbox]) -> dict[int, Mentorship]:
    ids = {row.mentorship_id for row in rows if row.mentorship_id}
    return {pair.id: pair for pair in session.scalars(select(Mentorship).where(Mentorship.id.in_(ids)))}


def _has_moved_on(row: Outbox, pairs: dict[int, Mentorship], questions: Iterable[int]) -> bool:
    pair = pairs.get(row.mentorship_id or 0)
    if pair is None:
        return False
    if row.kind == "check_in":
        return pair.id not in questions
    if row.kind == "question":
        return pair.state is not State.PROPOSED or pair.question_answered_at is not None
    return row.kind in WHILE_IN and pair.state not in WHILE_IN[row.kind]


def _handed_over(session: Session, rows: list[Outbox]) -> set[int]:
    """Hand-overs that were answered or fell through: the newcomer's by pair, the successor's by newcomer."""
    asked = [row for row in rows if row.kind in ("new_mentor", "take_over")]
    if not asked:
        return set()
    people = {row.person_id for row in asked}
    ids = {row.mentorship_id for row in asked if row.mentorship_id}
    query = select(HandOver).where(
        HandOver.closed_at.is_(None), HandOver.mentorship_id.in_(ids) | HandOver.successor_id.in_(people)
    )
    found = session.scalars(query).all()
    waits = {("new_mentor", each.mentorship_id) for each in found if each.newcomer_agreed_at is None}
    waits |= {
        ("take_over", each.mentorship.newcomer_id) for each in found if each.successor_agreed_at is None
    }
    return {
        row.id
        for row in asked
        if (row.kind, row.mentorship_id if row.kind == "new_mentor" else row.values.get("newcomer"))
        not in waits
    }


def _of_requests(session: Session, rows: list[Outbox]) -> set[int]:
    """“Would you like to go on?” once she said so, or the request is closed; a word nobody waits for."""
    asked = [row for row in rows if row.kind in ("go_on", "look_on", "known_by") and row.request_id]
    ids = {row.request_id for row in asked}
    if not ids:
        return set()
    to_confirm = select(Request.id).where(
        Request.id.in_(ids), Request.state == RequestState.OPEN, Request.confirm_again.is_(True)
    )
    words = select(KnownAlready.request_id).where(
        KnownAlready.request_id.in_(ids), KnownAlready.closed_at.is_(None)
    )
    known, going = set(session.scalars(words)), set(session.scalars(to_confirm))
    return {row.id for row in asked if row.request_id not in (known if row.kind == "known_by" else going)}
