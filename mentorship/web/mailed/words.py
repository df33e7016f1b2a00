"""What the questions of `services.mailed_questions` say, in the mail and on the page behind its link."""

from __future__ import annotations

from flask import url_for
from markupsafe import Markup

from mentorship.rules.helped import Answer
from mentorship.rules.marking import N_
from mentorship.services import questions
from mentorship.services.mailed_about_her import Helped, StillHere
from mentorship.services.mailed_question import Question
from mentorship.services.mailed_questions import Agreement, GoOn, Reply
from mentorship.web.fields import ANSWERS
from mentorship.web.formats import day, moment
from mentorship.web.i18n import gettext
from mentorship.web.links import linked
from mentorship.web.mailed.blueprint import page_of
from mentorship.web.mentorships.sentences import name_of

YES_OR_NO = {"yes": N_("Yes, I agree"), "no": N_("No, thank you")}
CHOICES: dict[str, dict[str, str]] = {
    Reply.name: {"send": N_("Send the answer")},
    Agreement.name: YES_OR_NO,
    GoOn.name: {"yes": N_("Yes, go on"), "no": N_("No, close my request")},
    StillHere.name: {"yes": N_("Yes, I am here"), "away": N_("I am away for a while")},
    Helped.name: {str(answer): words for answer, words in ANSWERS.items()},
}
"""The answers to choose from, by the question's name."""

FIELDS = {(Reply.name, "send"): "words", (StillHere.name, "away"): "until"}
"""The field that goes with an answer."""

THANKS: dict[tuple[str, str], str] = {
    (Reply.name, "send"): N_("Sent. You will hear by %(due)s; you need do nothing."),
    (Agreement.name, "yes"): N_("Thank you. Your answer is kept. It goes on as soon as both of you agree."),
    (Agreement.name, "no"): N_("Thank you. Everything stays as it is."),
    (GoOn.name, "yes"): N_("Good. Your request goes on, and your turn is kept. You will hear by %(due)s."),
    (GoOn.name, "no"): N_("Your request is closed. You can ask again whenever you like."),
    (StillHere.name, "yes"): N_("Thank you. Good to know that you are here."),
    (StillHere.name, "away"): N_("You are away. Nobody asks you until then."),
    (Helped.name, Answer.NOBODY_YET): N_(
        "Thank you for telling. A coordinator will write to you by %(day)s."
    ),
}
TAKE_OVER = N_(
    "%(mentor)s asks you to go on from here. You would see what %(newcomer)s hopes for and the steps taken,"
    " never the messages. Please answer by %(due)s."
)
NEW_MENTOR = N_(
    "%(mentor)s cannot go on, and proposes %(other)s, who would see what you hope for and your steps, never"
    " your messages. Please answer by %(due)s."
)
GO_ON = N_(
    "Would you like to go on, with the same mentor or another? Please say so by %(due)s. Your turn is kept"
    " until then."
)
LOOK_ON = N_(
    "Would you like to go on looking for a mentor? Please say so by %(due)s. Your turn is kept until then."
)
KEPT = N_("Thank you. Your answer is kept for you alone; others see counts only.")
ALSO = N_("One more question: has anyone helped you so far?")


def link_label(question: Question, answer: str, *, kind: str) -> str:
    """What a link in the mail of a notice says; beside another question it says which one it is."""
    if isinstance(question, Helped) and kind != "helper_question":
        return gettext(ALSO)
    return gettext(CHOICES[question.name][answer])


def links_in_mail(question: Question, *, kind: str) -> list[str]:
    """The answers with a link of their own: all, but one link where it comes beside another question."""
    answers = list(CHOICES[question.name])
    return [""] if isinstance(question, Helped) and kind != "helper_question" else answers


def sentences_of(question: Question) -> list[str | Markup]:
    """What the page behind the link asks: no more than the mail, but for the words of a question to her."""
    return _ASKED[question.name](question)


def thanks_for(question: Question, answer: str) -> str:
    """What became of the answer, the same however often she sends it."""
    due = question.due
    if isinstance(question, Helped) and due is None:  # nobody has to write to her
        return gettext(KEPT)
    sentence = THANKS[question.name, answer]
    return gettext(sentence, day=day(due), due=moment(due)) if due else gettext(sentence)


def onward(question: Question) -> str:
    """The page of hers it is about."""
    if isinstance(question, Agreement):
        return url_for("pages.home") if question.is_successor else page_of(question.hand_over.mentorship)
    endpoints = {Reply.name: "newcomer.show", GoOn.name: "newcomer.show", StillHere.name: "mentor.home"}
    return url_for(endpoints.get(question.name, "pages.home"))


def _reply(question: Question) -> list[str | Markup]:
    assert isinstance(question, Reply)  # noqa: S101 - the table below says which function is whose
    note = questions.question_of(question.mentorship)
    asks = gettext("%(name)s asks:", name=name_of(question.mentorship.mentor))
    due = moment(question.mentorship.answer_due_at)
    return [asks, linked(note.words if note else ""), gettext("Please answer by %(due)s.", due=due)]


def _agreement(question: Question) -> list[str | Markup]:
    assert isinstance(question, Agreement)  # noqa: S101
    asked = question.hand_over
    names: dict[str, str] = {"mentor": name_of(asked.mentorship.mentor), "due": moment(asked.answer_due_at)}
    if question.is_successor:
        return [gettext(TAKE_OVER, newcomer=name_of(asked.mentorship.newcomer), **names)]
    return [gettext(NEW_MENTOR, other=name_of(asked.successor), **names)]


def _go_on(question: Question) -> list[str | Markup]:
    assert isinstance(question, GoOn)  # noqa: S101
    due = moment(question.request.word_due_at)
    return [gettext(GO_ON if question.is_after_a_lapse else LOOK_ON, due=due)]


def _here(question: Question) -> list[str | Markup]:
    assert isinstance(question, StillHere)  # noqa: S101
    if question.is_away:
        return [gettext("You are set as away, so that nobody waits for you. Are you back?")]
    return [gettext("Are you still taking part?")]


def _helped(_question: Question) -> list[str | Markup]:
    return [
        gettext("Has anyone helped you with Wikimedia so far? Many people start alone."),
        gettext(
            "Your answer is yours. Others see counts only: of all who asked for help, how many found it."
        ),
    ]


_ASKED = {
    Reply.name: _reply,
    Agreement.name: _agreement,
    GoOn.name: _go_on,
    StillHere.name: _here,
    Helped.name: _helped,
}
