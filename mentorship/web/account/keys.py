"""How she signs in: password, recovery code, and the browsers she is signed in with."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from mentorship.services import accounts, sessions
from mentorship.web import limits
from mentorship.web.account.blueprint import bp
from mentorship.web.account.forms import CodeForm, PasswordForm
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.signed_in import forget_browser, hours_left, me, my_session, now, start_session


@bp.get("/keys")
def keys() -> ResponseReturnValue:
    return _page(PasswordForm(formdata=None), CodeForm(formdata=None))


@bp.post("/keys/password")
def change_password() -> ResponseReturnValue:
    form = PasswordForm()
    if not form.validate() or not _is_hers(form.current):
        return _page(form, CodeForm(formdata=None)), 422
    hours = hours_left()
    accounts.change_password(session, me(), form.password.data, at=now())
    start_session(me(), own_device=cookie.permanent, hours=hours)
    session.commit()
    flash(gettext("Your password is changed, and you are signed out everywhere else."), "success")
    return redirect(url_for(".keys"), 303)


@bp.post("/keys/code")
def new_code() -> ResponseReturnValue:
    form = CodeForm()
    if not form.validate() or not _is_hers(form.password_now):
        return _page(PasswordForm(formdata=None), form), 422
    code = accounts.new_recovery_code(session, me(), at=now())
    session.commit()
    return render_template("account/code.html", code=code)


@bp.post("/sessions/end")
def end_session() -> ResponseReturnValue:
    """End one other browser's session, named by the beginning of its hash."""
    named = request.form.get("session", "")
    row = next(
        (row for row in sessions.sessions_of(session, me(), at=now()) if sessions.name_of(row) == named), None
    )
    if row is None:
        abort(404)
    sessions.end(session, row)
    session.commit()
    flash(gettext("That browser is signed out."), "success")
    return redirect(url_for(".keys"), 303)


@bp.post("/sessions/end-all")
def end_all() -> ResponseReturnValue:
    sessions.end_all(session, me(), at=now())
    session.commit()
    forget_browser()
    flash(gettext("You are signed out everywhere."), "success")
    return redirect(url_for("pages.landing"), 303)


def _is_hers(field: object) -> bool:
    """Whether the field holds her password; failures are counted, for her alone."""
    mine = [("password", me().public_id)]
    limits.check(limits.FAILURES, mine)
    if accounts.is_her_password(session, me(), field.data):  # type: ignore[attr-defined]  # a WTForms field
        return True
    limits.count(limits.FAILURES, mine)
    field.errors = [gettext("This is not your password.")]  # type: ignore[attr-defined]
    return False


def _page(form: PasswordForm, code_form: CodeForm) -> str:
    rows = sessions.sessions_of(session, me(), at=now())
    return render_template(
        "account/keys.html",
        form=form,
        code_form=code_form,
        sessions=[(row, sessions.name_of(row), row is my_session()) for row in rows],
    )
