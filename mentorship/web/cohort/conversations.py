"""A conversation: hosted, signed up for, moved, cancelled, attended."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from mentorship.rules.conversations import PROMPTS, PROMPTS_OF
from mentorship.rules.errors import BadInput
from mentorship.rules.helped import FEWEST_SHOWN
from mentorship.services import belonging, calls, conversations, takeaways
from mentorship.store.conversations import Conversation, Takeaway
from mentorship.web.cohort.blueprint import bp, checked, cohort_of, conversation_of, to_conversation
from mentorship.web.cohort.forms import HostForm, QuoteForm, WordsForm, host_data, quote_data
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.profile_form import put_on_field
from mentorship.web.signed_in import me, now


@bp.get("/host")
def host(cohort_id: str) -> ResponseReturnValue:
    return _host_page(cohort_id, HostForm(formdata=None))


@bp.post("/host")
def host_now(cohort_id: str) -> ResponseReturnValue:
    cohort, form = cohort_of(cohort_id), HostForm()
    if not form.validate():
        return _host_page(cohort_id, form), 422
    try:
        made = conversations.host(
            session, cohort, me(), starts_at=form.moment(), link=form.link.data or "", at=now()
        )
    except BadInput as refusal:
        session.rollback()
        put_on_field(form, refusal)
        return _host_page(cohort_id, form), 422
    return to_conversation(cohort_id, made.public_id, gettext("Thank you. Members can sign up now."))


@bp.get("/conversations/<public_id:conversation_id>")
def conversation(cohort_id: str, conversation_id: str) -> ResponseReturnValue:
    return page(conversation_of(cohort_id, conversation_id))


@bp.post("/conversations/<public_id:conversation_id>/sign-up")
def sign_up(cohort_id: str, conversation_id: str) -> ResponseReturnValue:
    found = conversation_of(cohort_id, conversation_id)
    checked()
    conversations.sign_up(session, found, me(), at=now())
    said = gettext("You are signed up. You are reminded a day before.")
    return to_conversation(cohort_id, conversation_id, said)


@bp.post("/conversations/<public_id:conversation_id>/take-back")
def take_back(cohort_id: str, conversation_id: str) -> ResponseReturnValue:
    found = conversation_of(cohort_id, conversation_id)
    checked()
    conversations.take_back(session, found, me())
    return to_conversation(cohort_id, conversation_id, gettext("Taken back. No reason is owed."))


@bp.post("/conversations/<public_id:conversation_id>/attended")
def attended(cohort_id: str, conversation_id: str) -> ResponseReturnValue:
    found = conversation_of(cohort_id, conversation_id)
    checked()
    conversations.attended(session, found, me(), at=now())
    return to_conversation(cohort_id, conversation_id, gettext("Thank you. Others see counts only."))


@bp.post("/conversations/<public_id:conversation_id>/change")
def change(cohort_id: str, conversation_id: str) -> ResponseReturnValue:
    found, form = conversation_of(cohort_id, conversation_id), HostForm()
    if not form.validate():
        return page(found, host_form=form), 422
    try:
        conversations.change(
            session, found, me(),
            starts_at=form.moment(), link=form.link.data or "", seen=form.seen(), at=now(),
        )  # fmt: skip
    except BadInput as refusal:
        session.rollback()
        put_on_field(form, refusal)
        return page(conversation_of(cohort_id, conversation_id), host_form=form), 422
    said = gettext("Saved. If the time changed, those who signed up are told.")
    return to_conversation(cohort_id, conversation_id, said)


@bp.post("/conversations/<public_id:conversation_id>/cancel")
def cancel(cohort_id: str, conversation_id: str) -> ResponseReturnValue:
    found = conversation_of(cohort_id, conversation_id)
    checked()
    conversations.cancel(session, found, me(), at=now())
    said = gettext("Cancelled. Those who signed up are told.")
    return to_conversation(cohort_id, conversation_id, said)


def page(
    found: Conversation,
    *,
    host_form: HostForm | None = None,
    words_form: WordsForm | None = None,
    quote_form: QuoteForm | None = None,
    changed: tuple[str, WordsForm] | None = None,
) -> str:
    """A conversation as she may see it; a form that came back keeps what was typed."""
    person, at = me(), now()
    runs = calls.runs(session, found, person)
    is_over = found.starts_at <= at
    came = calls.count(session, found, attended=is_over)
    quote = takeaways.quote_of(session, found, person)
    return render_template(
        "cohort/conversation.html",
        cohort=found.cohort,
        conversation=found,
        person=person,
        runs=runs,
        coordinates=belonging.coordinates(session, found.cohort, person),
        is_over=is_over,
        is_hers=found.host_id == person.id,
        mine=calls.participation_of(session, found, person),
        was_there=takeaways.was_there(session, found, person),
        came=came if came >= FEWEST_SHOWN else None,
        prompts=[*PROMPTS, *PROMPTS_OF[found.area]],
        takeaways=takeaways.takeaways_of(session, found, person),
        quote=quote,
        host_form=host_form or HostForm(formdata=None, data=host_data(found)),
        words_form=words_form or WordsForm(formdata=None),
        quote_form=quote_form or QuoteForm(formdata=None, data=quote_data(quote)),
        change_form=_change_form(changed),
    )


def _change_form(changed: tuple[str, WordsForm] | None) -> Callable[[Takeaway], WordsForm]:
    """The form of each takeaway, its field named apart; one that came back keeps what was typed."""

    def form(one: Takeaway) -> WordsForm:
        came_back = changed is not None and changed[0] == one.public_id
        made = changed[1] if changed and came_back else WordsForm(formdata=None, data={"words": one.words})
        made.words.id = f"words-{one.public_id}"
        return made

    return form


def _host_page(cohort_id: str, form: HostForm) -> str:
    cohort = cohort_of(cohort_id)
    back = url_for(".show", cohort_id=cohort_id)
    return render_template("cohort/host.html", cohort=cohort, form=form, back=back, person=me())
