"""“Tell someone about this message”: from the thread of a pair to one person who is not in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice, TextAreaField
from wtforms.validators import DataRequired, Length

from mentorship.rules.deadlines import REPORT_READ_DAYS
from mentorship.rules.errors import NotFound
from mentorship.rules.lifecycle import AGREED
from mentorship.services import messages, safety
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.together import Message
from mentorship.web.database import session
from mentorship.web.formats import day
from mentorship.web.forms import Checkboxes, PageForm
from mentorship.web.i18n import gettext, lazy_gettext
from mentorship.web.mentorships.blueprint import bp, load
from mentorship.web.mentorships.sentences import name_of
from mentorship.web.mentorships.sight import PAIR, Viewer, sight_of
from mentorship.web.signed_in import me, now

BEGINNING = 60
"""Letters of a message by which it is known in the list."""


class TellForm(PageForm):
    """What is wrong, and the messages that show it."""

    attached = Checkboxes(
        lazy_gettext("Messages to show"),
        description=lazy_gettext("Of your messages, these alone are shown; the others stay with you two."),
    )
    words = TextAreaField(
        lazy_gettext("What is wrong?"),
        [
            DataRequired(message=lazy_gettext("Please write a sentence about what is wrong.")),
            Length(max=4000, message=lazy_gettext("At most %(most)s characters, please.", most=4000)),
        ],
        description=lazy_gettext("A few words are enough. You can leave out what you do not want to say."),
    )

    def offer(self, thread: list[Message]) -> None:
        self.attached.choices = [SelectChoice(each.public_id, _called(each)) for each in thread]


@bp.get("/<public_id:public_id>/messages/<public_id:message_id>/tell")
def tell(public_id: str, message_id: str) -> ResponseReturnValue:
    mentorship, thread, _ = _thread(public_id, message_id)
    form = TellForm(formdata=None, data={"attached": [message_id]})
    form.offer(thread)
    return _page(mentorship, message_id, form)


@bp.post("/<public_id:public_id>/messages/<public_id:message_id>/tell")
def tell_now(public_id: str, message_id: str) -> ResponseReturnValue:
    """Never limited."""
    mentorship, thread, other = _thread(public_id, message_id)
    form, person = TellForm(), me()
    form.offer(thread)
    if not form.validate():
        return _page(mentorship, message_id, form), 422
    chosen = set(form.attached.data or [])
    made = safety.report(
        session, form.words.data or "", by=person, at=now(), about=other,
        mentorship=mentorship, attached=[each for each in thread if each.public_id in chosen],
    )  # fmt: skip
    session.commit()
    flash(gettext("Thank you for telling. It is with someone who reads it now."), "success")
    return redirect(url_for("pages.report", public_id=made.public_id), 303)


def _thread(public_id: str, message_id: str) -> tuple[Mentorship, list[Message], Person | None]:
    """The thread a message stands in and the other who writes there, for one who reads it; else nothing."""
    mentorship, viewer = load(public_id)
    for thread, other in _threads(mentorship, viewer):
        if message_id in {each.public_id for each in thread}:
            return mentorship, thread, other
    raise NotFound("")


def _threads(mentorship: Mentorship, viewer: Viewer) -> Iterator[tuple[list[Message], Person | None]]:
    """What she reads: of the pair as one of the two, apart from it as its newcomer or its backup of now."""
    newcomers = viewer is Viewer.NEWCOMER
    if viewer in PAIR and sight_of(viewer, mentorship.state).messages:
        partner = mentorship.mentor if newcomers else mentorship.newcomer
        yield messages.thread_of_pair(session, mentorship), partner
    if newcomers and mentorship.state in AGREED:
        for second, thread in messages.threads_aside(session, mentorship):
            yield thread, second
    if viewer is Viewer.BACKUP:
        yield messages.thread_aside(session, mentorship), mentorship.newcomer


def _page(mentorship: Mentorship, message_id: str, form: TellForm) -> str:
    by = now() + timedelta(days=REPORT_READ_DAYS)
    return render_template(
        "mentorships/tell.html", mentorship=mentorship, message_id=message_id, form=form, by=by
    )


def _called(message: Message) -> str:
    words = " ".join(message.words.split())
    short = words if len(words) <= BEGINNING else f"{words[:BEGINNING]}…"
    return gettext(
        "%(name)s, %(day)s: %(words)s", name=name_of(message.author), day=day(message.at), words=short
    )
