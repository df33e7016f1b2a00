"""“Look at it together”: the first step offered where an edit was undone, and a ready first message."""

from __future__ import annotations

from collections.abc import Iterable

from mentorship.rules.lifecycle import State
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import InterestKind
from mentorship.store.together import Message
from mentorship.web.i18n import gettext
from mentorship.web.mentorships.sentences import name_of
from mentorship.web.mentorships.sight import PAIR, Viewer

EDIT_UNDONE = "edit-undone"
LOOK = "look"
"""What the page's address says in ``first`` when the step is to be suggested."""


def look_is_offered(mentorship: Mentorship, viewer: Viewer, thread: Iterable[Message]) -> bool:
    """After a yes to someone whose edit was undone, until both have written."""
    written = {message.author_id for message in thread}
    return (
        viewer in PAIR
        and mentorship.state in (State.ACCEPTED, State.ACTIVE)
        and _was_undone(mentorship)
        and not written >= {mentorship.newcomer_id, mentorship.mentor_id}
    )


def ready_words(mentorship: Mentorship, viewer: Viewer, *, first: str, is_begun: bool) -> str:
    """What stands in the field before she types: a suggestion she asked for, or the mentor's hello."""
    if first == LOOK and viewer in PAIR and _was_undone(mentorship):
        return _suggestion(mentorship, viewer)
    if viewer is Viewer.MENTOR and mentorship.state is State.ACCEPTED and not is_begun:
        return _hello(mentorship)
    return ""


def _was_undone(mentorship: Mentorship) -> bool:
    return any(
        each.kind is InterestKind.NEED and each.item == EDIT_UNDONE and each.learns
        for each in mentorship.newcomer.interests
    )


def _hello(mentorship: Mentorship) -> str:
    names = {"newcomer": name_of(mentorship.newcomer), "mentor": name_of(mentorship.mentor)}
    if _was_undone(mentorship):
        return gettext(
            "Hello %(newcomer)s, I am %(mentor)s. Thank you for asking; I have read what you wrote. "
            "Shall we look at it together? Tell me when you usually have half an hour, "
            "or write to me here whenever you like.",
            **names,
        )
    return gettext(
        "Hello %(newcomer)s, I am %(mentor)s. Thank you for asking; I have read what you wrote. "
        "Where would you like to begin? Tell me when you usually have half an hour, "
        "or write to me here whenever you like.",
        **names,
    )


def _suggestion(mentorship: Mentorship, viewer: Viewer) -> str:
    other = mentorship.mentor if viewer is Viewer.NEWCOMER else mentorship.newcomer
    return gettext(
        "Hello %(name)s, shall we look at the undone edit together? First what was changed, "
        "then what was said about it, then what could be tried next. Half an hour is enough.",
        name=name_of(other),
    )
