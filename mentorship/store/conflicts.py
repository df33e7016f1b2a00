"""What the database refuses, as a refusal in words: of two at once, one fails here."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from mentorship.rules.errors import AlreadyOpen, MentorFull, NotPossible, Refusal, Stale
from mentorship.rules.marking import N_
from mentorship.store import guards

FULL = N_("This mentor has no free place at the moment.")
NOT_POSSIBLE = N_("This pair is not possible.")
ONE_OPEN = N_("There is already an open mentorship or ask here; only one can be open at a time.")
ONE_REQUEST = N_("There is already an open request; only one can be open at a time.")
CHANGED = N_("Somebody changed this at the same moment. The page shows how it stands now.")

_SIGNS: tuple[tuple[tuple[str, ...], type[Refusal], str], ...] = (
    (
        (
            "uq_mentorship_one_open_per_place",
            "mentorship.mentor_id, mentorship.place_n",
            "fk_mentorship_mentor_id_place_n",
            "ck_mentorship_open_has_place",
        ),
        MentorFull,
        FULL,
    ),
    (("uq_mentorship_one_open_per_newcomer", "mentorship.newcomer_id"), AlreadyOpen, ONE_OPEN),
    (("uq_request_one_open", "request.newcomer_id"), AlreadyOpen, ONE_REQUEST),
    (
        (guards.ACROSS_A_BLOCK, guards.NOT_APPROVED, "mentorship_mentor_id_approval_state", "two_people"),
        NotPossible,
        NOT_POSSIBLE,
    ),
)


CONFLICTS = (IntegrityError, StaleDataError)
"""What SQLAlchemy raises when the database has the last word, or a version has moved on."""


def refusal_of(error: IntegrityError | StaleDataError) -> Refusal:
    """The refusal behind what the database said; a conflict it cannot name is `Stale`."""
    said = str(error.orig) if isinstance(error, IntegrityError) else ""
    for signs, kind, sentence in _SIGNS:
        if any(sign in said for sign in signs):
            return kind(sentence)
    return Stale(CHANGED)
