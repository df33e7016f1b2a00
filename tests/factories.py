"""People, cohorts and mentorships for tests: each function makes a row as the services would leave it."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import Action, Code, Party, State
from mentorship.services import mentorships
from mentorship.store.cohorts import Cohort, CohortCoordinator, CohortMember
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval, ApprovalState, Offer, OfferCohort, Place
from mentorship.store.people import Interest, InterestKind, LanguageSkill, Person
from mentorship.store.requests import Request

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
_numbers = count(1)


def a_person(session: Session, name: str | None = None, **facts) -> Person:
    person = Person(name=name or f"Person {next(_numbers)}", adult=True, joined_at=NOW, **facts)
    session.add(person)
    session.flush()
    return person


def a_cohort(session: Session, name: str = "Spring", *, coordinator: Person | None = None, **facts) -> Cohort:
    cohort = Cohort(name=name, starts_on=date(2026, 1, 1), languages=["en"], **facts)
    session.add(cohort)
    session.flush()
    a_coordinator(session, cohort, coordinator or a_person(session, "Coordinator"))
    return cohort


def a_coordinator(
    session: Session, cohort: Cohort, person: Person | None = None, *, safeguarding: bool = True
) -> Person:
    person = person or a_person(session)
    session.add(CohortCoordinator(cohort=cohort, person=person, safeguarding=safeguarding, since=NOW))
    session.flush()
    session.expire(cohort, ["coordinators"])
    return person


def knows(person: Person, languages: dict[str, int], *, accepts: bool = False, helps: bool = False) -> None:
    for code, level in languages.items():
        person.languages.append(
            LanguageSkill(code=code, level=level, accepts_help_in=accepts, helps_in=helps)
        )


def is_interested(person: Person, kind: str, *items: str, learns: int = 0, helps: int = 0) -> None:
    for item in items:
        person.interests.append(Interest(kind=InterestKind(kind), item=item, learns=learns, helps=helps))


def a_mentor(
    session: Session,
    cohort: Cohort,
    person: Person | None = None,
    *,
    capacity: int = 2,
    languages: dict[str, int] | None = None,
    needs: tuple[str, ...] = ("edit-undone",),
    backup: bool = False,
    approved: bool = True,
) -> Person:
    person = person or a_person(session)
    knows(person, languages or {"en": 6}, helps=True)
    is_interested(person, "need", *needs, helps=2)
    offer = Offer(mentor=person, capacity=capacity, backup=backup, made_at=NOW)
    offer.cohorts.append(OfferCohort(cohort_id=cohort.id))
    offer.places.extend(Place(n=n) for n in range(1, capacity + 1))
    session.add(offer)
    session.flush()
    approval = Approval(mentor_id=person.id, conduct_agreed_at=NOW)
    if approved:
        approval.state = ApprovalState.LIVE
        approval.by_id = cohort.coordinators[0].person_id
        approval.at = NOW
        approval.until = NOW + timedelta(days=365)
    session.add(approval)
    session.flush()
    return person


def a_request(
    session: Session,
    cohort: Cohort,
    newcomer: Person | None = None,
    *,
    languages: dict[str, int] | None = None,
    needs: tuple[str, ...] = ("edit-undone",),
    words: str = "My first edit was undone and I do not know why.",
    at: datetime = NOW,
) -> Request:
    newcomer = newcomer or a_person(session)
    if not newcomer.languages:
        knows(newcomer, languages or {"en": 4}, accepts=True)
        is_interested(newcomer, "need", *needs, learns=2)
    if session.get(CohortMember, (cohort.id, newcomer.id)) is None:
        session.add(CohortMember(cohort_id=cohort.id, person_id=newcomer.id, joined_at=at))
    request = Request(
        cohort=cohort,
        newcomer=newcomer,
        words=words,
        opened_at=at,
        waiting_since=at,
        word_due_at=at + timedelta(days=30),
    )
    session.add(request)
    session.flush()
    return request


_PATH = {
    State.PROPOSED: (),
    State.ACCEPTED: ((Action.ACCEPT, Party.MENTOR),),
    State.ACTIVE: ((Action.ACCEPT, Party.MENTOR), (Action.BEGIN, Party.MENTOR)),
    State.PAUSED: (
        (Action.ACCEPT, Party.MENTOR),
        (Action.BEGIN, Party.MENTOR),
        (Action.PAUSE, Party.MENTOR),
    ),
    State.DECLINED: ((Action.DECLINE, Party.MENTOR),),
    State.EXPIRED: ((Action.EXPIRE, Party.CLOCK),),
    State.WITHDRAWN: ((Action.WITHDRAW, Party.NEWCOMER),),
    State.LAPSED: ((Action.ACCEPT, Party.MENTOR), (Action.LAPSE, Party.CLOCK)),
    State.COMPLETED: (
        (Action.ACCEPT, Party.MENTOR),
        (Action.BEGIN, Party.MENTOR),
        (Action.COMPLETE, Party.MENTOR),
    ),
    State.ENDED: ((Action.ACCEPT, Party.MENTOR), (Action.END, Party.MENTOR)),
}


def a_mentorship(
    session: Session,
    request: Request,
    mentor: Person,
    *,
    state: State = State.ACTIVE,
    at: datetime = NOW,
    code: Code = Code.ROUND,
) -> Mentorship:
    """A mentorship brought to `state` by the acts that lead there."""
    coordinator = request.cohort.coordinators[0].person
    mentorship = mentorships.propose(
        session, request, mentor, party=Party.COORDINATOR, by=coordinator, code=code, at=at
    )
    for action, party in _PATH[state]:
        by = {Party.MENTOR: mentor, Party.NEWCOMER: request.newcomer}.get(party)
        mentorships.act(
            session,
            mentorship,
            action,
            party=party,
            by=by,
            at=at,
            code=Code.NOT_NOW if action is Action.DECLINE else Code.NONE,
            until=at + timedelta(days=14) if action is Action.PAUSE else None,
        )
    return mentorship
