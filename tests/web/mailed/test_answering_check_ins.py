"""“Are you in touch?”, answered straight from the mail."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import Action, Party, State
from mentorship.services import check_ins, mailed_links, sessions
from mentorship.services.mentorships import act
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.safety import Report
from mentorship.store.together import CheckIn, CheckInAnswer
from tests.browser import Browser
from tests.web.mailed.test_answering_asks import dump

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


def mentorship_of(session):
    return session.scalars(select(Mentorship)).one()


def asked(pairs, role="newcomer", state=State.ACTIVE):
    """A pair asked on its seventh day, and the link in the mail to the one in `role`."""
    pairs.pair(state)
    with pairs.filling() as session:
        mentorship = mentorship_of(session)
        mentorship.accepted_at = datetime.now(UTC) - timedelta(days=8)
        check_ins.ask(session, mentorship, at=datetime.now(UTC))
        person = session.get(Person, pairs.people[role])
        token = mailed_links.check_in_token(
            session, pairs.app.secret_key.encode(), mentorship, person, at=datetime.now(UTC)
        )
    return f"/note/check-in/{token}"


def answers(pairs):
    with pairs.filling() as session:
        return {row.person_id: row.answer for row in session.scalars(select(CheckIn))}


def test_a_look_changes_nothing_in_the_database(pairs):
    link = asked(pairs)
    before = dump(pairs)

    for answer in CheckInAnswer:
        page = Browser(pairs.app).get(f"{link}?answer={answer}")
        assert (page.status, "Are you and Rosa in touch?" in page.text) == (200, True)

    assert dump(pairs) == before


@pytest.mark.parametrize("role", ["newcomer", "mentor"])
@pytest.mark.parametrize(
    ("button", "answer"),
    [
        ("Yes", CheckInAnswer.YES),
        ("We talk elsewhere", CheckInAnswer.ELSEWHERE),
        ("Not yet", CheckInAnswer.NOT_YET),
        ("I would like someone else", CheckInAnswer.SOMEONE_ELSE),
    ],
)
def test_one_click_answers_for_her_alone_without_signing_in(pairs, role, button, answer):
    link = asked(pairs, role)
    browser = Browser(pairs.app)
    browser.get(f"{link}?answer={answer}")
    data = browser.page.form(button).filled({}, button)

    for _ in range(2):
        page = browser.post(link, data)
        assert (page.status, page.heading) == (200, "Thank you")

    other = {"newcomer": "mentor", "mentor": "newcomer"}[role]
    assert answers(pairs) == {pairs.people[role]: answer, pairs.people[other]: None}


def test_a_yes_begins_a_pair_that_only_agreed(pairs):
    link = asked(pairs, state=State.ACCEPTED)
    browser = Browser(pairs.app)
    browser.get(link)

    browser.submit(button="Yes")

    with pairs.filling() as session:
        assert mentorship_of(session).state is State.ACTIVE


def test_something_wrong_with_her_words_reaches_a_coordinator(pairs):
    link = asked(pairs)
    browser = Browser(pairs.app)
    browser.get(f"{link}?answer=something_wrong")
    assert browser.submit({"What is wrong": "a" * 2001}, button="Tell a coordinator").status == 422

    browser.submit({"What is wrong": "I am asked for money."}, button="Tell a coordinator")

    with pairs.filling() as session:
        report = session.scalars(select(Report)).one()
        assert (report.words, report.routed_to_id) == ("I am asked for money.", pairs.people["coordinator"])


def answered(pairs):
    with pairs.filling() as session:
        row = session.scalars(select(CheckIn).where(CheckIn.person_id == pairs.people["newcomer"])).one()
        check_ins.answer(
            session, row, CheckInAnswer.NOT_YET,
            by=session.get(Person, pairs.people["newcomer"]), at=datetime.now(UTC),
        )  # fmt: skip


def ended(pairs):
    with pairs.filling() as session:
        mentorship = mentorship_of(session)
        act(session, mentorship, Action.END, party=Party.MENTOR, by=mentorship.mentor, at=datetime.now(UTC))


def asked_again(pairs):
    with pairs.filling() as session:
        row = {"mentorship_id": mentorship_of(session).id, "person_id": pairs.people["newcomer"]}
        session.add(CheckIn(day=14, asked_at=datetime.now(UTC), **row))


def signed_out_everywhere(pairs):
    with pairs.filling() as session:
        newcomer = session.get(Person, pairs.people["newcomer"])
        sessions.end_all(session, newcomer, at=datetime.now(UTC) + timedelta(seconds=1))


@pytest.mark.parametrize("happens", [answered, ended, asked_again, signed_out_everywhere])
def test_a_link_that_is_over_says_so_kindly_and_does_nothing(pairs, happens):
    link = asked(pairs)
    browser = Browser(pairs.app)
    browser.get(link)
    data = browser.page.form("Yes").filled({}, "Yes")
    happens(pairs)
    before = dump(pairs)

    for page in (Browser(pairs.app).get(link), browser.post(link, data)):
        assert (page.status, page.heading) == (410, "This link is over")
        assert "Rosa" not in page.text
    assert dump(pairs) == before


def test_no_button_pressed_or_an_unknown_one_asks_again(pairs):
    link = asked(pairs)
    browser = Browser(pairs.app)
    browser.get(link)
    data = browser.page.form("Yes").filled({})

    assert browser.post(link, data).status == 422
    assert browser.post(link, data | {"answer": ["maybe"]}).status == 422
    assert set(answers(pairs).values()) == {None}
