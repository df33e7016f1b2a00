"""A cohort with a draft round, and what is asked of it in tests."""

from sqlalchemy import func, select

from mentorship.services import rounds
from mentorship.store.outbox import Outbox
from tests.factories import NOW


def a_draft(session, cohort, by=None):
    round_ = rounds.start_round(session, cohort, by=by, at=NOW)
    rounds.compute(session, round_, at=NOW)
    return round_


def pairs(round_):
    return {pairing.request.newcomer.name: pairing.mentor.name for pairing in round_.pairings}


def left_out(round_):
    return {row.request.newcomer.name: row.reason for row in round_.left_out}


def told(session):
    return session.scalar(select(func.count()).select_from(Outbox))
