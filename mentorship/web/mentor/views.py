"""The mentor's pages: offer, asks, newcomers."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput, NotFound
from mentorship.services import away, known_already, offers, second_person
from mentorship.services.profiles import hold, save_profile
from mentorship.store.cohorts import Cohort
from mentorship.store.offers import Offer
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.mentor.forms import AwayForm, KnownForm, OfferForm, offer_data
from mentorship.web.mentor.page import approval_sentence, asks_of, pairs_of, past_of
from mentorship.web.mentorships.forms import end_of_day
from mentorship.web.navigation import NavItem, provide_navigation
from mentorship.web.profile_form import profile_values, put_on_field, wants_more
from mentorship.web.seen import now_otherwise, print_of
from mentorship.web.signed_in import is_signed_in, me, now

bp = Blueprint("mentor", __name__, url_prefix="/mentor")


@bp.get("")
def home() -> ResponseReturnValue:
    offer = offers.offer_of(session, me())
    if offer is None:
        return redirect(url_for(".offer"), 303)
    return _home(offer, AwayForm(formdata=None))


@bp.get("/conduct")
def conduct() -> ResponseReturnValue:
    return render_template("mentor/conduct.html")


@bp.get("/offer")
def offer() -> ResponseReturnValue:
    data = _stands()
    return _offer_page(OfferForm(formdata=None, data=data | {"seen": print_of(data)}), _cohorts())


@bp.post("/offer")
def save_offer() -> ResponseReturnValue:
    hold(session, me())
    form, cohorts = OfferForm(), _cohorts()
    form.offer_places_in(cohorts)
    if wants_more(form):
        return _offer_page(form, cohorts)
    if not form.validate():
        return _offer_page(form, cohorts), 422
    stands = _stands()
    if form.must_ask(_new_words(form, stands)):
        return _offer_page(form, cohorts)
    try:
        _save(form, cohorts)
    except BadInput as refusal:
        session.rollback()
        put_on_field(form, refusal)
        return _offer_page(form, _cohorts()), 422
    if form.seen.data and form.seen.data != print_of(stands) != print_of(_stands()):
        session.rollback()
        form.seen.data = print_of(stands)
        return _offer_page(form, _cohorts(), changed=now_otherwise(form, stands)), 409
    session.commit()
    flash(gettext("Saved."), "success")
    return redirect(url_for(".home"), 303)


@bp.post("/away")
def go_away() -> ResponseReturnValue:
    form, made = AwayForm(), _my_offer()
    if not form.validate():
        return _home(made, form), 422
    try:
        until = end_of_day(form.until.data, "until")
        passed_on = away.go_away(session, made, until, at=now()) if until else 0
    except BadInput as refusal:
        session.rollback()
        put_on_field(form, refusal)
        return _home(_my_offer(), form), 422
    session.commit()
    flash(gettext("You are away. Nobody asks you until then."), "success")
    if passed_on:
        flash(gettext("What you had not answered yet goes on to others now."), "notice")
    return redirect(url_for(".home"), 303)


@bp.post("/back")
def come_back() -> ResponseReturnValue:
    away.come_back(session, _my_offer(), at=now())
    session.commit()
    flash(gettext("Welcome back. You may be asked again."), "success")
    return redirect(url_for(".home"), 303)


@bp.post("/known")
def known() -> ResponseReturnValue:
    """The word a newcomer gave her: why it is not good is never said."""
    made, form = _my_offer(), KnownForm()
    if not form.validate():
        return _home(made, AwayForm(formdata=None), form), 422
    try:
        known_already.take_up(session, me(), form.word.data or "", at=now())
    except BadInput as refusal:
        session.rollback()
        put_on_field(form, refusal)
        return _home(_my_offer(), AwayForm(formdata=None), form), 422
    offers.heard_from(session, me().id)
    session.commit()
    flash(gettext("Thank you. The newcomer is asked whether it is so; with a yes you are a pair."), "success")
    return redirect(url_for(".home"), 303)


@bp.post("/leave")
def leave() -> ResponseReturnValue:
    """One step, without a reason; a second click finds nothing left to do."""
    made = offers.offer_of(session, me())
    if made is not None:
        away.leave_as_mentor(session, made, at=now())
        session.commit()
    flash(gettext("You no longer mentor here. Thank you for the time you gave."), "success")
    return redirect(url_for("pages.home"), 303)


def _save(form: OfferForm, cohorts: list[Cohort]) -> None:
    person, at = me(), now()
    key = current_app.config["SECRET_KEY"].encode()
    save_profile(session, person, profile_values(form), key=key)
    made = offers.offer_of(session, person)
    vouched_by = form.vouched_by.data or ""
    if made is None:
        offers.make_offer(
            session, person, vouched_by=vouched_by,
            agrees_to_conduct=form.agrees_to_conduct.data, at=at, **form.values(cohorts),
        )  # fmt: skip
        return
    offers.change_offer(session, made, **form.values(cohorts))
    offers.apply_again(session, made, vouched_by=vouched_by, at=at)


def _new_words(form: OfferForm, stands: dict[str, Any]) -> str:
    """What newcomers would read and could not before."""
    told = {"statement": form.statement.data or "", "about": form.about.data or ""}
    return "\n".join(words for name, words in told.items() if words != stands.get(name))


def _my_offer() -> Offer:
    made = offers.offer_of(session, me())
    if made is None:
        raise NotFound("")
    return made


def _cohorts() -> list[Cohort]:
    return offers.cohorts_open_to(session, me())


def _stands() -> dict[str, Any]:
    """What the page of her offer shows as it stands."""
    made = offers.offer_of(session, me())
    return offer_data(me(), made, offers.approval_of(session, me().id))


def _offer_page(form: OfferForm, cohorts: list[Cohort], changed: list[tuple[str, str]] | None = None) -> str:
    """`changed` is what stands now and not in the form, where another tab was quicker."""
    form.offer_places_in(cohorts)
    person = me()
    made = offers.offer_of(session, person)
    approval = offers.approval_of(session, person.id) if made else None
    stands = approval_sentence(person, made, approval, at=now()) if made else ""
    return render_template(
        "mentor/offer.html", form=form, cohorts=cohorts, is_new=made is None, stands=stands, changed=changed
    )


def _home(made: Offer, form: AwayForm, known_form: KnownForm | None = None) -> str:
    person, at = me(), now()
    approval = offers.approval_of(session, person.id)
    return render_template(
        "mentor/home.html",
        offer=made,
        is_away=made.away_until is not None and made.away_until > at,
        is_approved=approval is not None and approval.state == "live",
        stands=approval_sentence(person, made, approval, at=at),
        places=offers.places_of(session, person.id),
        asks=asks_of(person, at=at),
        pairs=pairs_of(person),
        backed=second_person.pairs_backed_by(session, person),
        past=past_of(person),
        form=form,
        known_form=known_form or KnownForm(formdata=None),
    )


@bp.record_once
def _offer_links(state: BlueprintSetupState) -> None:
    provide_navigation(cast(Flask, state.app), _links)


def _links() -> list[NavItem]:
    if is_signed_in() and offers.offer_of(session, me()) is not None:
        return [NavItem(gettext("Mentoring"), url_for("mentor.home"))]
    return []
