import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.store.mentorships import HandOver, Mentorship
from mentorship.store.offers import Offer
from mentorship.store.people import Person
from tests.factories import a_mentor, a_person
from tests.web.pairs import token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

HAND_OVER = "Ask the two"
YES = "Yes, I agree"
NO = "No, thank you"


@pytest.fixture
def path(pairs):
    """An active pair; its backup, whom the mentor has met so, has a free place. Zora mentors too, unmet."""
    from mentorship.services import places
    from mentorship.store.cohorts import Cohort

    path = pairs.pair(State.ACTIVE, backup_id=pairs.people["backup"])
    with pairs.filling() as session:
        cohort = session.get_one(Cohort, pairs.cohort_id)
        session.get_one(Offer, pairs.people["backup"]).capacity = 1
        session.flush()
        places.fit_places(session, pairs.people["backup"])
        pairs.people["unmet"] = a_mentor(session, cohort, a_person(session, "Zora")).id
    return path


def proposed(pairs, path):
    mentor = pairs.browser("mentor")
    mentor.get(path)
    page = mentor.submit({"Who could go on from here": "Nadia"}, button=HAND_OVER)
    assert page.status == 200, page.text
    return mentor


@pytest.mark.parametrize("first", ["newcomer", "backup"])
def test_with_both_consents_the_old_mentors_access_ends_at_once(pairs, path, first):
    mentor = proposed(pairs, path)
    assert "Until both have agreed everything stays as it is." in mentor.get(path).text
    newcomer, successor = pairs.browser("newcomer"), pairs.browser("backup")
    newcomer.get(path)
    successor.get("/home")
    order = [newcomer, successor] if first == "newcomer" else [successor, newcomer]

    assert order[0].submit(button=YES).status == 200
    assert pairs.of(path)[0] is State.ACTIVE
    new = order[1].submit(button=YES)

    assert pairs.of(path)[0] is State.ENDED
    assert new.path != path
    assert new.status == 200
    assert mentor.get(new.path).status == 404
    assert "Messages" not in mentor.get(path).text
    with pairs.filling() as session:
        made = session.scalars(select(Mentorship).order_by(Mentorship.id.desc())).first()
        assert (made.mentor_id, made.state) == (pairs.people["backup"], State.ACCEPTED)


@pytest.mark.parametrize("who", ["newcomer", "backup"])
def test_a_no_keeps_everything_as_it_is(pairs, path, who):
    proposed(pairs, path)
    browser = pairs.browser(who)
    browser.get(path if who == "newcomer" else "/home")

    assert browser.submit(button=NO).status == 200

    assert pairs.of(path)[0] is State.ACTIVE
    assert HAND_OVER in pairs.browser("mentor").get(path).buttons


def test_only_mentors_she_has_met_can_be_chosen_and_a_forged_choice_is_refused(pairs, path):
    mentor = pairs.browser("mentor")
    page = mentor.get(path)
    with pairs.filling() as session:
        unmet = session.get_one(Person, pairs.people["unmet"]).public_id
    assert "Nadia" in page.text
    assert "Zora" not in page.text

    answers = [
        mentor.post(f"{path}/hand-over", {"csrf_token": token_of(mentor), "successor": each})
        for each in (unmet, "nobody-has-this", "")
    ]

    assert [answer.status for answer in answers] == [422, 422, 422]
    assert len({answer.text for answer in answers}) == 1


def test_nobody_else_can_answer_or_propose(pairs, path):
    proposed(pairs, path)
    with pairs.filling() as session:
        address = f"/mentorships/hand-overs/{session.scalars(select(HandOver)).one().public_id}"
    for role in ("mentor", "coordinator", "stranger", "unmet"):
        browser = pairs.browser(role)
        assert browser.post(address, {"csrf_token": token_of(browser), "agrees": "yes"}).status == 404
    for role, refused in [("newcomer", 403), ("backup", 403), ("coordinator", 403), ("stranger", 404)]:
        browser = pairs.browser(role)
        assert browser.post(f"{path}/hand-over", {"csrf_token": token_of(browser)}).status == refused


def test_the_notice_to_take_over_leads_to_where_it_is_answered_until_it_is(pairs, path):
    proposed(pairs, path)
    successor = pairs.browser("backup")

    page = successor.get("/home")
    place = page.link("Answer").rpartition("#")[2]
    section = page.root.find(f".//section[@id='{place}']")
    assert YES in ["".join(button.itertext()) for button in section.iter("button")]
    successor.submit(button=YES)

    assert "Answer" not in successor.get("/home").links
