"""Rounds: start one, look at its draft, lock and forbid, compute again, discard."""

from __future__ import annotations

from flask import flash, make_response, redirect, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import StringField
from wtforms.validators import AnyOf

from mentorship.rules import words
from mentorship.rules.errors import BadInput, NotFound, Stale
from mentorship.services import rounds as acts
from mentorship.services.round_review import no_longer_possible, review
from mentorship.store.cohorts import Cohort
from mentorship.store.people import Person
from mentorship.store.requests import Request
from mentorship.store.rounds import Pairing, Round, RoundState
from mentorship.web.coordinator.blueprint import PairForm, VersionForm, bp, checked, cohort_of, page
from mentorship.web.coordinator.round_forms import PLANS, SHARES, PolicyForm, WeighForm, as_typed
from mentorship.web.database import session
from mentorship.web.errors import sentence_of
from mentorship.web.i18n import lazy_gettext
from mentorship.web.reasons import reason_sentences
from mentorship.web.signed_in import me, now

REFRESH_SECONDS = 5
MOST_LISTED = 20
CHOICES = {"lock": acts.lock, "forbid": acts.forbid, "undo": acts.undo}


class ChoiceForm(PairForm):
    act = StringField(validators=[AnyOf(list(CHOICES))])


@bp.get("/<public_id:cohort_id>/rounds")
def rounds(cohort_id: str) -> ResponseReturnValue:
    return _list(cohort_of(cohort_id), PolicyForm(formdata=None))


@bp.post("/<public_id:cohort_id>/rounds")
def start_round(cohort_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    form = PolicyForm()
    if not form.validate():
        return _list(cohort, form), 422
    try:
        round_ = acts.start_round(
            session, cohort, by=me(), at=now(), shares=form.shares(), options=form.options()
        )
    except BadInput as refusal:
        form.refuse(refusal)
        return _list(cohort, form), 422
    acts.compute(session, round_, at=now())
    session.commit()
    return _to(round_)


@bp.get("/<public_id:cohort_id>/rounds/<public_id:round_id>")
def round_(cohort_id: str, round_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    found = round_of(cohort, round_id)
    answer = make_response(review_page(cohort, found))
    if found.state is RoundState.COMPUTING:
        answer.headers["Refresh"] = str(REFRESH_SECONDS)
    return answer


@bp.post("/<public_id:cohort_id>/rounds/<public_id:round_id>/choices")
def choose(cohort_id: str, round_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    found = round_of(cohort, round_id)
    form = ChoiceForm()
    checked(form)
    request, mentor = _pair(cohort, form)
    try:
        CHOICES[form.act.data](session, found, request, mentor, by=me(), at=now(), seen=form.version.data)
    except Stale as stale:
        names = request.newcomer.name, mentor.name
        return changed_page(cohort_id, round_id, stale, wanted=(form.act.data, *names)), 409
    session.commit()
    return _to(found)


@bp.post("/<public_id:cohort_id>/rounds/<public_id:round_id>/recompute")
def recompute(cohort_id: str, round_id: str) -> ResponseReturnValue:
    found = round_of(cohort_of(cohort_id), round_id)
    if "needs" in flask_request.form:
        return _weigh(found)
    form = VersionForm()
    checked(form)
    try:
        acts.recompute(session, found, at=now(), seen=form.version.data)
    except Stale as stale:
        return changed_page(cohort_id, round_id, stale, wanted=("recompute",)), 409
    session.commit()
    return _to(found)


@bp.post("/<public_id:cohort_id>/rounds/<public_id:round_id>/discard")
def discard(cohort_id: str, round_id: str) -> ResponseReturnValue:
    found = round_of(cohort_of(cohort_id), round_id)
    form = VersionForm()
    checked(form)
    try:
        acts.discard(session, found, by=me(), at=now(), seen=form.version.data)
    except Stale as stale:
        return changed_page(cohort_id, round_id, stale, wanted=("discard",)), 409
    session.commit()
    flash(lazy_gettext("Discarded. Nobody has heard of it."), "success")
    return redirect(url_for(".rounds", cohort_id=cohort_id), 303)


def round_of(cohort: Cohort, round_id: str) -> Round:
    """A round of this cohort, or a page that says nothing is here."""
    found = session.scalar(select(Round).where(Round.public_id == round_id, Round.cohort_id == cohort.id))
    if found is None:
        raise NotFound("")
    return found


def review_page(cohort: Cohort, found: Round, **values: object) -> str:
    seen = review(session, found, viewer=me())
    rows = [(row, reason_sentences(row.reasons.terms, wish=True)) for row in seen.rows]
    values.setdefault("weigh", WeighForm(formdata=None, data=as_typed(found.policy)))
    return page(
        "round",
        cohort,
        round=found,
        review=seen,
        rows=rows,
        states=RoundState,
        outdated=outdated(found),
        shares=SHARES,
        plans=PLANS,
        needs=words.NEEDS,
        areas=words.AREAS,
        topics=words.TOPICS,
        **values,
    )


def outdated(found: Round) -> list[Pairing]:
    """What of a draft could not be published any more."""
    if found.state is not RoundState.DRAFT:
        return []
    return no_longer_possible(session, found, viewer=me(), at=now())


def changed_page(cohort_id: str, round_id: str, stale: Stale, *, wanted: tuple[str, ...]) -> str:
    """What she wanted to do, and how the round stands now: she decides again, knowing both."""
    session.rollback()
    cohort = cohort_of(cohort_id)
    found = round_of(cohort, round_id)
    return review_page(cohort, found, stale=sentence_of(stale), wanted=wanted)


def _weigh(found: Round) -> ResponseReturnValue:
    """Compute the draft again with other shares and options."""
    form = WeighForm()
    if not form.validate():
        return review_page(found.cohort, found, weigh=form), 422
    try:
        acts.recompute(
            session,
            found,
            at=now(),
            seen=form.version.data,
            shares=form.shares(),
            options=form.options(),
        )
    except BadInput as refusal:
        form.refuse(refusal)
        return review_page(found.cohort, found, weigh=form), 422
    except Stale as stale:
        ids = found.cohort.public_id, found.public_id
        return changed_page(*ids, stale, wanted=("recompute",)), 409
    session.commit()
    return _to(found)


def _pair(cohort: Cohort, form: ChoiceForm) -> tuple[Request, Person]:
    request = session.scalar(
        select(Request).where(Request.public_id == form.request.data, Request.cohort_id == cohort.id)
    )
    mentor = session.scalar(select(Person).where(Person.public_id == form.mentor.data))
    if request is None or mentor is None:
        raise NotFound("")
    return request, mentor


def _list(cohort: Cohort, form: PolicyForm) -> str:
    past = session.scalars(
        select(Round)
        .where(Round.cohort_id == cohort.id)
        .order_by(Round.started_at.desc(), Round.id.desc())
        .limit(MOST_LISTED)
    ).all()
    return page(
        "rounds", cohort, form=form, rounds=past, open=acts.open_round_of(session, cohort), shares=SHARES
    )


def _to(found: Round) -> ResponseReturnValue:
    return redirect(url_for(".round_", cohort_id=found.cohort.public_id, round_id=found.public_id), 303)
