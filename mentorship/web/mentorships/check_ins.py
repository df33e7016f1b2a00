"""Her answer to “Are you in touch?”: one click."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mentorship.rules.errors import NotFound, WrongState
from mentorship.rules.marking import N_
from mentorship.services import check_ins
from mentorship.store.together import CheckIn, CheckInAnswer
from mentorship.web.database import session
from mentorship.web.errors import sentence_of
from mentorship.web.i18n import gettext
from mentorship.web.mentorships.asked import CheckInForm, asked_with
from mentorship.web.mentorships.blueprint import bp, done, for_the_two, load
from mentorship.web.mentorships.page import pair_page
from mentorship.web.signed_in import me, now

THANKS: dict[CheckInAnswer, str] = {
    CheckInAnswer.YES: N_("Thank you. Good that you are in touch."),
    CheckInAnswer.ELSEWHERE: N_("Thank you. Nobody will look for messages here."),
    CheckInAnswer.NOT_YET: N_("Thank you. It is nobody's fault; one sentence is enough to begin."),
    CheckInAnswer.SOMEONE_ELSE: N_("Thank you. A coordinator who is not involved knows; nobody else does."),
    CheckInAnswer.SOMETHING_WRONG: N_("Thank you for telling. It is with someone who reads it now."),
}


@bp.post("/<public_id:public_id>/check-in")
def check_in(public_id: str) -> ResponseReturnValue:
    mentorship, viewer = load(public_id)
    for_the_two(viewer)
    form, person = CheckInForm(), me()
    valid, given = form.validate(), _given(form)
    if given is None or form.day.errors:
        changed = gettext("Please choose one of the answers.")
        return pair_page(mentorship, viewer, person, at=now(), changed=changed), 422
    if not valid:
        again = asked_with(mentorship, person, form)
        return pair_page(mentorship, viewer, person, at=now(), asked=again), 422
    row = session.scalar(
        select(CheckIn).where(
            CheckIn.mentorship_id == mentorship.id,
            CheckIn.person_id == person.id,
            CheckIn.day == form.day.data,
        )
    )
    if row is None:
        raise NotFound("")
    try:
        check_ins.answer(session, row, given, by=person, at=now(), words=form.wrong.data or "")
    except WrongState as refusal:
        session.rollback()
        return pair_page(mentorship, viewer, person, at=now(), changed=sentence_of(refusal)), 409
    return done(public_id, gettext(THANKS[given]))


def _given(form: CheckInForm) -> CheckInAnswer | None:
    return next((each for each in CheckInAnswer if each == form.answer.data), None)
