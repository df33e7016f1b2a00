"""What every page of a cohort for its members begins with: the cohort, if she belongs to it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.rules.words import AREAS
from mentorship.services import belonging, calls
from mentorship.store.cohorts import Cohort
from mentorship.store.conversations import Conversation
from mentorship.web.database import session
from mentorship.web.forms import PageForm
from mentorship.web.i18n import speech
from mentorship.web.signed_in import me
from mentorship.web.time_zones import city_of

bp = Blueprint("cohort", __name__, url_prefix="/cohort/<public_id:cohort_id>")


@bp.context_processor
def _words() -> dict[str, object]:
    return {"areas": AREAS, "her_city": city_of(speech().time_zone)}


def cohort_of(cohort_id: str) -> Cohort:
    """The cohort of the address; who does not belong to it gets what an unknown id gets."""
    return belonging.cohort_of(session, cohort_id, me())


def conversation_of(cohort_id: str, conversation_id: str) -> Conversation:
    """The conversation of the address, if she may know of it."""
    return calls.conversation_of(session, cohort_of(cohort_id), conversation_id, me())


def checked() -> None:
    """Refuse a button's form that no page of ours sends."""
    if not PageForm().validate():
        raise BadInput(N_("Something in what your browser sent could not be read."))


def to_cohort(cohort_id: str, said: str) -> ResponseReturnValue:
    """Keep what was done, say so, and show the cohort's page."""
    session.commit()
    flash(said, "success")
    return redirect(url_for("cohort.show", cohort_id=cohort_id), 303)


def to_conversation(cohort_id: str, conversation_id: str, said: str) -> ResponseReturnValue:
    """Keep what was done, say so, and show the conversation's page."""
    session.commit()
    flash(said, "success")
    address = url_for("cohort.conversation", cohort_id=cohort_id, conversation_id=conversation_id)
    return redirect(address, 303)
