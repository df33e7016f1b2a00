"""The second person of a pair, as she is drawn: for the newcomer who may turn to her, and for herself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Session
from wtforms import HiddenField

from mentorship.rules.lifecycle import AGREED
from mentorship.services import messages, second_person
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.together import Message
from mentorship.web.i18n import gettext
from mentorship.web.links import linked
from mentorship.web.mentorships.forms import MessageForm
from mentorship.web.mentorships.sentences import name_of
from mentorship.web.mentorships.sight import Viewer

PREFIX = "second-"
WHO = (Viewer.NEWCOMER, Viewer.BACKUP)

COORDINATORS = "coordinators"
"""To whom it goes where no backup is here."""


class SecondForm(MessageForm):
    """A message beside the pair; `to` is whom its page named, so that the words reach no one else."""

    to = HiddenField()

    def look_again(self, thread: list[Message]) -> None:
        """The words stay, and stand now under the thread they would go to."""
        self.after.data = _last(thread)


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """What stands on the page about turning to someone beside the mentor.

    Attributes
    ----------
    sentence
        Who it is, and what she sees.
    thread, form, to
        What the two have written to each other, the field for more, and the name it goes to.
    person_id, name
        Of the backup, here or away, whom the newcomer can tell about or block; empty where there is none.
    is_open
        Whether to show it unfolded.
    """

    sentence: str
    thread: list[tuple[Message, str, Markup]]
    form: SecondForm
    to: str
    person_id: str
    name: str
    is_open: bool


def second_form(thread: list[Message]) -> SecondForm:
    """An empty form; a page has another for the pair's own messages."""
    return SecondForm(formdata=None, prefix=PREFIX, data={"after": _last(thread)})


def goes_to(session: Session, mentorship: Mentorship, viewer: Viewer, *, at: datetime) -> str:
    """Whom a message of hers reaches now, as a form names it; empty where there is no one to write to."""
    if mentorship.state not in AGREED:
        return ""
    if viewer is Viewer.BACKUP:
        return mentorship.newcomer.public_id
    backup = second_person.stands_by(session, mentorship, at=at)
    return backup.public_id if backup is not None else COORDINATORS


def thread_with(session: Session, mentorship: Mentorship, viewer: Viewer, to: str) -> list[Message]:
    """What she and the one named `to` have written to each other."""
    if viewer is Viewer.BACKUP:
        return messages.thread_aside(session, mentorship)
    if to == COORDINATORS:
        return messages.thread_of_request(session, mentorship.request)
    seconds = messages.threads_aside(session, mentorship)
    return next((thread for person, thread in seconds if person.public_id == to), [])


def second_on(
    session: Session, mentorship: Mentorship, viewer: Viewer, form: SecondForm | None, *, at: datetime
) -> SecondPerson | None:
    """For the newcomer, and for the backup once she is called; None for the others, and after the end."""
    if viewer not in WHO or mentorship.state not in AGREED:
        return None
    if viewer is Viewer.BACKUP:
        return _for_backup(session, mentorship, form, at=at)
    backup = second_person.stands_by(session, mentorship, at=at)
    coordinators = [] if backup else second_person.stands_in(session, mentorship)
    if backup is None and not coordinators:
        return None
    to = goes_to(session, mentorship, viewer, at=at)
    thread = thread_with(session, mentorship, viewer, to)
    earlier = [] if backup else messages.thread_aside(session, mentorship)  # a backup who is away for a while
    away = second_person.is_away(session, mentorship.mentor_id, at=at)
    sees = second_person.is_called(session, mentorship, at=at)
    named = mentorship.backup
    return SecondPerson(
        _to_backup(mentorship, backup, away=away, sees=sees)
        if backup
        else _to_coordinator(mentorship, coordinators[0]),
        _lines(sorted([*earlier, *thread], key=lambda each: (each.at, each.id))),
        _addressed(form or second_form(thread), to),
        name_of(backup or coordinators[0]),
        named.public_id if named else "",
        name_of(named) if named else "",
        is_open=away or form is not None or bool(backup and thread),
    )


def earlier_seconds(
    session: Session, mentorship: Mentorship, viewer: Viewer
) -> list[tuple[str, list[tuple[Message, str, Markup]]]]:
    """For the newcomer alone, who can still show it to someone: what she and earlier second persons wrote."""
    if viewer is not Viewer.NEWCOMER or mentorship.state not in AGREED:
        return []
    return [
        (name_of(person), _lines(thread))
        for person, thread in messages.threads_aside(session, mentorship)
        if person.id != mentorship.backup_id and thread
    ]


def _for_backup(
    session: Session, mentorship: Mentorship, form: SecondForm | None, *, at: datetime
) -> SecondPerson | None:
    if not second_person.is_called(session, mentorship, at=at):
        return None
    thread = messages.thread_aside(session, mentorship)
    sentence = gettext(
        "Only %(newcomer)s reads what you write here, and the answer is for you alone.",
        newcomer=name_of(mentorship.newcomer),
    )
    lines, form = _lines(thread), _addressed(form or second_form(thread), mentorship.newcomer.public_id)
    to = name_of(mentorship.newcomer)
    return SecondPerson(sentence, lines, form, to, "", "", is_open=True)


def _to_backup(mentorship: Mentorship, backup: Person, *, away: bool, sees: bool) -> str:
    """Who it is; and whether she sees what help is wanted already, or only once the newcomer writes."""
    names = {"name": name_of(backup), "mentor": name_of(mentorship.mentor)}
    if away:
        return gettext(
            "%(mentor)s is away, and %(name)s is there for you meanwhile. %(name)s already sees what you"
            " would like help with and the words of your request, never what you and %(mentor)s write to"
            " each other. %(mentor)s does not read what you write here.",
            **names,
        )
    if sees:
        return gettext(
            "%(name)s is there for you too: when %(mentor)s is away, or when you would rather ask someone"
            " else. Since you wrote, %(name)s sees what you would like help with and the words of your"
            " request, never what you and %(mentor)s write to each other. %(mentor)s is not told.",
            **names,
        )
    return gettext(
        "%(name)s is there for you too: when %(mentor)s is away, or when you would rather ask someone else."
        " Once you write, %(name)s sees what you would like help with and the words of your request, never"
        " what you and %(mentor)s write to each other. %(mentor)s is not told.",
        **names,
    )


def _to_coordinator(mentorship: Mentorship, coordinator: Person) -> str:
    names = {"name": name_of(coordinator), "mentor": name_of(mentorship.mentor)}
    if mentorship.backup is not None:
        return gettext(
            "%(backup)s, your second person, is away just now. Meanwhile the coordinator, %(name)s, is there"
            " for you. The coordinators of your cohort read what you write here, never what you and"
            " %(mentor)s write to each other.",
            backup=name_of(mentorship.backup),
            **names,
        )
    return gettext(
        "No other mentor is free to stand by you two just now, so the coordinator, %(name)s, is your second"
        " person. The coordinators of your cohort read what you write here, never what you and %(mentor)s"
        " write to each other.",
        **names,
    )


def _addressed(form: SecondForm, to: str) -> SecondForm:
    form.to.data = to
    return form


def _last(thread: list[Message]) -> str:
    return thread[-1].public_id if thread else ""


def _lines(thread: list[Message]) -> list[tuple[Message, str, Markup]]:
    return [(each, name_of(each.author), linked(each.words)) for each in thread]
