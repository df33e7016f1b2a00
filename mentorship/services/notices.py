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
    "ask_reminder": N_("%(newcomer)s still hopes for your answer, a yes or a no, by %(due)s."),
    "question_answered": N_("%(newcomer)s answered your question. Please say yes or no by %(due)s."),
    "question_unanswered": N_(
        "Your question to %(newcomer)s was not answered, so the ask is taken back. Nothing is asked of you."
    ),
    "say_hello": N_("You said yes to %(newcomer)s. Please say hello first, by %(due)s if you can."),
    "hello_reminder": N_("%(newcomer)s looks forward to hearing from you. One sentence is enough."),
    "still_here": N_("We have not heard from you for a while. Are you still taking part? One click says so."),
    "set_away": N_("You are set as away, so that nobody waits for you. Say when you are back."),
    "approval_ends": N_("Your approval as a mentor is good until %(due)s; a coordinator can renew it."),
    "take_over": N_(
        "%(mentor)s asks whether you would take over from here with %(newcomer)s. Please answer by %(due)s."
    ),
    "handed_over": N_("%(other)s goes on from here. Thank you for the way you went together."),
    "approved": N_("You are welcome as a mentor. You will hear when a newcomer asks for your help."),
    "application_declined": N_(
        "A coordinator cannot take up your offer to mentor now. You can write to her."
    ),
    # to the newcomer
    "asked": N_("%(mentor)s has been asked to help you. You will hear by %(due)s; you need do nothing."),
    "accepted": N_(
        "%(mentor)s said yes and will say hello to you first. If nothing comes by %(due)s, we look into it."
    ),
    "question": N_("%(mentor)s would like to ask you something first. Please answer by %(due)s."),
    "question_withdrawn": N_(
        "The question %(mentor)s asked went unanswered, so this ask is taken back. You keep your turn, and"
        " you will hear by %(due)s."
    ),
    "hello_late": N_(
        "You and %(mentor)s have not been in touch yet. A coordinator knows; you will hear by %(due)s."
    ),
    "hello_late_alone": N_("You and %(mentor)s have not been in touch yet. You will hear by %(due)s."),
    "go_on": N_(
        "Would you like to go on, with the same mentor or another? Please say so by %(due)s; without a word"
        " the request closes then, and you can ask again whenever you like."
    ),
    "look_on": N_(
        "Would you like to go on looking for a mentor? Please say so by %(due)s; without a word the request"
        " closes then, and you can ask again whenever you like."
    ),
    "mentor_away": N_("%(mentor)s may be away for a while. %(other)s is there for you meanwhile."),
    "mentor_away_alone": N_(
        "%(mentor)s may be away for a while. What you write stays on your page together."
    ),
    "mentor_away_until": N_("%(mentor)s is away until %(due)s. %(other)s is there for you meanwhile."),
    "mentor_away_until_alone": N_(
        "%(mentor)s is away until %(due)s. What you write stays on your page together."
    ),
    "mentor_back": N_("%(mentor)s is back."),
    "new_mentor": N_(
        "%(mentor)s cannot go on, and proposes %(other)s, who would see what you hope for and your steps,"
        " never your messages. Do you agree? Please answer by %(due)s."
    ),
    "known_by": N_("%(mentor)s says that you know each other. Is that so? Please answer by %(due)s."),
    "helper_question": N_("Has anyone helped you with Wikimedia so far? Many people start alone."),
    "no": N_("%(mentor)s cannot take this on now. We go on; you will hear by %(due)s."),
    "nothing_heard": N_("%(mentor)s has not answered in time. We go on; you will hear by %(due)s."),
    "no_language_yet": N_(
        "Nobody helps in a language you chose yet. You keep your turn, and you will hear by %(due)s."
    ),
    "waiting": N_("No mentor is free for you just now. You keep your turn, and you will hear by %(due)s."),
    "waiting_again": N_("You are waiting for a mentor again, and keep your turn. You will hear by %(due)s."),
    "chosen_by_hand": N_(
        "%(coordinator)s will look for a mentor together with you. You will hear by %(due)s."
    ),
    "coordinator_writes": N_("%(coordinator)s will write to you by %(due)s."),
    "request_closed": N_("Your request is closed. You can ask again whenever you like."),
    # to the second person of a pair
    "stand_by": N_(
        "%(mentor)s is away. %(newcomer)s may turn to you meanwhile; you can write first, on the page of the"
        " two."
    ),
    "stood_by": N_("%(mentor)s is back. You need not stand in any more; %(newcomer)s can still turn to you."),
    # to both
    "began": N_("You and %(other)s have begun. You agreed to go on until %(due)s."),
    "paused": N_("Your mentorship with %(other)s pauses until %(due)s."),
    "resumed": N_("Your mentorship with %(other)s goes on, until %(due)s."),
    "extended": N_("Your mentorship with %(other)s now goes on until %(due)s."),
    "completed": N_("Your mentorship with %(other)s is completed. What did you try or start together?"),
    "ended": N_("This mentorship has ended. Nothing is asked of you; endings are ordinary here."),
    "lapsed": N_(
        "You and %(other)s have not been in touch yet, so this match is set aside. No harm is done."
    ),
    "check_in": N_("Are you and %(other)s in touch? One click answers it."),
    "talk_proposed": N_(
        "%(other)s proposes a call on %(due)s. You can agree, or choose another time, on your page together."
    ),
    "talk_agreed": N_("Agreed: you and %(other)s talk on %(due)s."),
    "talk_called_off": N_(
        "The call with %(other)s on %(due)s does not take place. You can choose another time on your page."
    ),
    "agreed_end": N_(
        "The time you and %(other)s agreed on is over. Will you go on, or close it well? It closes by itself"
        " on %(due)s."
    ),
    "not_handed_over": N_("Nobody takes over for now: this mentorship stays as it is."),
    "clock_paused": N_("The programme takes a break. What was due moves on: the next date is %(due)s."),
    "named_as_helper": N_(
        "Someone says that you helped at the start. See who, and whether both your names may stand in “Who"
        " helped whom”."
    ),
    "thanked": N_("Someone you helped at the start thanks you. The note waits under “Who helped whom”."),
    "message": N_("%(other)s wrote to you."),
    "invited_as_backup": N_(
        "You know how it is to begin. Would you be the second person someone can turn to? A no is fine, too."
    ),
    "invited_as_mentor": N_(
        "You have stood by as a second person. Would you like to be a mentor now? A no is fine, too."
    ),
    "recognised": N_("%(other)s has thanked you for something you did. It stands on your own page."),
    # to those who signed up for a conversation
    "call_tomorrow": N_("There is a call on %(due)s. Its link stands on your cohort's page."),
    "call_moved": N_("The call now begins on %(due)s."),
    "call_cancelled": N_("The call on %(due)s is cancelled."),
    # to the coordinator
    "newcomer_writes": N_("A newcomer of your cohort wrote to you."),
    "someone_offers": N_("Someone offers to mentor in your cohort."),
    "look_for_mentor": N_("A newcomer of your cohort needs you to look for a mentor."),
    "nobody_yet": N_("%(newcomer)s has nobody who helps yet. Please write a word by %(due)s."),
    "no_hello": N_("Two people who were matched have not been in touch yet."),
    "no_contact": N_("Two people who work together may have lost touch."),
    "wants_someone_else": N_("%(someone)s would like someone else."),
    "mentor_set_away": N_("%(mentor)s has not been heard from and is set as away."),
    "approval_of_ends": N_("The approval of %(mentor)s ends on %(due)s."),
    "round_drafted": N_("A draft of the next round waits for you. Please look at it by %(due)s."),
    "something_wrong": N_("Someone told you in private that something is wrong."),
}
"""Kind to sentence."""
