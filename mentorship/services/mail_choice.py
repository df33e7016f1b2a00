"""What she is mailed about: a handful of kinds, each hers to stop, also by the link in every mail."""

from __future__ import annotations

from collections.abc import Collection

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mentorship.store.outbox import MailAbout, NoMail
from mentorship.store.people import Person, PersonStatus

KINDS: dict[MailAbout, tuple[str, ...]] = {
    MailAbout.MESSAGES: ("message", "newcomer_writes"),
    MailAbout.ASKS: (
        "ask", "ask_withdrawn", "turn_passed", "ask_reminder", "question_answered", "question_unanswered",
        "say_hello", "hello_reminder", "still_here", "set_away", "approval_ends", "take_over", "approved",
        "application_declined",
    ),
    MailAbout.REQUEST: (
        "asked", "accepted", "question", "question_withdrawn", "hello_late", "hello_late_alone", "go_on",
        "look_on",
        "new_mentor", "known_by", "helper_question", "no", "nothing_heard", "no_language_yet", "waiting",
        "waiting_again", "chosen_by_hand", "coordinator_writes", "request_closed", "clock_paused",
    ),
    MailAbout.PAIRS: (
        "began", "paused", "resumed", "extended", "completed", "ended", "lapsed", "check_in", "agreed_end",
        "handed_over", "not_handed_over", "mentor_away", "mentor_away_alone",
        "mentor_away_until", "mentor_away_until_alone", "mentor_back", "stand_by", "stood_by",
        "talk_proposed", "talk_agreed", "talk_called_off", "recognised",
        "invited_as_backup", "invited_as_mentor",
        "named_as_helper", "thanked",
    ),
    MailAbout.CALLS: ("call_tomorrow", "call_moved", "call_cancelled"),
    MailAbout.COHORT: (
        "someone_offers", "look_for_mentor", "nobody_yet", "no_hello", "no_contact", "mentor_set_away",
        "approval_of_ends", "round_drafted",
    ),
    MailAbout.SAFETY: ("something_wrong", "wants_someone_else"),
}  # fmt: skip
"""What a mail is about, to the notices that are mailed under it; a test asks for a place for every notice."""

ABOUT: dict[str, MailAbout] = {kind: about for about, kinds in KINDS.items() for kind in kinds}


def stopped(session: Session, person: Person) -> set[MailAbout]:
    """What she is not mailed about."""
    return set(session.scalars(select(NoMail.about).where(NoMail.person_id == person.id)))


def choose(session: Session, person: Person, wanted: Collection[MailAbout]) -> None:
    """Mail her about `wanted` and nothing else."""
    session.execute(delete(NoMail).where(NoMail.person_id == person.id))
    session.add_all(NoMail(person_id=person.id, about=about) for about in MailAbout if about not in wanted)
    session.flush()


def stop(session: Session, person: Person, *abouts: MailAbout) -> None:
    """Mail her no more about these; the notices go on standing on her pages."""
    session.refresh(person, with_for_update=True)  # two clicks at once are one
    for about in set(abouts) - stopped(session, person):
        session.add(NoMail(person_id=person.id, about=about))
    session.flush()


def is_wanted(session: Session, person_id: int, kind: str) -> bool:
    """Whether she is to be mailed a notice of this kind; what has no kind among these always is."""
    about = ABOUT.get(kind)
    return about is None or session.get(NoMail, (person_id, about)) is None


def stop_token(key: bytes, person: Person, kind: str) -> str:
    """What stands in the link of a mail that ends mail of its kind.

    It never ends by itself, nor when she signs out everywhere: whoever has it can do no more than end mail.
    """
    return str(_signer(key).dumps([person.public_id, ABOUT[kind]]))


def behind(session: Session, key: bytes, token: str) -> tuple[Person, MailAbout] | None:
    """Whose mail, and about what, such a link ends; None where it was not made here, or she has left."""
    try:
        public_id, about = _signer(key).loads(token)
        person = session.scalar(select(Person).where(Person.public_id == public_id))
        found = MailAbout(about)
    except (BadSignature, ValueError, TypeError):
        return None
    return None if person is None or person.status is PersonStatus.ERASED else (person, found)


def _signer(key: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt="no mail")
