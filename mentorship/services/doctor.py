"""The queries that must return nothing; run in tests, nightly, and after a restore."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import and_, case, exists, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from mentorship.rules.lifecycle import OPEN
from mentorship.services import audit, retention
from mentorship.store import Base, guards
from mentorship.store.base import label_of
from mentorship.store.cohorts import Cohort, CohortCoordinator
from mentorship.store.mentorships import Mentorship, MentorshipEvent
from mentorship.store.offers import Approval, ApprovalState, Place
from mentorship.store.people import Credential, Person, PersonStatus
from mentorship.store.requests import Request, RequestState
from mentorship.store.safety import Block

Check = Callable[[Session], list[str]]


def findings(session: Session) -> dict[str, list[str]]:
    """Everything that must not be, by the name of its check; empty when all is well."""
    found = {name: check(session) for name, check in CHECKS.items()}
    return {name: rows for name, rows in found.items() if rows}


def _mentors_over_capacity(session: Session) -> list[str]:
    places = select(func.count()).where(Place.mentor_id == Mentorship.mentor_id).scalar_subquery()
    query = (
        select(Mentorship.mentor_id)
        .where(Mentorship.ended_at.is_(None))
        .group_by(Mentorship.mentor_id)
        .having(func.count() > places)
    )
    return [f"mentor {mentor}" for mentor in session.scalars(query)]


def _newcomers_with_two(session: Session) -> list[str]:
    query = (
        select(Mentorship.newcomer_id)
        .where(Mentorship.ended_at.is_(None))
        .group_by(Mentorship.newcomer_id)
        .having(func.count() > 1)
    )
    return [f"newcomer {newcomer}" for newcomer in session.scalars(query)]


def _live_across_a_block(session: Session) -> list[str]:
    blocked = exists().where(
        or_(
            and_(Block.blocker_id == Mentorship.newcomer_id, Block.blocked_id == Mentorship.mentor_id),
            and_(Block.blocker_id == Mentorship.mentor_id, Block.blocked_id == Mentorship.newcomer_id),
        )
    )
    return _ids(session, select(Mentorship.id).where(Mentorship.ended_at.is_(None), blocked), "mentorship")


def _backups_across_a_block(session: Session) -> list[str]:
    """The second person of an open pair, and either of the two."""
    second = Mentorship.backup_id
    stands_between = or_(
        *(
            or_(
                and_(Block.blocker_id == second, Block.blocked_id == one),
                and_(Block.blocker_id == one, Block.blocked_id == second),
            )
            for one in (Mentorship.newcomer_id, Mentorship.mentor_id)
        )
    )
    query = select(Mentorship.id).where(Mentorship.ended_at.is_(None), exists().where(stands_between))
    return _ids(session, query, "mentorship")


def _unapproved_mentors(session: Session) -> list[str]:
    live = exists().where(Approval.mentor_id == Mentorship.mentor_id, Approval.state == ApprovalState.LIVE)
    return _ids(session, select(Mentorship.id).where(Mentorship.ended_at.is_(None), ~live), "mentorship")


def _paired_with_herself(session: Session) -> list[str]:
    return _ids(
        session, select(Mentorship.id).where(Mentorship.newcomer_id == Mentorship.mentor_id), "mentorship"
    )


def _open_and_ended(session: Session) -> list[str]:
    is_open = case((Mentorship.state.in_(OPEN), 1), else_=0)
    not_ended = case((Mentorship.ended_at.is_(None), 1), else_=0)
    return _ids(session, select(Mentorship.id).where(is_open != not_ended), "mentorship")


def _history_gaps(session: Session) -> list[str]:
    """The history must count 1, 2, 3 … and end in the state the mentorship is in."""
    last = aliased(MentorshipEvent)
    ends_there = exists().where(
        last.mentorship_id == Mentorship.id,
        last.state == Mentorship.state,
        last.n
        == select(func.max(MentorshipEvent.n))
        .where(MentorshipEvent.mentorship_id == Mentorship.id)
        .correlate(Mentorship)
        .scalar_subquery(),
    )
    counted = (
        select(MentorshipEvent.mentorship_id)
        .group_by(MentorshipEvent.mentorship_id)
        .having(or_(func.max(MentorshipEvent.n) != func.count(), func.min(MentorshipEvent.n) != 1))
    )
    query = select(Mentorship.id).where(or_(not_(ends_there), Mentorship.id.in_(counted)))
    return _ids(session, query, "mentorship")


def _requests_in_two_states(session: Session) -> list[str]:
    """A closed request has no open mentorship."""
    query = (
        select(Request.id)
        .join(Mentorship, Mentorship.request_id == Request.id)
        .where(Request.state == RequestState.CLOSED, Mentorship.ended_at.is_(None))
    )
    return _ids(session, query, "request")


def _cohorts_without_coordinator(session: Session) -> list[str]:
    """Erased coordinators are gone; a cohort with people in it needs someone who reads."""
    has_one = exists().where(CohortCoordinator.cohort_id == Cohort.id)
    has_requests = exists().where(Request.cohort_id == Cohort.id, Request.state == RequestState.OPEN)
    return _ids(session, select(Cohort.id).where(~has_one, has_requests), "cohort")


def _erased_who_can_sign_in(session: Session) -> list[str]:
    query = select(Person.id).join(Credential).where(Person.status == PersonStatus.ERASED)
    return _ids(session, query, "person")


def _missing_guards(session: Session) -> list[str]:
    return sorted(guards.names() - guards.present(session.connection()))


def _unlabelled_columns(_session: Session) -> list[str]:
    columns = [column for table in Base.metadata.sorted_tables for column in table.columns]
    return [str(column) for column in columns if label_of(column) is None]


def _broken_audit_chain(session: Session) -> list[str]:
    row = audit.first_break(session)
    return [] if row is None else [f"audit row {row}"]


def _past_their_retention(session: Session) -> list[str]:
    return [f"notice {row}" for row in retention.past_their_time(session)]


def _ids(session: Session, query: object, kind: str) -> list[str]:
    return [f"{kind} {row}" for row in session.scalars(query)]  # type: ignore[call-overload]


CHECKS: dict[str, Check] = {
    "mentors over their capacity": _mentors_over_capacity,
    "newcomers with two open mentorships": _newcomers_with_two,
    "live across a block": _live_across_a_block,
    "second persons across a block": _backups_across_a_block,
    "mentors without a live approval": _unapproved_mentors,
    "paired with herself": _paired_with_herself,
    "open and ended at once": _open_and_ended,
    "gaps in the history": _history_gaps,
    "closed requests with an open mentorship": _requests_in_two_states,
    "cohorts without a coordinator": _cohorts_without_coordinator,
    "erased accounts with a way in": _erased_who_can_sign_in,
    "missing triggers": _missing_guards,
    "columns without a label": _unlabelled_columns,
    "rows past their retention": _past_their_retention,
    "a broken audit chain": _broken_audit_chain,
}
