"""A mentor's notes to herself: hers alone, never overwritten unseen, gone with either of the two."""

import json

import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.services import erasure, own_data
from mentorship.store.people import Person
from mentorship.store.together import PairNote

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

WORDS = "Hawa likes bridges.\nAsk about the library <b>on Friday</b>."
KEY = b"a key for these tests alone, of no use"


def standing(page):
    [area] = page.root.iter("textarea")
    return "".join(area.itertext()).strip()


@pytest.fixture
def noted(pairs):
    path = pairs.pair(State.ACTIVE)
    mentor = pairs.browser("mentor")
    mentor.get(path)
    mentor.click("Notes to yourself")
    mentor.submit({"Your notes": WORDS}, button="Save")
    return path


def test_she_keeps_changes_and_empties_them(pairs, noted):
    mentor = pairs.browser("mentor")

    page = mentor.get(noted + "/notes")
    assert standing(page) == WORDS
    page = mentor.submit({"Your notes": "Only this."}, button="Save")
    assert standing(page) == "Only this."
    mentor.submit({"Your notes": "  "}, button="Save")

    with pairs.filling() as session:
        assert session.scalars(select(PairNote)).all() == []


@pytest.mark.parametrize(
    ("role", "status"), [("newcomer", 403), ("coordinator", 403), ("backup", 403), ("stranger", 404)]
)
def test_nobody_else_opens_or_finds_them(pairs, noted, role, status):
    browser = pairs.browser(role)

    assert browser.get(noted + "/notes").status == status
    assert "likes bridges" not in browser.get(noted).text


def test_another_tab_is_not_overwritten_unseen(pairs, noted):
    one, other = pairs.browser("mentor"), pairs.browser("mentor")
    one.get(noted + "/notes")
    other.get(noted + "/notes")
    other.submit({"Your notes": "From the other tab."}, button="Save")

    page = one.submit({"Your notes": "From this tab."}, button="Save")

    assert page.status == 409
    assert "From the other tab." in page.text
    assert standing(page) == "From this tab."
    one.submit({}, button="Save")
    assert standing(one.get(noted + "/notes")) == "From this tab."


def test_they_are_in_her_export_and_in_nobody_elses(pairs, noted):
    with pairs.filling() as session:
        exported = {
            role: json.dumps(own_data.own_data(session, session.get(Person, pairs.people[role])))
            for role in ("mentor", "coordinator")
        }
        newcomer = session.scalars(select(Person).where(Person.name == "Hawa")).one()
        exported["newcomer"] = json.dumps(own_data.own_data(session, newcomer))

    assert [role for role, text in exported.items() if "likes bridges" in text] == ["mentor"]


@pytest.mark.parametrize("name", ["Rosa", "Hawa"])
def test_they_go_with_either_of_the_two(pairs, noted, name):
    with pairs.filling() as session:
        person = session.scalars(select(Person).where(Person.name == name)).one()
        erasure.erase(session, person, at=pairs.at, key=KEY)

    with pairs.filling() as session:
        assert session.scalars(select(PairNote)).all() == []
