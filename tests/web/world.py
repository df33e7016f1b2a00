"""Two cohorts with somebody in every part one can play, on a database that can be put back as it was.

Everyone is called by her part and her cohort: "newcomer of Spring". The parts:

    coordinator, colleague   coordinate; reports are routed to the first
    member                   joined, asked for nothing, wrote to the coordinators
    newcomer                 waits; was shown the mentor, blocked the blocked, wrote to the coordinators
    paired, asked, former    in an active mentorship with the mentor, proposed to her, ended with her
    mentor, backup           approved; the second stands by the pair, whose paired wrote to her
    applicant                offers, and waits for an approval
    hidden, suspended        as their accounts say
    blocked                  a member the newcomer blocked

The colleague hosts a conversation to come, for which the paired signed up, and hosted one she was in.
Member, newcomer and blocked let members see them.
"""

import shutil
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.app import create_app
from mentorship.config import Config
from mentorship.rules.lifecycle import Code, State
from mentorship.services import (
    accounts,
    addresses,
    belonging,
    conversations,
    help_consent,
    help_records,
    known_already,
    mail_choice,
    mailed_links,
    messages,
    posters,
    reaching,
    recognitions,
    rounds,
    safety,
    sessions,
    signed_links,
    steps,
    takeaways,
    thanks,
    with_coordinators,
)
from mentorship.services.ladders import Chosen
from mentorship.store.mentorships import HandOver
from mentorship.store.offers import Approval, Offer
from mentorship.store.people import Address, Person, PersonStatus
from mentorship.store.requests import Shown
from mentorship.store.together import CheckIn, Talk
from mentorship.web.database import db
from tests.databases import address
from tests.factories import a_cohort, a_coordinator, a_mentor, a_mentorship, a_person, a_request

SECRET = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz"
COHORTS = ("Spring", "Autumn")
PARTS = (
    "coordinator", "colleague", "member", "newcomer", "paired", "asked", "former",
    "mentor", "backup", "applicant", "hidden", "suspended", "blocked",
)  # fmt: skip
NEVER_EXISTED = "an-id-nobody-had"


class World:
    """The application on a SQLite database of its own, filled once."""

    def __init__(self, engine, folder):
        self.engine = engine
        self.at = datetime.now(UTC)
        self.app = create_app(Config(SECRET_KEY=SECRET, INSTANCE=folder, DATABASE_URL=address(engine)))
        self.app.testing = True
        self.ids, self.visitors = {}, {}
        with self.filling() as session:
            for name in COHORTS:
                self.ids[name] = _Cohort(session, name, self.at).ids
        with Session(engine) as session:
            people = session.scalars(select(Person)).all()
            self.tokens = {
                person.name: sessions.start(session, person, device="", hours=4, at=self.at)[0]
                for person in people
            }
            session.commit()
        self._file, self._kept = engine.url.database, folder / "as-it-was.sqlite"
        self.keep()

    @contextmanager
    def filling(self):
        """A session whose work is committed at the end."""
        with Session(self.engine) as session:
            yield session
            session.commit()

    def keep(self):
        """Remember the database as it is now."""
        self.close()
        shutil.copyfile(self._file, self._kept)

    def put_back(self):
        """Undo whatever was done since it was kept."""
        self.close()
        shutil.copyfile(self._kept, self._file)

    def close(self):
        self.engine.dispose()
        with self.app.app_context():
            db.engine.dispose()

    def client(self, name=None):
        """The client of whoever is called so; of nobody without a name."""
        client = self.app.test_client()
        if name:
            with client.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = self.tokens[name], True
        return client

    def cookies(self, name):
        """What a real browser needs to be signed in as her."""
        cookie = self.client(name).get_cookie("session")
        return [{"name": "session", "value": cookie.value, "domain": "127.0.0.1", "path": "/"}]

    def person(self, session, name):
        return session.scalars(select(Person).where(Person.name == name)).one()


