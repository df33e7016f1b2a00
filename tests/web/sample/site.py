"""A small site of its own with the foundations under it and a page that shows every component."""

from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, abort, flash, redirect, render_template, request
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.exceptions import ServiceUnavailable
from wtforms import (
    BooleanField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange

from mentorship.rules import errors as refusals
from mentorship.rules import words
from mentorship.rules.marking import N_
from mentorship.store.migrate import folder
from mentorship.web import init_web
from mentorship.web.forms import Checkboxes, PageForm
from mentorship.web.headers import redirect_back
from mentorship.web.i18n import lazy_gettext
from mentorship.web.navigation import NavItem, provide_navigation

ROOT = Path(__file__).resolve().parents[3]
ASKED_AT = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)


def topics():
    return [
        SelectChoice(key, lazy_gettext(label), optgroup=lazy_gettext(words.TOPIC_GROUPS[group]))
        for key, (group, label) in words.TOPICS.items()
    ]


class SampleForm(PageForm):
    name = StringField(
        "The name to be called by", [DataRequired(), Length(max=40)], description="A made-up name is enough."
    )
    password = PasswordField("Password", [DataRequired(), Length(min=10)])
    capacity = IntegerField("How many at once", [NumberRange(1, 6)], default=2)
    about = TextAreaField("A few sentences", [Length(max=500)], description="Others see this.")
    project = SelectField(
        "Where you edit", choices=[SelectChoice(k, lazy_gettext(v)) for k, v in words.PROJECTS.items()]
    )
    needs = Checkboxes(
        "What you need",
        choices=[SelectChoice(k, lazy_gettext(v)) for k, v in words.NEEDS.items()],
        description="At most three.",
    )
    topics = Checkboxes("Topics", choices=topics)
    wish = RadioField(
        "How would you like to wait",
        [DataRequired()],
        choices=[SelectChoice("round", "Wait for the round"), SelectChoice("ask", "Ask one now")],
    )
    sheet = FileField("A file")
    adult = BooleanField("I am 18 or over", [DataRequired()], description="We ask for no date of birth.")


def make_site(**config):
    app = Flask(
        "sample",
        static_folder=str(ROOT / "mentorship" / "static"),
        static_url_path="/static",
        template_folder=str(folder("templates")),
    )
    app.jinja_loader = ChoiceLoader([app.jinja_loader, FileSystemLoader(str(Path(__file__).parent))])
    app.config.update(SECRET_KEY="only-for-this-sample-page-0123456789", **config)
    CSRFProtect(app)
    init_web(app, catalogues=config.get("CATALOGUES", ()), reader=config.get("READER", lambda: None))
    provide_navigation(
        app,
        lambda: [
            NavItem("First page", "/"),
            NavItem("My pages", "/mine"),
            NavItem("Sign out", "/out", post=True),
        ],
    )
    _add_pages(app)
    return app


def _add_pages(app):
    app.add_url_rule("/privacy", "pages.privacy", lambda: "")  # every page's footer leads there

    @app.get("/")
    def first():
        return render_template("sample.html", form=SampleForm(), asked_at=ASKED_AT)

    @app.post("/")
    def save():
        form = SampleForm()
        if not form.validate():
            return render_template("sample.html", form=form, asked_at=ASKED_AT), 422
        flash(f"Saved: {form.name.data}, {len(form.needs.data)} needs, {form.project.data}.", "success")
        return redirect("/", 303)

    @app.post("/out")
    def out():
        flash("Signed out.", "notice")
        return redirect_back(request.form.get("next"), "/")

    @app.post("/accept")
    def accept():
        raise refusals.MentorFull(N_("%(name)s has no free place just now."), name="آمنة")

    @app.get("/status/<int:status>")
    def status(status):
        if status == 503:
            raise ServiceUnavailable(retry_after=7)
        abort(status)

    @app.get("/broken")
    def broken():
        raise RuntimeError("a defect")

    @app.post("/echo")
    def echo():
        return {"length": len(request.form.get("text", ""))}
