"""What every route must answer to everyone: the access table in examples.

`OBJECTS` names each route with something in its address: what of the world stands there, and who of Spring
gets past the door (Autumn's people are strangers to it); what she may not do there is a 403 or a 409, never
a 404. `ONLY` names routes without, that not everyone signed in may open.
"""

PERSONAS = (
    "member", "newcomer", "paired", "asked", "former", "mentor", "backup", "applicant", "hidden",
    "coordinator", "colleague",
)  # fmt: skip
EVERYONE = frozenset(PERSONAS)
COORDINATORS = frozenset({"coordinator", "colleague"})
ANYBODY = frozenset({"a stranger", *PERSONAS})

COHORT = ({"cohort_id": "cohort_id"}, COORDINATORS)
REQUEST = ({"cohort_id": "cohort_id", "request_id": "request of newcomer"}, COORDINATORS)
MEMBER = ({"cohort_id": "cohort_id", "person_id": "member"}, COORDINATORS)
ROUND = ({"cohort_id": "cohort_id", "round_id": "round_id"}, COORDINATORS)
REPORT = ({"cohort_id": "cohort_id", "report_id": "report_id"}, frozenset({"coordinator"}))
APPLICANT = ({"cohort_id": "cohort_id", "mentor_id": "applicant"}, COORDINATORS)
APPROVED = ({"cohort_id": "cohort_id", "mentor_id": "mentor"}, COORDINATORS)
PROPOSED = ({"cohort_id": "cohort_id", "mentorship_id": "mentorship of asked"}, COORDINATORS)
REACH = ({"cohort_id": "cohort_id", "person_id": "newcomer"}, COORDINATORS)
JOINING = ({"token": "joining"}, ANYBODY)
CONFIRM = ({"token": "confirm"}, ANYBODY)
STOP = ({"token": "stop"}, ANYBODY)
PAIR = ({"public_id": "mentorship of paired"}, frozenset({"paired", "mentor", "backup", *COORDINATORS}))
STEP = ({**PAIR[0], "step_id": "step"}, PAIR[1])
TOLD = (
    {"public_id": "mentorship of paired", "message_id": "message of paired"},
    frozenset({"paired", "mentor"}),
)
MEMBERS = ({"cohort_id": "cohort_id"}, EVERYONE)
CALL = ({"cohort_id": "cohort_id", "conversation_id": "call"}, EVERYONE)
CALL_BEFORE = ({"cohort_id": "cohort_id", "conversation_id": "call before"}, EVERYONE)
# the paired wrote it; the colleague hosts, and coordinators read it before it is published
TAKEAWAY = (
    {**CALL_BEFORE[0], "takeaway_id": "takeaway"},
    frozenset({"paired", *COORDINATORS}),
)
THANKED = ({"person_id": "paired"}, frozenset({"mentor", *COORDINATORS}))
NOT_COMPLETED = ({"mentorship_id": "mentorship of paired"}, frozenset())
HELP = ({"help_id": "help_id"}, frozenset({"former"}))
TYPED_HELP = ({"help_id": "typed help"}, frozenset({"former"}))
LINK = ({"word": "word"}, ANYBODY - {"former", "mentor"})  # who made it, and who stands there already
SHOWN = ({"mentor": "mentor"}, frozenset({"newcomer"}))

