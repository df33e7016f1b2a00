"""What happens of itself: arrivals, blocks, pauses, endings, hand-overs, erasures; coordinators' Sundays."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mentorship.rules.errors import Refusal
from mentorship.rules.lifecycle import Action, Party, State
from mentorship.services import (
    approvals,
    by_hand,
    clock_pause,
    erasure,
    handing_over,
    mentorships,
    messages,
    publishing,
    rounds,
    safety,
    today,
)
from mentorship.services.matchmaking import people_for
from mentorship.simulation import people as made
from mentorship.simulation.people import KEY, MENTORS, NEWCOMERS, temperament
from mentorship.simulation.reactions import Told, looks_for_someone
from mentorship.simulation.world import World
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval, ApprovalState
from mentorship.store.outbox import Outbox
from mentorship.store.people import Person, PersonStatus
from mentorship.store.requests import Request
from mentorship.store.together import CheckIn, CheckInAnswer

LIFE_DAYS = 30.0


def plan(world: World, *, newcomers: int, mentors: int, days: int) -> None:
    """Write down who comes when, and what coordinators do."""
    world.do("begin", lambda session, at: _found(world, session, at), world.at)
    for number in range(mentors):
        late = number % 5 == 4
        at = world.began + timedelta(days=world.chance.uniform(0, days / 2) if late else 0, minutes=number)
        world.later(at, "a mentor comes", lambda session, t: _mentor_comes(world, session, t))
    for at in made.arrivals(world.chance, newcomers, world.began + timedelta(hours=2), days):
        world.later(at, "a newcomer comes", lambda session, t: _newcomer_comes(world, session, t))
    for week in range(1, days // 7 + 1):
        for number in range(2):
            at = world.began + timedelta(days=7 * week, hours=number)
            world.later(at, "sunday", partial(_sunday, world, number))
    if days > 60:
        at = world.began + timedelta(days=45)
        world.later(at, "pause the clock", lambda session, t: _holiday(world, session, t))


def _found(world: World, session: Session, at: datetime) -> None:
    from mentorship.services import cohorts

    wanted = cohorts.Settings(
        name="A simulated year",
        languages=tuple(code for code, *_ in made.LANGUAGES),
        starts_on=at.date(),
        next_round_on=at.date() + timedelta(days=14),
        deadlines={},
    )
    cohort = cohorts.create(session, wanted)
    for _ in range(2):
        person, _spoken = world.maker.person(session, cohort, at)
        cohorts.add_coordinator(session, cohort, person, at=at)
        world.coordinators.append(person.id)
    world.cohort_id = cohort.id


def _mentor_comes(world: World, session: Session, at: datetime) -> None:
    cohort = session.get_one(Cohort, world.cohort_id)
    by = session.get_one(Person, world.coordinators[0])
    person = world.maker.mentor(session, cohort, by, at)
    world.settle_in(person.id, temperament(MENTORS, world.chance))
    _live_on(world, person.id)


def _newcomer_comes(world: World, session: Session, at: datetime) -> None:
    request = world.maker.newcomer(session, session.get_one(Cohort, world.cohort_id), at)
    person_id = request.newcomer_id
    world.settle_in(person_id, temperament(NEWCOMERS, world.chance))
    row = Outbox(person_id=person_id, kind="arrival")

    def look(session: Session, t: datetime) -> None:
        looks_for_someone(Told(world, session, session.get_one(Person, person_id), row, t))

    world.soon("look for someone", look, hours=1)
    _live_on(world, person_id)


def _live_on(world: World, person_id: int) -> None:
    hours = LIFE_DAYS * 24
    world.soon("life", lambda session, at: _life(world, session, person_id, at), hours=hours)


def _life(world: World, session: Session, person_id: int, at: datetime) -> None:
    """Something happens in her life, about once a month."""
    person = session.get_one(Person, person_id)
    if person.status is not PersonStatus.ACTIVE:
        return
    _live_on(world, person_id)
    if world.reacts(person_id) is None:
        return
    luck = world.chance.random()
    if luck < 0.012:
        world.later(at, "erase", lambda s, t: erasure.erase(s, s.get_one(Person, person_id), at=t, key=KEY))
        return
    hers = or_(Mentorship.newcomer_id == person_id, Mentorship.mentor_id == person_id)
    mentorship = session.scalar(
        select(Mentorship).where(hers, Mentorship.ended_at.is_(None)).order_by(Mentorship.id).limit(1)
    )
    if mentorship is not None:
        _in_a_pair(world, session, person, mentorship, luck, at)


def _in_a_pair(
    world: World, session: Session, person: Person, mentorship: Mentorship, luck: float, at: datetime
) -> None:
    me, row_id = person.id, mentorship.id
    other = mentorship.mentor_id if person.id == mentorship.newcomer_id else mentorship.newcomer_id
    if luck < 0.04:
        world.later(at, "block", partial(_block, me, other))
    elif luck < 0.08 and mentorship.state is not State.PROPOSED:
        world.later(at, "end", partial(_act, row_id, me, Action.END))
    elif luck < 0.2 and mentorship.state is State.ACTIVE:
        until = at + timedelta(days=world.chance.randint(5, 40))
        _act(row_id, me, Action.PAUSE, session, at, until=until)
    elif luck < 0.35 and person.id == mentorship.mentor_id and mentorship.state is State.ACTIVE:
        _hand_over(session, person, mentorship, at)


def _block(one: int, other: int, session: Session, at: datetime) -> None:
    safety.block(session, session.get_one(Person, one), session.get_one(Person, other), at=at)


def _act(
    row_id: int,
    person_id: int,
    action: Action,
    session: Session,
    at: datetime,
    until: datetime | None = None,
) -> None:
    mentorship, person = session.get_one(Mentorship, row_id), session.get_one(Person, person_id)
    party = mentorships.party_of(session, mentorship, person)
    if party is not None and mentorship.is_open:
        mentorships.act(session, mentorship, action, party=party, by=person, at=at, until=until)


def _hand_over(session: Session, mentor: Person, mentorship: Mentorship, at: datetime) -> None:
    from mentorship.matching import eligible

    people = people_for(session, [mentorship.request], at=at)
    newcomer = people.newcomer(mentorship.newcomer.public_id)
    fitting = [each.id for each in people.mentors if eligible(newcomer, each, people) is None]
    others = [public_id for public_id in sorted(fitting) if public_id != mentor.public_id]
    if others and handing_over.open_for(session, mentorship) is None:
        successor = session.scalars(select(Person).where(Person.public_id == others[0])).one()
        handing_over.propose_successor(session, mentorship, mentor, successor, at=at)


def _holiday(world: World, session: Session, at: datetime) -> None:
    cohort = session.get_one(Cohort, world.cohort_id)
    clock_pause.pause_clock(session, cohort, at + timedelta(days=10), at=at)


def _sunday(world: World, number: int, _session: Session, at: datetime) -> None:
    """A coordinator works through her list of today, one unit of work after the other."""
    viewer = world.coordinators[number]
    world.later(at, "publish", partial(_publish, world, viewer))
    for kind in (_look_together, _read_reports, _help_to_part, _renew):
        world.later(at, kind.__name__, partial(kind, world, viewer))


def _publish(world: World, viewer: int, session: Session, at: datetime) -> None:
    cohort, by = session.get_one(Cohort, world.cohort_id), session.get_one(Person, viewer)
    round_ = rounds.open_round_of(session, cohort)
    if round_ is None:
        return
    if round_.state.value == "draft":
        rounds.recompute(session, round_, at=at)
        publishing.publish(session, round_, by=by, at=at, seen=round_.version)


def _look_together(world: World, viewer: int, session: Session, at: datetime) -> None:
    cohort, by = session.get_one(Cohort, world.cohort_id), session.get_one(Person, viewer)
    for item in today.today(session, cohort, viewer=by, at=at):
        if item.kind is today.Kind.LOOK and item.request is not None:
            request_id = item.request.id
            world.later(at, "by hand", partial(_by_hand, viewer, request_id))


def _by_hand(viewer: int, request_id: int, session: Session, at: datetime) -> None:
    request, by = session.get_one(Request, request_id), session.get_one(Person, viewer)
    for candidate in by_hand.candidates(session, request, viewer=by, at=at):
        if candidate.asked_before:
            continue
        try:
            by_hand.propose_by_hand(session, request, candidate.mentor.public_id, by=by, at=at)
        except Refusal:
            continue
        return
    messages.write_about_request(session, request, by, "I have not found anyone yet; I go on looking.", at=at)
    by_hand.settle(session, request)


def _read_reports(world: World, viewer: int, session: Session, at: datetime) -> None:
    cohort, by = session.get_one(Cohort, world.cohort_id), session.get_one(Person, viewer)
    for item in today.today(session, cohort, viewer=by, at=at):
        if item.kind is today.Kind.REPORT and item.report is not None:
            today.answer_report(session, item.report, closed=True, at=at)


def _help_to_part(world: World, viewer: int, session: Session, at: datetime) -> None:
    """Who would like someone else, and has said so at a check-in, is helped to end."""
    wanted = (
        select(Mentorship.id)
        .join(CheckIn, CheckIn.mentorship_id == Mentorship.id)
        .where(CheckIn.answer == CheckInAnswer.SOMEONE_ELSE, Mentorship.ended_at.is_(None))
        .distinct()
    )
    for row_id in session.scalars(wanted).all():
        world.later(at, "end", partial(_end_for, viewer, row_id))


def _end_for(viewer: int, row_id: int, session: Session, at: datetime) -> None:
    mentorship, by = session.get_one(Mentorship, row_id), session.get_one(Person, viewer)
    if mentorship.is_open:
        mentorships.act(session, mentorship, Action.END, party=Party.COORDINATOR, by=by, at=at)


def _renew(world: World, viewer: int, session: Session, at: datetime) -> None:
    cohort, by = session.get_one(Cohort, world.cohort_id), session.get_one(Person, viewer)
    ending = select(Approval).where(
        Approval.state == ApprovalState.LIVE, Approval.until <= at + timedelta(days=20)
    )
    for approval in session.scalars(ending).all():
        approvals.approve(session, approval, cohort, by=by, at=at)
