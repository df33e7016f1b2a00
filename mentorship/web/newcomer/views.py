"""The newcomer's pages: profile and request, suggestions, waiting."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask import request as sent
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput, NotFound, TooMany
from mentorship.services import known_already, messages, requests
from mentorship.services.profiles import hold, save_profile
from mentorship.services.requests import Standing, cohort_to_ask_in
from mentorship.store.queries import open_request_of
from mentorship.store.requests import Request
from mentorship.web.database import session
from mentorship.web.errors import sentence_of, status_of
from mentorship.web.formats import listed
from mentorship.web.i18n import gettext
from mentorship.web.language_names import languages_to_pick
from mentorship.web.mentorships.question import ReplyForm, question_in
from mentorship.web.newcomer import circle, coordinators, known
from mentorship.web.newcomer.blueprint import bp, mine
from mentorship.web.newcomer.forms import (
    AskForm,
    RequestForm,
    SeenForm,
    WordsForm,
    request_data,
    wish_field,
    wish_form,
    wishes_sent,
)
from mentorship.web.newcomer.waiting import Suggested, needs_of, request_page, suggested_now
from mentorship.web.profile_form import profile_values, put_on_field, wants_more
from mentorship.web.seen import now_otherwise, print_of
from mentorship.web.signed_in import me, now

__all__ = ["bp", "circle", "coordinators", "known"]
bp.add_app_template_global(languages_to_pick)


@bp.get("/request")
def show() -> ResponseReturnValue:
    """Her open request; without one, the page to ask on."""
    request = open_request_of(session, me())
    return _page(request) if request else _form_page(_filled_form(None))


@bp.post("/request")
def open_() -> ResponseReturnValue:
    """Keep her profile and open her request."""
    cohort = cohort_to_ask_in(session, me(), at=now())
    if cohort is None:
        raise NotFound("")
    form = _filled_form(None)
    if wants_more(form):
        return _form_page(form)
    if not form.validate():
        return _form_page(form), 422
    if form.must_ask(_new_words(form, None)):
        return _form_page(form)
    try:
        save_profile(session, me(), profile_values(form), key=_key())
        requests.open_request(
            session, me(), cohort, words=form.words.data, happened_link=form.happened_link.data, at=now()
        )
    except BadInput as refusal:
        return _form_again(form, refusal)
    session.commit()
    return redirect(url_for(".show"), 303)


@bp.get("/request/change")
def change() -> ResponseReturnValue:
    """Her profile and request, to change."""
    return _form_page(_filled_form(mine()))


@bp.post("/request/change")
def save_change() -> ResponseReturnValue:
    hold(session, me())
    request = mine()
    form = _filled_form(request)
    if wants_more(form):
        return _form_page(form)
    if not form.validate():
        return _form_page(form), 422
    if form.must_ask(_new_words(form, request)):
        return _form_page(form)
    stands = request_data(me(), request)
    try:
        save_profile(session, me(), profile_values(form), key=_key())
        requests.change_request(
            session, request, words=form.words.data, happened_link=form.happened_link.data
        )
    except BadInput as refusal:
        return _form_again(form, refusal)
    if form.seen.data and form.seen.data != print_of(stands) != print_of(request_data(me(), request)):
        session.rollback()
        form.seen.data = print_of(stands)
        return _form_page(form, changed=now_otherwise(form, stands)), 409
    return _done(gettext("Saved."))


@bp.post("/request/write")
def write() -> ResponseReturnValue:
    """Send a message to the coordinators of her cohort."""
    request = mine()
    form = WordsForm()
    if not form.validate():
        return _page(request, form), 422
    if form.must_ask(form.words.data):
        return _page(request, form)
    try:
        messages.write_about_request(session, request, me(), form.words.data or "", at=now())
    except (BadInput, TooMany) as refusal:
        session.rollback()
        form.words.errors = [sentence_of(refusal)]
        return _page(mine(), form), status_of(refusal)
    return _done(gettext("Your message is sent."))


@bp.post("/request/wishes")
def wish() -> ResponseReturnValue:
    """Keep her wishes among the mentors she was shown."""
    ranks = wishes_sent(sent.form.items())
    requests.rank_wishes(session, mine(), ranks)
    return _done(gettext("Your wishes are saved. They count in the next round."))


@bp.get("/request/ask/<public_id:mentor>")
def ask(mentor: str) -> ResponseReturnValue:
    """One mentor, with a ready sentence to change or to leave as it is."""
    suggested = _suggested(mine(), mentor)
    return _ask_page(suggested, AskForm(data={"words": _ready_sentence(suggested)}))


@bp.post("/request/ask/<public_id:mentor>")
def send_ask(mentor: str) -> ResponseReturnValue:
    request = mine()
    requests.shown_mentor(session, request, mentor)
    form = AskForm()
    if form.must_ask(form.words.data):
        return _ask_page(_suggested(request, mentor), form)
    try:
        requests.ask(session, request, mentor, words=form.words.data or "", at=now())
    except BadInput as refusal:
        session.rollback()
        put_on_field(form, refusal)
        return _ask_page(_suggested(mine(), mentor), form), 422
    return _done(gettext("Asked."))


@bp.post("/request/take-back")
def take_back() -> ResponseReturnValue:
    """Take the open ask back; the request stays open."""
    requests.take_back(session, mine(), seen=SeenForm().seen, at=now())
    return _done(gettext("You took the ask back. Your turn is kept."))


@bp.get("/request/close")
def close() -> ResponseReturnValue:
    """What closing means, before she does it."""
    return render_template("newcomer/close.html", request_of_hers=mine())


@bp.post("/request/close")
def close_now() -> ResponseReturnValue:
    request = open_request_of(session, me())
    if request is not None:
        requests.withdraw_request(session, request, at=now())
    return _done(gettext("Your request is closed. You can ask again whenever you like."))


@bp.post("/request/go-on")
def go_on() -> ResponseReturnValue:
    """She wants to go on after a lapse or an ending of hers."""
    requests.confirm_again(session, mine(), at=now())
    return _done(gettext("Good. Your request goes on, and your turn is kept."))


def _key() -> bytes:
    return str(current_app.config["SECRET_KEY"]).encode()


def _done(sentence: str) -> ResponseReturnValue:
    session.commit()
    flash(sentence, "success")
    return redirect(url_for(".show"), 303)


def _filled_form(request: Request | None) -> RequestForm:
    data = request_data(me(), request)
    return RequestForm(data=data | {"seen": print_of(data)})


def _new_words(form: RequestForm, request: Request | None) -> str:
    """What a mentor who is asked would read and could not before."""
    told = (form.words.data, request.words if request else ""), (form.about.data, me().about)
    return "\n".join(words or "" for words, before in told if words != before)


def _form_page(form: RequestForm, changed: list[tuple[str, str]] | None = None) -> str:
    """`changed` is what stands now and not in the form, where another tab was quicker."""
    request = open_request_of(session, me())
    cohort = request.cohort if request else cohort_to_ask_in(session, me(), at=now())
    if cohort is None:
        return render_template("newcomer/no_cohort.html")
    is_open = request is not None
    return render_template("newcomer/form.html", form=form, cohort=cohort, is_open=is_open, changed=changed)


def _form_again(form: RequestForm, refusal: BadInput) -> ResponseReturnValue:
    session.rollback()
    put_on_field(form, refusal)
    return _form_page(form), 422


def _page(request: Request, form: WordsForm | None = None) -> str:
    page = request_page(session, request, at=now())
    shown = [each.shown for each in page.suggested]
    drawn = render_template(
        "newcomer/request.html",
        page=page,
        form=form or WordsForm(formdata=None),
        wishes=wish_form(shown),
        wish_field=wish_field,
        Standing=Standing,
        known=known_already.open_for(session, request),
        question=question_in(page.situation.now),
        reply=ReplyForm(formdata=None),
    )
    session.commit()  # who was suggested is written down
    return drawn


def _suggested(request: Request, mentor: str) -> Suggested:
    """The mentor, if she is among the suggestions of now, and may be asked."""
    requests.shown_mentor(session, request, mentor)
    found = suggested_now(session, request, requests.situation(session, request), at=now())
    suggested = next((each for each in found if each.mentor.public_id == mentor), None)
    if suggested is None or not request.cohort.direct_asking:
        raise NotFound("")
    return suggested


def _ask_page(suggested: Suggested, form: AskForm) -> str:
    return render_template("newcomer/ask.html", suggested=suggested, form=form)


def _ready_sentence(suggested: Suggested) -> str:
    needs = needs_of(me())
    if not needs:
        return gettext("Hello %(name)s, would you have time to help me begin?", name=suggested.mentor.name)
    return gettext(
        "Hello %(name)s, would you have time to help me? It is about: %(needs)s.",
        name=suggested.mentor.name,
        needs=listed(needs),
    )
