"""The link in every mail that ends mail of its kind (RFC 8058): looking changes nothing, sending does."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from mentorship.services import mail_choice
from mentorship.store.outbox import MailAbout
from mentorship.web.database import session
from mentorship.web.mail_words import choice_of, lost_without
from mentorship.web.mailed.blueprint import bp, over, secret


@bp.get("/stop/<token>")
def stop(token: str) -> ResponseReturnValue:
    found = mail_choice.behind(session, secret(), token)
    if found is None:
        return over()
    person, about = found
    return _page(token, about, is_stopped=about in mail_choice.stopped(session, person))


@bp.post("/stop/<token>")
def stop_now(token: str) -> ResponseReturnValue:
    """From the page, or from her mail program in one step: the signed link stands for a form's token.

    The answer is a page, no redirect, since mail programs follow none.
    """
    found = mail_choice.behind(session, secret(), token)
    if found is None:
        return over()
    person, about = found
    all_of_it = request.form.get("all") == "yes"
    mail_choice.stop(session, person, *(MailAbout if all_of_it else [about]))
    session.commit()
    return _page(token, about, is_stopped=True, all_of_it=all_of_it)


def _page(token: str, about: MailAbout, *, is_stopped: bool, all_of_it: bool = False) -> str:
    return render_template(
        "mailed/stop.html",
        token=token,
        about=choice_of(about),
        lost="" if all_of_it else lost_without(about),
        is_stopped=is_stopped,
        all_of_it=all_of_it,
    )
