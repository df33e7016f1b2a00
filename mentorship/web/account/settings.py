"""Her name, language, time zone and e-mail; her cohorts; her data; erasing it all."""

from __future__ import annotations

import json

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mentorship.services import addresses, leaving, mail_choice, own_data
from mentorship.services.erasure import erase as erase_person
from mentorship.store.cohorts import Cohort
from mentorship.store.outbox import MailAbout
from mentorship.store.people import Address
from mentorship.web import limits
from mentorship.web.account.blueprint import bp, secret
from mentorship.web.account.forms import AddressForm, MailForm, SettingsForm
from mentorship.web.database import session
from mentorship.web.i18n import forget_chosen_language, gettext
from mentorship.web.mail_words import lost_without
from mentorship.web.signed_in import coordinates, forget_browser, me, now

FOR_COORDINATORS = (MailAbout.COHORT, MailAbout.SAFETY)


@bp.get("")
def show() -> ResponseReturnValue:
    return _page(SettingsForm(obj=me()), AddressForm(formdata=None))


@bp.post("")
def save() -> ResponseReturnValue:
    form = SettingsForm()
    form.offer(me())
    if not form.validate():
        return _page(form, AddressForm(formdata=None)), 422
    if form.locale.data != me().locale:
        forget_chosen_language()
    form.populate_obj(me())
    session.commit()
    return _saved()


@bp.post("/address")
def add_address() -> ResponseReturnValue:
    form = AddressForm()
    if not form.validate() or not form.email.data:
        return _page(SettingsForm(formdata=None, obj=me()), form), 422
    addresses.add(session, me(), form.email.data, at=now())
    session.commit()
    flash(gettext("Saved. Once you open the link mailed to you, notices go there."), "success")
    return redirect(url_for(".show"), 303)


@bp.post("/address/remove")
def remove_address() -> ResponseReturnValue:
    for address in addresses.addresses_of(session, me()):
        addresses.remove(session, me(), address.email)
    session.commit()
    return _saved()


@bp.post("/mail")
def choose_mail() -> ResponseReturnValue:
    """What is not offered to her (a coordinator's kinds) stays as it is."""
    form, offered = MailForm(), _mail_kinds()
    form.offer(offered)
    if not form.validate():
        return _page(SettingsForm(formdata=None, obj=me()), AddressForm(formdata=None), form), 422
    stopped = mail_choice.stopped(session, me())
    wanted = {MailAbout(each) for each in form.wanted.data or []}
    mail_choice.choose(session, me(), wanted | (set(MailAbout) - set(offered) - stopped))
    session.commit()
    return _saved()


@bp.get("/confirm/<token>")
def confirm(token: str) -> ResponseReturnValue:
    """The mailed link: looking at it changes nothing, since mail programs look too."""
    return render_template("account/confirm.html", address=_address_behind(token), token=token)


@bp.post("/confirm/<token>")
def confirm_now(token: str) -> ResponseReturnValue:
    addresses.confirm(_address_behind(token), at=now())
    session.commit()
    flash(gettext("Confirmed. Notices go there from now on."), "success")
    return redirect(url_for("pages.landing"), 303)


@bp.post("/leave/<public_id:public_id>")
def leave(public_id: str) -> ResponseReturnValue:
    cohort = session.scalar(select(Cohort).where(Cohort.public_id == public_id))
    if cohort is None or cohort not in leaving.cohorts_of(session, me()):
        abort(404)
    leaving.leave(session, me(), cohort, at=now())
    session.commit()
    flash(
        gettext("You have left %(cohort)s. You are welcome back at any time.", cohort=cohort.name), "success"
    )
    return redirect(url_for(".show"), 303)


@bp.get("/data")
def data() -> ResponseReturnValue:
    """Everything kept about her, as a file."""
    mine = [("export", me().public_id)]
    limits.check(limits.EXPORTS, mine)
    limits.count(limits.EXPORTS, mine)
    text = json.dumps(own_data.own_data(session, me()), ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": "attachment; filename=my-data.json"}
    return Response(text, mimetype="application/json", headers=headers)


@bp.get("/erase")
def erase() -> ResponseReturnValue:
    return render_template("account/erase.html")


@bp.post("/erase")
def erase_now() -> ResponseReturnValue:
    """One step, no password, never limited."""
    erase_person(session, me(), at=now(), key=secret())
    session.commit()
    forget_browser()
    flash(gettext("Your account is erased. Thank you for having been here."), "success")
    return redirect(url_for("pages.landing"), 303)


def _address_behind(token: str) -> Address:
    address = addresses.address_behind(session, secret(), token)
    if address is None:
        abort(404)
    return address


def _mail_kinds() -> list[MailAbout]:
    """What she could be mailed about; what is for coordinators is offered to them alone."""
    hers = [about for about in MailAbout if about not in FOR_COORDINATORS]
    return [*hers, *FOR_COORDINATORS] if coordinates() else hers


def _page(form: SettingsForm, address_form: AddressForm, mail_form: MailForm | None = None) -> str:
    form.offer(me())
    offered, stopped = _mail_kinds(), mail_choice.stopped(session, me())
    if mail_form is None:
        wanted = [str(about) for about in offered if about not in stopped]
        mail_form = MailForm(formdata=None, data={"wanted": wanted})
        mail_form.offer(offered)
    return render_template(
        "account/show.html",
        form=form,
        address_form=address_form,
        mail_form=mail_form,
        lost=[lost_without(about) for about in offered if about in stopped],
        addresses=addresses.addresses_of(session, me()),
        cohorts=leaving.cohorts_of(session, me()),
    )


def _saved() -> ResponseReturnValue:
    flash(gettext("Saved."), "success")
    return redirect(url_for(".show"), 303)
