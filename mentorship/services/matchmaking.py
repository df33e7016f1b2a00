"""Rows to values, values to the matching core, and back: the one place that calls it for people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from mentorship.rules.hours import week_hours
from mentorship.services.barring import barred_pairs
from mentorship.store.offers import Offer, Place
from mentorship.store.people import InterestKind, Person
from mentorship.store.queries import offers_open_to, place_is_taken
from mentorship.store.requests import Request, RequestState, Shown

if TYPE_CHECKING:
    from mentorship.matching import Mentor, Newcomer, People, Reasons

Key = TypeVar("Key", int, str)

MOST_SHOWN = 6
"""Different mentors a request is shown in all; then the coordinator chooses with her."""

AT_ONCE = 3

AHEAD = {0: 0, 1: 4, 2: 7, 3: 10}
"""How far ahead a mentor is, by how much she says she helps with something."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mentor to suggest, and why."""

    mentor: Person
    offer: Offer
    reasons: Reasons


def people_for(session: Session, requests: Collection[Request], *, at: datetime) -> People:
    """Everyone of a round over `requests` of one cohort: its mentors with their free places, and the rules.

    Newcomers and mentors go by their public ids.
    """
    from mentorship.matching import People  # a page that does not match pays for none of it

    offers = list(_offers(session, {request.cohort_id for request in requests}, at=at))
    places = free_places(session, [offer.mentor_id for offer in offers])
    mentors = {offer.mentor_id: offer.mentor for offer in offers}
    newcomers = {request.newcomer_id: request.newcomer for request in requests}
    wishes = _wishes(session, requests)
    return People(
        newcomers=tuple(_newcomer(request, wishes.get(request.id, ()), at) for request in requests),
        mentors=tuple(_mentor(mentor, places.get(mentor.id, 0), at) for mentor in mentors.values()),
        barred={
            (newcomers[newcomer].public_id, mentors[mentor].public_id): rule
            for (newcomer, mentor), rule in barred_pairs(session, requests, list(mentors.values())).items()
        },
    )


def planned_mentor(
    session: Session, request: Request, waiting: Sequence[Request], *, at: datetime
) -> Person | None:
    """The mentor whom the best plan over all waiting requests and free places gives to `request`."""
    from mentorship.matching import match

    plan = match(people_for(session, waiting, at=at))
    wanted = request.newcomer.public_id
    found = next((pair.mentor for pair in plan.pairs if pair.newcomer == wanted), None)
    return None if found is None else session.scalar(select(Person).where(Person.public_id == found))


def suggestions(session: Session, request: Request, *, at: datetime) -> list[Suggestion]:
    """Up to three mentors with a free place, never padded; who was shown before comes first.

    Each new one is written down as shown: only these can be wished for or asked.
    """
    from mentorship import matching

    people = people_for(session, [request], at=at)
    newcomer = request.newcomer.public_id
    before = {shown.mentor.public_id: shown.mentor for shown in request.shown}
    still = [
        mentor
        for mentor in before
        if mentor in people.mentor_by_id and _is_possible(people, newcomer, mentor)
    ]
    ranked = matching.suggest(people, newcomer, top=MOST_SHOWN, shown=_shown_elsewhere(session, request))
    new = [each.mentor for each in ranked if each.mentor not in before]
    room = min(AT_ONCE - len(still), MOST_SHOWN - len(before))
    chosen = [*still[:AT_ONCE], *new[: max(room, 0)]]
    by_public_id = _by_public_id(session, chosen)
    for mentor in chosen:
        if mentor not in before:
            request.shown.append(Shown(mentor=by_public_id[mentor].mentor, at=at))
    session.flush()
    she = people.newcomer(newcomer)
    return [
        Suggestion(
            by_public_id[mentor].mentor,
            by_public_id[mentor],
            matching.reasons(she, people.mentor(mentor), rarity=people.topic_rarity),
        )
        for mentor in chosen
    ]


def reasons_between(session: Session, request: Request, mentor: Person, *, at: datetime) -> Reasons:
    """Why `mentor` fits the newcomer of `request`, as both have said what they look for and offer by now."""
    from mentorship import matching

    wishes = _wishes(session, [request]).get(request.id, ())
    return matching.reasons(_newcomer(request, wishes, at), _mentor(mentor, 1, at))


