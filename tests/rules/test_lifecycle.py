"""The lifecycle table: every line of it, and what no sequence of acts can do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.rules.errors import NotAllowed, WrongState
from mentorship.rules.lifecycle import OPEN, TRANSITIONS, Action, Party, State, allowed, next_state

# action, from, to, who: the programme's table, written here once more by hand
TABLE = [
    ("question", "proposed", None, "mentor"),
    ("answer", "proposed", None, "newcomer"),
    ("accept", "proposed", "accepted", "mentor"),
    ("decline", "proposed", "declined", "mentor"),
    ("expire", "proposed", "expired", "clock"),
    ("withdraw", "proposed accepted", "withdrawn", "newcomer coordinator clock"),
    ("begin", "accepted", "active", "newcomer mentor"),
    ("lapse", "accepted", "lapsed", "clock"),
    ("pause", "active", "paused", "newcomer mentor coordinator"),
    ("resume", "paused", "active", "newcomer mentor coordinator clock"),
    ("extend", "active paused", None, "newcomer mentor"),
    ("complete", "active paused", "completed", "newcomer mentor"),
    ("end", "accepted active paused", "ended", "newcomer mentor coordinator"),
    ("close", "active paused", "ended", "clock"),
    ("cut", "proposed accepted active paused", "ended", "safety"),
    ("hand_over", "active paused", "ended", "mentor"),
]
CASES = [
    (Action(action), State(frm), to and State(to), Party(who))
    for action, froms, to, whos in TABLE
    for frm in froms.split()
    for who in whos.split()
]
states, actions, parties = st.sampled_from(State), st.sampled_from(Action), st.sampled_from(Party)


@pytest.mark.parametrize(("action", "frm", "to", "who"), CASES)
def test_every_line_of_the_table_holds(action, frm, to, who):
    assert next_state(frm, action, who) is (to or frm)
    assert action in allowed(frm, who)


def test_nothing_beyond_the_table_is_allowed():
    found = {(action, state, party) for state in State for party in Party for action in allowed(state, party)}

    assert found == {(action, frm, who) for action, frm, _, who in CASES}


@given(states, actions, parties)
def test_what_is_not_hers_or_not_now_is_refused_in_words(state, action, party):
    if action in allowed(state, party):
        assert next_state(state, action, party) in State
        return

    with pytest.raises((NotAllowed, WrongState)) as refusal:
        next_state(state, action, party)
    assert str(refusal.value).endswith(".")


@given(st.lists(st.tuples(actions, parties), max_size=30))
def test_a_closed_mentorship_never_opens_again(acts):
    state, was_closed = State.PROPOSED, False
    for action, party in acts:
        if action in allowed(state, party):
            state = next_state(state, action, party)
        was_closed = was_closed or state not in OPEN

        assert not (was_closed and state in OPEN)


def test_whoever_is_party_can_always_leave_once_the_mentor_agreed():
    for state in (State.ACCEPTED, State.ACTIVE, State.PAUSED):
        for party in (Party.NEWCOMER, Party.MENTOR):
            assert Action.END in allowed(state, party)


def test_only_proposing_stands_outside_the_table():
    assert set(Action) - set(TRANSITIONS) == {Action.PROPOSE}
