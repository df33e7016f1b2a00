"""Blocking, hiding, reporting, erasing: one step each, needing nobody's agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.orm import Session, joinedload

from mentorship.rules.errors import BadInput, NotFound
from mentorship.rules.lifecycle import Action, Code, Party
from mentorship.rules.marking import N_
from mentorship.services import audit, conversations, handing_over, history
from mentorship.services.mentorships import act
from mentorship.services.outbox import tell
from mentorship.store.cohorts import CohortCoordinator, CohortMember
from mentorship.store.help import Help, ThankNote
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import coordinators_of, open_between
from mentorship.store.requests import Request, Shown
from mentorship.store.rounds import Pairing, Round, RoundState
from mentorship.store.safety import Block, Report, ReportMessage
from mentorship.store.together import Aside, Message


def block(session: Session, blocker: Person, blocked: Person, *, at: datetime) -> None:
    """Cut every tie between the two at once and prevent new ones; doing it twice changes nothing.

    The other is told only that a mentorship has ended, if there was one.
    """
    if blocker.id == blocked.id:
        raise BadInput(N_("You cannot block yourself."), field="person")
    lock_people(session, blocker, blocked)
    for mentorship in open_between(session, blocker.id, blocked.id):
        act(session, mentorship, Action.CUT, party=Party.SAFETY, by=blocker, at=at, code=Code.BLOCK)
    handing_over.give_up_between(session, blocker, blocked, at=at)
    _part(session, blocker.id, blocked.id)
    conversations.part(session, blocker.id, blocked.id, at=at)
    known = select(Block).where(Block.blocker_id == blocker.id, Block.blocked_id == blocked.id)
    if session.scalar(known) is None:
        session.add(Block(blocker_id=blocker.id, blocked_id=blocked.id, made_at=at))
    history.flush(session)


def unblock(session: Session, blocker: Person, blocked: Person) -> None:
    """Take a block back; nothing that was cut returns."""
    session.execute(delete(Block).where(Block.blocker_id == blocker.id, Block.blocked_id == blocked.id))


def hide(session: Session, person: Person, *, hidden: bool) -> None:
    """Take her out of suggestions and rounds, or back in; what she has agreed to goes on."""
    person.status = PersonStatus.HIDDEN if hidden else PersonStatus.ACTIVE
    session.flush()


def report(
    session: Session,
    words: str,
    *,
    by: Person | None,
    at: datetime,
    about: Person | None = None,
    mentorship: Mentorship | None = None,
    cohort_id: int | None = None,
    attached: Sequence[Message] = (),
) -> Report:
    """Tell a safeguarding contact, who is not party to it, that something is wrong.

    Nobody it is about, and no one who is in the same pair, is ever chosen, and whoever is in any pair with
    her only where nobody else is left: she may not have said whom it is about. Without anyone it waits for
    the contact outside the group. Messages of the pair can be `attached` by one of the two.
    """
    if not words.strip():
        raise BadInput(N_("Please write a sentence about what is wrong."), field="words")
    not_to = {person.id for person in (by, about) if person is not None}
    if mentorship is not None:
        not_to |= {mentorship.newcomer_id, mentorship.mentor_id, mentorship.backup_id or 0}
        cohort_id = mentorship.request.cohort_id
    cohort_id = cohort_id or _joined_last(session, by)
    contact = _contact(session, cohort_id, not_to | _in_a_pair_with(session, by)) or _contact(
        session, cohort_id, not_to
    )
    made = Report(
        by_id=by.id if by else None,
        about_id=about.id if about else None,
        mentorship_id=mentorship.id if mentorship else None,
        cohort_id=cohort_id,
        routed_to_id=contact.id if contact else None,
        words=words.strip()[:4000],
        made_at=at,
    )
    session.add(made)
    session.flush()
    _attach(session, made, attached)
    if contact is not None:
        tell(session, contact, "something_wrong", at=at)
    audit.record(session, "report", actor=by, at=at, kind="report", subject_id=made.id)
    return made


def route_anew(session: Session, report: Report, *, not_to: Person, at: datetime) -> None:
    """Give a report that is not closed to another contact: the one who had it reads here no longer."""
    kept_from = {each for each in (report.by_id, report.about_id, not_to.id) if each}
    pair = session.get(Mentorship, report.mentorship_id) if report.mentorship_id else None
    if pair is not None:
        kept_from |= {pair.newcomer_id, pair.mentor_id, pair.backup_id or 0}
    by = session.get(Person, report.by_id) if report.by_id else None
    contact = _contact(session, report.cohort_id, kept_from | _in_a_pair_with(session, by)) or _contact(
        session, report.cohort_id, kept_from
    )
    report.routed_to_id = contact.id if contact else None
    session.flush()
    if contact is not None:
        tell(session, contact, "something_wrong", at=at)


def attached_to(session: Session, report: Report) -> list[Message]:
    """The messages that stand by a report, oldest first."""
    return list(
        session.scalars(
            select(Message)
            .join(ReportMessage, ReportMessage.message_id == Message.id)
            .where(ReportMessage.report_id == report.id)
            .options(joinedload(Message.author))
            .order_by(Message.at, Message.id)
        )
    )


def cut_all(session: Session, person: Person, *, code: Code, by: Person | None, at: datetime) -> None:
    """End every open mentorship she is in, as newcomer, as mentor; nobody's backup or successor any more."""
    query = select(Mentorship).where(
        Mentorship.ended_at.is_(None),
        or_(Mentorship.newcomer_id == person.id, Mentorship.mentor_id == person.id),
    )
    for mentorship in session.scalars(query).all():
        act(session, mentorship, Action.CUT, party=Party.SAFETY, by=by, at=at, code=code)
    handing_over.give_up_asked_of(session, person, at=at)
    session.execute(update(Mentorship).where(Mentorship.backup_id == person.id).values(backup_id=None))


