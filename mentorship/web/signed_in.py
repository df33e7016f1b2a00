"""Who is signed in: Flask-Login, with a row for every session behind it."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask, request
from flask import session as cookie
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import select

from mentorship.services import sessions
from mentorship.store.cohorts import CohortCoordinator
from mentorship.store.people import LoginSession, Person
from mentorship.web.database import db


class SignedIn(UserMixin):
    """A person in one signed-in browser; its id names the session's row, not the person."""

    def __init__(self, token: str, row: LoginSession) -> None:
        self.token = token
        self.row = row
        self.person = row.person

    def get_id(self) -> str:
        return self.token


def init_sign_in(app: Flask) -> None:
    """Let Flask-Login find the session's row of each request."""
    manager = LoginManager(app)
    manager.session_protection = None  # it would sign out a phone that changes its network
    manager.user_loader(_load)


def now() -> datetime:
    """The time of this request; the one place of the web that looks at the clock."""
    return datetime.now(UTC)


def is_signed_in() -> bool:
    """Whether a person is signed in."""
    return bool(current_user.is_authenticated)


def me() -> Person:
    """The person who is signed in; only for pages whose line in the access table asks for one."""
    person: Person = current_user.person
    return person


def my_session() -> LoginSession:
    """The row of this browser's session."""
    row: LoginSession = current_user.row
    return row


def coordinates() -> bool:
    """Whether the person signed in coordinates any cohort."""
    query = select(CohortCoordinator.cohort_id).where(CohortCoordinator.person_id == me().id).limit(1)
    return db.session.scalar(query) is not None


def start_session(person: Person, *, own_device: bool, hours: int) -> None:
    """Sign `person` in for `hours`; the cookie ends with the browser unless the device is hers alone."""
    cookie.clear()  # nothing of an earlier visitor stays
    device = request.user_agent.string[:80]
    token, row = sessions.start(db.session, person, device=device, hours=hours, at=now())
    login_user(SignedIn(token, row))
    cookie.permanent = own_device


def end_session() -> None:
    """Sign out: the row goes, so that a copied cookie is dead, and the cookie is emptied."""
    if is_signed_in():
        sessions.end(db.session, my_session())
    logout_user()
    cookie.clear()


def hours_left() -> int:
    """For how long this browser's session would still go on."""
    return max(1, round((my_session().expires_at - now()).total_seconds() / 3600))


def forget_browser() -> None:
    """Empty the cookie after the session's row has gone with all the others."""
    logout_user()
    cookie.clear()


def note_presence() -> None:
    """Keep her session going while she does things; only in a request that writes anyway."""
    if is_signed_in():
        sessions.touch(my_session(), at=now())


def _load(token: str) -> SignedIn | None:
    row = sessions.lookup(db.session, token, at=now())
    return None if row is None else SignedIn(token, row)
