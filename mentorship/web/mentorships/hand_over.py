"""Handing over, as it is drawn: whom the mentor may propose, and who is still asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session
from wtforms import SelectField

from mentorship.rules.lifecycle import State
from mentorship.services import handing_over
from mentorship.services.acquaintance import met_by
from mentorship.store.mentorships import HandOver, Mentorship
from mentorship.store.people import Person
from mentorship.store.queries import offers_open_to
from mentorship.web.forms import PageForm
from mentorship.web.i18n import gettext, lazy_gettext
from mentorship.web.mentorships.sentences import name_of
from mentorship.web.mentorships.sight import Viewer

ON_ITS_WAY = (State.ACTIVE, State.PAUSED)


class SuccessorForm(PageForm):
    """One of the people she may choose among; never a list of everyone."""

    successor = SelectField(
        lazy_gettext("Who could go on from here"),
        description=lazy_gettext("Mentors of this group whom you have met here."),
        validate_choice=False,
    )


@dataclass(frozen=True, slots=True)
class HandingOver:
    """What stands on the pair's page: the form for the mentor, or who is asked by when."""

    asked: HandOver | None
    form: SuccessorForm | None
    successor: str
    may_answer: bool


def handing_over_on(
    session: Session, mentorship: Mentorship, viewer: Viewer, *, at: datetime
) -> HandingOver | None:
    """For the two alone, while the mentorship is on its way."""
    if mentorship.state not in ON_ITS_WAY or viewer not in (Viewer.NEWCOMER, Viewer.MENTOR):
        return None
    asked = handing_over.open_for(session, mentorship)
    if asked is not None:
        hers = viewer is Viewer.NEWCOMER and asked.newcomer_agreed_at is None
        return HandingOver(asked, None, name_of(asked.successor), hers)
    if viewer is Viewer.NEWCOMER:
        return None
    return HandingOver(None, successor_form(session, mentorship, at=at), "", may_answer=False)


def successor_form(session: Session, mentorship: Mentorship, *, at: datetime) -> SuccessorForm:
    """The form, with those she may choose among."""
    form = SuccessorForm(formdata=None)
    form.successor.choices = [("", gettext("Please choose"))] + [
        (each.public_id, each.name) for each in candidates(session, mentorship, at=at)
    ]
    return form


def candidates(session: Session, mentorship: Mentorship, *, at: datetime) -> list[Person]:
    """Approved mentors of the cohort whom the mentor has met here."""
    here = {
        offer.mentor_id for offer in session.scalars(offers_open_to([mentorship.request.cohort_id], at=at))
    }
    but_not = {mentorship.mentor_id, mentorship.newcomer_id}
    return [each for each in met_by(session, mentorship.mentor) if each.id in here - but_not]
