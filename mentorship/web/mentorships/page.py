"""Drawing a pair's page: what its viewer may see, and the buttons that are hers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import render_template, request
from sqlalchemy import exists, select

from mentorship.rules.lifecycle import AGREED, Action, State, allowed
from mentorship.services import help_records, helper_question, matchmaking, messages, second_person
from mentorship.services.mentorships import ELSEWHERE
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.people import Person
from mentorship.store.queries import open_request_of
from mentorship.store.safety import Block
from mentorship.store.together import ClosingWords, Message
from mentorship.web.cards import Card, mentor_card, newcomer_card
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.links import linked
from mentorship.web.mentorships.asked import Asked, asked_of
from mentorship.web.mentorships.forms import ActForm, ClosingForm, MessageForm
from mentorship.web.mentorships.hand_over import handing_over_on
from mentorship.web.mentorships.question import ReplyForm, question_in
from mentorship.web.mentorships.second import SecondForm, earlier_seconds, second_on
from mentorship.web.mentorships.sentences import (
    KINDS,
    STATES,
    happenings,
    how_it_stands,
    name_of,
    what_comes_next,
)
from mentorship.web.mentorships.sight import PAIR, PARTY, Sight, Viewer, sight_of
from mentorship.web.mentorships.steps_form import StepsOnPage, steps_on
from mentorship.web.mentorships.talking import talking_on
from mentorship.web.mentorships.together import look_is_offered, ready_words
from mentorship.web.reasons import reason_sentences


def buttons_of(mentorship: Mentorship, viewer: Viewer) -> list[Action]:
    """The acts for which `viewer` has a button, out of the lifecycle's table."""
    if viewer not in PARTY:
        return []
    return [action for action in allowed(mentorship.state, PARTY[viewer]) if action not in ELSEWHERE]


def pair_page(
    mentorship: Mentorship,
    viewer: Viewer,
    person: Person,
    *,
    at: datetime,
    act_form: ActForm | None = None,
    message_form: MessageForm | None = None,
    closing_form: ClosingForm | None = None,
    changed: str = "",
    asked: Asked | None = None,
    reply_form: ReplyForm | None = None,
    steps: StepsOnPage | None = None,
    second: SecondForm | None = None,
) -> str:
    """The page of `mentorship` for `person`; forms that came back keep what was typed."""
    is_called = viewer is Viewer.BACKUP and second_person.is_called(session, mentorship, at=at)
    sight = sight_of(viewer, mentorship.state, is_called=is_called)
    thread = messages.thread_of_pair(session, mentorship) if sight.messages else []
    turning = second_on(session, mentorship, viewer, second, at=at)
    return render_template(
        "mentorships/show.html",
        mentorship=mentorship,
        viewer=viewer,
        sight=sight,
        changed=changed,
        actions={str(action) for action in buttons_of(mentorship, viewer)},
        ask_form=act_form or ActForm(formdata=None),
        title=_title(mentorship, viewer),
        chip_words=gettext(STATES[mentorship.state]),
        chip_kind=KINDS.get(mentorship.state, "notice"),
        stands=how_it_stands(mentorship, viewer, is_called=is_called),
        coming=what_comes_next(mentorship, viewer),
        history=list(happenings(mentorship, viewer, person)) if sight.history else [],
        others=_others(mentorship, viewer, sight),
        why=_reasons(mentorship, sight, at),
        request_words=linked(mentorship.request.words) if sight.words else "",
        happened_link=linked(mentorship.request.happened_link) if sight.link else "",
        thread=[(message, name_of(message.author), linked(message.words)) for message in thread],
        look=look_is_offered(mentorship, viewer, thread),
        can_write=viewer in PAIR and mentorship.state in AGREED,
        message_form=message_form or _message_form(mentorship, viewer, thread),
        asked=asked or (asked_of(mentorship, person) if viewer in PAIR else None),
        talking=talking_on(session, mentorship, viewer, person, at=at),
        handing=handing_over_on(session, mentorship, viewer, at=at),
        question=question_in(mentorship) if viewer in PAIR else None,
        reply_form=reply_form or ReplyForm(formdata=None),
        steps=steps or steps_on(mentorship, viewer),
        second=turning,
        earlier_seconds=earlier_seconds(session, mentorship, viewer),
        unsent="" if turning or second is None else linked(second.words.data or ""),
        **_second_person(mentorship, viewer, at),
        **_the_other(mentorship, viewer, person),
        **_closing(mentorship, viewer, person, closing_form),
        **_wiki_names(mentorship, viewer, person),
    )


def _title(mentorship: Mentorship, viewer: Viewer) -> str:
    newcomer, mentor = name_of(mentorship.newcomer), name_of(mentorship.mentor)
    if viewer is Viewer.NEWCOMER:
        return gettext("You and %(other)s", other=mentor)
    if viewer is Viewer.MENTOR:
        return gettext("You and %(other)s", other=newcomer)
    return gettext("%(newcomer)s and %(mentor)s", newcomer=newcomer, mentor=mentor)


