"""What every page of a pair begins with: the mentorship of the address, and as what she looks at it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mentorship.rules.errors import NotAllowed
from mentorship.rules.marking import N_
from mentorship.store.mentorships import Mentorship
from mentorship.web.database import session
from mentorship.web.mentorships.sight import PAIR, Viewer, viewer_of
from mentorship.web.signed_in import me

bp = Blueprint("mentorships", __name__, url_prefix="/mentorships")

NOT_HERS = N_("This step is not yours to take here.")


def load(public_id: str) -> tuple[Mentorship, Viewer]:
    """The mentorship and as what she looks at it; a stranger gets what an unknown id gets."""
    mentorship = session.scalar(select(Mentorship).where(Mentorship.public_id == public_id))
    viewer = viewer_of(session, mentorship, me()) if mentorship is not None else None
    if mentorship is None or viewer is None:
        abort(404)
    return mentorship, viewer


def for_the_two(viewer: Viewer) -> None:
    """Refuse whoever is not one of the pair."""
    if viewer not in PAIR:
        raise NotAllowed(NOT_HERS)


def done(public_id: str, sentence: str) -> ResponseReturnValue:
    """Keep what was done, say so, and show the pair's page."""
    session.commit()
    flash(sentence, "success")
    return redirect(url_for("mentorships.show", public_id=public_id), 303)
