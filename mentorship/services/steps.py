"""Small steps of a pair: chosen, tried, done; a step that was tried counts like one that was done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.errors import BadInput, NotAllowed, NotFound, WrongState
from mentorship.rules.lifecycle import AGREED
from mentorship.rules.marking import N_
from mentorship.rules.steps import LONGEST_LEARNED, LONGEST_STEP, MOST_CHOSEN
from mentorship.services.ladders import Chosen, ladders_of
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.together import Step, StepState

SETTLED = (StepState.TRIED, StepState.DONE)
"""What counts: everywhere the same."""


def choose(session: Session, mentorship: Mentorship, person: Person, chosen: Chosen, *, at: datetime) -> Step:
    """Let one of the two choose a step: a rung of the cohort's ladder, or one in her own words.

    The same step chosen twice is one step.

    Raises
    ------
    NotAllowed, WrongState
        She is not one of the two, or they are not on their way together.
    BadInput
        It is empty, too long, on no ladder of this cohort, or too many wait already.
    """
    _hold(session, mentorship, person)
    _check(session, mentorship, chosen)
    waiting = [step for step in steps_of(session, mentorship) if step.state is StepState.CHOSEN]
    same = [step for step in waiting if (step.rung, step.title) == (chosen.code, chosen.words)]
    if same:
        return same[0]
    if len(waiting) >= MOST_CHOSEN:
        raise BadInput(N_("That is enough for now: try one of these first, or take one back."), field="own")
    step = Step(
        mentorship_id=mentorship.id,
        newcomer_id=mentorship.newcomer_id,
        chosen_by_id=person.id,
        rung=chosen.code,
        area=chosen.area,
        title=chosen.words,
        chosen_at=at,
    )
    session.add(step)
    session.flush()
    return step


def settle(
    session: Session,
    mentorship: Mentorship,
    person: Person,
    step: Step,
    state: StepState,
    *,
    learned: str = "",
    at: datetime,
) -> None:
    """Say that a step was tried or done, and what she learned; either of the two may, and may say it anew.

    Raises
    ------
    NotAllowed, WrongState, BadInput
        As `choose`.
    """
    _hold(session, mentorship, person)
    if state not in SETTLED:
        raise ValueError("a step is settled as tried or as done")
    if len(learned) > LONGEST_LEARNED:
        raise BadInput(
            N_("At most %(most)s characters, please."), field="learned", most=LONGEST_LEARNED
        )  # fmt: skip
    session.refresh(step, with_for_update=True)
    step.settled_at = step.settled_at or at
    step.state = state
    if learned.strip():
        step.learned, step.settled_by_id = learned.strip(), person.id
    session.flush()


def take_back(session: Session, mentorship: Mentorship, person: Person, step: Step) -> None:
    """Undo a choice; what was tried or done stays. Raises as `choose`."""
    _hold(session, mentorship, person)
    session.refresh(step, with_for_update=True)
    if step.state is not StepState.CHOSEN:
        raise WrongState(N_("This step was tried already, and that counts."))
    session.delete(step)
    session.flush()


def steps_of(session: Session, mentorship: Mentorship) -> list[Step]:
    """The steps of this mentorship and of those it continues, in the order they were chosen."""
    query = select(Step).where(Step.mentorship_id.in_(_line_of(session, mentorship)))
    return list(session.scalars(query.order_by(Step.chosen_at, Step.id)))


def step_of(session: Session, mentorship: Mentorship, public_id: str) -> Step:
    """The step of that id, if it is of this mentorship or of one it continues. Raises NotFound."""
    step = next((step for step in steps_of(session, mentorship) if step.public_id == public_id), None)
    if step is None:
        raise NotFound("")
    return step


def steps_taken_by(session: Session, newcomer: Person) -> list[Step]:
    """What she has tried and done in all her mentorships, the latest last; for her alone."""
    query = select(Step).where(Step.newcomer_id == newcomer.id, Step.state.in_(SETTLED))
    return list(session.scalars(query.order_by(Step.settled_at, Step.id)))


def steps_ahead_of(session: Session, newcomer: Person) -> list[Step]:
    """What was chosen and not tried so far: it stays hers to try, also after a mentorship."""
    query = select(Step).where(Step.newcomer_id == newcomer.id, Step.state == StepState.CHOSEN)
    return list(session.scalars(query.order_by(Step.chosen_at, Step.id)))


def _hold(session: Session, mentorship: Mentorship, person: Person) -> None:
    """One writer of a pair's steps at a time; only the two, and only while they are on their way."""
    session.refresh(mentorship, with_for_update=True)
    if person.id not in (mentorship.newcomer_id, mentorship.mentor_id):
        raise NotAllowed(N_("This step is not yours to take here."))
    if mentorship.state not in AGREED:
        raise WrongState(N_("Steps are chosen and tried while you are on your way together."))


def _check(session: Session, mentorship: Mentorship, chosen: Chosen) -> None:
    if not (chosen.code or chosen.words):
        raise BadInput(N_("Choose a step, or write one of your own."), field="own")
    if len(chosen.words) > LONGEST_STEP:
        raise BadInput(N_("At most %(most)s characters, please."), field="own", most=LONGEST_STEP)
    if not chosen.area:
        return  # in her own words, of no area
    if chosen not in ladders_of(session, mentorship.request.cohort)[chosen.area]:
        raise BadInput(N_("This step is no longer on the ladder. Please choose another."), field="rung")


def _line_of(session: Session, mentorship: Mentorship) -> list[int]:
    """Its id and those of the mentorships it continues, one after another."""
    line, before = [mentorship.id], mentorship.continues_id
    while before is not None:
        line.append(before)
        before = session.scalar(select(Mentorship.continues_id).where(Mentorship.id == before))
    return line
