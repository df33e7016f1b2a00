"""What one coordinator sees of a round: every pairing but those she is herself a party to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentorship.services.round_plan import gather, reasons_of
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
class Step:
    """A newcomer whose mentor is another one than before; none stands for no mentor."""

    newcomer: Person
    before: Person | None
    after: Person | None


@dataclass(frozen=True)
class Changes:
    """What a draft changes of the one before it."""

    steps: list[Step]
    unseen: int
    count: int
    points: int


@dataclass(frozen=True)
class Group:
    """A mentor who could help several of those left out at once: a language and an interest they share."""

    mentor: Person
    newcomers: list[Person]
    language: str
    kind: str
    item: str


@dataclass(frozen=True)
class Review:
    """A round as one coordinator sees it; `own` counts what is hidden from her."""

    rows: list[Row]
    left_out: list[LeftOut]
    forbidden: list[tuple[Request, Person]]
    own: int
    changes: Changes | None
    circles: list[Group]


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
        changes=_changes(session, round_, viewer),
        circles=_circles(session, round_, viewer),
    )


def no_longer_possible(
    session: Session, round_: Round, *, viewer: Person | None, at: datetime
) -> list[Pairing]:
    """The pairings of a draft that could not be proposed any more: publishing would be refused for them."""
    from mentorship.matching import eligible

    people = gather(session, round_, at=at).people
    taken = Counter(pairing.mentor.public_id for pairing in round_.pairings)

    def stands(pairing: Pairing) -> bool:
        newcomer, mentor = pairing.request.newcomer.public_id, pairing.mentor.public_id
        if newcomer not in people.newcomer_by_id or mentor not in people.mentor_by_id:
            return False
        offered = people.mentor(mentor)
        return (
            eligible(people.newcomer(newcomer), offered, people) is None and offered.places >= taken[mentor]
        )

    rows = [pairing for pairing in round_.pairings if not is_own(viewer, pairing.request, pairing.mentor)]
    return [pairing for pairing in rows if not stands(pairing)]


def steps_of(
    session: Session, moves: Sequence[Mapping[str, str | None]], viewer: Person | None
) -> list[Step]:
    """The moves as people, without those the viewer is part of and those of people who are gone."""
    people = _people(session, {person for move in moves for person in move.values() if person})
    steps = []
    for move in moves:
        newcomer, before, after = (move[part] for part in ("newcomer", "before", "after"))
        known = [people.get(person) for person in (newcomer, before, after) if person]
        if newcomer is None or None in known or viewer in known:
            continue
        steps.append(
            Step(people[newcomer], people[before] if before else None, people[after] if after else None)
        )
    return steps


def _changes(session: Session, round_: Round, viewer: Person | None) -> Changes | None:
    kept = round_.report.get("changes")
    if not kept:
        return None
    steps = steps_of(session, [*kept["added"], *kept["removed"], *kept["changed"]], viewer)
    return Changes(steps, kept["moves"] - len(steps), kept["count"], kept["points"])


def _circles(session: Session, round_: Round, viewer: Person | None) -> list[Group]:
    kept = round_.report.get("circles", [])
    people = _people(session, {person for each in kept for person in (each["mentor"], *each["newcomers"])})
    groups = []
    for each in kept:
        known = [people.get(person) for person in (each["mentor"], *each["newcomers"])]
        there = [person for person in known if person is not None and person is not viewer]
        if len(there) == len(known):
            groups.append(Group(there[0], there[1:], each["language"], each["kind"], each["item"]))
    return groups


def _people(session: Session, ids: set[str]) -> dict[str, Person]:
    found = session.scalars(select(Person).where(Person.public_id.in_(ids)))
    return {person.public_id: person for person in found}


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
    people = _people(session, wanted)
    return {
        newcomer: [people[mentor] for mentor in mentors if mentor in people]
        for newcomer, mentors in second.items()
    }
