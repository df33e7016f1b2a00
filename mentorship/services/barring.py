"""Which rule is against a pair: the same answer for one pair and for a whole round.

``same_person``, ``block``, ``avoid`` hold always. ``tried`` holds for rounds, for the machine and for direct
asking; only a coordinator may propose such a pair, by hand.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.errors import NotPossible
from mentorship.rules.lifecycle import Code
from mentorship.rules.marking import N_
from mentorship.store.mentorships import Mentorship, MentorshipEvent
from mentorship.store.people import Person
from mentorship.store.queries import SPENT
from mentorship.store.requests import Avoid, Request
from mentorship.store.safety import Block

FOR_GOOD = (Code.NOT_THE_RIGHT_ONE, Code.BLOCK)
"""Codes of a past mentorship after which the two are never paired by machine, whatever the request."""


def rule_against(session: Session, request: Request, mentor: Person, *, machine: bool) -> str | None:
    """The name of the rule against pairing the newcomer of `request` with `mentor`, or None."""
    rule = barred_pairs(session, [request], [mentor]).get((request.newcomer_id, mentor.id))
    return None if rule == "tried" and not machine else rule


def check_language(newcomer: Person, mentor: Person) -> None:
    """Refuse a pair that has no language in common to help in; this one may be said."""
    accepted = {skill.code for skill in newcomer.languages if skill.accepts_help_in}
    if accepted.isdisjoint(skill.code for skill in mentor.languages if skill.helps_in):
        raise NotPossible(
            N_("The two have no language in common to help in. Each can add one to her profile.")
        )


def barred_pairs(
    session: Session, requests: Collection[Request], mentors: Collection[Person]
) -> dict[tuple[int, int], str]:
    """(newcomer id, mentor id) of every pair a rule is against, with the rule's name.

    A block names itself before an avoid, an avoid before what was tried.
    """
    newcomers = {request.newcomer_id: request.newcomer for request in requests}
    by_id = {mentor.id: mentor for mentor in mentors}
    return (
        _tried(session, requests, by_id)
        | _avoiding(session, newcomers, by_id)
        | _blocked(session, newcomers, by_id)
        | {(one, one): "same_person" for one in newcomers if one in by_id}
    )


def _blocked(
    session: Session, newcomers: Collection[int], mentors: Collection[int]
) -> dict[tuple[int, int], str]:
    found = {}
    for one, other in session.execute(select(Block.blocker_id, Block.blocked_id)):
        for newcomer, mentor in ((one, other), (other, one)):
            if newcomer in newcomers and mentor in mentors:
                found[newcomer, mentor] = "block"
    return found


def _avoiding(
    session: Session, newcomers: Collection[int], mentors: Collection[int]
) -> dict[tuple[int, int], str]:
    avoider_and_avoided = select(Avoid.person_id, Person.id).join(
        Person, Person.wiki_name_hash == Avoid.name_hash
    )
    found = {}
    for one, other in session.execute(avoider_and_avoided):
        for newcomer, mentor in ((one, other), (other, one)):
            if newcomer in newcomers and mentor in mentors:
                found[newcomer, mentor] = "avoid"
    return found


def _tried(
    session: Session, requests: Collection[Request], mentors: Collection[int]
) -> dict[tuple[int, int], str]:
    ids = {request.id for request in requests}
    newcomers = {request.newcomer_id for request in requests}
    past = select(Mentorship.request_id, Mentorship.newcomer_id, Mentorship.mentor_id).where(
        Mentorship.newcomer_id.in_(newcomers)
    )
    same_request = past.where(Mentorship.state.in_(SPENT))
    for_good = past.join(MentorshipEvent).where(MentorshipEvent.code.in_(FOR_GOOD))
    found = {
        (newcomer, mentor): "tried"
        for request, newcomer, mentor in session.execute(same_request)
        if request in ids and mentor in mentors
    }
    found |= {
        (newcomer, mentor): "tried" for _, newcomer, mentor in session.execute(for_good) if mentor in mentors
    }
    return found
