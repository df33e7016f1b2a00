"""Today: what needs the coordinator, each with the one act that settles it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import StringField
from wtforms.validators import AnyOf

from mentorship.rules.errors import NotFound
from mentorship.rules.lifecycle import Action, Party, State
from mentorship.services import audit, cohorts, mentorships, safety
from mentorship.services import today as todays
from mentorship.store.mentorships import Mentorship
from mentorship.store.requests import Request
from mentorship.web.coordinator.blueprint import VersionForm, bp, checked, cohort_of, page
from mentorship.web.database import session
from mentorship.web.forms import PageForm
from mentorship.web.i18n import gettext
from mentorship.web.signed_in import me, now


class ReportForm(PageForm):
    act = StringField(validators=[AnyOf(["read", "close"])])


@bp.get("/")
def index() -> ResponseReturnValue:
    mine = cohorts.cohorts_of(session, me())
    if len(mine) == 1:
        return redirect(url_for(".today", cohort_id=mine[0].public_id), 303)
    waiting = [(cohort, len(todays.today(session, cohort, viewer=me(), at=now()))) for cohort in mine]
    return render_template("coordinator/index.html", cohorts=waiting)


@bp.get("/<public_id:cohort_id>/")
def today(cohort_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    items = todays.today(session, cohort, viewer=me(), at=now())
    return page("today", cohort, items=items)


@bp.get("/<public_id:cohort_id>/reports/<public_id:report_id>")
def report(cohort_id: str, report_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    found = todays.report_of(session, cohort, report_id, viewer=me())
    audit.record(session, "read_report", actor=me(), at=now(), kind="report", subject_id=found.id)
    session.commit()
    about, pair = todays.concerns(session, found)
    return page(
        "report", cohort, report=found, about=about, pair=pair, attached=safety.attached_to(session, found)
    )


@bp.post("/<public_id:cohort_id>/reports/<public_id:report_id>")
def answer_report(cohort_id: str, report_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    found = todays.report_of(session, cohort, report_id, viewer=me())
    form = ReportForm()
    checked(form)
    todays.answer_report(session, found, closed=form.act.data == "close", at=now())
    session.commit()
    flash(gettext("Saved."), "success")
    return redirect(url_for(".today", cohort_id=cohort_id), 303)


@bp.post("/<public_id:cohort_id>/mentorships/<public_id:mentorship_id>/withdraw")
def withdraw(cohort_id: str, mentorship_id: str) -> ResponseReturnValue:
    """Set aside a pair: no hello, out of touch, or one of them would like someone else; both are told."""
    cohort = cohort_of(cohort_id)
    found = session.scalar(
        select(Mentorship)
        .join(Request, Request.id == Mentorship.request_id)
        .where(Mentorship.public_id == mentorship_id, Request.cohort_id == cohort.id)
    )
    if found is None or mentorships.party_of(session, found, me()) is not Party.COORDINATOR:
        raise NotFound("")
    form = VersionForm()
    checked(form)
    mentorships.act(
        session,
        found,
        Action.END if found.state in (State.ACTIVE, State.PAUSED) else Action.WITHDRAW,
        party=Party.COORDINATOR,
        by=me(),
        at=now(),
        seen=form.version.data,
    )
    session.commit()
    flash(gettext("Set aside. The newcomer keeps her turn, and both have been told."), "success")
    return redirect(url_for(".today", cohort_id=cohort_id), 303)
