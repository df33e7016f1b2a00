"""The poster of a cohort: takeaways and quotes a coordinator chose, and the numbers of that day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mentorship.rules.errors import BadInput, NotFound
from mentorship.rules.marking import N_
from mentorship.services import audit, belonging
from mentorship.services.shared_numbers import to_pass_on
from mentorship.store.cohorts import Cohort
from mentorship.store.conversations import Conversation, Poster, Quote, Takeaway
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import is_blocked

MOST_TAKEAWAYS = 6
MOST_QUOTES = 4
TOO_MANY = N_("A poster holds six takeaways and four quotes: larger letters are read from farther away.")


@dataclass(frozen=True, slots=True)
class Said:
    """A quote as it stands on the poster; `name` only where she wished it."""

    words: str
    name: str


@dataclass(frozen=True, slots=True)
class Content:
    """What stands on a poster, as one person sees it."""

    poster: Poster
    takeaways: list[str]
    quotes: list[Said]

    @property
    def numbers(self) -> dict[str, Any]:
        return self.poster.numbers


def poster_of(session: Session, cohort: Cohort) -> Poster | None:
    """The cohort's poster, published or not."""
    return session.get(Poster, cohort.id)


def is_published(session: Session, cohort: Cohort) -> bool:
    """Whether members see the poster."""
    poster = poster_of(session, cohort)
    return poster is not None and poster.published_at is not None


def shown_to(session: Session, cohort: Cohort, person: Person) -> Content:
    """The poster, for who may see it: members once it is published, its coordinators before too.

    Raises
    ------
    NotFound
        There is none for her.
    """
    poster = poster_of(session, cohort)
    if poster is None:
        raise NotFound("")
    if poster.published_at is None and not belonging.coordinates(session, cohort, person):
        raise NotFound("")
    takeaways = session.scalars(takeaways_to_choose(cohort).where(Takeaway.on_poster.is_(True)))
    quotes = session.scalars(quotes_to_choose(cohort).where(Quote.on_poster.is_(True))).all()
    return Content(
        poster,
        [one.words for one in takeaways],
        [Said(one.words, _name(session, one, person)) for one in quotes],
    )


def takeaways_to_choose(cohort: Cohort) -> Select[Takeaway]:
    """The published takeaways of the cohort's conversations, the latest conversation first."""
    return (
        select(Takeaway)
        .join(Conversation, Conversation.id == Takeaway.conversation_id)
        .where(
            Conversation.cohort_id == cohort.id,
            Conversation.cancelled_at.is_(None),
            Conversation.published_at.is_not(None),
        )
        .order_by(Conversation.starts_at.desc(), Takeaway.at, Takeaway.id)
    )


def quotes_to_choose(cohort: Cohort) -> Select[Quote]:
    """Every sentence somebody lets be quoted, while she is here."""
    return (
        select(Quote)
        .join(Conversation, Conversation.id == Quote.conversation_id)
        .join(Person, Person.id == Quote.author_id)
        .where(
            Conversation.cohort_id == cohort.id,
            Conversation.cancelled_at.is_(None),
            Person.status.in_((PersonStatus.ACTIVE, PersonStatus.HIDDEN)),
        )
        .order_by(Conversation.starts_at.desc(), Quote.consented_at, Quote.id)
    )


def make(
    session: Session,
    cohort: Cohort,
    *,
    takeaways: Collection[str],
    quotes: Collection[str],
    by: Person,
    at: datetime,
) -> Poster:
    """Put these (by their public ids) on the poster, with the numbers as they are now.

    What nobody may choose is left out. Whether the poster is published stays as it was.

    Raises
    ------
    BadInput
        More than a poster holds.
    """
    for chosen, most, field in ((takeaways, MOST_TAKEAWAYS, "takeaways"), (quotes, MOST_QUOTES, "quotes")):
        if len(set(chosen)) > most:
            raise BadInput(TOO_MANY, field=field)
    for takeaway in session.scalars(takeaways_to_choose(cohort)).all():
        takeaway.on_poster = takeaway.public_id in takeaways
    for quote in session.scalars(quotes_to_choose(cohort)).all():
        quote.on_poster = quote.public_id in quotes
    poster = poster_of(session, cohort) or Poster(cohort_id=cohort.id, published_at=None)
    poster.numbers, poster.made_at = to_pass_on(session, cohort, at=at), at
    session.add(poster)
    audit.record(session, "poster_make", actor=by, at=at, kind="cohort", subject_id=cohort.id)
    session.flush()
    return poster


def publish(session: Session, cohort: Cohort, *, published: bool, by: Person, at: datetime) -> None:
    """Show the poster to the members, or at once no longer. Raises NotFound where there is none."""
    poster = poster_of(session, cohort)
    if poster is None:
        raise NotFound("")
    poster.published_at = (poster.published_at or at) if published else None
    act = "poster_publish" if published else "poster_unpublish"
    audit.record(session, act, actor=by, at=at, kind="cohort", subject_id=cohort.id)
    session.flush()


def _name(session: Session, quote: Quote, viewer: Person) -> str:
    """Hers where she wished it; for who stands across a block it is a sentence without a name."""
    if not quote.with_name or is_blocked(session, quote.author_id, viewer.id):
        return ""
    return quote.author.name
