"""“Are you in touch?”: asked of both on certain days, answered with one click."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from mentorship.rules.deadlines import check_in_day, deadlines_of, due, next_check_in_day
from mentorship.rules.errors import NotFound, WrongState
from mentorship.rules.lifecycle import Action, Party, State
from mentorship.rules.marking import N_
from mentorship.services import offers, safety
from mentorship.services.mentorships import act
from mentorship.services.outbox import tell
from mentorship.services.readers import readers_of_pair
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person, PersonStatus
from mentorship.store.together import CheckIn, CheckInAnswer, Message

IN_TOUCH = (CheckInAnswer.YES, CheckInAnswer.ELSEWHERE)

WRONG_AT_CHECK_IN = N_("“Something is wrong”, said at a check-in, without more words.")


def ask(session: Session, mentorship: Mentorship, *, at: datetime) -> None:
    """Ask both, for the latest day that has come, and set the date of the next time."""
    accepted_at = mentorship.accepted_at or at
    deadlines = deadlines_of(mentorship.request.cohort.settings)
    days = (at - accepted_at).days
    day = check_in_day(days, deadlines)
    following = accepted_at + timedelta(days=next_check_in_day(days, deadlines))
    mentorship.check_in_due_at = due(following, mentorship.request.cohort.clock_paused_until)
    if day is None:
        return
    _tell_of_long_silence(session, mentorship, at=at)
    newcomer, mentor = mentorship.newcomer, mentorship.mentor
    for one, other in ((newcomer, mentor), (mentor, newcomer)):
        if one.status in (PersonStatus.ACTIVE, PersonStatus.HIDDEN):
            session.add(CheckIn(mentorship_id=mentorship.id, person_id=one.id, day=day, asked_at=at))
            tell(session, one, "check_in", at=at, mentorship=mentorship, other=other)
    session.flush()


def open_for(session: Session, mentorship: Mentorship, person: Person) -> CheckIn | None:
    """The question she has not answered yet: the latest one, while the pair is open and does not pause."""
    return open_among(session, [mentorship], person).get(mentorship.id)


def open_among(session: Session, mentorships: Collection[Mentorship], person: Person) -> dict[int, CheckIn]:
    """Of each of these pairs, by its id, the question of `open_for`; looked up at once."""
    ids = [each.id for each in mentorships if each.is_open and each.state is not State.PAUSED]
    query = select(CheckIn).where(CheckIn.mentorship_id.in_(ids), CheckIn.person_id == person.id)
    latest = {row.mentorship_id: row for row in session.scalars(query.order_by(CheckIn.day))}
    return {number: row for number, row in latest.items() if row.answer is None}


def answer(
    session: Session,
    check_in: CheckIn,
    given: CheckInAnswer,
    *,
    by: Person,
    at: datetime,
    words: str = "",
) -> None:
    """Keep her answer, and do what follows from it; the same answer twice changes nothing.

    `words` go with “something is wrong”; they reach one coordinator who is not party, nobody else.

    Raises
    ------
    NotFound, WrongState
        It is not hers to answer; she has answered otherwise already, or the pair has ended.
    """
    if check_in.person_id != by.id:
        raise NotFound("")
    session.refresh(check_in, with_for_update=True)
    if check_in.answer is given:
        return
    mentorship = session.get_one(Mentorship, check_in.mentorship_id)
    if check_in.answer is not None or not mentorship.is_open:
        raise WrongState(N_("This question has been answered already."))
    check_in.answer, check_in.answered_at = given, at
    session.flush()
    if by.id == mentorship.mentor_id:
        offers.heard_from(session, by.id)
    _follow(session, mentorship, given, by=by, at=at, words=words)


def talks_elsewhere(session: Session, mentorship: Mentorship) -> bool:
    """Whether one of the two said so: the questions go on, the alarms stop."""
    said = exists().where(CheckIn.mentorship_id == mentorship.id, CheckIn.answer == CheckInAnswer.ELSEWHERE)
    return bool(session.scalar(select(said)))


def _follow(
    session: Session, mentorship: Mentorship, given: CheckInAnswer, *, by: Person, at: datetime, words: str
) -> None:
    newcomers = by.id == mentorship.newcomer_id
    if given in IN_TOUCH and mentorship.state is State.ACCEPTED:
        party = Party.NEWCOMER if newcomers else Party.MENTOR
        act(session, mentorship, Action.BEGIN, party=party, by=by, at=at)
    elif given is CheckInAnswer.NOT_YET and mentorship.state is State.ACTIVE:
        _tell_of_no_contact(session, mentorship, at=at)
    elif given is CheckInAnswer.SOMEONE_ELSE:
        for coordinator in readers_of_pair(session, mentorship):
            tell(session, coordinator, "wants_someone_else", at=at, mentorship=mentorship, someone=by)
    elif given is CheckInAnswer.SOMETHING_WRONG:
        other = mentorship.mentor if newcomers else mentorship.newcomer
        safety.report(session, words or WRONG_AT_CHECK_IN, by=by, at=at, about=other, mentorship=mentorship)


def _tell_of_no_contact(session: Session, mentorship: Mentorship, *, at: datetime) -> None:
    """Once a pair: the alarm that stops when one of the two says that they talk elsewhere."""
    if mentorship.quiet_told_at is not None or talks_elsewhere(session, mentorship):
        return
    mentorship.quiet_told_at = at
    for coordinator in readers_of_pair(session, mentorship):
        tell(session, coordinator, "no_contact", at=at, mentorship=mentorship)


def _tell_of_long_silence(session: Session, mentorship: Mentorship, *, at: datetime) -> None:
    """A pair that is on its way, but neither answered last time, and nobody has written since."""
    last = session.scalars(
        select(CheckIn).where(CheckIn.mentorship_id == mentorship.id).order_by(CheckIn.day.desc()).limit(2)
    ).all()
    if mentorship.state is not State.ACTIVE or len(last) < 2 or any(each.answer for each in last):
        return
    since = min(each.asked_at for each in last)
    wrote = exists().where(Message.mentorship_id == mentorship.id, Message.at >= since)
    if not session.scalar(select(wrote)):
        _tell_of_no_contact(session, mentorship, at=at)
