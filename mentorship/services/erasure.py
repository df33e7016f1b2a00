"""Erase me: at once, in one step; a row with nothing but its id stays, so that counts stay true."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import Code
from mentorship.services import audit, conversations
from mentorship.services.keyed import hash_name
from mentorship.services.request_outcomes import close
from mentorship.services.safety import cut_all
from mentorship.store.cohorts import CohortCoordinator, CohortMember
from mentorship.store.growth import Onward
from mentorship.store.help import Help, HelperAnswer, ThankNote
from mentorship.store.mentorships import EventNote, Mentorship
from mentorship.store.offers import Approval, Offer, OfferCohort
from mentorship.store.outbox import NoMail, Outbox
from mentorship.store.people import Address, Credential, LoginSession, Person, PersonStatus, ReachNote
from mentorship.store.queries import open_request_of
from mentorship.store.requests import Avoid, Outcome, Request, Shown
from mentorship.store.safety import Block, BlockMark, Report
from mentorship.store.together import CheckIn, ClosingWords, Message, PairNote, Recognition, Step, Talk


def erase(session: Session, person: Person, *, at: datetime, key: bytes) -> None:
    """Cut every tie of `person` and forget everything she said; who blocked her keeps a keyed mark.

    `key` is the installation's secret, under which her sign-in name is hashed.
    """
    cut_all(session, person, code=Code.ERASURE, by=person, at=at)
    request = open_request_of(session, person)
    if request is not None:
        close(session, request, Outcome.ERASED, at=at)
    _mark_blocks(session, person, key)
    conversations.withdraw_from(session, person, at=at)
    _forget_words(session, person)
    _forget_rows(session, person)
    _forget_profile(person)
    person.status = PersonStatus.ERASED
    person.erased_at = at
    audit.record(session, "erase", actor=person, at=at, person=person)
    session.flush()


def _mark_blocks(session: Session, person: Person, key: bytes) -> None:
    names = session.scalars(select(Credential.subject).where(Credential.person_id == person.id)).all()
    blockers = session.scalars(select(Block.blocker_id).where(Block.blocked_id == person.id)).all()
    for blocker in blockers:
        for subject_hash in {hash_name(key, name) for name in names}:
            session.add(BlockMark(blocker_id=blocker, subject_hash=subject_hash))
    session.execute(delete(Block).where(Block.blocker_id == person.id))
    session.execute(delete(BlockMark).where(BlockMark.blocker_id == person.id))


def _forget_words(session: Session, person: Person) -> None:
    """Her words leave; rows that others count on stay, empty."""
    session.execute(
        update(Request)
        .where(Request.newcomer_id == person.id)
        .values(words="", happened_link="", version=Request.version + 1)
    )
    session.execute(update(Message).where(Message.author_id == person.id).values(words=""))
    session.execute(update(Offer).where(Offer.mentor_id == person.id).values(statement=""))
    session.execute(update(Approval).where(Approval.mentor_id == person.id).values(vouched_by=""))
    _forget_steps(session, person)
    session.execute(update(Report).where(Report.by_id == person.id).values(by_id=None))
    session.execute(
        update(Help)
        .where(Help.helper_id == person.id)
        .values(helper_agreed_at=None, helped_agreed_at=None, may_invite=False)
    )


def _forget_steps(session: Session, person: Person) -> None:
    """A newcomer's steps lose all words; of another's they lose those she wrote."""
    hers = Step.newcomer_id == person.id
    session.execute(update(Step).where(or_(hers, Step.settled_by_id == person.id)).values(learned=""))
    own_words = or_(hers, Step.chosen_by_id == person.id), Step.rung == ""
    session.execute(update(Step).where(*own_words).values(title=""))


def _forget_rows(session: Session, person: Person) -> None:
    session.flush()
    requests = select(Request.id).where(Request.newcomer_id == person.id)
    pairs = select(Mentorship.id).where(
        or_(Mentorship.newcomer_id == person.id, Mentorship.mentor_id == person.id)
    )
    helps = select(Help.id).where(or_(Help.helped_id == person.id, Help.helper_id == person.id))
    for rows in (
        delete(ThankNote).where(ThankNote.help_id.in_(helps)),
        delete(EventNote).where(EventNote.author_id == person.id),
        delete(ClosingWords).where(ClosingWords.author_id == person.id),
        delete(PairNote).where(PairNote.mentorship_id.in_(pairs)),  # hers, and what was noted about her
        delete(CheckIn).where(CheckIn.person_id == person.id),
        delete(Recognition).where(
            or_(Recognition.giver_id == person.id, Recognition.receiver_id == person.id)
        ),
        delete(Onward).where(Onward.person_id == person.id),
        delete(HelperAnswer).where(HelperAnswer.person_id == person.id),
        delete(Help).where(Help.helped_id == person.id),
        delete(Shown).where(Shown.request_id.in_(requests)),
        delete(Shown).where(Shown.mentor_id == person.id),
        delete(Avoid).where(Avoid.person_id == person.id),
        delete(Outbox).where(Outbox.person_id == person.id),
        delete(Talk).where(Talk.mentorship_id.in_(pairs)),
        delete(ReachNote).where(ReachNote.person_id == person.id),
        delete(NoMail).where(NoMail.person_id == person.id),
        delete(CohortCoordinator).where(CohortCoordinator.person_id == person.id),
        delete(CohortMember).where(CohortMember.person_id == person.id),
        delete(OfferCohort).where(OfferCohort.mentor_id == person.id),
        delete(Address).where(Address.person_id == person.id),
        delete(Credential).where(Credential.person_id == person.id),
        delete(LoginSession).where(LoginSession.person_id == person.id),
    ):
        session.execute(rows)
    session.expire_all()


def _forget_profile(person: Person) -> None:
    person.name = ""
    person.about = ""
    person.wiki_name = None
    person.wiki_name_hash = None
    person.time_zone = "UTC"
    person.locale = "en"
    person.prefers_writing = False
    person.hours_change = False
    person.shows_helped = False
    for told in (person.languages, person.interests, person.places_she_edits, person.day_parts):
        told.clear()
