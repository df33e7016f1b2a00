"""What one coordinator sees of a round: every pairing but those she is herself a party to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentorship.services.round_plan import reasons_of
from mentorship.services.rounds import is_own
from mentorship.store.people import Person
from mentorship.store.requests import Request
from mentorship.store.rounds import ChoiceKind, LeftOut, Pairing, Round

if TYPE_CHECKING:
    from mentorship.matching import Reasons


@dataclass(frozen=True)
class Row:
    """One pairing, why, whether it is locked, and who else would be free for her."""

    pairing: Pairing
    reasons: Reasons
    locked: bool
    others: list[Person]


@dataclass(frozen=True)
class Review:
    """A round as one coordinator sees it; `own` counts what is hidden from her."""

    rows: list[Row]
    left_out: list[LeftOut]
    forbidden: list[tuple[Request, Person]]
    own: int


def review(session: Session, round_: Round, *, viewer: Person | None) -> Review:
    """The round in the order of the newcomers' turns."""
    pairings = list(
        session.scalars(
            select(Pairing)
            .join(Request, Request.id == Pairing.request_id)
            .where(Pairing.round_id == round_.id)
            .options(joinedload(Pairing.mentor), joinedload(Pairing.request).joinedload(Request.newcomer))
            .order_by(Request.waiting_since, Request.id)
        )
    )
    seen = [pairing for pairing in pairings if not is_own(viewer, pairing.request, pairing.mentor)]
    decided = _decided(session, round_, viewer)
    locked = {(request.id, mentor.id) for kind, request, mentor in decided if kind is ChoiceKind.LOCK}
    others = _second_choices(session, round_)
    return Review(
        rows=[
            Row(
                pairing,
                reasons_of(pairing),
                (pairing.request_id, pairing.mentor_id) in locked,
                [
                    person
                    for person in others.get(pairing.request.newcomer.public_id, [])
                    if viewer is None or person.id != viewer.id
                ],
            )
            for pairing in seen
        ],
        left_out=[row for row in round_.left_out if viewer is None or row.request.newcomer_id != viewer.id],
        forbidden=[(request, mentor) for kind, request, mentor in decided if kind is ChoiceKind.FORBID],
        own=len(pairings) - len(seen),
    )


def _decided(
    session: Session, round_: Round, viewer: Person | None
) -> list[tuple[ChoiceKind, Request, Person]]:
    found = [
        (choice.kind, session.get_one(Request, choice.request_id), session.get_one(Person, choice.mentor_id))
        for choice in round_.choices
    ]
    return [each for each in found if not is_own(viewer, each[1], each[2])]


def _second_choices(session: Session, round_: Round) -> dict[str, list[Person]]:
    second: dict[str, list[str]] = round_.report.get("second", {})
    wanted = {mentor for mentors in second.values() for mentor in mentors}
    people = {
        person.public_id: person
        for person in session.scalars(select(Person).where(Person.public_id.in_(wanted)))
    }
    return {
        newcomer: [people[mentor] for mentor in mentors if mentor in people]
        for newcomer, mentors in second.items()
    }
