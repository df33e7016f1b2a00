"""The life of a mentorship, as one table: buttons, checks, tests and the diagram come from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mentorship.rules.errors import NotAllowed, WrongState
from mentorship.rules.marking import N_


class State(StrEnum):
    """Where a mentorship stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    ACTIVE = "active"
    PAUSED = "paused"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    COMPLETED = "completed"
    ENDED = "ended"


OPEN = (State.PROPOSED, State.ACCEPTED, State.ACTIVE, State.PAUSED)
"""The states that take one of the mentor's places."""

AGREED = (State.ACCEPTED, State.ACTIVE, State.PAUSED)
"""The open states in which the mentor has said yes."""


class Action(StrEnum):
    """What can happen to a mentorship."""

    PROPOSE = "propose"
    QUESTION = "question"
    ANSWER = "answer"
    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    BEGIN = "begin"
    LAPSE = "lapse"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    COMPLETE = "complete"
    END = "end"
    CLOSE = "close"
    CUT = "cut"
    HAND_OVER = "hand_over"


class Party(StrEnum):
    """Who acts, seen from one mentorship."""

    NEWCOMER = "newcomer"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    CLOCK = "clock"
    SAFETY = "safety"


class Code(StrEnum):
    """Why, as a code: the history keeps no words."""

    NONE = ""
    NOT_NOW = "not_now"
    NOT_THE_RIGHT_ONE = "not_the_right_one"
    BLOCK = "block"
    ERASURE = "erasure"
    SUSPENSION = "suspension"
    APPROVAL_WITHDRAWN = "approval_withdrawn"
    HANDED_OVER = "handed_over"
    ROUND = "round"
    ASKED = "asked"
    PASSED_ON = "passed_on"
    BY_HAND = "by_hand"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Transition:
    """One line of the table; `to` is None where the state stays."""

    frm: tuple[State, ...]
    to: State | None
    who: tuple[Party, ...]


_EITHER = (Party.NEWCOMER, Party.MENTOR)
_ANYONE = (Party.NEWCOMER, Party.MENTOR, Party.COORDINATOR)
_LIVE = (State.ACTIVE, State.PAUSED)

TRANSITIONS: dict[Action, Transition] = {
    Action.QUESTION: Transition((State.PROPOSED,), None, (Party.MENTOR,)),
    Action.ANSWER: Transition((State.PROPOSED,), None, (Party.NEWCOMER,)),
    Action.ACCEPT: Transition((State.PROPOSED,), State.ACCEPTED, (Party.MENTOR,)),
    Action.DECLINE: Transition((State.PROPOSED,), State.DECLINED, (Party.MENTOR,)),
    Action.EXPIRE: Transition((State.PROPOSED,), State.EXPIRED, (Party.CLOCK,)),
    Action.WITHDRAW: Transition(
        (State.PROPOSED, State.ACCEPTED), State.WITHDRAWN, (Party.NEWCOMER, Party.COORDINATOR, Party.CLOCK)
    ),
    Action.BEGIN: Transition((State.ACCEPTED,), State.ACTIVE, _EITHER),
    Action.LAPSE: Transition((State.ACCEPTED,), State.LAPSED, (Party.CLOCK,)),
    Action.PAUSE: Transition((State.ACTIVE,), State.PAUSED, _ANYONE),
    Action.RESUME: Transition((State.PAUSED,), State.ACTIVE, (*_ANYONE, Party.CLOCK)),
    Action.EXTEND: Transition(_LIVE, None, _EITHER),
    Action.COMPLETE: Transition(_LIVE, State.COMPLETED, _EITHER),
    Action.END: Transition(AGREED, State.ENDED, _ANYONE),
    Action.CLOSE: Transition(_LIVE, State.ENDED, (Party.CLOCK,)),
    Action.CUT: Transition(OPEN, State.ENDED, (Party.SAFETY,)),
    Action.HAND_OVER: Transition(_LIVE, State.ENDED, (Party.MENTOR,)),
}


def allowed(state: State, party: Party) -> tuple[Action, ...]:
    """What `party` may do to a mentorship in `state`, in the table's order.

    Parameters
    ----------
    state, party
        Where the mentorship stands, and who asks.

    Returns
    -------
    tuple of Action
        Empty when nothing is hers to do.

    Examples
    --------
    >>> [str(a) for a in allowed(State.PROPOSED, Party.MENTOR)]
    ['question', 'accept', 'decline']
    """
    return tuple(action for action, line in TRANSITIONS.items() if state in line.frm and party in line.who)


def next_state(state: State, action: Action, party: Party) -> State:
    """The state after `party` carries out `action` on a mentorship in `state`.

    Parameters
    ----------
    state, action, party
        Where the mentorship stands, what is to happen, and who asks.

    Returns
    -------
    State
        The state that follows (the same one for an act that changes only a date).

    Raises
    ------
    NotAllowed
        When the act is never this party's.
    WrongState
        When it is hers, but not in this state.

    Examples
    --------
    >>> str(next_state(State.PROPOSED, Action.ACCEPT, Party.MENTOR))
    'accepted'
    """
    line = TRANSITIONS.get(action)
    if line is None or party not in line.who:
        raise NotAllowed(N_("This step is not yours to take here."))
    if state not in line.frm:
        raise WrongState(
            N_("This no longer fits: things have moved on since. The page shows how it stands now.")
        )
    return state if line.to is None else line.to
