"""For who has no e-mail: how a coordinator may reach her, and who has read it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mentorship.services import addresses, reaching
from mentorship.web.account.blueprint import bp
from mentorship.web.account.forms import ReachForm
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.signed_in import me, now


@bp.get("/reach")
def reach() -> ResponseReturnValue:
    note = reaching.note_of(session, me())
    return _page(ReachForm(formdata=None, words=note.words if note else ""))


@bp.post("/reach")
def keep_reach() -> ResponseReturnValue:
    form = ReachForm()
    if not form.validate():
        return _page(form), 422
    reaching.keep(session, me(), form.words.data or "", at=now())
    session.commit()
    flash(gettext("Saved."), "success")
    return redirect(url_for(".reach"), 303)


def _page(form: ReachForm) -> str:
    has_mail = any(address.confirmed_at for address in addresses.addresses_of(session, me()))
    readings = reaching.readings(session, me())
    return render_template("account/reach.html", form=form, has_mail=has_mail, readings=readings)
