"""What every page of a coordinator begins with: her cohort, and the act a form carries."""

from __future__ import annotations

from flask import Blueprint, render_template
from wtforms import StringField
from wtforms.validators import InputRequired, Length, NumberRange

from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.services import cohorts
from mentorship.store.cohorts import Cohort
from mentorship.web.database import session
from mentorship.web.forms import PageForm, WholeNumberField
from mentorship.web.signed_in import me

bp = Blueprint("coordinator", __name__, url_prefix="/cohorts")

LARGEST = 2**31 - 1


class VersionForm(PageForm):
    """A button whose page showed a certain version."""

    version = WholeNumberField(validators=[InputRequired(), NumberRange(0, LARGEST)])


class PairForm(VersionForm):
    """A button about one pair of a round."""

    request = StringField(validators=[InputRequired(), Length(max=64)])
    mentor = StringField(validators=[InputRequired(), Length(max=64)])


def cohort_of(cohort_id: str) -> Cohort:
    """The cohort of the address, or a page that says nothing is here."""
    return cohorts.cohort_of(session, cohort_id, me())


def checked(form: PageForm) -> None:
    """Refuse what no page of ours sends."""
    if not form.validate():
        raise BadInput(N_("Something in what your browser sent could not be read."))


def page(template: str, cohort: Cohort, **values: object) -> str:
    """A page about one cohort."""
    return render_template(f"coordinator/{template}.html", cohort=cohort, **values)
