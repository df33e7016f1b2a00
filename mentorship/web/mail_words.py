"""What mails are about, in words, and what she would not hear by mail without them."""

from __future__ import annotations

from mentorship.rules.marking import N_
from mentorship.store.outbox import MailAbout
from mentorship.web.i18n import gettext

CHOICES: dict[MailAbout, str] = {
    MailAbout.MESSAGES: N_("Someone wrote to you"),
    MailAbout.ASKS: N_("Someone asks for your help, or waits for your first hello"),
    MailAbout.REQUEST: N_("How your own request goes on"),
    MailAbout.PAIRS: N_("How it goes between you and the other of a pair"),
    MailAbout.CALLS: N_("Calls you signed up for"),
    MailAbout.COHORT: N_("What your cohort needs from you as its coordinator"),
    MailAbout.SAFETY: N_("Something is wrong and you are the one to read it"),
}

LOST: dict[MailAbout, str] = {
    MailAbout.MESSAGES: N_("No mail tells you that someone wrote; you find messages on your pages."),
    MailAbout.ASKS: N_(
        "No mail tells you that someone asks for your help, nor by when to answer. An ask that is not"
        " answered by its date goes on to someone else."
    ),
    MailAbout.REQUEST: N_(
        "No mail tells you that a mentor said yes, asks you something, or that you are asked whether to go"
        " on. Some of these have a date; without a word by then a request is closed."
    ),
    MailAbout.PAIRS: N_(
        "No mail asks whether you are in touch, nor tells you that the time you agreed on is over. A pair"
        " nobody answers for closes by itself some weeks later."
    ),
    MailAbout.CALLS: N_(
        "No mail reminds you of a call you signed up for, nor tells you that it moved or was cancelled."
    ),
    MailAbout.COHORT: N_("No mail tells you that a newcomer needs you, or that a draft waits for you."),
    MailAbout.SAFETY: N_(
        "No mail tells you that someone reported that something is wrong. She was promised that it is read"
        " soon: look at your pages every day, or ask another coordinator to read reports."
    ),
}


def choice_of(about: MailAbout) -> str:
    """What these mails are about."""
    return gettext(CHOICES[about])


def lost_without(about: MailAbout) -> str:
    """What she would then not be told by mail: a date or someone's safety is never lost without a word."""
    return gettext(LOST[about])
