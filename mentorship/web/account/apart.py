"""Whom she does not want to meet: avoids, blocks; and hiding."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorship.services import acquaintance, avoids, safety
from mentorship.web.account.blueprint import bp, secret
from mentorship.web.account.forms import AvoidForm
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.signed_in import me, now


@bp.get("/apart")
def apart() -> ResponseReturnValue:
    return _page(AvoidForm(formdata=None))


@bp.post("/avoid")
def avoid() -> ResponseReturnValue:
    form = AvoidForm()
    if not form.validate():
        return _page(form), 422
    avoids.avoid(session, me(), form.typed_name.data, at=now(), key=secret())
    session.commit()
    return _back(gettext("Saved."))


@bp.post("/avoid/forget")
def forget_avoid() -> ResponseReturnValue:
    avoids.forget(session, me(), request.form.get("typed_name", "").replace("\x00", ""))
    session.commit()
    return _back(gettext("Saved."))


@bp.post("/block/<public_id:public_id>")
def block(public_id: str) -> ResponseReturnValue:
    """One step, from any page that shows someone; silent, never limited."""
    other = acquaintance.someone_met(session, me(), public_id)
    if other is None:
        abort(404)
    safety.block(session, me(), other, at=now())
    session.commit()
    flash(gettext("Done. You will not meet here again."), "success")
    return redirect(url_for("pages.home"), 303)


@bp.post("/unblock/<public_id:public_id>")
def unblock(public_id: str) -> ResponseReturnValue:
    other = next((one for one in acquaintance.blocked_by(session, me()) if one.public_id == public_id), None)
    if other is None:
        abort(404)
    safety.unblock(session, me(), other)
    session.commit()
    return _back(gettext("Taken back. What had ended stays ended."))


@bp.post("/hide")
def hide() -> ResponseReturnValue:
    safety.hide(session, me(), hidden=True)
    session.commit()
    return _back(gettext("You are hidden: you are not suggested to anyone. What you have agreed to goes on."))


@bp.post("/show")
def unhide() -> ResponseReturnValue:
    safety.hide(session, me(), hidden=False)
    session.commit()
    return _back(gettext("You can be suggested again."))


def _page(form: AvoidForm) -> str:
    return render_template(
        "account/apart.html",
        form=form,
        person=me(),
        avoided=[row.typed_name for row in avoids.avoids_of(session, me())],
        blocked=acquaintance.blocked_by(session, me()),
    )


def _back(said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for(".apart"), 303)
