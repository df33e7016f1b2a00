"""Joining, signing in and out, recovery."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import select

from mentorship.config import Config
from mentorship.rules.errors import BadInput
from mentorship.services import accounts, addresses, helper_question
from mentorship.services.accounts import NewAccount
from mentorship.store.cohorts import Cohort, CohortMember
from mentorship.store.engine import begin_reading
from mentorship.store.people import Person
from mentorship.store.queries import coordinators_of
from mentorship.web import limits
from mentorship.web.auth.forms import JoinForm, RecoverForm, SignInForm
from mentorship.web.database import session
from mentorship.web.errors import sentence_of
from mentorship.web.headers import redirect_back
from mentorship.web.i18n import gettext, speech
from mentorship.web.signed_in import end_session, is_signed_in, me, now, start_session

bp = Blueprint("auth", __name__)


@bp.get("/join")
def join_open() -> ResponseReturnValue:
    """Only where the site lets anyone join: into the cohort that is always open."""
    open_ended = select(Cohort).where(Cohort.ends_on.is_(None)).order_by(Cohort.id).limit(1)
    cohort = session.scalar(open_ended) if _config().OPEN_JOINING else None
    if cohort is None:
        abort(404)
    return redirect(url_for(".join", token=cohort.joining_token), 303)


@bp.get("/join/<public_id:token>")
def join(token: str) -> ResponseReturnValue:
    return _join_page(_cohort_behind(token), JoinForm())


@bp.post("/join/<public_id:token>")
def join_now(token: str) -> ResponseReturnValue:
    cohort, form = _cohort_behind(token), JoinForm()
    if is_signed_in():
        return redirect(url_for(".join", token=token), 303)
    if not form.validate():
        return _join_page(cohort, form), 422
    here = [("sign-up", limits.address())]
    limits.check(limits.SIGN_UPS, here)
    limits.count(limits.SIGN_UPS, here)
    try:
        person, code = _join(cohort, form)
    except BadInput as refusal:
        session.rollback()
        form.sign_in_name.errors = [sentence_of(refusal)]
        return _join_page(cohort, form), 422
    _start(person, form.sign_in_name.data, own_device=form.own_device.data)
    session.commit()
    return render_template("auth/code.html", code=code, joined=True)


@bp.post("/join/<public_id:token>/too")
def join_too(token: str) -> ResponseReturnValue:
    """Somebody who has an account joins this cohort as well."""
    cohort = _cohort_behind(token)
    accounts.join_cohort(session, me(), cohort, at=now())
    session.commit()
    flash(gettext("You have joined %(cohort)s.", cohort=cohort.name), "success")
    return redirect(url_for("pages.home"), 303)


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    if is_signed_in():
        return redirect_back(request.args.get("next"), url_for("pages.home"))
    return render_template("auth/sign_in.html", form=SignInForm(next=request.args.get("next", "")))


@bp.post("/sign-in")
def sign_in_now() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate():
        return render_template("auth/sign_in.html", form=form), 422
    keys = limits.at_sign_in(form.sign_in_name.data)
    limits.check(limits.FAILURES, keys)
    begin_reading(session)  # hashing takes its time, and no writer must wait for it
    person = accounts.person_with(session, form.sign_in_name.data, form.password.data)
    session.commit()
    if person is None:
        limits.count(limits.FAILURES, keys)
        form.form_errors = [gettext("This sign-in name and this password do not belong together.")]
        return render_template("auth/sign_in.html", form=form), 422
    _start(person, form.sign_in_name.data, own_device=form.own_device.data)
    session.commit()
    return redirect_back(form.next.data, url_for("pages.home"))


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    end_session()
    session.commit()
    flash(gettext("You are signed out."), "success")
    return redirect(url_for("pages.landing"), 303)


@bp.get("/recover")
def recover() -> ResponseReturnValue:
    return render_template("auth/recover.html", form=RecoverForm())


@bp.post("/recover")
def recover_now() -> ResponseReturnValue:
    form = RecoverForm()
    if not form.validate():
        return render_template("auth/recover.html", form=form), 422
    name = form.sign_in_name.data
    keys = limits.at_sign_in(name)
    limits.check(limits.FAILURES, keys)
    found = accounts.recover(session, name, form.code.data, form.password.data, at=now())
    if found is None:
        limits.count(limits.FAILURES, keys)
        form.form_errors = [gettext("This sign-in name and this recovery code do not belong together.")]
        return render_template("auth/recover.html", form=form), 422
    person, code = found
    _start(person, name, own_device=False)
    session.commit()
    return render_template("auth/code.html", code=code, joined=False)


def _join(cohort: Cohort, form: JoinForm) -> tuple[Person, str]:
    new = NewAccount(
        sign_in_name=form.sign_in_name.data,
        password=form.password.data,
        name=form.name.data,
        locale=speech().language,
        time_zone=form.time_zone.data,
    )
    at = now()
    person, code = accounts.join(session, cohort, new, at=at, key=current_app.config["SECRET_KEY"].encode())
    if form.email.data:
        addresses.add(session, person, form.email.data, at=at)
    row = helper_question.ask_at_joining(session, person, at=at)
    if form.helped.data:
        helper_question.answer(
            session, row, form.helped.data, None,
            at=at, helper_name=form.helper_name.data, year=form.year.data,
        )  # fmt: skip
    return person, code


def _start(person: Person, sign_in_name: str, *, own_device: bool) -> None:
    config = _config()
    hours = config.OWN_DEVICE_DAYS * 24 if own_device else config.SESSION_HOURS
    start_session(person, own_device=own_device, hours=hours)
    limits.remember_device(sign_in_name)


def _cohort_behind(token: str) -> Cohort:
    cohort = session.scalar(select(Cohort).where(Cohort.joining_token == token))
    if cohort is None:
        abort(404)
    return cohort


def _join_page(cohort: Cohort, form: JoinForm) -> str:
    people = coordinators_of(session, cohort.id)
    coordinators = [Markup("<bdi>{}</bdi>").format(person.name) for person in people]
    is_member = is_signed_in() and session.get(CohortMember, (cohort.id, me().id)) is not None
    return render_template(
        "auth/join.html",
        cohort=cohort, coordinators=coordinators, form=form, is_signed_in=is_signed_in(), is_member=is_member,
        who_it_is_for=gettext(_config().WHO_IT_IS_FOR),
    )  # fmt: skip


def _config() -> Config:
    config: Config = current_app.config["MENTORSHIP"]
    return config
