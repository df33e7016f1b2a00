"""Who helped her: what she keeps about it, the link she can give, and thanks."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput
from mentorship.services import help_consent, help_records, thanks
from mentorship.store.help import Help
from mentorship.web.database import session
from mentorship.web.errors import sentence_of
from mentorship.web.i18n import gettext
from mentorship.web.language_names import languages_to_pick, typed_name
from mentorship.web.lineage.blueprint import bp, checked, name_of_helper, picked
from mentorship.web.lineage.forms import GROUP, FactsForm, HelpForm, NameForm, ThanksForm
from mentorship.web.signed_in import me, now


@bp.get("/helped/people")
def records() -> ResponseReturnValue:
    form = HelpForm(formdata=None, member=request.args.get("member", ""))
    return _list_page(form)


@bp.post("/helped/people")
def add() -> ResponseReturnValue:
    form = HelpForm()
    form.offer(help_records.people_to_name(session, me()))
    if not form.validate():
        return _list_page(form), 422
    try:
        _add(form)
    except BadInput as refusal:
        session.rollback()
        form[refusal.field].errors = [sentence_of(refusal)]
        return _list_page(form), 422
    session.commit()
    flash(gettext("Kept."), "success")
    return redirect(url_for(".records"), 303)


@bp.get("/helped/people/<public_id:help_id>")
def record(help_id: str) -> ResponseReturnValue:
    return _page(help_records.record_of(session, me(), help_id))


@bp.post("/helped/people/<public_id:help_id>")
def save(help_id: str) -> ResponseReturnValue:
    kept = help_records.record_of(session, me(), help_id)
    form = _form_of(kept)
    if not form.validate():
        return _page(kept, form=form), 422
    if isinstance(form, NameForm):
        help_records.rename(session, kept, form.name.data)
    help_records.change(session, kept, form.facts())
    session.commit()
    flash(gettext("Saved."), "success")
    return redirect(url_for(".records"), 303)


@bp.post("/helped/people/<public_id:help_id>/remove")
def remove(help_id: str) -> ResponseReturnValue:
    checked()
    help_records.remove(session, help_records.record_of(session, me(), help_id), at=now())
    session.commit()
    flash(gettext("Taken away."), "success")
    return redirect(url_for(".records"), 303)


@bp.post("/helped/people/<public_id:help_id>/names")
def consent(help_id: str) -> ResponseReturnValue:
    """Let her own name stand with that help, or no longer."""
    checked()
    kept = help_records.record_of(session, me(), help_id)
    help_consent.let_be_named(session, kept, agrees=picked(request.form, "agrees"), at=now())
    session.commit()
    return _back(help_id, gettext("Saved."))


@bp.post("/helped/people/<public_id:help_id>/link")
def make_link(help_id: str) -> ResponseReturnValue:
    checked()
    help_consent.invite(session, help_records.record_of(session, me(), help_id))
    session.commit()
    return _back(help_id, gettext("Here is a link you can give, by whatever way you know each other."))


@bp.post("/helped/people/<public_id:help_id>/thanks")
def thank(help_id: str) -> ResponseReturnValue:
    kept = help_records.record_of(session, me(), help_id)
    form = ThanksForm()
    if not form.validate():
        return _page(kept, thanks_form=form), 422
    try:
        thanks.thank(session, kept, form.words.data, at=now())
    except BadInput as refusal:
        session.rollback()
        form.words.errors = [sentence_of(refusal)]
        return _page(help_records.record_of(session, me(), help_id), thanks_form=form), 422
    session.commit()
    return _back(help_id, gettext("Your thanks are on their way. Whoever wants no such notes is shown none."))


def _add(form: HelpForm) -> None:
    if form.is_typed:
        is_group = form.member.data == GROUP
        help_records.add_typed(session, me(), form.name.data, form.facts(), at=now(), is_group=is_group)
    else:
        help_records.add_member(session, me(), form.member.data, form.facts(), at=now())


def _back(help_id: str, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".record", help_id=help_id), 303)


def _list_page(form: HelpForm) -> str:
    form.offer(help_records.people_to_name(session, me()))
    kept = [(each, name_of_helper(each)) for each in help_records.records_of(session, me())]
    return render_template(
        "lineage/records.html", form=form, records=kept, languages_to_pick=languages_to_pick
    )


def _form_of(kept: Help, *, stored: bool = False) -> FactsForm:
    kind = FactsForm if kept.helper_id is not None else NameForm
    if not stored:
        return kind()
    given = {
        "name": kept.helper_name,
        "year": kept.year,
        "language": typed_name(kept.language) if kept.language else "",
        "what": kept.what,
        "may_invite": kept.may_invite,
    }
    return kind(formdata=None, data=given)


def _page(kept: Help, *, form: FactsForm | None = None, thanks_form: ThanksForm | None = None) -> str:
    base = current_app.config["MENTORSHIP"].BASE_URL
    link = f"{base}{url_for('.invitation', word=kept.invitation)}" if kept.invitation else None
    return render_template(
        "lineage/record.html",
        record=kept,
        name=name_of_helper(kept),
        form=form or _form_of(kept, stored=True),
        thanks_form=thanks_form or ThanksForm(formdata=None),
        thanked_at=thanks.thanked_at(session, kept),
        link=link,
        ready=_ready_words(kept, link),
        languages_to_pick=languages_to_pick,
    )


def _ready_words(kept: Help, link: str | None) -> str:
    """A text she can copy and send herself, to someone who is not here."""
    words = gettext(
        "Hello %(name)s,\nyou helped me when I started with Wikimedia. I have not forgotten it: thank you.",
        name=kept.helper_name or "",
    )
    if kept.year:
        words = gettext(
            "Hello %(name)s,\nyou helped me when I started with Wikimedia, in %(year)s. I have not forgotten"
            " it: thank you.",
            name=kept.helper_name or "",
            year=str(kept.year),
        )
    if link:
        words += "\n" + gettext(
            "If you would like to stand beside me in “Who helped whom”: %(link)s", link=link
        )
    return words
