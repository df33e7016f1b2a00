"""What a conversation gave: takeaways, a sentence to be quoted, and their publishing."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput
from mentorship.services import takeaways
from mentorship.web.cohort.blueprint import bp, checked, conversation_of, to_conversation
from mentorship.web.cohort.conversations import page
from mentorship.web.cohort.forms import QuoteForm, WordsForm
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.profile_form import put_on_field
from mentorship.web.signed_in import me, now


@bp.post("/conversations/<public_id:conversation_id>/takeaways")
def add_takeaway(cohort_id: str, conversation_id: str) -> ResponseReturnValue:
    found, form = conversation_of(cohort_id, conversation_id), WordsForm()
    if not form.validate():
        return page(found, words_form=form), 422
    try:
        takeaways.add(session, found, me(), form.words.data, at=now())
    except BadInput as refusal:
        session.rollback()
        put_on_field(form, refusal)
        return page(conversation_of(cohort_id, conversation_id), words_form=form), 422
    return to_conversation(cohort_id, conversation_id, gettext("Kept. A coordinator publishes takeaways."))


@bp.post("/conversations/<public_id:conversation_id>/takeaways/<public_id:takeaway_id>")
def change_takeaway(cohort_id: str, conversation_id: str, takeaway_id: str) -> ResponseReturnValue:
    found, form = conversation_of(cohort_id, conversation_id), WordsForm()
    takeaway = takeaways.takeaway_of(session, found, takeaway_id, me(), hers=True)
    if not form.validate():
        return page(found, changed=(takeaway_id, form)), 422
    takeaways.change(session, takeaway, me(), form.words.data)
    return to_conversation(cohort_id, conversation_id, gettext("Saved."))


@bp.post("/conversations/<public_id:conversation_id>/takeaways/<public_id:takeaway_id>/remove")
def remove_takeaway(cohort_id: str, conversation_id: str, takeaway_id: str) -> ResponseReturnValue:
    found = conversation_of(cohort_id, conversation_id)
    takeaway = takeaways.takeaway_of(session, found, takeaway_id, me())
    checked()
    takeaways.remove(session, takeaway, me(), at=now())
    return to_conversation(cohort_id, conversation_id, gettext("Removed."))


@bp.post("/conversations/<public_id:conversation_id>/publish")
def publish(cohort_id: str, conversation_id: str) -> ResponseReturnValue:
    return _publish(cohort_id, conversation_id, published=True)


@bp.post("/conversations/<public_id:conversation_id>/unpublish")
def unpublish(cohort_id: str, conversation_id: str) -> ResponseReturnValue:
    return _publish(cohort_id, conversation_id, published=False)


@bp.post("/conversations/<public_id:conversation_id>/quote")
def let_quote(cohort_id: str, conversation_id: str) -> ResponseReturnValue:
    found, form = conversation_of(cohort_id, conversation_id), QuoteForm()
    if not form.validate():
        return page(found, quote_form=form), 422
    takeaways.let_quote(session, found, me(), form.words.data, with_name=form.with_name.data, at=now())
    said = gettext("Thank you. You can take it back at any time.")
    return to_conversation(cohort_id, conversation_id, said)


@bp.post("/conversations/<public_id:conversation_id>/quote/take-back")
def take_back_quote(cohort_id: str, conversation_id: str) -> ResponseReturnValue:
    found = conversation_of(cohort_id, conversation_id)
    checked()
    takeaways.take_back_quote(session, found, me())
    said = gettext("Taken back. The sentence is gone, from the poster too.")
    return to_conversation(cohort_id, conversation_id, said)


def _publish(cohort_id: str, conversation_id: str, *, published: bool) -> ResponseReturnValue:
    found = conversation_of(cohort_id, conversation_id)
    checked()
    takeaways.publish(session, found, me(), published=published, at=now())
    said = (
        gettext("Published: members of the cohort read the takeaways now.")
        if published
        else gettext("No longer published. The takeaways can be changed again.")
    )
    return to_conversation(cohort_id, conversation_id, said)
