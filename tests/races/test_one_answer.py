"""The helper question answered by two clicks at once: one is the answer, and one coordinator is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentorship.rules.errors import WrongState
from mentorship.rules.helped import Answer, Occasion
from mentorship.services import helper_question
from mentorship.store.help import HelperAnswer
from mentorship.store.outbox import Outbox
from tests.factories import NOW, a_cohort, a_request

pytestmark = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
"""On SQLite a POST begins as a writer: the second has not looked before the first is done."""


def click(engine, barrier):
    with Session(engine) as session, session.begin():
        row = session.scalars(select(HelperAnswer)).one()
        assert row.answer is None
        barrier.wait()
        try:
            helper_question.answer(session, row, Answer.NOBODY_YET, None, at=NOW)
        except WrongState:
            return "answered already"
    return "answered"


def test_of_two_clicks_at_once_one_tells_a_coordinator(fresh_database):
    with Session(fresh_database) as session, session.begin():
        request = a_request(session, a_cohort(session))
        facts = {"person_id": request.newcomer_id, "request_id": request.id}
        session.add(HelperAnswer(occasion=Occasion.DAY_30, asked_at=NOW, **facts))

    barrier = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        clicks = [pool.submit(click, fresh_database, barrier) for _ in range(2)]

    assert sorted(each.result() for each in clicks) == ["answered", "answered already"]
    with Session(fresh_database) as session:
        told = select(func.count()).where(Outbox.kind == "nobody_yet")
        assert session.scalar(told) == 1
