"""A certificate, a letter to a mentor, one's own story: as a page to print, and as a PDF."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import DataRequired

from mentorship.services import keepsakes
from mentorship.services.keepsakes import Facts
from mentorship.web import paper
from mentorship.web.database import session
from mentorship.web.fields import at_most, can_be_read, one_line
from mentorship.web.forms import PageForm
from mentorship.web.growth.blueprint import bp
from mentorship.web.growth.taken import taken_from
from mentorship.web.i18n import gettext, lazy_gettext
from mentorship.web.links import linked
from mentorship.web.signed_in import me, now

LONGEST_NAME = 80
AS_PDF = "pdf"


class NameForm(PageForm):
    """The name that stands on the sheet; it is typed for it and kept nowhere."""

    name = StringField(
        lazy_gettext("The name that shall stand on it"),
        [DataRequired(), at_most(LONGEST_NAME), can_be_read],
        filters=[one_line],
        description=lazy_gettext("Any name you like. It is not kept here."),
    )


@bp.get("/certificate/<public_id:mentorship_id>")
def certificate(mentorship_id: str) -> ResponseReturnValue:
    return _sheet("certificate", _completed(mentorship_id), NameForm(formdata=None))


@bp.post("/certificate/<public_id:mentorship_id>")
def make_certificate(mentorship_id: str) -> ResponseReturnValue:
    return _made("certificate", _completed(mentorship_id))


@bp.get("/letter/<public_id:mentorship_id>")
def letter(mentorship_id: str) -> ResponseReturnValue:
    return _sheet("letter", _mentored(mentorship_id), NameForm(formdata=None))


@bp.post("/letter/<public_id:mentorship_id>")
def make_letter(mentorship_id: str) -> ResponseReturnValue:
    return _made("letter", _mentored(mentorship_id))


@bp.get("/story")
def story() -> ResponseReturnValue:
    return _story("growth/story.html")


@bp.get("/story/paper")
def story_on_paper() -> ResponseReturnValue:
    content = paper.pdf(_story("growth/story_paper.html"))
    if content is None:
        flash(gettext(paper.NO_PDF), "notice")
        return redirect(url_for(".story"), 303)
    return paper.as_file(content, "story")


def _completed(mentorship_id: str) -> Facts:
    return keepsakes.the_one(keepsakes.completed_by(session, me()), mentorship_id)


def _mentored(mentorship_id: str) -> Facts:
    return keepsakes.the_one(keepsakes.mentored_by(session, me()), mentorship_id)


def _made(kind: str, facts: Facts) -> ResponseReturnValue:
    form = NameForm()
    if not form.validate():
        return _sheet(kind, facts, form), 422
    name = form.name.data
    if request.form.get("as") == AS_PDF:
        content = paper.pdf(render_template(f"growth/{kind}_paper.html", facts=facts, name=name, day=now()))
        if content is not None:
            return paper.as_file(content, kind)
    return _sheet(kind, facts, form, name=name)


def _sheet(kind: str, facts: Facts, form: NameForm, *, name: str = "") -> str:
    return render_template(
        f"growth/{kind}.html",
        facts=facts,
        form=form,
        name=name,
        day=now(),
        no_pdf=_no_pdf(),
    )


def _story(template: str) -> str:
    told = keepsakes.story_of(session, me())
    return render_template(
        template,
        name=me().name,
        story=told,
        taken=taken_from(told.taken),
        words=[linked(words) for words in told.words],
        day=now(),
        no_pdf=_no_pdf(),
    )


def _no_pdf() -> str:
    return "" if paper.can_print() else gettext(paper.NO_PDF)
