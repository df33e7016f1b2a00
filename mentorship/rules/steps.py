"""Small steps: the programme's own ladder for each area, from very small to standing up for others."""

from __future__ import annotations

from mentorship.rules.marking import N_

LADDERS: dict[str, dict[str, str]] = {
    "programs": {
        "listen": N_("Come to one conversation or event, and only listen"),
        "say-hello": N_("Say at a conversation who you are and what you like to write about"),
        "show-a-friend": N_("Show a friend one thing you did on a wiki"),
        "take-notes": N_("Write down what was said at one conversation, for everyone"),
        "greet": N_("Greet whoever comes for the first time to an event"),
        "one-part": N_("Prepare one small part of an event together with someone"),
        "small-event": N_("Hold a small event, with someone at your side"),
        "help-at-event": N_("Now help someone else: stand beside whoever does this for the first time"),
        "name-programs": N_("“May I put your name forward?” Say yes to a part in planning the next event"),
    },
    "leadership": {
        "read-discussion": N_("Read one discussion, and tell each other what you would answer"),
        "one-sentence": N_("Write one sentence in a discussion"),
        "thank-openly": N_("Thank someone openly for good work"),
        "small-task": N_("Take on one small task in a group, and say when it is done"),
        "own-idea": N_("Write down an idea of yours, and ask two people what they think of it"),
        "lead-a-point": N_("Lead through one point of a meeting"),
        "encourage": N_("Now help someone else: encourage someone to take her first small task"),
        "name-leadership": N_(
            "“May I put your name forward?” Say yes to standing for a role, even a small one"
        ),
    },
    "technical-spaces": {
        "look-inside": N_("Look together at the source of a page, or at how a tool is made"),
        "own-sandbox": N_("Change one thing in a sandbox of your own, and see what happens"),
        "tell-a-fault": N_("Report one thing that does not work, and say how you saw it"),
        "translate-words": N_("Translate three messages of a tool into your language"),
        "one-line": N_("Mend one line of a template or a program, with someone reading along"),
        "ask-review": N_("Ask for a review of your change, and answer it"),
        "explain-tool": N_("Now help someone else: show one person how to use a tool"),
        "name-technical": N_(
            "“May I put your name forward?” Say yes to speaking of it, or to caring for a tool"
        ),
    },
}
"""Area to its steps, smallest first: code to sentence."""

SENTENCES: dict[str, str] = {code: text for ladder in LADDERS.values() for code, text in ladder.items()}
"""Every step of the programme's own: code to sentence; no code stands in two areas."""

LONGEST_STEP = 200
LONGEST_LEARNED = 2000
MOST_RUNGS = 20
MOST_CHOSEN = 10
"""How many steps may be chosen and not yet tried: small steps are taken one at a time."""
