"""The blueprint of the pages that mailed links lead to, and what they say when a link is over."""

from __future__ import annotations

from contextlib import AbstractContextManager

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.web.i18n import Speech, speaking

bp = Blueprint("mailed", __name__, url_prefix="/note")


def secret() -> bytes:
    """The key under which links are signed."""
    key: bytes = current_app.config["SECRET_KEY"].encode()
    return key


def as_she_reads(person: Person) -> AbstractContextManager[Speech]:
    """Write for whoever the link was made for, in her time; a language chosen on the page comes first."""
    return speaking(request.args.get("uselang") or person.locale, person.time_zone)


def over() -> ResponseReturnValue:
    """The same page for a link that was used, is too old, was changed, or was never made here."""
    return render_template("mailed/over.html"), 410


def thanks(sentence: str, page: str) -> str:
    """After an answer: what became of it, and the way to the page it is about, which asks her to sign in."""
    return render_template("mailed/thanks.html", sentence=sentence, onward=url_for("auth.sign_in", next=page))


def page_of(mentorship: Mentorship) -> str:
    """The address of the page of the two."""
    return url_for("mentorships.show", public_id=mentorship.public_id)
