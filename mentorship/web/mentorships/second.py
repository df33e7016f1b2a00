"""The second person of a pair, as she is drawn: for the newcomer who may turn to her, and for herself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

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
        Of the backup, whom the newcomer can tell about or block from here; empty where it is a coordinator.
    is_open
        Whether to show it unfolded.
    can_tell
        Whether a message here can be attached to what is told in private.
    """

    sentence: str
    thread: list[tuple[Message, str, Markup]]
    form: MessageForm
    to: str
    person_id: str
    name: str
    is_open: bool
    can_tell: bool


def second_form(thread: list[Message]) -> MessageForm:
    """An empty form; a page has another for the pair's own messages."""
    after = thread[-1].public_id if thread else ""
    return MessageForm(formdata=None, prefix=PREFIX, data={"after": after})


def thread_seen(session: Session, mentorship: Mentorship, viewer: Viewer, *, at: datetime) -> list[Message]:
    """The thread a new message of hers goes to: with the backup, or with the coordinators who stand in."""
    stands_in = viewer is Viewer.NEWCOMER and second_person.stands_by(session, mentorship, at=at) is None
    if stands_in:
        return messages.thread_of_request(session, mentorship.request)
    return messages.thread_aside(session, mentorship)


def second_on(
    session: Session, mentorship: Mentorship, viewer: Viewer, form: MessageForm | None, *, at: datetime
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
    thread = thread_seen(session, mentorship, viewer, at=at)
    earlier = [] if backup else messages.thread_aside(session, mentorship)  # a backup who is away for a while
    away = second_person.is_away(session, mentorship.mentor_id, at=at)
    return SecondPerson(
        _to_backup(mentorship, backup) if backup else _to_coordinator(mentorship, coordinators[0]),
        _lines(sorted([*earlier, *thread], key=lambda each: (each.at, each.id))),
        form or second_form(thread),
        name_of(backup or coordinators[0]),
        backup.public_id if backup else "",
        name_of(backup) if backup else "",
        is_open=away or form is not None or bool(backup and thread),
        can_tell=backup is not None,
    )


def _for_backup(
    session: Session, mentorship: Mentorship, form: MessageForm | None, *, at: datetime
) -> SecondPerson | None:
    if not second_person.is_called(session, mentorship, at=at):
        return None
    thread = messages.thread_aside(session, mentorship)
    sentence = gettext(
        "Only %(newcomer)s reads what you write here, and the answer is for you alone.",
        newcomer=name_of(mentorship.newcomer),
    )
    lines, form = _lines(thread), form or second_form(thread)
    to = name_of(mentorship.newcomer)
    return SecondPerson(sentence, lines, form, to, "", "", is_open=True, can_tell=True)


def _to_backup(mentorship: Mentorship, backup: Person) -> str:
    return gettext(
        "%(name)s is there for you too: when %(mentor)s is away, or when you would rather ask someone else."
        " Once you write, %(name)s sees what you would like help with and the words of your request, never"
        " what you and %(mentor)s write to each other. %(mentor)s is not told.",
        name=name_of(backup),
        mentor=name_of(mentorship.mentor),
    )


def _to_coordinator(mentorship: Mentorship, coordinator: Person) -> str:
    names = {"name": name_of(coordinator), "mentor": name_of(mentorship.mentor)}
    if mentorship.backup is not None:
        return gettext(
            "%(backup)s, your second person, is away just now. Until then the coordinator, %(name)s, is there"
            " for you, and never sees what you and %(mentor)s write to each other.",
            backup=name_of(mentorship.backup),
            **names,
        )
    return gettext(
        "No other mentor is free to stand by you two just now, so the coordinator, %(name)s, is your second"
        " person. The coordinators of your cohort read what you write here, never what you and %(mentor)s"
        " write to each other.",
        **names,
    )


def _lines(thread: list[Message]) -> list[tuple[Message, str, Markup]]:
    return [(each, name_of(each.author), linked(each.words)) for each in thread]
