"""Writing to someone without a request: who has nobody yet, who wrote first, or who told of something."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput, TooMany
from mentorship.services import audit, with_coordinators
from mentorship.store.cohorts import Cohort
from mentorship.store.people import Person
from mentorship.web.coordinator.blueprint import bp, cohort_of, page
from mentorship.web.coordinator.people import MessageForm
from mentorship.web.database import session
from mentorship.web.errors import sentence_of, status_of
from mentorship.web.i18n import gettext
from mentorship.web.signed_in import me, now


@bp.get("/<public_id:cohort_id>/members/<public_id:person_id>")
def member(cohort_id: str, person_id: str) -> ResponseReturnValue:
    """Reading it is written down."""
    cohort = cohort_of(cohort_id)
    person = with_coordinators.someone_to_write_to(session, cohort, person_id, me())
    audit.record(
        session, "read_messages", actor=me(), at=now(), kind="person", subject_id=person.id, person=person
    )
    session.commit()
    return _page(cohort, person, MessageForm(formdata=None))


@bp.post("/<public_id:cohort_id>/members/<public_id:person_id>")
def write_member(cohort_id: str, person_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    person = with_coordinators.someone_to_write_to(session, cohort, person_id, me())
    form = MessageForm()
    if not form.validate():
        return _page(cohort, person, form), 422
    try:
        with_coordinators.write(session, cohort, person, me(), form.words.data, at=now())
    except (BadInput, TooMany) as refusal:
        form.words.errors = [sentence_of(refusal)]
        return _page(cohort, person, form), status_of(refusal)
    session.commit()
    flash(gettext("Sent."), "success")
    return redirect(url_for(".member", cohort_id=cohort_id, person_id=person_id), 303)


def _page(cohort: Cohort, person: Person, form: MessageForm) -> str:
    thread = with_coordinators.thread(session, cohort, person)
    return page("member", cohort, person=person, thread=thread, form=form)
