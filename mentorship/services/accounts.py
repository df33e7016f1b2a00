"""Joining, coming back, leaving: the account and its ways in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.services import passwords, sessions
from mentorship.services.keyed import hash_name, plain_name
from mentorship.services.safety import block
from mentorship.store.cohorts import Cohort, CohortMember
from mentorship.store.people import Credential, CredentialKind, Person, PersonStatus
from mentorship.store.safety import BlockMark

GONE = (PersonStatus.SUSPENDED, PersonStatus.ERASED)
TAKEN = N_("This sign-in name is taken. Please choose another.")


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What someone gives to join; the sign-in name and the password are never shown to anyone."""

    sign_in_name: str
    password: str
    name: str
    locale: str
    time_zone: str


def join(
    session: Session, cohort: Cohort, new: NewAccount, *, at: datetime, key: bytes
) -> tuple[Person, str]:
    """Make an account in `cohort`: the person, and her recovery code, which is kept nowhere.

    Raises
    ------
    BadInput
        When the sign-in name is taken; of two at once, one gets this.
    """
    person = Person(
        name=new.name, locale=new.locale, time_zone=new.time_zone, adult=True, joined_at=at
    )  # fmt: skip
    session.add(person)
    let_sign_in(session, person, new.sign_in_name, new.password, at=at)
    code = _keep_new_code(session, person, plain_name(new.sign_in_name), at=at)
    join_cohort(session, person, cohort, at=at)
    _block_again(session, person, hash_name(key, new.sign_in_name), at=at)
    return person, code


def join_cohort(session: Session, person: Person, cohort: Cohort, *, at: datetime) -> None:
    """Make her a member; doing it twice changes nothing."""
    if session.get(CohortMember, (cohort.id, person.id)) is None:
        session.add(CohortMember(cohort_id=cohort.id, person_id=person.id, joined_at=at))
        session.flush()


def person_with(session: Session, sign_in_name: str, password: str) -> Person | None:
    """The person whose sign-in name and password these are; None takes as long, whatever was wrong."""
    credential = _credential(session, CredentialKind.PASSWORD, sign_in_name)
    if not passwords.is_right(credential.secret if credential else None, password) or credential is None:
        return None
    person = session.get_one(Person, credential.person_id)
    if person.status in GONE:
        return None
    if passwords.is_old(credential.secret):
        credential.secret = passwords.hashed(password)
    return person


def recover(
    session: Session, sign_in_name: str, code: str, new_password: str, *, at: datetime
) -> tuple[Person, str] | None:
    """Set a new password by the recovery code: the person and her next code, or None as `person_with`.

    Every session ends, since someone else may have had the old password.
    """
    credential = _credential(session, CredentialKind.RECOVERY_CODE, sign_in_name)
    right = passwords.is_right(credential.secret if credential else None, passwords.plain_code(code))
    if not right or credential is None:
        return None
    person = session.get_one(Person, credential.person_id)
    if person.status in GONE:
        return None
    _credential_of(session, person, CredentialKind.PASSWORD).secret = passwords.hashed(new_password)
    sessions.end_all(session, person, at=at)
    return person, new_recovery_code(session, person, at=at)


def is_her_password(session: Session, person: Person, password: str) -> bool:
    """Whether `password` is the one she signs in with now."""
    return passwords.is_right(_credential_of(session, person, CredentialKind.PASSWORD).secret, password)


def change_password(session: Session, person: Person, new_password: str, *, at: datetime) -> None:
    """Give her another password and sign her out everywhere."""
    credential = _credential_of(session, person, CredentialKind.PASSWORD)
    credential.secret = passwords.hashed(new_password)
    credential.made_at = at
    sessions.end_all(session, person, at=at)


def new_recovery_code(session: Session, person: Person, *, at: datetime) -> str:
    """A new code in place of the old one, which is of no use from now on."""
    subject = _credential_of(session, person, CredentialKind.PASSWORD).subject
    session.execute(
        delete(Credential).where(
            Credential.person_id == person.id, Credential.kind == CredentialKind.RECOVERY_CODE
        )
    )
    return _keep_new_code(session, person, subject, at=at)


def let_sign_in(session: Session, person: Person, sign_in_name: str, password: str, *, at: datetime) -> None:
    """Give her a sign-in name and a password; a name that is taken is refused with BadInput."""
    subject = plain_name(sign_in_name)
    taken = BadInput(TAKEN, field="sign_in_name")
    if _credential(session, CredentialKind.PASSWORD, subject) is not None:
        raise taken
    session.flush()
    credential = Credential(
        person_id=person.id,
        kind=CredentialKind.PASSWORD,
        subject=subject,
        secret=passwords.hashed(password),
        made_at=at,
    )
    try:
        with session.begin_nested():
            session.add(credential)
    except IntegrityError as error:  # somebody took it between the look and now
        raise taken from error


def _keep_new_code(session: Session, person: Person, subject: str, *, at: datetime) -> str:
    code = passwords.new_code()
    session.add(
        Credential(
            person_id=person.id,
            kind=CredentialKind.RECOVERY_CODE,
            subject=subject,
            secret=passwords.hashed(code),
            made_at=at,
        )
    )
    session.flush()
    return code


def _block_again(session: Session, person: Person, subject_hash: str, *, at: datetime) -> None:
    """Whoever had blocked her before she erased her account is kept apart from her again."""
    for mark in session.scalars(select(BlockMark).where(BlockMark.subject_hash == subject_hash)).all():
        block(session, session.get_one(Person, mark.blocker_id), person, at=at)
        session.delete(mark)
    session.flush()


def _credential(session: Session, kind: CredentialKind, sign_in_name: str) -> Credential | None:
    return session.scalar(
        select(Credential).where(Credential.kind == kind, Credential.subject == plain_name(sign_in_name))
    )


def _credential_of(session: Session, person: Person, kind: CredentialKind) -> Credential:
    query = select(Credential).where(Credential.person_id == person.id, Credential.kind == kind)
    return session.scalars(query).one()
