"""What people are told: one sentence for each kind, the same on the pages and in mail.

Values of a sentence are names of people (``mentor``, ``newcomer``, ``coordinator``, ``other``: filled from
ids when it is shown, so that an erased name is gone) and moments (``due``, in the reader's own time).
"""

from __future__ import annotations

from mentorship.rules.marking import N_

NOTICES: dict[str, str] = {
    # to the mentor
    "ask": N_("%(newcomer)s would like your help. Please answer by %(due)s."),
    "ask_withdrawn": N_("%(newcomer)s took the ask back. Nothing is asked of you."),
    "turn_passed": N_(
        "The time to answer %(newcomer)s is over, and someone else may be asked now. That is fine."
    ),
    "say_hello": N_("You said yes to %(newcomer)s. Please say hello first, by %(due)s if you can."),
    "approved": N_("You are welcome as a mentor. You will hear when a newcomer asks for your help."),
    "application_declined": N_(
        "A coordinator cannot take up your offer to mentor now. You can write to her."
    ),
    # to the newcomer
    "asked": N_("%(mentor)s has been asked to help you. You will hear by %(due)s; you need do nothing."),
    "accepted": N_("%(mentor)s said yes and will say hello to you first."),
    "no": N_("%(mentor)s cannot take this on now. We go on; you will hear by %(due)s."),
    "nothing_heard": N_("%(mentor)s has not answered in time. We go on; you will hear by %(due)s."),
    "no_language_yet": N_(
        "Nobody helps in a language you chose yet. You keep your turn, and you will hear by %(due)s."
    ),
    "waiting": N_("No mentor is free for you just now. You keep your turn, and you will hear by %(due)s."),
    "chosen_by_hand": N_(
        "%(coordinator)s will look for a mentor together with you. You will hear by %(due)s."
    ),
    "coordinator_writes": N_("%(coordinator)s will write to you by %(due)s."),
    "request_closed": N_("Your request is closed. You can ask again whenever you like."),
    # to both
    "began": N_("You and %(other)s have begun. You agreed to go on until %(due)s."),
    "paused": N_("Your mentorship with %(other)s pauses until %(due)s."),
    "resumed": N_("Your mentorship with %(other)s goes on."),
    "extended": N_("Your mentorship with %(other)s now goes on until %(due)s."),
    "completed": N_("Your mentorship with %(other)s is completed. What did you try or start together?"),
    "ended": N_("This mentorship has ended. Nothing is asked of you; endings are ordinary here."),
    "lapsed": N_(
        "You and %(other)s have not been in touch yet, so this match is set aside. No harm is done."
    ),
    "message": N_("%(other)s wrote to you."),
    # to the coordinator
    "newcomer_writes": N_("A newcomer of your cohort wrote to you."),
    "someone_offers": N_("Someone offers to mentor in your cohort."),
    "look_for_mentor": N_("A newcomer of your cohort needs you to look for a mentor."),
    "nobody_yet": N_("%(newcomer)s has nobody who helps yet. Please write a word by %(due)s."),
    "something_wrong": N_("Someone told you in private that something is wrong."),
}
"""Kind to sentence."""
