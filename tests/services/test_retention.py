"""Notices go when their label says, and never because a clock jumped."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mentorship.services import retention
from mentorship.services.outbox import tell
from mentorship.store.outbox import MailState, Outbox
from tests.factories import NOW, a_person

DAY = timedelta(days=1)


@pytest.fixture
def person(session):
    return a_person(session)


def a_notice(session, person, *, made, read=None, mail=MailState.SENT):
    tell(session, person, "message", at=NOW, other=person)
    session.flush()
    row = session.scalars(select(Outbox).order_by(Outbox.id.desc())).first()
    row.made_at, row.read_at, row.mail = made, read, mail
    session.flush()
    return row.id


def kept(session):
    session.expire_all()
    return set(session.scalars(select(Outbox.id)))


def looked(session, at):
    """The last look was then."""
    retention.purge(session, at=at, trusted=True)
    session.flush()


def test_read_notices_go_after_ninety_days_and_all_after_a_year(session, person):
    looked(session, NOW - DAY)
    stay = {
        a_notice(session, person, made=NOW - 300 * DAY, read=NOW - 89 * DAY),
        a_notice(session, person, made=NOW - 364 * DAY),
        a_notice(session, person, made=NOW - 400 * DAY, mail=MailState.WAITING),
    }
    a_notice(session, person, made=NOW - 91 * DAY, read=NOW - 90 * DAY)
    a_notice(session, person, made=NOW - 365 * DAY)

    assert retention.purge(session, at=NOW).notices == 2
    assert kept(session) == stay
    assert retention.purge(session, at=NOW) == retention.Purged()


def test_it_is_done_once_a_day(session, person):
    looked(session, NOW)
    a_notice(session, person, made=NOW - 400 * DAY)

    assert retention.purge(session, at=NOW + timedelta(hours=23)).notices == 0
    assert retention.purge(session, at=NOW + DAY).notices == 1


@pytest.mark.parametrize("ahead", [timedelta(days=32), timedelta(days=3653)])
def test_a_clock_that_jumped_ahead_takes_away_nothing_and_says_so(session, person, ahead):
    looked(session, NOW)
    notices = {a_notice(session, person, made=NOW, read=NOW), a_notice(session, person, made=NOW)}

    for minutes in range(3):  # the worker goes on every minute with that clock
        at = NOW + ahead + timedelta(minutes=minutes)
        assert retention.purge(session, at=at) == retention.Purged(jumped_from=NOW)
    assert kept(session) == notices

    assert retention.purge(session, at=NOW + DAY) == retention.Purged()  # the clock is right again
    assert kept(session) == notices


def test_a_clock_that_went_back_takes_away_nothing_and_the_last_look_stays(session, person):
    looked(session, NOW)
    notice = a_notice(session, person, made=NOW - 400 * DAY)

    for back in (timedelta(hours=1), 31 * DAY):
        assert retention.purge(session, at=NOW - back) == retention.Purged()
    assert kept(session) == {notice}
    assert retention.purge(session, at=NOW + timedelta(hours=23)).notices == 0
    assert retention.purge(session, at=NOW + DAY).notices == 1


def test_a_clock_far_back_says_so_and_all_goes_on_once_it_is_right_again(session, person):
    looked(session, NOW)
    a_notice(session, person, made=NOW - 400 * DAY)

    for minutes in range(3):
        at = datetime(1970, 1, 1, 0, minutes, tzinfo=UTC)
        assert retention.purge(session, at=at) == retention.Purged(jumped_from=NOW)

    assert retention.purge(session, at=NOW + DAY) == retention.Purged(notices=1)


def test_after_a_long_time_off_somebody_says_that_the_clock_is_right(session, person):
    looked(session, NOW)
    a_notice(session, person, made=NOW, read=NOW)
    late = NOW + 200 * DAY
    assert retention.purge(session, at=late).jumped_from == NOW

    assert retention.purge(session, at=late, trusted=True).notices == 1


def test_the_first_look_takes_away_nothing(session, person):
    notice = a_notice(session, person, made=NOW - 20 * DAY, read=NOW - 20 * DAY)
    older = a_notice(session, person, made=NOW - 4000 * DAY)

    assert retention.purge(session, at=NOW) == retention.Purged()
    assert kept(session) == {notice, older}
    assert retention.past_their_time(session) == []
    assert retention.purge(session, at=NOW + DAY).notices == 1


def test_a_first_look_by_a_wrong_clock_does_not_make_it_right(session, person):
    notice = a_notice(session, person, made=NOW, read=NOW)
    believed = NOW + retention.JUMP

    for days in range(3):
        at = NOW + timedelta(days=3653 + days)
        assert retention.purge(session, at=at) == retention.Purged(jumped_from=believed)
    assert kept(session) == {notice}

    assert retention.purge(session, at=NOW + DAY) == retention.Purged()  # the clock is right again
    assert retention.purge(session, at=NOW + 60 * DAY) == retention.Purged()
    assert kept(session) == {notice}
    assert retention.purge(session, at=NOW + 90 * DAY).notices == 1


def test_what_should_have_gone_is_named(session, person):
    looked(session, NOW)
    a_notice(session, person, made=NOW)
    a_notice(session, person, made=NOW - 365 * DAY, mail=MailState.WAITING)
    over = a_notice(session, person, made=NOW - 365 * DAY)

    assert retention.past_their_time(session) == [over]
