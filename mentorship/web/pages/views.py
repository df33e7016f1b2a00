"""The landing page, home, and the pages anyone may read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from flask import Blueprint, Flask, abort, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mentorship.config import Config
from mentorship.rules.deadlines import REPORT_READ_DAYS
from mentorship.rules.helped import HELPED, Occasion
from mentorship.services import (
    acquaintance,
    belonging,
    calls,
    handing_over,
    helper_question,
    inbox,
    onward,
    safety,
)
from mentorship.services import home as homes
from mentorship.store.cohorts import Cohort
from mentorship.store.people import Person
from mentorship.store.safety import Report
from mentorship.web import formats
from mentorship.web.converters import is_public_id
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.mentorships.asked import asked_at_home
from mentorship.web.navigation import NavItem, provide_navigation
from mentorship.web.notices import answered_at, places_of, sentence_of
from mentorship.web.pages.forms import HelperForm, ReportForm
from mentorship.web.pages.kept import what_is_kept
from mentorship.web.signed_in import is_signed_in, me, now

bp = Blueprint("pages", __name__)


@bp.get("/")
def landing() -> ResponseReturnValue:
    if is_signed_in():
        return redirect(url_for(".home"), 303)
    config = _config()
    return render_template(
        "pages/landing.html", who_it_is_for=gettext(config.WHO_IT_IS_FOR), is_open=config.OPEN_JOINING
    )


@bp.get("/home")
def home() -> ResponseReturnValue:
    told = inbox.notices_of(session, me())
    question = helper_question.due_for(session, me())
    asks_now = question is not None and question.occasion is not Occasion.JOINING
    at_home = homes.at_home(session, me(), at=now())
    return render_template(
        "pages/home.html",
        person=me(),
        at_home=at_home,
        cohorts=_cohorts(),
        hand_overs=handing_over.asked_of(session, me()),
        check_ins=asked_at_home(at_home, me()),
        notices=[
            (notice, sentence_of(notice), answered_at(notice), place)
            for notice, place in zip(told, places_of(session, told), strict=True)
        ],
        helper_form=HelperForm() if asks_now else None,
        invited=onward.invitation_for(session, me()),
    )


@bp.post("/home/read")
def mark_read() -> ResponseReturnValue:
    stood_there = filter(is_public_id, request.form.get("seen", "").split())
    inbox.mark_read(session, me(), list(stood_there)[: inbox.MOST], at=now())
    session.commit()
    return redirect(url_for(".home"), 303)


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    return render_template("pages/privacy.html", kept=what_is_kept())


@bp.get("/help")
def help() -> ResponseReturnValue:  # noqa: A001 - the word of the page
    form = ReportForm(about=request.args.get("about", ""))
    return _help_page(form)


@bp.post("/help")
def tell() -> ResponseReturnValue:
    """Never limited, and open to whoever has no account."""
    form = ReportForm()
    people = _people_met()
    form.offer({key: person.name for key, person in people.items()})
    if not form.validate():
        return _help_page(form), 422
    by = me() if is_signed_in() else None
    made = safety.report(session, form.words.data, by=by, about=people.get(form.about.data), at=now())
    session.commit()
    flash(gettext("Thank you for telling. It is with someone who reads it now."), "success")
    return redirect(url_for(".report", public_id=made.public_id), 303)


@bp.get("/help/<public_id:public_id>")
def report(public_id: str) -> ResponseReturnValue:
    """How far a report has come; its words stand nowhere on the page."""
    made = session.scalar(select(Report).where(Report.public_id == public_id))
    if made is None:
        abort(404)
    return render_template("pages/report.html", report=made, by=_read_by(made.made_at))


@bp.get("/helped")
def helped() -> ResponseReturnValue:
    form = HelperForm() if helper_question.due_for(session, me()) else None
    return render_template("pages/helped.html", form=form)


@bp.post("/helped")
def answer() -> ResponseReturnValue:
    row = helper_question.due_for(session, me())
    if row is None:  # she has answered already, perhaps by a second click
        return redirect(url_for(".helped"), 303)
    form = HelperForm()
    if not form.validate():
        return render_template("pages/helped.html", form=form), 422
    by = helper_question.answer(
        session, row, form.helped.data, form.still.data,
        at=now(), helper_name=form.helper_name.data or "", year=form.year.data,
    )  # fmt: skip
    session.commit()
    flash(_thanks(by), "success")
    return redirect(url_for("lineage.records" if form.helped.data in HELPED else ".home"), 303)


@bp.record_once
def _offer_links(state: BlueprintSetupState) -> None:
    provide_navigation(cast(Flask, state.app), _links)


def _links() -> list[NavItem]:
    if is_signed_in():
        return [NavItem(gettext("My pages"), url_for("pages.home"))]
    return [
        NavItem(gettext("Sign in"), url_for("auth.sign_in")),
        NavItem(gettext("Something is wrong"), url_for("pages.help")),
    ]


def _cohorts() -> list[tuple[Cohort, datetime | None]]:
    """The cohorts she belongs to, with the beginning of the next conversation."""
    found = belonging.cohorts_of(session, me())
    return [(one, _next_conversation(one)) for one in found]


def _next_conversation(cohort: Cohort) -> datetime | None:
    coming = calls.coming(session, cohort, me(), at=now())
    return coming[0].starts_at if coming else None


def _thanks(by: datetime | None) -> str:
    if by is None:
        return gettext("Thank you. Your answer is kept for you alone; others see counts only.")
    return gettext("Thank you for telling. A coordinator will write to you by %(day)s.", day=formats.day(by))


def _people_met() -> dict[str, Person]:
    met = acquaintance.met_by(session, me()) if is_signed_in() else []
    return {person.public_id: person for person in met}


def _help_page(form: ReportForm) -> str:
    people = {key: person.name for key, person in _people_met().items()}
    form.offer(people)
    return render_template(
        "pages/help.html",
        form=form,
        knows_people=bool(people),
        by=_read_by(now()),
        outside_contact=_config().OUTSIDE_CONTACT,
    )


def _read_by(told_at: datetime) -> datetime:
    return told_at + timedelta(days=REPORT_READ_DAYS)


def _config() -> Config:
    config: Config = current_app.config["MENTORSHIP"]
    return config
