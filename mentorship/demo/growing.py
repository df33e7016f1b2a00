"""Small steps and recognition in the made-up community: chosen, tried, done, and seen by someone."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import State
from mentorship.services import ladders, recognitions, steps
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Interest, InterestKind, Person
from mentorship.store.together import StepState

Words = TypeVar("Words")

A_STEP_A_DAY = 0.12
TRIED = 0.4

LEARNED = {
    "en": {
        StepState.DONE: (
            "I was afraid of the button for a week. It took a minute.",
            "Somebody answered within the hour, and kindly.",
            "Nobody minded that it was short.",
        ),
        StepState.TRIED: (
            "It did not work. I know now why, and what I would do first next time.",
            "I got half of the way. The other half can wait for Sunday.",
        ),
    },
    "ar": {
        StepState.DONE: (
            "كنت أخاف من هذا الزر أسبوعًا كاملًا، ولم يأخذ الأمر إلا دقيقة.",
            "أجابني أحدهم بلطف في الساعة نفسها.",
        ),
        StepState.TRIED: ("لم ينجح هذه المرة، لكنني أعرف الآن من أين أبدأ.",),
    },
}
SEEN = {
    "en": (
        "You asked before giving up. That is the hardest part, and you did it.",
        "Your sources were better than mine. I learned two new ones.",
        "It was undone, and you went back and asked why. I have seen few people do that.",
    ),
    "ar": (
        "سألتِ قبل أن تتراجعي، وهذا أصعب ما في الأمر.",
        "مصادركِ أفضل من مصادري، وقد تعلّمت منكِ.",
    ),
}
THANKED = {
    "en": "You never made me feel slow. Thank you for those Sundays.",
    "ar": "لم تُشعريني يومًا بأنني بطيئة. شكرًا على كل جلسة.",
}
BY_A_COORDINATOR = "You held the door open for whoever came after you. I saw it."


def take_a_step(session: Session, mentorship: Mentorship, chance: random.Random, *, at: datetime) -> None:
    """Choose the next rung of her ladder, or say how the one that waits went."""
    newcomer = mentorship.newcomer
    waiting = [one for one in steps.steps_of(session, mentorship) if one.state is StepState.CHOSEN]
    if not waiting:
        _choose(session, mentorship, at=at)
        return
    state = StepState.TRIED if chance.random() < TRIED else StepState.DONE
    learned = chance.choice(_in_her_language(LEARNED, newcomer)[state])
    steps.settle(session, mentorship, newcomer, waiting[0], state, learned=learned, at=at)
    if chance.random() < 0.5:
        _recognise(session, mentorship, chance, at=at)


def thank_each_other(session: Session, mentorship: Mentorship, *, at: datetime) -> None:
    """At a good end the newcomer says what she saw, too."""
    words = _in_her_language(THANKED, mentorship.newcomer)
    recognitions.give(session, mentorship.newcomer, mentorship.mentor, words, at=at)


def leave_something_ahead(session: Session, cohort: Cohort, chance: random.Random, *, at: datetime) -> None:
    """Every pair on its way has tried something and chosen something; a coordinator has seen some of it."""
    active = select(Mentorship).where(Mentorship.state == State.ACTIVE).order_by(Mentorship.id)
    for mentorship in session.scalars(active).all():
        for days in (6, 4, 2):
            taken = steps.steps_of(session, mentorship)
            if len({one.state is StepState.CHOSEN for one in taken}) < 2:
                take_a_step(session, mentorship, chance, at=at - timedelta(days=days))
        if not any(one.state is StepState.CHOSEN for one in steps.steps_of(session, mentorship)):
            _choose(session, mentorship, at=at - timedelta(days=1))
        _recognise(session, mentorship, chance, at=at - timedelta(days=1))
    coordinator = cohort.coordinators[0].person
    for person in recognitions.members_to_thank(session, coordinator, cohort.id)[:3]:
        recognitions.give(session, coordinator, person, BY_A_COORDINATOR, at=at - timedelta(days=3))


def _choose(session: Session, mentorship: Mentorship, *, at: datetime) -> None:
    """The smallest rung of her area that she has not taken."""
    newcomer = mentorship.newcomer
    areas = select(Interest.item).where(Interest.person_id == newcomer.id, Interest.kind == InterestKind.AREA)
    area = session.scalar(areas.order_by(Interest.item).limit(1)) or "programs"
    taken = {one.rung for one in steps.steps_of(session, mentorship)}
    left = [
        rung
        for rung in ladders.ladders_of(session, mentorship.request.cohort)[area]
        if rung.code not in taken
    ]
    if left:
        steps.choose(session, mentorship, newcomer, left[0], at=at)


def _recognise(session: Session, mentorship: Mentorship, chance: random.Random, *, at: datetime) -> None:
    words = chance.choice(_in_her_language(SEEN, mentorship.newcomer))
    recognitions.give(session, mentorship.mentor, mentorship.newcomer, words, at=at)


def _in_her_language(words: Mapping[str, Words], person: Person) -> Words:
    return words.get(person.locale, words["en"])
