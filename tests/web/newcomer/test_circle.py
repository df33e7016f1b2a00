"""Waiting is not done alone: a second language by one click, and the circle of those who wish to be seen."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from mentorship.services import safety
from mentorship.store.cohorts import Cohort
from mentorship.store.people import LanguageSkill, Person
from mentorship.store.queries import FEWEST
from mentorship.store.requests import Request
from tests.factories import a_request

CANARY = "canary-of-another"
CHAT = "https://chat.example.org/women"


@pytest.fixture
def company(programme, asking):
    """So many others wait that with River they are five; the first two went into the circle."""
    others = {name: programme.member(name) for name in ("Ines", "Jala", "Kaya", "Lena")[: FEWEST - 1]}
    with programme.work() as session:
        cohort = session.get_one(Cohort, programme.cohort_id)
        cohort.chat_link = CHAT
        for name, person_id in others.items():
            person = session.get_one(Person, person_id)
            request = a_request(session, cohort, person, words=f"{CANARY}-words", at=datetime.now(UTC))
            request.happened_link = f"https://example.org/{CANARY}-link"
            request.in_circle = name in ("Ines", "Jala")
            person.about, person.wiki_name = f"{CANARY}-about", f"{CANARY}-wiki-{name}"
        session.commit()
    return asking


def person(session, name):
    return session.scalars(select(Person).where(Person.name == name)).one()


def browser_of(programme, name):
    with programme.work() as session:
        person_id = person(session, name).id
    return programme.browser(person_id)


def test_before_she_goes_in_she_sees_how_many_wait_and_no_name(company):
    page = company.get("/request")

    assert "4 others wait here with you." in page.text
    assert not [name for name in ("Ines", "Jala", "Kaya", "Lena", CANARY, CHAT) if name in page.html]


def test_in_the_circle_she_sees_the_names_of_those_in_it_and_nothing_else_of_them(company):
    page = company.get("/request")
    page = company.submit(button="Go into the circle")

    assert {"Ines", "Jala"} <= set(page.text.split())
    assert not [name for name in ("Kaya", "Lena", CANARY) if name in page.html]
    assert CHAT in page.links
    assert "a block here does not work there" in page.text


def test_she_is_out_again_with_one_click_also_by_a_second(programme, company):
    company.get("/request")
    company.submit(button="Go into the circle")
    form = company.page.form("Leave the circle")

    for _ in range(2):
        company.post(form.address("Leave the circle"), form.filled({}))

    page = company.get("/request")
    assert "Ines" not in page.html
    assert "River" not in browser_of(programme, "Ines").get("/request").html


def test_she_can_block_someone_of_the_circle_and_each_is_gone_for_the_other(programme, company):
    company.get("/request")
    company.submit(button="Go into the circle")
    company.submit(button="Block Ines")

    assert "Ines" not in company.get("/request").html
    page = browser_of(programme, "Ines").get("/request")
    assert "Jala" in page.text
    assert "River" not in page.html
    assert "4 others wait here with you." in page.text


def test_below_five_nothing_of_the_circle_is_shown_but_the_way_out(programme, company):
    company.get("/request")
    company.submit(button="Go into the circle")
    with programme.work() as session:
        safety.hide(session, person(session, "Lena"), hidden=True)
        session.commit()

    page = company.get("/request")

    assert "Leave the circle" in page.buttons
    assert not [text for text in ("Ines", "Jala", "others wait", CHAT) if text in page.html]


def test_a_language_she_knows_is_ticked_by_one_click_that_leads_to_her_profile(programme, asking):
    programme.mentor("Ha only", languages={"ha": 6})
    with programme.work() as session:
        river = session.get_one(Person, programme.newcomer_id)
        river.languages.append(LanguageSkill(code="ha", level=3))
        session.commit()
    asking.get("/request")

    page = asking.submit(button="Yes, help in this language too: Hausa")

    assert page.path == "/request/change"
    with programme.work() as session:
        skills = session.scalars(
            select(LanguageSkill).where(LanguageSkill.person_id == programme.newcomer_id)
        ).all()
    assert {skill.code for skill in skills if skill.accepts_help_in} == {"en", "ha"}
    assert "Ha only" in asking.get("/request").text


def test_a_language_she_has_not_named_is_not_there(programme, asking):
    token = asking.page.form().filled({})["csrf_token"]

    assert asking.post("/request/languages", {"csrf_token": token, "code": "fr"}).status == 404
    with programme.work() as session:
        assert session.scalars(select(Request.in_circle)).all() == [False]