def _the_other(mentorship: Mentorship, viewer: Viewer, person: Person) -> dict[str, Any]:
    """Whom one of the two, or their backup, can tell about or block from here; a coordinator nobody."""
    if viewer is Viewer.COORDINATOR:
        return {"other_id": "", "other_name": "", "is_blocked": False}
    other = mentorship.mentor if viewer is Viewer.NEWCOMER else mentorship.newcomer
    block = Block.blocker_id == person.id, Block.blocked_id == other.id
    return {
        "other_id": other.public_id if other.name else "",
        "other_name": name_of(other),
        "is_blocked": bool(session.scalar(select(exists().where(*block)))),
    }


def _others(mentorship: Mentorship, viewer: Viewer, sight: Sight) -> list[dict[str, Any]]:
    """The cards of those who are not the viewer, as far as she sees them."""
    if not sight.languages:
        return []
    offer = session.get(Offer, mentorship.mentor_id)
    newcomer = ("newcomer", mentorship.newcomer, newcomer_card(mentorship.newcomer))
    mentor = ("mentor", mentorship.mentor, mentor_card(mentorship.mentor, offer.statement if offer else ""))
    shown = {Viewer.NEWCOMER: [mentor], Viewer.MENTOR: [newcomer]}.get(viewer, [newcomer, mentor])
    return [
        {"side": side, "name": name_of(person), "card": _as_seen(card, viewer, sight)}
        for side, person, card in shown
    ]


def _as_seen(card: Card, viewer: Viewer, sight: Sight) -> Card:
    """The languages alone; for a backup who is called also what help is wanted; for the others all of it."""
    if not sight.card:
        return Card(card.languages, [], [], [], "")
    return replace(card, about="") if viewer is Viewer.BACKUP else card


def _reasons(mentorship: Mentorship, sight: Sight, at: datetime) -> list[str]:
    if not (sight.card and sight.history and mentorship.is_open):  # to a backup they say too much
        return []
    why = matchmaking.reasons_between(session, mentorship.request, mentorship.mentor, at=at)
    return reason_sentences(why.terms)


def _message_form(mentorship: Mentorship, viewer: Viewer, thread: list[Message]) -> MessageForm:
    words = ready_words(mentorship, viewer, first=request.args.get("first", ""), is_begun=bool(thread))
    after = thread[-1].public_id if thread else ""
    return MessageForm(formdata=None, data={"words": words, "after": after})


def _second_person(mentorship: Mentorship, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """The backup, or the coordinator in her place; and whether the mentor is away."""
    if mentorship.state not in AGREED:
        return {"backup_words": "", "away_until": None}
    coordinators = second_person.stands_in(session, mentorship)
    offer = session.get(Offer, mentorship.mentor_id)
    away = offer.away_until if offer else None
    backup = _backup_words(mentorship, coordinators) if viewer is not Viewer.BACKUP else ""
    return {
        "backup_words": backup,
        "away_until": away if away and away > at and viewer is not Viewer.MENTOR else None,
    }


def _backup_words(mentorship: Mentorship, coordinators: list[Person]) -> str:
    if mentorship.backup is not None:
        return name_of(mentorship.backup)
    if not coordinators:
        return ""
    return gettext("The coordinator, %(name)s", name=name_of(coordinators[0]))


def _closing(
    mentorship: Mentorship, viewer: Viewer, person: Person, form: ClosingForm | None
) -> dict[str, Any]:
    if mentorship.state is not State.COMPLETED or viewer not in PAIR:
        return {"closing_form": None, "closing_words": []}
    rows = {
        row.author_id: row.words
        for author in (mentorship.newcomer_id, mentorship.mentor_id)
        if (row := session.get(ClosingWords, (mentorship.id, author))) is not None
    }
    hers = form or (None if person.id in rows else ClosingForm(formdata=None))
    names = {each.id: name_of(each) for each in (mentorship.newcomer, mentorship.mentor)}
    return {
        "closing_form": hers,
        "closing_words": [(names[author], linked(words)) for author, words in rows.items() if words],
        "question_is_open": viewer is Viewer.NEWCOMER
        and helper_question.due_for(session, person) is not None,
        "may_ask_again": viewer is Viewer.NEWCOMER and open_request_of(session, person) is None,
        "can_name": viewer is Viewer.NEWCOMER
        and mentorship.mentor in help_records.people_to_name(session, person),
    }


def _wiki_names(mentorship: Mentorship, viewer: Viewer, person: Person) -> dict[str, Any]:
    """The user names switched on for this pair, and her own switch."""
    both = [
        (mentorship.newcomer, mentorship.newcomer_shares_wiki_name),
        (mentorship.mentor, mentorship.mentor_shares_wiki_name),
    ]
    shown = sight_of(viewer, mentorship.state).wiki_names
    mine = next((on for who, on in both if who.id == person.id), None)
    return {
        "wiki_names": [
            (gettext("Wiki user name of %(name)s", name=name_of(who)), who.wiki_name)
            for who, on in both
            if shown and on and who.wiki_name and who.id != person.id
        ],
        "shares_mine": mine if shown and viewer in PAIR else None,
        "my_wiki_name": person.wiki_name or "",
    }
