"""No private text leaves to whom its label does not name: on no page of anyone's, in no mail."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.helped import Occasion
from mentorship.services import mailed_questions, mailing, questions
from mentorship.services.mailed_questions import QUESTIONS
from mentorship.store.help import HelperAnswer
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.outbox import Outbox
from mentorship.store.people import Person
from mentorship.web.mail import compose
from tests.web.canaries import CANARY, CODES, MAY_SEE, furnish, private_texts, relations, release
from tests.web.visits import pages_for
from tests.web.world import COHORTS, PARTS, SECRET, World

VIEWERS = [
    *((part, "Spring") for part in PARTS),
    ("coordinator", "Autumn"),
    ("paired", "Autumn"),
    (None, None),
]


class Marked:
    """The world with a canary in every private text of it."""

    def __init__(self, engine, folder):
        self.world = World(engine, folder)
        with self.world.filling() as session:
            furnish(session, datetime.now(UTC))
            people = session.execute(select(Person.id, Person.name)).all()
            self.parts = {number: tuple(name.split(" of ")) for number, name in people if " of " in name}
            self.whose = release(session, self.parts)

    def shown_to(self, viewer):
        """Each canary she is shown, with the pages she found it on."""
        name = None if viewer[0] is None else " of ".join(viewer)
        found = {}
        for cohort in COHORTS:
            for path in pages_for(self.world, cohort, viewer[0]):
                answer = self.world.client(name).get(path, follow_redirects=True)
                text = answer.get_data().decode(errors="replace")  # a PDF says what its page says
                for canary in CANARY.findall(text):
                    found.setdefault(canary, set()).add(path)
        return found

    def column(self, canary):
        return canary.split("-")[1]

    def may_see(self, canary, viewer):
        return bool(relations(viewer, self.whose[canary]) & MAY_SEE[self.column(canary)])


@pytest.fixture(scope="module")
def marked(sqlite_databases, tmp_path_factory):
    with sqlite_databases.fresh() as engine:
        marked = Marked(engine, tmp_path_factory.mktemp("marked"))
        yield marked
        marked.world.close()


@pytest.fixture(scope="module")
def shown(marked):
    return {viewer: marked.shown_to(viewer) for viewer in VIEWERS}


def test_every_private_text_has_its_line_and_its_canaries(marked):
    texts = set(private_texts())

    assert texts == CODES | set(MAY_SEE)
    assert {marked.column(canary) for canary in marked.whose} == set(MAY_SEE)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_nobody_is_shown_a_text_that_is_not_for_her(marked, shown, viewer):
    astray = {
        (canary, marked.whose[canary]): sorted(paths)[:3]
        for canary, paths in shown[viewer].items()
        if not marked.may_see(canary, viewer)
    }

    assert not astray, "\n".join(f"{canary} {paths}" for canary, paths in astray.items())


def test_what_is_for_someone_is_shown_to_someone(marked, shown):
    """Or the search would find nothing anywhere, and prove nothing."""
    seen = {marked.column(canary) for found in shown.values() for canary in found}

    assert seen >= {column for column, who in MAY_SEE.items() if who}


@pytest.mark.parametrize(
    ("page", "link"), [("ask", "ask"), ("check-in", "check-in"), ("question/hand-over", "hand-over link")]
)
def test_a_mailed_link_shows_but_the_name_its_reader_was_told(marked, page, link):
    """Whoever has the mail has its link: no more stands behind it than in the mail."""
    path = f"/note/{page}/{marked.world.ids['Spring'][link]}"
    answer = marked.world.client().get(path)

    found = set(CANARY.findall(answer.get_data(as_text=True)))

    assert answer.status_code == 200
    assert {marked.column(canary) for canary in found} == {"person.name"}
    assert all(marked.may_see(canary, ("mentor", "Spring")) for canary in found)


def test_no_mail_carries_a_text_but_names_to_those_who_met(marked):
    world = marked.world
    with Session(world.engine) as session, world.app.test_request_context():
        rows = session.scalars(select(Outbox)).all()
        mails = [
            (row.person_id, compose(session, world.app.config["MENTORSHIP"], row, address, at=world.at))
            for row in rows
            if (address := mailing.recipient(session, row)) is not None
        ]

    assert mails
    for person_id, mail in mails:
        found = set(CANARY.findall(mail.as_string()))
        assert found
        assert {marked.column(canary) for canary in found} <= {"person.name", "address.email"}
        assert all(marked.may_see(canary, marked.parts[person_id]) for canary in found), found
        assert not CANARY.findall(mail["Subject"])


QUESTION = "canary-event_note.words-0"


def test_what_any_other_question_in_a_mail_leads_to_shows_names_and_the_mentor_s_one_question(marked):
    """Of another woman's words only the question itself: nobody can answer what she cannot read."""
    world, key = marked.world, SECRET.encode()
    with world.filling() as session:
        part = {
            each: session.get_one(Person, number)
            for number, (each, cohort) in marked.parts.items()
            if cohort == "Spring"
        }
        of = {pair.newcomer_id: pair for pair in session.scalars(select(Mentorship))}
        asked, over = of[part["asked"].id], of[part["former"].id].request
        questions.ask_question(session, asked, part["mentor"], QUESTION, at=world.at)
        over.confirm_again = True
        session.get_one(Offer, part["mentor"].id).asked_if_here_at = world.at
        row = HelperAnswer(
            person_id=part["paired"].id,
            request_id=of[part["paired"].id].request_id,
            occasion=Occasion.DAY_30,
            asked_at=world.at,
        )
        session.add(row)
        session.flush()
        things = {
            "reply": (part["asked"], asked.public_id),
            "go-on": (part["former"], over.public_id),
            "here": (part["mentor"], part["mentor"].public_id),
            "helped": (part["paired"], str(row.id)),
        }
        links = {
            name: mailed_questions.token_of(key, QUESTIONS[name].about(session, person, thing, at=world.at))
            for name, (person, thing) in things.items()
        }

    pages = {name: world.client().get(f"/note/question/{name}/{token}") for name, token in links.items()}

    assert {page.status_code for page in pages.values()} == {200}
    found = {name: set(CANARY.findall(page.get_data(as_text=True))) for name, page in pages.items()}
    assert QUESTION in found["reply"]
    assert {marked.column(each) for canaries in found.values() for each in canaries - {QUESTION}} <= {
        "person.name"
    }
