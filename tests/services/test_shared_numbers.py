from datetime import timedelta
from itertools import product

import pytest

from mentorship.rules.helped import Answer
from mentorship.rules.lifecycle import State
from mentorship.rules.small_cells import open_parts
from mentorship.services import accounts, conversations, helper_question, sheets
from mentorship.services.shared_numbers import to_pass_on
from tests.factories import NOW, a_mentor, a_mentorship, a_person, a_request

LATER = NOW + timedelta(days=40)


def requests(session, cohort, many, *, at=NOW, answers=()):
    made = [a_request(session, cohort, at=at) for _ in range(many)]
    for request, given in zip(made, answers, strict=False):
        row = helper_question.ask_at_joining(session, request.newcomer, at=at)
        helper_question.answer(session, row, given, None, at=at)
    return made


@pytest.mark.parametrize("total", range(16))
def test_no_part_of_one_to_four_is_shown_nor_left_over(total):
    """Every two parts of every total: what is shown, and what can be worked out from it."""
    for one, other in product(range(total + 1), repeat=2):
        if one + other > total:
            continue
        shown = open_parts(total, {"one": one, "other": other})
        counts = [count for count in shown.values() if count is not None]
        assert not set(counts) & {1, 2, 3, 4}
        if counts:
            assert total - sum(counts) not in {1, 2, 3, 4}


@pytest.mark.parametrize(("many", "shown"), [(0, 0), (4, None), (5, 5)])
def test_requests_are_counted_before_others_from_five_on(session, cohort, many, shown):
    requests(session, cohort, many)

    assert to_pass_on(session, cohort, at=LATER)["requests"] == shown


def test_pairs_that_would_leave_fewer_than_five_unpaired_are_not_counted(session, cohort):
    mentor = a_mentor(session, cohort, capacity=20)
    made = requests(session, cohort, 8)
    for request in made[:6]:
        a_mentorship(session, request, mentor, state=State.ACTIVE)
    assert to_pass_on(session, cohort, at=NOW)["paired"] is None

    requests(session, cohort, 3)

    assert to_pass_on(session, cohort, at=NOW)["paired"] == 6


def test_the_rate_is_shown_only_where_no_part_of_it_and_no_younger_request_points_at_someone(session, cohort):
    named, nobody = [Answer.SOMEONE_HERE] * 6, [Answer.NOBODY_YET] * 5
    requests(session, cohort, 16, answers=named + nobody)
    found = to_pass_on(session, cohort, at=LATER)
    assert (found["named"], found["named_of"], found["days"]) == (6, 16, 30)

    requests(session, cohort, 2, at=LATER)

    assert to_pass_on(session, cohort, at=LATER)["named"] is None


def test_who_was_in_several_conversations_is_one_person_and_cancelled_ones_are_none(
    session, cohort, coordinator
):
    people = [a_person(session) for _ in range(5)]
    for person in people:
        accounts.join_cohort(session, person, cohort, at=NOW)
    months = [NOW + timedelta(days=31 * n + 1) for n in range(3)]
    calls = [conversations.host(session, cohort, coordinator, starts_at=at, at=NOW) for at in months]
    conversations.cancel(session, calls[2], coordinator, at=NOW)
    after = NOW + timedelta(days=100)
    for call in calls[:2]:
        for person in people[:4]:
            conversations.attended(session, call, person, at=after)
    assert to_pass_on(session, cohort, at=after)["attended"] is None

    conversations.attended(session, calls[0], people[4], at=after)

    found = to_pass_on(session, cohort, at=after)
    assert (found["conversations"], found["attended"]) == (2, 5)


ODD = ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a", "  =1", "\u200f=1",
       "\u00a0-2", "'=1", "''=1", "'a", "a=1", "", "'", "plain", 'with "quotes", and\nlines']  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_a_sheet_has_no_live_formula_and_gives_every_text_back(text):
    written = sheets.written([[text, 7, None]])

    assert sheets.read(written) == [[text, "7", ""]]
    assert (
        not sheets.cell(text)
        .lstrip(" \u200f\u00a0")
        .startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    )
