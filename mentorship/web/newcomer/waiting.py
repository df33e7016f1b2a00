"""What the page of an open request shows: who reads it, how it stands, who is suggested, why she waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mentorship.rules import words
from mentorship.services import help_consent, requests, with_coordinators
from mentorship.services.matchmaking import MOST_SHOWN, suggestions
from mentorship.services.requests import Situation, Standing
from mentorship.services.waiting import Waiting, waiting
from mentorship.store.people import InterestKind, Person
from mentorship.store.queries import coordinators_of
from mentorship.store.requests import Request, Shown
from mentorship.store.together import Message
from mentorship.web.i18n import gettext
from mentorship.web.reasons import reason_sentences

NOBODY_ASKED = (Standing.WAITING, Standing.BY_HAND)
SENTENCE_ENDS = (". ", "! ", "? ", "\n", "。", "؟ ", "। ")


@dataclass(frozen=True, slots=True)
class Suggested:
    """One mentor as she is shown: the languages she helps in, why, one sentence of her own."""

    mentor: Person
    shown: Shown
    languages: list[str]
    reasons: list[str]
    sentence: str
    say_so: int


@dataclass(frozen=True, slots=True)
class RequestPage:
    """Everything the page says of an open request; `waits` while nobody is asked."""

    request: Request
    situation: Situation
    coordinators: list[Person]
    thread: list[Message]
    suggested: Sequence[Suggested]
    languages: list[str]
    needs: list[str]
    shown_all: bool
    waits: Waiting | None


def request_page(session: Session, request: Request, *, at: datetime) -> RequestPage:
    """Gather the page; mentors suggested for the first time are written down as shown."""
    situation = requests.situation(session, request)
    newcomer = request.newcomer
    suggested = suggested_now(session, request, situation, at=at)
    return RequestPage(
        request=request,
        situation=situation,
        coordinators=coordinators_of(session, request.cohort_id, but_not=[newcomer.id]),
        thread=with_coordinators.everything(session, newcomer),
        suggested=suggested,
        languages=[skill.code for skill in newcomer.languages if skill.accepts_help_in],
        needs=needs_of(newcomer),
        shown_all=len(request.shown) >= MOST_SHOWN,
        waits=waiting(session, request, at=at) if situation.standing in NOBODY_ASKED else None,
    )


def needs_of(newcomer: Person) -> list[str]:
    """What she would like help with, in words."""
    return [
        gettext(words.NEEDS[each.item])
        for each in newcomer.interests
        if each.kind is InterestKind.NEED and each.learns
    ]


def suggested_now(
    session: Session, request: Request, situation: Situation, *, at: datetime
) -> list[Suggested]:
    """Up to three mentors, while nobody is asked."""
    if situation.standing not in NOBODY_ASKED:
        return []
    session.refresh(request, with_for_update=True)  # two tabs at once must not write the same row
    found = suggestions(session, request, at=at)
    shown = {each.mentor_id: each for each in request.shown}
    return [
        Suggested(
            mentor=each.mentor,
            shown=shown[each.mentor.id],
            languages=[skill.code for skill in each.mentor.languages if skill.helps_in],
            reasons=reason_sentences(each.reasons.terms),
            sentence=first_sentence(each.offer.statement),
            say_so=help_consent.shown_beside(session, each.mentor),
        )
        for each in found
    ]


def first_sentence(text: str) -> str:
    """The first sentence of a mentor's statement; the rest is read once the two have met."""
    ends = [text.index(end) + 1 for end in SENTENCE_ENDS if end in text]
    return text[: min(ends)].strip() if ends else text.strip()
