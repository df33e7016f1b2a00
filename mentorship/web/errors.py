"""Whatever goes wrong becomes a calm page: what happened, that nothing is lost, what to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from mentorship.rules import errors as refusals
from mentorship.rules.marking import N_
from mentorship.store.conflicts import CONFLICTS, refusal_of
from mentorship.web.i18n import gettext, speak_without_asking
from mentorship.web.templating import alone

STATUS: dict[type[refusals.Refusal], int] = {
    refusals.NotAllowed: 403,
    refusals.NotFound: 404,
    refusals.WrongState: 409,
    refusals.Stale: 409,
    refusals.MentorFull: 409,
    refusals.AlreadyOpen: 409,
    refusals.NotPossible: 409,
    refusals.BadInput: 422,
    refusals.TooMany: 429,
    refusals.Busy: 503,
}
"""The status of each refusal; a kind that is not here takes that of the kind it belongs to."""

FORMS_AT_MOST = 256 * 1024
"""The largest form taken, in bytes."""

RETRY_AFTER_SECONDS = 5


@dataclass(frozen=True)
class Words:
    """What a page says when something went wrong."""

    title: str
    sentence: str
    next: str = ""


WORDS = {
    400: Words(
        N_("This could not be read"),
        N_("Something in what your browser sent could not be read."),
        N_("Go back, look at what you wrote, and send it again."),
    ),
    403: Words(N_("This is not open to you"), N_("This page or act belongs to someone else.")),
    404: Words(
        N_("There is nothing here"),
        N_("This page does not exist, or it is not yours to see."),
        N_("If you followed a link, it may have been changed since."),
    ),
    405: Words(
        N_("This could not be done from here"),
        N_("This address does not take what was sent to it."),
        N_("Nothing has changed. Open the page again and use the button there."),
    ),
    409: Words(
        N_("This has changed meanwhile"),
        N_("What you saw is no longer how things are."),
        N_("Nothing has changed by this. Open the page again to see how things are now."),
    ),
    413: Words(
        N_("This is too large"),
        N_("What you sent is larger than can be taken here."),
        N_("Go back and shorten it, or send a smaller file."),
    ),
    422: Words(
        N_("This needs another look"),
        N_("Something you wrote could not be used."),
        N_("Go back, mend it, and send it again."),
    ),
    429: Words(
        N_("A little slower, please"),
        N_("This was done many times in a short while, so it is paused."),
        N_("Wait some minutes and try again. Blocking, ending, reporting and leaving always work."),
    ),
    500: Words(
        N_("Something broke here"),
        N_("It is our mistake, not yours. It has been written down."),
        N_("Go back and try again; what you sent may not have been kept."),
    ),
    503: Words(
        N_("Very busy just now"),
        N_("Too much is happening at the same moment."),
        N_("Nothing has changed by this. Try again in a few seconds."),
    ),
}

EXPIRED = Words(
    N_("This page was open for a long time"),
    N_("For your safety a form can be sent only for a while, and by the person it was shown to."),
    N_("Nothing has changed. Go back, reload the page, and send it again."),
)


def init_errors(app: Flask, *, undo: Callable[[], None] = lambda: None) -> None:
    """Turn errors and refusals into pages; `undo` rolls back what was begun."""
    app.config.setdefault("MAX_CONTENT_LENGTH", FORMS_AT_MOST)
    if app.config["MAX_CONTENT_LENGTH"] is None:
        app.config["MAX_CONTENT_LENGTH"] = FORMS_AT_MOST
    app.config["MAX_FORM_MEMORY_SIZE"] = FORMS_AT_MOST

    def refused(refusal: refusals.Refusal) -> ResponseReturnValue:
        undo()
        return refusal_page(refusal)

    def broken(error: HTTPException) -> ResponseReturnValue:
        undo()
        return http_page(error)

    def conflicting(error: IntegrityError | StaleDataError) -> ResponseReturnValue:
        undo()
        current_app.logger.info("a conflict in the database: %s", error)
        return refusal_page(refusal_of(error))

    app.register_error_handler(refusals.Refusal, refused)
    for conflict in CONFLICTS:
        app.register_error_handler(conflict, conflicting)
    app.register_error_handler(HTTPException, broken)


def status_of(refusal: refusals.Refusal) -> int:
    return next((STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS), 409)


def sentence_of(refusal: refusals.Refusal) -> str:
    """Return the refusal's sentence in her language."""
    return gettext(refusal.sentence, **refusal.values)


def refusal_page(refusal: refusals.Refusal) -> ResponseReturnValue:
    status = status_of(refusal)
    if status == 404:  # equal to that of a page that never existed
        return _page(WORDS[404], 404), 404
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if status in (429, 503) else {}
    return _page(WORDS[status], status, sentence=sentence_of(refusal)), status, headers


def http_page(error: HTTPException) -> ResponseReturnValue:
    """Return the page of one of werkzeug's errors; a redirect passes as it is."""
    if error.code is None or error.code < 400:
        return error.get_response()
    words = EXPIRED if isinstance(error, CSRFError) else WORDS.get(error.code, WORDS[_nearest(error.code)])
    return _page(words, error.code), error.code, _headers_of(error)


def _nearest(status: int) -> int:
    return 500 if status >= 500 else 400


def _headers_of(error: HTTPException) -> dict[str, str]:
    headers = {name: value for name, value in error.get_headers() if name.lower() in {"retry-after", "allow"}}
    if error.code == 503:
        headers.setdefault("Retry-After", str(RETRY_AFTER_SECONDS))
    return headers


def _page(words: Words, status: int, *, sentence: str | None = None) -> str:
    if status >= 500:
        speak_without_asking()
    told = {
        "title": gettext(words.title),
        "sentence": sentence or gettext(words.sentence),
        "next": gettext(words.next) if words.next else "",
    }
    return render_template("errors/page.html", **told) if status < 500 else _page_whatever_happens(told)


def _page_whatever_happens(told: dict[str, str]) -> str:
    """Draw the page without asking who is here; if even that fails, a page without any look."""
    try:
        return current_app.jinja_env.get_template("errors/page.html").render(alone(), **told)
    except Exception:  # whatever broke the page may break this one: she still gets a sentence
        current_app.logger.exception("the page of an error could not be drawn")
        title, sentence = escape(told["title"]), escape(told["sentence"])
        return (
            '<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8">'
            f"<title>{title}</title></head><body><h1>{title}</h1><p>{sentence}</p></body></html>"
        )
