"""Recognition for work well done or bravely tried, in the giver's words, from one who may address her."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from mentorship.rules.errors import BadInput, NotFound
from mentorship.rules.lifecycle import AGREED, State
from mentorship.rules.marking import N_
from mentorship.services.outbox import tell
from mentorship.store.cohorts import CohortCoordinator, CohortMember
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import across_a_block
from mentorship.store.together import Recognition

LONGEST = 2000
TOGETHER = (*AGREED, State.COMPLETED)
"""Those who are on their way together, or came to a good end of it."""
PRESENT = (PersonStatus.ACTIVE, PersonStatus.HIDDEN)


def someone_to_thank(session: Session, giver: Person, public_id: str) -> Person:
    """The person of that id, if `giver` may recognise her work.

    Raises
    ------
    NotFound
        She is nobody the giver may address, or a block stands between them; which is never said.
    """
    query = select(Person).where(Person.public_id == public_id, Person.status.in_(PRESENT))
    person = session.scalar(query.where(_may_be_thanked_by(giver)))
    if person is None:
        raise NotFound("")
    return person


def members_to_thank(session: Session, coordinator: Person, cohort_id: int) -> list[Person]:
    """The people of a cohort whose work its coordinator may recognise, by name.

    Those she is or was herself in a pair with are not listed where she coordinates: their own page is for it.
    """
    members = select(CohortMember.person_id).where(CohortMember.cohort_id == cohort_id)
    query = select(Person).where(
        Person.id.in_(members),
        Person.status.in_(PRESENT),
        _may_be_thanked_by(coordinator),
        ~exists().where(_pair_with(coordinator)).correlate(Person),
    )
    return list(session.scalars(query.order_by(Person.name, Person.id)))


def give(session: Session, giver: Person, receiver: Person, words: str, *, at: datetime) -> Recognition:
    """Keep the giver's words for the receiver and tell her; the same words sent twice are one.

    Raises
    ------
    NotFound
        As `someone_to_thank`.
    BadInput
        Nothing is written, or too much.
    """
    someone_to_thank(session, giver, receiver.public_id)
    words = words.strip()
    if not words:
        raise BadInput(N_("Please write a sentence: what was it that you saw?"), field="words")
    if len(words) > LONGEST:
        raise BadInput(N_("At most %(most)s characters, please."), field="words", most=LONGEST)
    same = select(Recognition).where(
        Recognition.giver_id == giver.id, Recognition.receiver_id == receiver.id, Recognition.words == words
    )
    given = session.scalar(same)
    if given is None:
        given = Recognition(giver_id=giver.id, receiver_id=receiver.id, words=words, at=at)
        session.add(given)
        tell(session, receiver, "recognised", at=at, other=giver)
        session.flush()
    return given


def received_by(session: Session, person: Person, *, hidden: bool = False) -> list[Recognition]:
    """What she was thanked for, the first one first; nothing of anyone a block stands between."""
    query = (
        select(Recognition)
        .join(Person, Person.id == Recognition.giver_id)
        .where(
            Recognition.receiver_id == person.id,
            Recognition.hidden.is_(hidden),
            ~across_a_block(person.id, Person.id),
        )
    )
    return list(session.scalars(query.order_by(Recognition.at, Recognition.id)))


def one_of(session: Session, person: Person, public_id: str) -> Recognition:
    """A recognition she received. Raises NotFound."""
    found = session.scalar(
        select(Recognition).where(Recognition.public_id == public_id, Recognition.receiver_id == person.id)
    )
    if found is None:
        raise NotFound("")
    return found


def hide(session: Session, recognition: Recognition, *, hidden: bool) -> None:
    """Put it out of her sight and out of her story, or back."""
    recognition.hidden = hidden
    session.flush()


def remove(session: Session, recognition: Recognition) -> None:
    """Do away with it; the giver is not told."""
    session.delete(recognition)
    session.flush()


def _may_be_thanked_by(giver: Person) -> ColumnElement[bool]:
    """Of a query of people: her partner, or someone of a cohort she coordinates; never across a block."""
    partner = exists().where(_pair_with(giver), Mentorship.state.in_(TOGETHER)).correlate(Person)
    hers = select(CohortCoordinator.cohort_id).where(CohortCoordinator.person_id == giver.id)
    member = exists().where(CohortMember.person_id == Person.id, CohortMember.cohort_id.in_(hers))
    allowed = or_(partner, member.correlate(Person))
    return and_(Person.id != giver.id, allowed, ~across_a_block(giver.id, Person.id))


def _pair_with(one: Person) -> ColumnElement[bool]:
    """Whether a `Mentorship` is between her and the `Person` of the query, whoever is the mentor."""
    return or_(
        and_(Mentorship.newcomer_id == one.id, Mentorship.mentor_id == Person.id),
        and_(Mentorship.mentor_id == one.id, Mentorship.newcomer_id == Person.id),
    )
