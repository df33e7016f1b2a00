"""The ladders of small steps a cohort offers, one step a line: changed, in order, or as usual."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField
from wtforms.validators import AnyOf

from mentorship.rules.errors import BadInput, Stale
from mentorship.rules.steps import LADDERS, SENTENCES
from mentorship.rules.words import AREAS
from mentorship.services import ladders
from mentorship.services.ladders import Chosen
from mentorship.store.cohorts import Cohort
from mentorship.web.coordinator.blueprint import VersionForm, bp, checked, cohort_of, page
from mentorship.web.database import session
from mentorship.web.errors import sentence_of
from mentorship.web.fields import one_line
from mentorship.web.i18n import gettext, lazy_gettext
from mentorship.web.signed_in import me, now
from mentorship.web.step_words import rung_words


class LaddersForm(VersionForm):
    """One field for each area; a line is a step."""


class UsualForm(VersionForm):
    """The button that brings a usual ladder back."""

    area = StringField(validators=[AnyOf(list(LADDERS))])


def _field(area: str) -> TextAreaField:
    return TextAreaField(
        lazy_gettext(AREAS[area]),
        description=lazy_gettext("One step a line, from the smallest to the largest."),
    )


for _area in LADDERS:
    setattr(LaddersForm, _area, _field(_area))


@bp.get("/<public_id:cohort_id>/small-steps")
def ladders_(cohort_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    return _page(cohort, LaddersForm(formdata=None, data=_data(cohort)))


@bp.post("/<public_id:cohort_id>/small-steps")
def save_ladders(cohort_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    form = LaddersForm()
    if not form.validate():
        return _page(cohort, form), 422
    typed = {area: _rungs(area, form[area].data or "") for area in LADDERS}
    try:
        ladders.change(session, cohort, typed, by=me(), at=now(), seen=form.version.data)
    except BadInput as refusal:
        session.rollback()
        form[refusal.field].errors = [sentence_of(refusal)]
        return _page(cohort, form), 422
    except Stale as stale:
        return _changed(cohort_id, form, stale), 409
    return _saved(cohort_id, gettext("Saved. Steps that were chosen before stay as they were."))


@bp.post("/<public_id:cohort_id>/small-steps/usual")
def restore_ladder(cohort_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    form = UsualForm()
    checked(form)
    ladders.restore(session, cohort, form.area.data, by=me(), at=now(), seen=form.version.data)
    return _saved(cohort_id, gettext("The usual steps are back."))


def _saved(cohort_id: str, sentence: str) -> ResponseReturnValue:
    session.commit()
    flash(sentence, "success")
    return redirect(url_for(".ladders_", cohort_id=cohort_id), 303)


def _page(cohort: Cohort, form: LaddersForm, *, stale: str = "") -> str:
    found = ladders.ladders_of(session, cohort)
    return page(
        "ladders",
        cohort,
        form=form,
        stale=stale,
        stored={area: [rung_words(rung) for rung in ladder] for area, ladder in found.items()},
        own=[area for area, ladder in found.items() if ladder != ladders.usual(area)],
        areas={area: gettext(AREAS[area]) for area in LADDERS},
    )


def _changed(cohort_id: str, form: LaddersForm, refusal: Stale) -> str:
    """Her own lines stay in the form; beside them stands what somebody else saved meanwhile."""
    session.rollback()
    cohort = cohort_of(cohort_id)
    form.version.data = cohort.version
    form.version.raw_data = [str(cohort.version)]
    return _page(cohort, form, stale=sentence_of(refusal))


def _data(cohort: Cohort) -> dict[str, object]:
    found = ladders.ladders_of(session, cohort)
    lines = {area: "\n".join(rung_words(rung) for rung in ladder) for area, ladder in found.items()}
    return {"version": cohort.version, **lines}


def _rungs(area: str, typed: str) -> list[Chosen]:
    """A line that reads like one of the programme's steps is that step, in whatever language it is read."""
    known = {text: code for code in LADDERS[area] for text in (SENTENCES[code], gettext(SENTENCES[code]))}
    lines = [str(one_line(line)) for line in typed.splitlines() if line.strip()]
    return [Chosen(area, known[line]) if line in known else Chosen(area, words=line) for line in lines]
