"""A canary in every private text of the world, and who may be shown it: the columns' labels in examples.

`MAY_SEE` names each private column of text, and as what of its owner one may be shown it; see `relations`.
What is no text of anyone's, but a code the programme knows, stands in `CODES`.
"""

import re

from sqlalchemy import JSON, Enum, String, select

from mentorship.services import sessions
from mentorship.services.own_data import OWNER
from mentorship.store import Base
from mentorship.store.base import PLUMBING, label_of
from mentorship.store.cohorts import Cohort
from mentorship.store.growth import Rung
from mentorship.store.help import Help
from mentorship.store.mentorships import EventNote, Mentorship
from mentorship.store.people import Credential, Person, ReachNote
from mentorship.store.requests import Avoid
from mentorship.store.safety import BlockMark
from mentorship.store.together import ClosingWords, Message, PairNote, Step, StepState
from tests.web.world import COHORTS, PARTS

CANARY = re.compile(r"canary-[a-z_.]+-\d+")

CODES = {
    "person.locale", "person.time_zone", "language_skill.code", "interest.item", "where_edits.project",
    "where_edits.language", "day_part.day", "day_part.part", "conversation.area", "help.language",
    "outbox.kind", "outbox.values", "pairing.terms", "left_out.reason", "left_out.detail", "step.area",
    "cohort.joining_token",
}  # fmt: skip

NOBODY = set()
HERSELF = {"herself"}
ON_A_CARD = {"herself", "coordinator", "partner", "mentor asked", "newcomer who asked"}

MAY_SEE = {
    "person.name": {"herself", "coordinator", "coordinates", "partner", "mentor asked", "newcomer who asked",
                    "former", "suggested to", "backup", "sees"},
    "person.about": ON_A_CARD,
    "person.wiki_name": {"herself", "partner"},  # both of the pair switched it on
    "person.wiki_name_hash": NOBODY,
    "credential.subject": HERSELF,
    "credential.secret": NOBODY,
    "address.email": HERSELF,
    "reach_note.words": {"herself", "coordinator"},
    "login_session.token_hash": NOBODY,
    "login_session.device": HERSELF,
    "cohort.name": {"anyone"},
    "cohort.welcome": {"anyone"},
    "cohort.chat_link": {"belongs"},
    "conversation.link": {"herself", "coordinator", "signed up"},
    "takeaway.words": {"herself", "coordinator"},  # the world's are not published
    "quote.words": {"herself", "coordinator"},
    "help.helper_name": HERSELF,
    "help.what": HERSELF,
    "help.invitation": HERSELF,
    "thank_note.words": {"partner"},  # from the former to the mentor
    "request.words": {"herself", "coordinator", "partner as mentor", "mentor asked", "called"},
    "request.happened_link": {"herself", "coordinator", "partner as mentor"},
    "avoid.typed_name": HERSELF,
    "avoid.name_hash": NOBODY,
    "event_note.words": {"herself", "coordinator"},  # the world's notes are meant for the coordinators
    "offer.statement": ON_A_CARD | {"suggested to"},
    "approval.vouched_by": {"herself", "coordinator"},
    "block_mark.subject_hash": NOBODY,
    "known_already.word_hash": NOBODY,
    "report.words": {"herself", "routed to"},
    "message.words": {"herself", "reads the thread", "routed to"},  # hers stands by her report
    "step.title": {"herself", "partner"},
    "step.learned": {"herself", "partner"},
    "rung.words": {"herself", "coordinator", "partner"},
    "recognition.words": {"herself", "partner"},
    "closing_words.words": {"herself", "partner", "former"},
    "pair_note.words": {"herself"},
}  # fmt: skip

RELATIONS = {
    ("mentor", "paired"): {"partner", "partner as mentor"},
    ("paired", "mentor"): {"partner"},
    ("mentor", "asked"): {"mentor asked"},
    ("asked", "mentor"): {"newcomer who asked"},
    ("mentor", "former"): {"former"},
    ("former", "mentor"): {"former"},
    ("backup", "paired"): {"backup", "called"},
    ("backup", "mentor"): {"backup"},
    ("paired", "backup"): {"backup"},
    ("backup", "former"): {"backup"},  # she was chosen to stand by that pair too
    ("mentor", "backup"): {"backup"},
    ("member", "newcomer"): {"sees"},
    ("newcomer", "member"): {"sees"},
    ("member", "blocked"): {"sees"},
    ("blocked", "member"): {"sees"},
    ("paired", "colleague"): {"signed up"},
    # who waits is suggested whoever is approved; whom she blocked she finds in her own list
    ("newcomer", "mentor"): {"suggested to"},
    ("newcomer", "backup"): {"suggested to"},
    ("newcomer", "blocked"): {"suggested to"},
    ("former", "backup"): {"suggested to"},
    ("hidden", "mentor"): {"suggested to"},
    ("hidden", "backup"): {"suggested to"},
}
"""As what a part of a cohort looks at another of the same one; coordinators besides."""

