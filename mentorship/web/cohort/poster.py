"""The poster of a cohort, as a page and on paper."""

from __future__ import annotations

import unicodedata
from typing import cast

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorship.services import posters
from mentorship.services.shared_numbers import FIGURES
from mentorship.store.cohorts import Cohort
from mentorship.web import paper
from mentorship.web.cohort.blueprint import bp, cohort_of
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.signed_in import me

SIZES = ("A3", "A4")
STEPS = range(1, 9)
"""How large the letters are, the largest first: the first that lets all of it stand on one sheet is taken."""
LETTERS_A_STEP = 500
"""So many letters of takeaways and quotes make one larger step not worth trying."""


@bp.get("/poster")
def poster(cohort_id: str) -> ResponseReturnValue:
    return _drawn("cohort/poster.html", cohort_of(cohort_id))


@bp.get("/poster.pdf")
def poster_file(cohort_id: str) -> ResponseReturnValue:
    """A3 unless she asks for A4; where no PDF can be made, back to the page, which says so."""
    asked = request.args.get("size", "")
    size = cast("paper.Size", asked if asked in SIZES else SIZES[0])
    cohort = cohort_of(cohort_id)
    smaller = (_drawn("cohort/poster_sheet.html", cohort, size=size, step=step) for step in _steps(cohort))
    content = paper.one_sheet(smaller, size=size)
    if content is None:
        flash(gettext(paper.NO_PDF), "warning")
        return redirect(url_for(".poster", cohort_id=cohort_id), 303)
    return paper.as_file(content, "poster")


def _steps(cohort: Cohort) -> range:
    content = posters.shown_to(session, cohort, me())
    letters = sum(map(len, content.takeaways)) + sum(len(said.words) for said in content.quotes)
    return STEPS[min(letters // LETTERS_A_STEP, len(STEPS) - 3) :]


def direction_of(words: str) -> str:
    """Which way words run, by their first letter: on paper `dir="auto"` means nothing."""
    runs = (unicodedata.bidirectional(letter) for letter in words)
    first = next((one for one in runs if one in {"L", "R", "AL"}), "L")
    return "ltr" if first == "L" else "rtl"


def _drawn(template: str, cohort: Cohort, *, size: str = "", step: int = 1) -> str:
    content = posters.shown_to(session, cohort, me())
    shown = [name for name in FIGURES if content.numbers.get(name) not in (None, 0)]
    return render_template(
        template,
        cohort=cohort,
        content=content,
        figures=[name for name in shown if name != "named_of"],
        can_print=paper.can_print(),
        no_pdf=paper.NO_PDF,
        sizes=SIZES,
        size=size,
        step=step,
        direction_of=direction_of,
    )
