"""The links of a mail by which its question is answered, each with its words."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from mentorship.rules.marking import N_
from mentorship.services import mailed_links, mailed_questions
from mentorship.services.mailed_answers import AskAnswer
from mentorship.store.mentorships import Mentorship
from mentorship.store.outbox import Outbox
from mentorship.store.together import CheckInAnswer
from mentorship.web.i18n import gettext
from mentorship.web.mailed.words import link_label, links_in_mail

ASKS = ("ask", "ask_reminder", "question_answered")
CHECK_IN = "check_in"

ASK_ANSWERS: dict[AskAnswer, str] = {
    AskAnswer.YES: N_("Yes, I can help"),
    AskAnswer.QUESTION: N_("Ask a question first"),
    AskAnswer.NOT_NOW: N_("Not now"),
    AskAnswer.NOT_THE_RIGHT_ONE: N_("Not the right one"),
}
CHECK_IN_ANSWERS: dict[CheckInAnswer, str] = {
    CheckInAnswer.YES: N_("Yes"),
    CheckInAnswer.ELSEWHERE: N_("We talk elsewhere"),
    CheckInAnswer.NOT_YET: N_("Not yet"),
    CheckInAnswer.SOMEONE_ELSE: N_("I would like someone else"),
    CheckInAnswer.SOMETHING_WRONG: N_("Something is wrong"),
}


def answer_links(session: Session, key: bytes, row: Outbox, *, at: datetime) -> list[tuple[str, str]]:
    """Label and address for each answer to what a notice asks; none where it asks nothing any more."""
    return [*_of_pair(session, key, row, at=at), *_of_questions(session, key, row, at=at)]


def _of_questions(session: Session, key: bytes, row: Outbox, *, at: datetime) -> list[tuple[str, str]]:
    found = []
    for question in mailed_questions.asked_by(session, row, at=at):
        token = mailed_questions.token_of(key, question)
        for answer in links_in_mail(question, kind=row.kind):
            facts = {"name": question.name, "token": token, "answer": answer}
            address = url_for("mailed.question", **facts, _external=True)
            found.append((link_label(question, answer, kind=row.kind), address))
    return found


def _of_pair(session: Session, key: bytes, row: Outbox, *, at: datetime) -> list[tuple[str, str]]:
    mentorship = session.get(Mentorship, row.mentorship_id) if row.mentorship_id else None
    if mentorship is None:
        return []
    if row.kind in ASKS:
        return _ask_links(mentorship, mailed_links.ask_token(key, mentorship, at=at))
    if row.kind == CHECK_IN:
        token = mailed_links.check_in_token(session, key, mentorship, row.person, at=at)
        return [] if token is None else [
            (gettext(words), url_for("mailed.check_in", token=token, answer=answer, _external=True))
            for answer, words in CHECK_IN_ANSWERS.items()
        ]  # fmt: skip
    return []


def _ask_links(mentorship: Mentorship, token: str | None) -> list[tuple[str, str]]:
    if token is None:
        return []
    return [
        (gettext(words), url_for("mailed.ask", token=token, answer=answer, _external=True))
        for answer, words in ASK_ANSWERS.items()
        if answer is not AskAnswer.QUESTION or mentorship.question_at is None
    ]