THREADS = {
    "paired": {"paired", "mentor"},
    "mentor": {"paired", "mentor"},
    "newcomer": {"coordinator", "colleague"},
    "member": {"coordinator", "colleague"},
    "paired, aside": {"paired", "backup"},
    "backup, aside": {"paired", "backup"},
}
"""Who reads what she wrote; `aside` is what the newcomer of a pair and its backup write to each other."""


def relations(viewer, owner):
    """As what `viewer` may be looking at what is `owner`'s; each is (part, cohort)."""
    part, cohort = viewer
    hers, where = owner
    found = {"anyone"}
    if hers in {"coordinator", "colleague"}:
        found.add("coordinates")  # her name stands on the page of the joining link
    if cohort != where:
        return found
    found |= {"belongs"} if part != "suspended" else set()
    found |= {"coordinator"} if part in {"coordinator", "colleague"} else set()
    if part == "coordinator" and hers == "paired":
        found.add("routed to")  # the world's report is hers
    if part in THREADS.get(hers, ()):
        found.add("reads the thread")
    if part == hers:
        found.add("herself")
    return found | RELATIONS.get((part, hers), set())


def private_texts():
    """Every private column of text, by its name."""
    return {
        str(column): column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | JSON) and not isinstance(column.type, Enum)
        if label_of(column) != PLUMBING
    }


def release(session, parts):
    """Put a canary of its own into every row of every private text; returns each with whose it is.

    `parts` says of a person's id which part she plays in which cohort.
    """
    whose = {}
    for name, column in private_texts().items():
        if name in CODES:
            continue
        table = column.table
        keys = list(table.primary_key.columns)
        owner = OWNER.get(table.name)
        chosen = [*keys, table.c[owner]] if owner else keys
        query = select(*chosen).where(column.is_not(None)).order_by(*keys)  # of a help, name or member
        if name == "login_session.token_hash":
            query = query.where(column.startswith("spare"))  # the others are what the visitors come with
        for number, row in enumerate(session.execute(query).all()):
            canary = f"canary-{name}-{number}"
            where = [key == value for key, value in zip(keys, row, strict=False)]
            session.execute(table.update().where(*where).values({column.name: canary}))
            # a table that is no single person's has one row in each cohort, of the pair where it is a pair's
            whose[canary] = parts[row[-1]] if owner else ("paired", COHORTS[number])
    for words in session.scalars(select(Message.words).where(Message.aside_id.is_not(None))):
        part, cohort = whose[words]
        whose[words] = (f"{part}, aside", cohort)
    return whose


def furnish(session, at):
    """Rows in the tables of private texts that the world leaves empty."""
    for cohort in session.scalars(select(Cohort)).all():
        people = {part: _person(session, part, cohort) for part in PARTS}
        for part, person in people.items():
            _account(session, person, f"{part} of {cohort.name}", at)
        _pair(session, people["paired"], people["mentor"], at)
        asked = session.scalars(select(Mentorship).where(Mentorship.newcomer_id == people["former"].id)).one()
        note = {"author_id": people["mentor"].id, "words": "x", "for_coordinator": True}
        session.add(EventNote(event_id=asked.events[-1].id, **note))
        session.add(BlockMark(blocker_id=people["newcomer"].id, subject_hash="x"))
    session.commit()


def _person(session, part, cohort):
    return session.scalars(select(Person).where(Person.name == f"{part} of {cohort.name}")).one()


def _account(session, person, called, at):
    person.about, person.wiki_name, person.wiki_name_hash = "x", called, called
    session.add(Credential(person_id=person.id, kind="password", subject=called, secret="x", made_at=at))
    if session.get(ReachNote, person.id) is None:
        session.add(ReachNote(person_id=person.id, words="x", written_at=at))
    session.add(Avoid(person_id=person.id, typed_name="x", name_hash="x", made_at=at))
    session.add(Help(helped_id=person.id, helper_name="x", what="x", made_at=at))
    sessions.start(session, person, device="x", hours=4, at=at)[1].token_hash = f"spare {called}"


def _pair(session, newcomer, mentor, at):
    pair = session.scalars(select(Mentorship).where(Mentorship.newcomer_id == newcomer.id)).one()
    pair.newcomer_shares_wiki_name = pair.mentor_shares_wiki_name = True
    step = session.scalars(select(Step).where(Step.mentorship_id == pair.id)).one()
    step.learned, step.state, step.settled_at = "x", StepState.TRIED, at
    session.add(Rung(cohort_id=pair.request.cohort_id, area="programs", n=1, words="x"))
    session.add(ClosingWords(mentorship_id=pair.id, author_id=mentor.id, words="x", at=at))
    session.add(PairNote(mentorship_id=pair.id, author_id=mentor.id, words="x", at=at))
