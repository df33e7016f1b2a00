"""What the mentor's first page shows: who asks her, whom she helps, her places, how her offer stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select

from mentorship.rules.lifecycle import AGREED, State
from mentorship.services import matchmaking, offers
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval, ApprovalState, Offer
from mentorship.store.people import Person
from mentorship.web.cards import Card, newcomer_card
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.links import linked
from mentorship.web.mentorships.forms import ActForm
from mentorship.web.mentorships.question import Question, question_in
from mentorship.web.mentorships.sentences import KINDS, STATES, name_of, what_comes_next
from mentorship.web.mentorships.sight import Viewer
from mentorship.web.reasons import reason_sentences


@dataclass(frozen=True, slots=True)
class Ask:
    """A newcomer who would like her help: the reduced card, the words, why her; no link before a yes."""

    mentorship: Mentorship
    name: str
    card: Card
    words: Markup
    to_her: Markup
    reasons: list[str]
    form: ActForm
    question: Question | None


@dataclass(frozen=True, slots=True)
class Pair:
    """One line about a newcomer she helps, or helped."""

    mentorship: Mentorship
    name: str
    state: str
    kind: str
    coming: tuple[str, datetime] | None


def asks_of(person: Person, *, at: datetime) -> list[Ask]:
    """Asks waiting for her answer, the one that is due first at the top."""
    return [_ask(mentorship, at) for mentorship in _mentorships(person, (State.PROPOSED,))]


def pairs_of(person: Person) -> list[Pair]:
    """Whom she helps now."""
    return [_pair(mentorship) for mentorship in _mentorships(person, AGREED)]


def past_of(person: Person) -> list[Pair]:
    """Whom she helped, or could not; the latest first."""
    over = tuple(state for state in State if state not in (State.PROPOSED, *AGREED))
    found = _mentorships(person, over)
    return [
        _pair(mentorship) for mentorship in sorted(found, key=lambda one: one.ended_at or one.proposed_at)
    ][::-1]


def approval_sentence(person: Person, offer: Offer, approval: Approval | None, *, at: datetime) -> str:
    """How her application stands, in words."""
    if approval is None or approval.state is ApprovalState.APPLIED:
        return _who_reads(person, offer)
    if approval.state is ApprovalState.LIVE:
        if approval.until is not None and approval.until <= at:
            return gettext("Your approval has run out. Your pairs go on; a coordinator can renew it.")
        return gettext("You are approved as a mentor.")
    if approval.state is ApprovalState.DECLINED:
        return gettext("A coordinator could not take up your offer. Saving it again asks once more.")
    return gettext("Your approval was taken back. A coordinator can tell you how to go on.")


def _who_reads(person: Person, offer: Offer) -> str:
    readers = offers.readers_of(session, person, [row.cohort_id for row in offer.cohorts])
    if not readers:
        return gettext("A coordinator approves new mentors, and never herself: another one reads this.")
    return gettext("A coordinator approves new mentors; %(name)s reads this.", name=name_of(readers[0]))


def _mentorships(person: Person, states: tuple[State, ...]) -> list[Mentorship]:
    query = select(Mentorship).where(Mentorship.mentor_id == person.id, Mentorship.state.in_(states))
    return list(session.scalars(query.order_by(Mentorship.answer_due_at, Mentorship.id)))


def _ask(mentorship: Mentorship, at: datetime) -> Ask:
    why = matchmaking.reasons_between(session, mentorship.request, mentorship.mentor, at=at)
    form = ActForm(formdata=None)
    for field in form:  # several such forms stand on one page
        field.id = field.label.field_id = f"{field.id}-{mentorship.public_id}"
    return Ask(
        mentorship,
        name_of(mentorship.newcomer),
        newcomer_card(mentorship.newcomer),
        linked(mentorship.request.words),
        linked(_words_to_her(mentorship)),
        reason_sentences(why.terms),
        form,
        question_in(mentorship),
    )


def _words_to_her(mentorship: Mentorship) -> str:
    """What the newcomer wrote to this mentor when she asked her."""
    note = mentorship.events[0].note
    return note.words if note is not None and note.author_id == mentorship.newcomer_id else ""


def _pair(mentorship: Mentorship) -> Pair:
    return Pair(
        mentorship,
        name_of(mentorship.newcomer),
        gettext(STATES[mentorship.state]),
        KINDS.get(mentorship.state, "notice"),
        what_comes_next(mentorship, Viewer.MENTOR),
    )
