"""What is new: each notice leads to its page, and one whose question is settled is not new any more."""

import pytest
from sqlalchemy import select

from mentorship.rules.helped import Answer, Occasion
from mentorship.rules.lifecycle import Action, Party, State
from mentorship.services import check_ins, handing_over, helper_question
from mentorship.services.mentorships import act
from mentorship.services.notices import NOTICES
from mentorship.services.outbox import tell
from mentorship.store.help import HelperAnswer
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.together import CheckInAnswer
from mentorship.web.notices import ON_TODAY, PAGES
from tests.web.pairs import Pairs


@pytest.fixture
def pairs(fresh_database, tmp_path):
    pairs = Pairs(fresh_database, tmp_path)
    yield pairs
    pairs.close()


def of(session, path):
    return session.scalars(select(Mentorship).where(Mentorship.public_id == path.rpartition("/")[2])).one()


def new_on(browser):
    """What stands unread on her first page."""
    lists = browser.get("/home").root.findall(".//ul[@class='notices']")
    folded = [each for more in browser.page.root.findall(".//details") for each in more.iter("ul")]
    return "".join("".join(each.itertext()) for each in lists if each not in folded)


def test_a_check_in_she_answered_or_whose_pair_ended_is_not_new(pairs):
    path, sentence = pairs.pair(State.ACTIVE), "in touch? One click answers it."
    with pairs.filling() as session:
        pair = of(session, path)
        for person in (pair.newcomer, pair.mentor):
            tell(session, person, "check_in", at=pairs.at, mentorship=pair, other=pair.mentor)
            session.add(
                check_ins.CheckIn(mentorship_id=pair.id, person_id=person.id, day=7, asked_at=pairs.at)
            )
    newcomer, mentor = pairs.browser("newcomer"), pairs.browser("mentor")
    assert sentence in new_on(newcomer)
    with pairs.filling() as session:
        pair = of(session, path)
        row = check_ins.open_for(session, pair, pair.newcomer)
        check_ins.answer(session, row, CheckInAnswer.YES, by=pair.newcomer, at=pairs.at)
    assert sentence not in new_on(newcomer)
    assert sentence in new_on(mentor)

    with pairs.filling() as session:
        pair = of(session, path)
        act(session, pair, Action.END, party=Party.NEWCOMER, by=pair.newcomer, at=pairs.at, seen=pair.version)

    assert sentence not in new_on(mentor)
    assert "This mentorship has ended." in new_on(mentor)


def test_a_proposed_successor_is_not_new_after_the_end(pairs):
    path = pairs.pair(State.ACTIVE)
    with pairs.filling() as session:
        pair = of(session, path)
        other = session.get(Person, pairs.people["stranger"])
        handing = handing_over.HandOver(
            mentorship=pair, successor=other, proposed_at=pairs.at, answer_due_at=pairs.at
        )
        session.add(handing)
        tell(session, pair.newcomer, "new_mentor", at=pairs.at, mentorship=pair,
             mentor=pair.mentor, other=other, due=pairs.at)  # fmt: skip
        tell(
            session, other, "take_over", at=pairs.at, mentor=pair.mentor, newcomer=pair.newcomer, due=pairs.at
        )
    newcomer, successor = pairs.browser("newcomer"), pairs.browser("stranger")
    assert "proposes Olga" in new_on(newcomer)
    assert "take over from here" in new_on(successor)

    with pairs.filling() as session:
        session.scalars(select(handing_over.HandOver)).one().closed_at = pairs.at

    assert "proposes Olga" not in new_on(newcomer)
    assert "take over from here" not in new_on(successor)


def test_the_helper_question_leads_to_its_page_and_is_not_new_once_answered(pairs):
    pairs.pair(State.ACTIVE)
    with pairs.filling() as session:
        newcomer = session.get(Person, pairs.people["newcomer"])
        session.add(HelperAnswer(person_id=newcomer.id, occasion=Occasion.JOINING, asked_at=pairs.at))
        tell(session, newcomer, "helper_question", at=pairs.at)
    browser = pairs.browser("newcomer")
    assert "Many people start alone." in new_on(browser)
    link = f"{NOTICES['helper_question']}"
    assert browser.page.links[link].endswith("/helped")

    with pairs.filling() as session:
        row = helper_question.due_for(session, session.get(Person, pairs.people["newcomer"]))
        helper_question.answer(session, row, Answer.RATHER_NOT_SAY, None, at=pairs.at)

    assert "Many people start alone." not in new_on(browser)


def test_old_settled_notices_do_not_hide_a_new_one(pairs):
    path = pairs.pair(State.COMPLETED)
    with pairs.filling() as session:
        pair = of(session, path)
        tell(session, pair.newcomer, "recognised", at=pairs.at, other=pair.mentor)
        for _ in range(25):
            tell(session, pair.newcomer, "check_in", at=pairs.at, mentorship=pair, other=pair.mentor)

    assert "has thanked you" in new_on(pairs.browser("newcomer"))


@pytest.mark.parametrize("kind", sorted({*PAGES, *ON_TODAY}))
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_a_notice_leads_to_a_page_that_is_there_for_her(pairs, kind):
    pairs.pair(State.ACTIVE)
    role = "coordinator" if kind in ON_TODAY else "mentor"
    with pairs.filling() as session:
        person = session.get(Person, pairs.people[role])
        values = dict.fromkeys(("newcomer", "mentor", "other", "someone", "coordinator"), person)
        tell(session, person, kind, at=pairs.at, due=pairs.at, **values)
    browser = pairs.browser(role)
    browser.get("/home")
    here = browser.page.root.find(".//ul[@class='notices']").find(".//a")

    assert here is not None
    assert browser.get(here.get("href")).status == 200
