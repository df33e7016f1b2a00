"""The poster of a cohort: chosen, made, published; and the numbers that may be passed on, as a sheet."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from mentorship.rules.errors import BadInput
from mentorship.services import numbers, posters, sheets
from mentorship.services.numbers import Numbers
from mentorship.services.shared_numbers import FIGURES, quarters_to_pass_on, to_pass_on
from mentorship.store.cohorts import Cohort
from mentorship.store.conversations import Quote
from mentorship.web.coordinator.blueprint import bp, checked, cohort_of, page
from mentorship.web.database import session
from mentorship.web.forms import Checkboxes, PageForm
from mentorship.web.i18n import gettext, lazy_gettext
from mentorship.web.profile_form import put_on_field
from mentorship.web.signed_in import me, now


class PosterForm(PageForm):
    """What stands on the poster."""

    takeaways = Checkboxes(
        lazy_gettext("Takeaways"),
        validate_choice=False,
        description=lazy_gettext("At most six. Only those of conversations whose takeaways are published."),
    )
    quotes = Checkboxes(
        lazy_gettext("Quotes"),
        validate_choice=False,
        description=lazy_gettext("At most four. Each was given by the one who said it."),
    )


@bp.get("/<public_id:cohort_id>/poster")
def poster(cohort_id: str) -> ResponseReturnValue:
    return _page(cohort_of(cohort_id), None)


@bp.post("/<public_id:cohort_id>/poster")
def make_poster(cohort_id: str) -> ResponseReturnValue:
    cohort, form = cohort_of(cohort_id), PosterForm()
    checked(form)
    try:
        chosen = {"takeaways": form.takeaways.data or (), "quotes": form.quotes.data or ()}
        posters.make(session, cohort, by=me(), at=now(), **chosen)
    except BadInput as refusal:
        session.rollback()
        put_on_field(form, refusal)
        return _page(cohort_of(cohort_id), form), 422
    return _back(cohort_id, gettext("Saved, with the numbers of today."))


@bp.post("/<public_id:cohort_id>/poster/publish")
def publish_poster(cohort_id: str) -> ResponseReturnValue:
    return _publish(cohort_id, gettext("Members of the cohort see the poster now."), published=True)


@bp.post("/<public_id:cohort_id>/poster/unpublish")
def unpublish_poster(cohort_id: str) -> ResponseReturnValue:
    said = gettext("Members of the cohort do not see the poster any more.")
    return _publish(cohort_id, said, published=False)


@bp.get("/<public_id:cohort_id>/numbers.csv")
def numbers_file(cohort_id: str) -> ResponseReturnValue:
    """The numbers that may be passed on, under the names the command gives them too."""
    cohort = cohort_of(cohort_id)
    known = to_pass_on(session, cohort, at=now())
    rows = [("cohort", cohort.name), *((name, known[name]) for name in (*FIGURES, "days"))]
    rows += [
        (f"{name} {one['quarter']}", one[name])
        for one in quarters_to_pass_on(numbers.numbers(session, cohort, at=now()))
        for name in ("named", "named_of")
    ]
    return Response(
        sheets.written(rows),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="numbers.csv"'},
    )


def shared(cohort: Cohort, known: Numbers) -> dict[str, Any]:
    """What the page of numbers shows of those that may be passed on."""
    return {
        "shared": to_pass_on(session, cohort, at=now()),
        "shared_quarters": quarters_to_pass_on(known),
        "figures": FIGURES,
    }


def _publish(cohort_id: str, said: str, *, published: bool) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    checked(PageForm())
    posters.publish(session, cohort, published=published, by=me(), at=now())
    return _back(cohort_id, said)


def _page(cohort: Cohort, form: PosterForm | None) -> str:
    takeaways = session.scalars(posters.takeaways_to_choose(cohort)).all()
    quotes = session.scalars(posters.quotes_to_choose(cohort)).all()
    drawn = form or PosterForm(
        formdata=None,
        data={
            "takeaways": [one.public_id for one in takeaways if one.on_poster],
            "quotes": [one.public_id for one in quotes if one.on_poster],
        },
    )
    drawn.takeaways.choices = [SelectChoice(one.public_id, one.words) for one in takeaways]
    drawn.quotes.choices = [SelectChoice(one.public_id, _quote(one)) for one in quotes]
    return page("poster", cohort, form=drawn, poster=posters.poster_of(session, cohort))


def _quote(quote: Quote) -> str:
    if not quote.with_name:
        return quote.words
    return gettext("%(words)s (with the name %(name)s)", words=quote.words, name=quote.author.name)


def _back(cohort_id: str, said: str) -> ResponseReturnValue:
    session.commit()
    flash(said, "success")
    return redirect(url_for(".poster", cohort_id=cohort_id), 303)