def free_places(session: Session, mentors: Iterable[int]) -> dict[int, int]:
    """How many free places each of these mentors has; those with none are left out."""
    query = (
        select(Place.mentor_id, func.count())
        .join(Offer, Offer.mentor_id == Place.mentor_id)
        .where(Place.mentor_id.in_(list(mentors)), Place.n <= Offer.capacity, ~place_is_taken())
        .group_by(Place.mentor_id)
    )
    return _counts(session, query)


def _shown_elsewhere(session: Session, request: Request) -> dict[str, int]:
    """Mentor to how many other open requests she was shown to, so that one is not shown to everybody."""
    query = (
        select(Person.public_id, func.count())
        .join(Shown, Shown.mentor_id == Person.id)
        .join(Request, Request.id == Shown.request_id)
        .where(Request.state == RequestState.OPEN, Request.id != request.id)
        .group_by(Person.public_id)
    )
    return _counts(session, query)


def _counts(session: Session, query: Select[Key, int]) -> dict[Key, int]:
    return {row[0]: row[1] for row in session.execute(query)}


def _is_possible(people: People, newcomer: str, mentor: str) -> bool:
    from mentorship import matching

    return matching.eligible(people.newcomer(newcomer), people.mentor(mentor), people) is None


def _by_public_id(session: Session, mentors: Collection[str]) -> dict[str, Offer]:
    offers = session.scalars(select(Offer).join(Person).where(Person.public_id.in_(mentors)))
    return {offer.mentor.public_id: offer for offer in offers}


def _offers(session: Session, cohorts: set[int], *, at: datetime) -> Iterable[Offer]:
    told = selectinload(Offer.mentor)
    return session.scalars(
        offers_open_to(cohorts, at=at).options(
            told.selectinload(Person.languages),
            told.selectinload(Person.interests),
            told.selectinload(Person.places_she_edits),
            told.selectinload(Person.day_parts),
        )
    )


def _wishes(session: Session, requests: Collection[Request]) -> dict[int, tuple[str, ...]]:
    query = (
        select(Shown.request_id, Person.public_id)
        .join(Person, Person.id == Shown.mentor_id)
        .where(Shown.request_id.in_([request.id for request in requests]), Shown.wish_rank.is_not(None))
        .order_by(Shown.request_id, Shown.wish_rank)
    )
    found: dict[int, tuple[str, ...]] = {}
    for request, mentor in session.execute(query):
        found[request] = (*found.get(request, ()), mentor)
    return found


def _newcomer(request: Request, wishes: tuple[str, ...], at: datetime) -> Newcomer:
    from mentorship.matching import Newcomer

    person = request.newcomer
    return Newcomer(
        id=person.public_id,
        languages={skill.code: skill.level for skill in person.languages if skill.accepts_help_in},
        needs=_learns(person, InterestKind.NEED),
        topics=_learns(person, InterestKind.TOPIC),
        areas=_learns(person, InterestKind.AREA),
        where=_where(person),
        when=_when(person, at),
        wishes=wishes,
        weeks_waited=max(0, (at - request.waiting_since).days // 7),
    )


def _mentor(person: Person, places: int, at: datetime) -> Mentor:
    from mentorship.matching import Mentor

    return Mentor(
        id=person.public_id,
        languages={skill.code: skill.level for skill in person.languages if skill.helps_in},
        needs=_helps(person, InterestKind.NEED),
        topics=_helps(person, InterestKind.TOPIC),
        areas=_helps(person, InterestKind.AREA),
        where=_where(person),
        when=_when(person, at),
        places=places,
    )


def _learns(person: Person, kind: InterestKind) -> dict[str, int]:
    return {each.item: each.learns for each in person.interests if each.kind is kind and each.learns}


def _helps(person: Person, kind: InterestKind) -> dict[str, int]:
    return {each.item: AHEAD[each.helps] for each in person.interests if each.kind is kind and each.helps}


def _where(person: Person) -> frozenset[tuple[str, str]]:
    return frozenset((wiki.project, wiki.language) for wiki in person.places_she_edits)


def _when(person: Person, at: datetime) -> frozenset[int]:
    parts = [(each.day, each.part) for each in person.day_parts]
    return week_hours(parts, time_zone=person.time_zone, week_of=at.date())