def _joined_last(session: Session, person: Person | None) -> int | None:
    """The cohort whose coordinators are hers, where nothing else says whose task it is."""
    hers = select(CohortMember.cohort_id).where(CohortMember.person_id == (person.id if person else None))
    return session.scalar(hers.order_by(CohortMember.joined_at.desc(), CohortMember.cohort_id).limit(1))


def _in_a_pair_with(session: Session, person: Person | None) -> set[int]:
    """Whoever is, or was, in a mentorship with her."""
    if person is None:
        return set()
    parties = (Mentorship.newcomer_id, Mentorship.mentor_id, Mentorship.backup_id)
    rows = session.execute(select(*parties).where(or_(*(column == person.id for column in parties))))
    return {each for row in rows for each in row if each is not None}


def _attach(session: Session, report: Report, messages: Sequence[Message]) -> None:
    """Only messages of the pair the report is of, each attached only by one of the two who write there."""
    if not messages:
        return
    pair = session.get(Mentorship, report.mentorship_id) if report.mentorship_id else None
    if pair is None or any(report.by_id not in _who_write(session, pair, each) for each in messages):
        raise NotFound("")
    for message in messages:
        session.add(ReportMessage(report_id=report.id, message_id=message.id))
    session.flush()


def _who_write(session: Session, pair: Mentorship, message: Message) -> tuple[int, ...]:
    """The two whose thread it stands in, where that is one of this pair."""
    if message.mentorship_id == pair.id:
        return pair.newcomer_id, pair.mentor_id
    aside = session.get(Aside, message.aside_id) if message.aside_id else None
    return () if aside is None or aside.mentorship_id != pair.id else (pair.newcomer_id, aside.backup_id)


def lock_people(session: Session, one: Person, other: Person) -> None:
    """Hold both rows, in the order of their ids, so that a block and an acceptance wait for each other."""
    ids = sorted((one.id, other.id))
    session.execute(select(Person.id).where(Person.id.in_(ids)).order_by(Person.id).with_for_update())


def _contact(session: Session, cohort_id: int | None, not_to: set[int]) -> Person | None:
    marked = (
        select(Person)
        .join(CohortCoordinator, CohortCoordinator.person_id == Person.id)
        .where(
            CohortCoordinator.safeguarding.is_(True),
            Person.status == PersonStatus.ACTIVE,
            Person.id.not_in(not_to),
        )
        .order_by(CohortCoordinator.cohort_id != (cohort_id or 0), CohortCoordinator.since, Person.id)
        .limit(1)
    )
    found = session.scalar(marked)
    if found is None and cohort_id is not None:
        return next(iter(coordinators_of(session, cohort_id, but_not=not_to)), None)
    return found


def _part(session: Session, one: int, other: int) -> None:
    """Undo what would still bring the two together: backup, suggestions, drafts, help and thanks."""
    pairs = ((one, other), (other, one))
    for first, second in pairs:
        session.execute(
            update(Mentorship)
            .where(
                Mentorship.backup_id == first,
                or_(Mentorship.newcomer_id == second, Mentorship.mentor_id == second),
            )
            .values(backup_id=None)
        )
    drafts = select(Round.id).where(Round.state == RoundState.DRAFT)
    for newcomer, mentor in pairs:
        requests = _requests_of(newcomer)
        session.execute(
            delete(Pairing).where(
                Pairing.round_id.in_(drafts),
                Pairing.mentor_id == mentor,
                Pairing.request_id.in_(requests),
            )
        )
        session.execute(delete(Shown).where(Shown.mentor_id == mentor, Shown.request_id.in_(requests)))
    for helped, helper in pairs:
        helps = select(Help.id).where(Help.helped_id == helped, Help.helper_id == helper)
        session.execute(delete(ThankNote).where(ThankNote.help_id.in_(helps)))
        session.execute(delete(Help).where(Help.helped_id == helped, Help.helper_id == helper))
    session.expire_all()


def _requests_of(newcomer: int) -> Select[int]:
    return select(Request.id).where(Request.newcomer_id == newcomer)