class _Cohort:
    """Fills one cohort; `ids` is what stands in addresses."""

    def __init__(self, session, name, at):
        self.session, self.at, self.past = session, at, at - timedelta(days=3)
        self.people = {part: a_person(session, f"{part} of {name}") for part in PARTS}
        self.cohort = a_cohort(
            session, name, coordinator=self.people["coordinator"], welcome="You are never alone here."
        )
        a_coordinator(session, self.cohort, self.people["colleague"], safeguarding=False)
        for person in self.people.values():
            accounts.join_cohort(session, person, self.cohort, at=self.past)
        self._mentors()
        self.mentorships = self._mentorships()
        self._hand_over()
        self._conversations()
        self._calls()
        self._help()
        self._safety()
        self.ids = self._ids()

    def _mentors(self):
        self._mentor("mentor", capacity=4)
        self._mentor("backup", backup=True)
        self._mentor("applicant", approved=False)

    def _mentor(self, part, **facts):
        person = a_mentor(self.session, self.cohort, self.people[part], **facts)
        self.session.get_one(Offer, person.id).statement = "I look at edits together, slowly."
        if facts.get("approved", True):
            self.session.get_one(Approval, person.id).until = self.at + timedelta(days=300)

    def _mentorships(self):
        requests = {
            part: a_request(self.session, self.cohort, self.people[part], at=self.past)
            for part in ("newcomer", "paired", "asked", "former", "hidden")
        }
        for request in requests.values():
            request.happened_link = "https://example.org/what-happened"
        self.requests = requests
        states = {"paired": State.ACTIVE, "asked": State.PROPOSED, "former": State.ENDED}
        made = {
            part: a_mentorship(
                self.session, requests[part], self.people["mentor"], state=state, at=self.past,
                code=Code.ASKED,
            )
            for part, state in states.items()
        }  # fmt: skip
        made["paired"].backup_id = self.people["backup"].id
        made["asked"].answer_due_at = self.at + timedelta(days=2)
        pair, mentor = made["paired"].id, self.people["mentor"].id
        soon, agreed = self.at + timedelta(days=2), {"proposed_at": self.past, "agreed_at": self.past}
        self.session.add(CheckIn(mentorship_id=pair, person_id=mentor, day=7, asked_at=self.at))
        self.session.add(Talk(mentorship_id=pair, by_id=mentor, starts_at=soon, **agreed))
        return made

    def _hand_over(self):
        self.hand_over = HandOver(
            mentorship=self.mentorships["paired"], successor=self.people["backup"],
            proposed_at=self.past, answer_due_at=self.at + timedelta(days=5),
        )  # fmt: skip
        self.session.add(self.hand_over)

    def _conversations(self):
        session, people = self.session, self.people
        pair, request = self.mentorships["paired"], self.requests["newcomer"]
        messages.write_to_pair(session, pair, people["mentor"], "Hello, I am glad we meet.", at=self.past)
        self.message = messages.write_to_pair(
            session, pair, people["paired"], "Hello, so am I.", at=self.past
        )
        messages.write_aside(session, pair, people["paired"], "May I ask you too?", at=self.past)
        messages.write_aside(session, pair, people["backup"], "Of course.", at=self.past)
        self.recognition = recognitions.give(
            session, people["mentor"], people["paired"], "You stayed with it.", at=self.past
        )
        self.step = steps.choose(
            session, pair, people["paired"], Chosen(words="Read one page aloud"), at=self.past
        )
        messages.write_about_request(session, request, people["newcomer"], "May I ask?", at=self.past)
        member = people["member"]
        with_coordinators.write(session, self.cohort, member, member, "Is anyone here?", at=self.past)
        reaching.keep(session, people["newcomer"], "The group's chat.", at=self.past)
        known_already.begin(session, request, f"A WORD OF {self.cohort.name}", at=self.at)
        session.add(Shown(request_id=request.id, mentor_id=people["mentor"].id, at=self.past))
        self.round = rounds.start_round(session, self.cohort, by=people["coordinator"], at=self.past)
        rounds.compute(session, self.round, at=self.past)
        self.address = addresses.add(session, people["member"], f"{self.cohort.name}@example.org", at=self.at)
        session.add(
            Address(
                person_id=people["mentor"].id, email=f"m@{self.cohort.name}.example", confirmed_at=self.past
            )
        )

    def _calls(self):
        """One to come and one that was, hosted by the colleague; three of the members let others see them."""
        session, people, host = self.session, self.people, self.people["colleague"]
        for part in ("member", "newcomer", "blocked"):
            belonging.be_seen(session, self.cohort, people[part], seen=True)
        self.cohort.chat_link = "https://chat.example/group"
        link, ago, month = "https://call.example/room", self.at - timedelta(days=40), timedelta(days=10)
        self.call_before = conversations.host(
            session, self.cohort, host, starts_at=ago + month, link=link, at=ago
        )
        self.call = conversations.host(
            session, self.cohort, host, starts_at=self.at + month, link=link, at=self.at
        )
        conversations.sign_up(session, self.call, people["paired"], at=self.at)
        conversations.attended(session, self.call_before, people["paired"], at=self.past)
        words = "Small steps count.", "I am not the only one."
        self.takeaway = takeaways.add(session, self.call_before, people["paired"], words[0], at=self.past)
        takeaways.let_quote(
            session, self.call_before, people["paired"], words[1], with_name=True, at=self.past
        )
        posters.make(session, self.cohort, takeaways=(), quotes=(), by=host, at=self.past)
        posters.publish(session, self.cohort, published=True, by=host, at=self.past)

    def _help(self):
        """The former named the mentor, who agreed and was thanked; and typed a name, with a link to give."""
        session, former = self.session, self.people["former"]
        facts = help_records.Facts(2024, "en", "An evening with sources.")
        self.help = help_records.add_member(
            session, former, self.people["mentor"].public_id, facts, at=self.past
        )
        help_consent.answer(session, self.help, agrees=True, at=self.past)
        self.note = thanks.thank(session, self.help, "I have not forgotten it.", at=self.past)
        self.typed = help_records.add_typed(session, former, "Someone of long ago", facts, at=self.past)
        help_consent.invite(session, self.typed)

    def _safety(self):
        session, people = self.session, self.people
        safety.block(session, people["newcomer"], people["blocked"], at=self.past)
        self.report = safety.report(
            session, "Something is wrong.", by=people["paired"], at=self.past,
            mentorship=self.mentorships["paired"], about=people["mentor"], attached=[self.message],
        )  # fmt: skip
        people["hidden"].status = PersonStatus.HIDDEN
        people["suspended"].status = PersonStatus.SUSPENDED
        session.flush()

    def _ids(self):
        return {
            "hand_over": self.hand_over.public_id,
            "cohort_id": self.cohort.public_id,
            "call": self.call.public_id,
            "call before": self.call_before.public_id,
            "takeaway": self.takeaway.public_id,
            "joining": self.cohort.joining_token,
            "round_id": self.round.public_id,
            "recognition": self.recognition.public_id,
            "step": self.step.public_id,
            "message of paired": self.message.public_id,
            "report_id": self.report.public_id,
            "ask": mailed_links.ask_token(SECRET.encode(), self.mentorships["asked"], at=self.at),
            "check-in": mailed_links.check_in_token(
                self.session, SECRET.encode(), self.mentorships["paired"], self.people["mentor"], at=self.at
            ),
            "the question": "hand-over",
            "hand-over link": signed_links.sign(
                SECRET.encode(), "hand-over", self.hand_over.public_id, self.people["backup"], at=self.at
            ),
            "stop": mail_choice.stop_token(SECRET.encode(), self.people["mentor"], "ask"),
            "help_id": self.help.public_id,
            "typed help": self.typed.public_id,
            "note_id": self.note.public_id,
            "word": self.typed.invitation,
            "confirm": addresses.link_token(SECRET.encode(), self.address),
            **{f"request of {part}": request.public_id for part, request in self.requests.items()},
            **{f"mentorship of {part}": pair.public_id for part, pair in self.mentorships.items()},
            **{part: person.public_id for part, person in self.people.items()},
        }
