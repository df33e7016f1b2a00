"""Recognition: given in one's own words, and hers who received it to keep, hide or remove."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired

from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.services import recognitions
from mentorship.store.people import Person
from mentorship.web.database import session
from mentorship.web.fields import at_most
from mentorship.web.forms import PageForm
from mentorship.web.growth.blueprint import bp
from mentorship.web.i18n import gettext, lazy_gettext
from mentorship.web.signed_in import me, now

ACTS = {
    "keep": N_("It stands among what you were thanked for."),
    "hide": N_("It is out of sight. You can bring it back."),
    "remove": N_("Removed. Nobody is told."),
}


class ThankForm(PageForm):
    """The giver's words."""

    words = TextAreaField(
        lazy_gettext("What did you see?"),
        [DataRequired(), at_most(recognitions.LONGEST)],
        description=lazy_gettext("Work well done, or bravely tried. A sentence or two in your own words."),
    )


class KeepForm(PageForm):
    """Which of the buttons it was."""

    act = StringField(validators=[AnyOf(list(ACTS))])


@bp.get("/thank/<public_id:person_id>")
def thank(person_id: str) -> ResponseReturnValue:
    return _page(recognitions.someone_to_thank(session, me(), person_id), ThankForm(formdata=None))


@bp.post("/thank/<public_id:person_id>")
def thank_now(person_id: str) -> ResponseReturnValue:
    person = recognitions.someone_to_thank(session, me(), person_id)
    form = ThankForm()
    if not form.validate():
        return _page(person, form), 422
    name = person.name
    recognitions.give(session, me(), person, form.words.data, at=now())
    session.commit()
    flash(gettext("Sent. %(name)s finds your words here, and is told so.", name=name), "success")
    return redirect(url_for("pages.home"), 303)


@bp.post("/thanks/<public_id:recognition_id>")
def keep_thanks(recognition_id: str) -> ResponseReturnValue:
    recognition = recognitions.one_of(session, me(), recognition_id)
    form = KeepForm()
    if not form.validate():
        raise BadInput(N_("Something in what your browser sent could not be read."))
    if form.act.data == "remove":
        recognitions.remove(session, recognition)
    else:
        recognitions.hide(session, recognition, hidden=form.act.data == "hide")
    session.commit()
    flash(gettext(ACTS[form.act.data]), "success")
    return redirect(url_for(".progress"), 303)


def _page(person: Person, form: ThankForm) -> str:
    return render_template("growth/thank.html", person=person, form=form)
