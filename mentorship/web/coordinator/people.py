"""People and pairs of a cohort; one newcomer's request: messages, and looking for a mentor with her."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from mentorship.rules.errors import BadInput, TooMany
from mentorship.services import audit, by_hand, cohorts, messages, numbers, recognitions, with_coordinators
from mentorship.services.mentorships import open_mentorship_of
from mentorship.services.to_invite import people_to_invite
from mentorship.store.cohorts import Cohort
from mentorship.store.requests import Request, RequestState
from mentorship.web.cards import newcomer_card
from mentorship.web.coordinator.blueprint import bp, checked, cohort_of, page
from mentorship.web.database import session
from mentorship.web.errors import sentence_of, status_of
from mentorship.web.forms import PageForm
from mentorship.web.i18n import gettext, lazy_gettext
from mentorship.web.reasons import reason_sentences
from mentorship.web.signed_in import me, now


class MessageForm(PageForm):
    words = TextAreaField(lazy_gettext("Your message"), [DataRequired(), Length(max=messages.LONGEST)])


class MentorForm(PageForm):
    mentor = StringField(validators=[InputRequired(), Length(max=64)])


@bp.get("/<public_id:cohort_id>/people")
def people(cohort_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    return page(
        "people",
        cohort,
        waiting=numbers.waiting_in(session, cohort, viewer=me()),
        pairs=numbers.pairs_in(session, cohort, viewer=me()),
        mentors=numbers.mentors_in(session, cohort, at=now()),
        to_thank=recognitions.members_to_thank(session, me(), cohort.id),
        to_invite=people_to_invite(session, cohort, viewer=me()),
    )


@bp.get("/<public_id:cohort_id>/requests/<public_id:request_id>")
def request(cohort_id: str, request_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    found = cohorts.request_of(session, cohort, request_id, me())
    audit.record(
        session,
        "read_request",
        actor=me(),
        at=now(),
        kind="request",
        subject_id=found.id,
        person=found.newcomer,
    )
    session.commit()
    return _page(cohort, found, MessageForm(formdata=None))


@bp.post("/<public_id:cohort_id>/requests/<public_id:request_id>/messages")
def write(cohort_id: str, request_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    found = cohorts.request_of(session, cohort, request_id, me())
    form = MessageForm()
    if not form.validate():
        return _page(cohort, found, form), 422
    try:
        messages.write_about_request(session, found, me(), form.words.data, at=now())
    except (BadInput, TooMany) as refusal:
        form.words.errors = [sentence_of(refusal)]
        return _page(cohort, found, form), status_of(refusal)
    session.commit()
    flash(gettext("Sent."), "success")
    return redirect(url_for(".request", cohort_id=cohort_id, request_id=request_id), 303)


@bp.post("/<public_id:cohort_id>/requests/<public_id:request_id>/propose")
def propose(cohort_id: str, request_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    found = cohorts.request_of(session, cohort, request_id, me())
    form = MentorForm()
    checked(form)
    by_hand.propose_by_hand(session, found, form.mentor.data, by=me(), at=now())
    session.commit()
    flash(gettext("Asked. Both have been told by when the answer comes."), "success")
    return redirect(url_for(".request", cohort_id=cohort_id, request_id=request_id), 303)


@bp.post("/<public_id:cohort_id>/requests/<public_id:request_id>/settle")
def settle(cohort_id: str, request_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    found = cohorts.request_of(session, cohort, request_id, me())
    checked(PageForm())
    by_hand.settle(session, found)
    session.commit()
    return redirect(url_for(".today", cohort_id=cohort_id), 303)


def _page(cohort: Cohort, found: Request, form: MessageForm) -> str:
    mentorship = open_mentorship_of(session, found.newcomer)
    is_waiting = found.state is RequestState.OPEN and mentorship is None and not found.confirm_again
    candidates = by_hand.candidates(session, found, viewer=me(), at=now()) if is_waiting else []
    before = with_coordinators.thread(session, cohort, found.newcomer)
    thread = [*before, *messages.thread_of_request(session, found)]
    return page(
        "request",
        cohort,
        request_=found,
        wanted=newcomer_card(found.newcomer),
        thread=sorted(thread, key=lambda each: (each.at, each.id)),
        form=form,
        mentorship=mentorship,
        is_waiting=is_waiting,
        candidates=[(each, reason_sentences(each.reasons.terms, wish=True)) for each in candidates],
    )
