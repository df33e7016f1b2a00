"""Her page of who helped whom; her answer when someone names her; links and notes she was given."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorship.services import help_consent, help_records, thanks
from mentorship.web.database import session
from mentorship.web.i18n import gettext, speech
from mentorship.web.lineage import records
from mentorship.web.lineage.blueprint import bp, checked, name_of_helper, picked
from mentorship.web.lineage.picture import draw
from mentorship.web.lineage.rows import rows_of, title_of
from mentorship.web.signed_in import me, now

__all__ = ["bp", "records"]

ON_A_PAGE = 200


@bp.get("/lineage")
def show() -> ResponseReturnValue:
    from mentorship.services import lineage  # only who looks at it pays for numpy and networkx

    person = me()
    seen = lineage.lineage_of(session, person)
    typed = [
        name_of_helper(each) for each in help_records.records_of(session, person) if each.helper_id is None
    ]
    rows = rows_of(seen, typed)
    return render_template(
        "lineage/show.html",
        seen=seen.view,
        rows=rows,
        picture=draw(rows, seen.ties, me=person.id, mirrored=speech().direction == "rtl"),
        asked=help_consent.asked_of(session, person),
        say_so=help_consent.how_many_say_so(session, person),
        shows=person.shows_helped,
        notes=thanks.thanks_to(session, person),
        keeps=bool(help_records.records_of(session, person)),
    )


@bp.get("/lineage/names")
def names() -> ResponseReturnValue:
    """Everyone of one generation who may be named, some at a time: on her page stand the first of them."""
    from mentorship.services import lineage

    step, page = (request.args.get(name, 1, type=int) for name in ("step", "page"))
    first = (max(1, page) - 1) * ON_A_PAGE
    found, many = lineage.names_at(session, me(), step, first=first, most=ON_A_PAGE)
    return render_template(
        "lineage/names.html", title=title_of(step), names=found, page=page, pages=-(-many // ON_A_PAGE)
    )


@bp.post("/lineage/asked/<public_id:help_id>")
def answer(help_id: str) -> ResponseReturnValue:
    """Whoever was named says yes or no, or changes that; a no reaches nobody."""
    checked()
    asked = help_consent.asked_one(session, me(), help_id)
    help_consent.answer(session, asked, agrees=picked(request.form, "agrees"), at=now())
    session.commit()
    return _back(gettext("Saved."))


@bp.post("/lineage/how-many")
def show_how_many() -> ResponseReturnValue:
    checked()
    help_consent.show_how_many(session, me(), shown=picked(request.form, "shown"))
    session.commit()
    return _back(gettext("Saved."))


@bp.post("/lineage/thanks/<public_id:note_id>/forget")
def forget_thanks(note_id: str) -> ResponseReturnValue:
    checked()
    thanks.forget(session, me(), note_id)
    session.commit()
    return _back(gettext("Taken away."))


@bp.get("/helped/link/<public_id:word>")
def invitation(word: str) -> ResponseReturnValue:
    found = help_consent.invitation(session, word, me())
    return render_template("lineage/invitation.html", word=word, name=found.helped.name)


@bp.post("/helped/link/<public_id:word>")
def take_up(word: str) -> ResponseReturnValue:
    checked()
    help_consent.take_up(session, word, me(), at=now())
    session.commit()
    return _back(
        gettext("Thank you. Both your names may stand now; you can take that back here at any time.")
    )


def _back(words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".show"), 303)