OBJECTS = {
    "pages.report": ({"public_id": "report_id"}, ANYBODY),
    "auth.join": JOINING,
    "auth.join_now": JOINING,
    "auth.join_too": JOINING,
    "account.confirm": CONFIRM,
    "account.confirm_now": CONFIRM,
    "mailed.ask": ({"token": "ask"}, ANYBODY),
    "mailed.answer_asked": ({"token": "ask"}, ANYBODY),
    "mailed.check_in": ({"token": "check-in"}, ANYBODY),
    "mailed.answer_check_in": ({"token": "check-in"}, ANYBODY),
    "mailed.question": ({"name": "the question", "token": "hand-over link"}, ANYBODY),
    "mailed.answer_question": ({"name": "the question", "token": "hand-over link"}, ANYBODY),
    "mailed.stop": STOP,
    "mailed.stop_now": STOP,
    "account.leave": ({"public_id": "cohort_id"}, EVERYONE),
    # the newcomer was shown the mentor; the next three and the backup are in a pair with her
    "account.block": (
        {"public_id": "mentor"},
        frozenset({"newcomer", "paired", "asked", "former", "backup", *COORDINATORS}),
    ),
    "account.unblock": ({"public_id": "blocked"}, frozenset({"newcomer"})),
    "newcomer.ask": SHOWN,
    "newcomer.send_ask": SHOWN,
    "coordinator.today": COHORT,
    "coordinator.report": REPORT,
    "coordinator.answer_report": REPORT,
    "coordinator.withdraw": PROPOSED,
    "coordinator.people": COHORT,
    "coordinator.reach": REACH,
    "coordinator.reached": REACH,
    "coordinator.member": MEMBER,
    "coordinator.write_member": MEMBER,
    "coordinator.request": REQUEST,
    "coordinator.write": REQUEST,
    "coordinator.propose": REQUEST,
    "coordinator.settle": REQUEST,
    "coordinator.applications": COHORT,
    "coordinator.approve": APPLICANT,
    "coordinator.decline": APPLICANT,
    "coordinator.withdraw_approval": APPROVED,
    "coordinator.rounds": COHORT,
    "coordinator.start_round": COHORT,
    "coordinator.round_": ROUND,
    "coordinator.look": (REQUEST[0] | ROUND[0], COORDINATORS),
    "coordinator.choose": ROUND,
    "coordinator.recompute": ROUND,
    "coordinator.discard": ROUND,
    "coordinator.before_publishing": ROUND,
    "coordinator.publish": ROUND,
    "coordinator.numbers_": COHORT,
    "coordinator.numbers_file": COHORT,
    "coordinator.poster": COHORT,
    "coordinator.make_poster": COHORT,
    "coordinator.publish_poster": COHORT,
    "coordinator.unpublish_poster": COHORT,
    "coordinator.ladders_": COHORT,
    "coordinator.save_ladders": COHORT,
    "coordinator.restore_ladder": COHORT,
    "coordinator.settings": COHORT,
    "coordinator.save_settings": COHORT,
    "coordinator.remove_coordinator": (
        {"cohort_id": "cohort_id", "person_id": "colleague"},
        COORDINATORS,
    ),
    "coordinator.renew_link": COHORT,
    "cohort.show": MEMBERS,
    "cohort.be_seen": MEMBERS,
    "cohort.poster": MEMBERS,
    "cohort.poster_file": MEMBERS,
    "cohort.be_unseen": MEMBERS,
    "cohort.host": MEMBERS,
    "cohort.host_now": MEMBERS,
    "cohort.conversation": CALL,
    "cohort.call": CALL,
    "cohort.sign_up": CALL,
    "cohort.take_back": CALL,
    "cohort.attended": CALL_BEFORE,
    "cohort.change": CALL,
    "cohort.cancel": CALL,
    "cohort.add_takeaway": CALL_BEFORE,
    "cohort.change_takeaway": (TAKEAWAY[0], frozenset({"paired"})),
    "cohort.remove_takeaway": TAKEAWAY,
    "cohort.publish": CALL_BEFORE,
    "cohort.unpublish": CALL_BEFORE,
    "cohort.let_quote": CALL_BEFORE,
    "cohort.take_back_quote": CALL_BEFORE,
    "mentorships.show": PAIR,
    "mentorships.act": ({"public_id": "mentorship of paired", "action": "end"}, PAIR[1]),
    "mentorships.write": PAIR,
    "mentorships.write_second": PAIR,
    "mentorships.notes": PAIR,
    "mentorships.keep_notes": PAIR,
    "mentorships.tell": TOLD,
    "mentorships.tell_now": TOLD,
    "mentorships.close": PAIR,
    "mentorships.share_wiki_name": PAIR,
    "mentorships.check_in": PAIR,
    "mentorships.propose_talk": PAIR,
    "mentorships.agree_talk": PAIR,
    "mentorships.call_off_talk": PAIR,
    "mentorships.calendar_entry": PAIR,
    "mentorships.choose_step": PAIR,
    "mentorships.settle_step": STEP,
    "mentorships.take_back_step": STEP,
    "growth.certificate": NOT_COMPLETED,
    "growth.make_certificate": NOT_COMPLETED,
    "growth.letter": NOT_COMPLETED,
    "growth.make_letter": NOT_COMPLETED,
    "growth.thank": THANKED,
    "growth.thank_now": THANKED,
    "growth.keep_thanks": ({"recognition_id": "recognition"}, frozenset({"paired"})),
    "mentorships.hand_over": PAIR,
    "mentorships.answer_hand_over": ({"hand_over_id": "hand_over"}, frozenset({"paired", "backup"})),
    "mentorships.ask_question": PAIR,
    "mentorships.answer_question": PAIR,
    "lineage.record": HELP,
    "lineage.save": HELP,
    "lineage.remove": HELP,
    "lineage.consent": HELP,
    "lineage.thank": HELP,
    "lineage.make_link": TYPED_HELP,
    "lineage.answer": ({"help_id": "help_id"}, frozenset({"mentor"})),
    "lineage.forget_thanks": ({"note_id": "note_id"}, frozenset({"former", "mentor"})),
    "lineage.invitation": LINK,
    "lineage.take_up": LINK,
}

SIGNED = frozenset({"mailed.stop_now"})
"""What a signed address alone may do: mail programs send it, without a form's token."""

MENTORS = frozenset({"mentor", "backup", "applicant"})
WITH_A_REQUEST = frozenset({"newcomer", "paired", "asked", "former", "hidden"})

ONLY = {
    "auth.join_open": frozenset(),  # the site of the tests does not open joining
    "newcomer.change": WITH_A_REQUEST,
    "newcomer.save_change": WITH_A_REQUEST,
    "newcomer.write": WITH_A_REQUEST,
    "newcomer.wish": WITH_A_REQUEST,
    "newcomer.take_back": WITH_A_REQUEST,
    "newcomer.close": WITH_A_REQUEST,
    "newcomer.go_on": WITH_A_REQUEST,
    "newcomer.accept_language": frozenset(),  # it names a language of hers, which an empty form does not
    "newcomer.enter_circle": WITH_A_REQUEST,
    "newcomer.known": WITH_A_REQUEST,
    "newcomer.answer_known": frozenset({"newcomer"}),
    "mentor.known": MENTORS,
    "account.end_session": frozenset(),  # it names a session of hers, which an empty form does not
    "mentor.go_away": MENTORS,
    "mentor.come_back": MENTORS,
}
