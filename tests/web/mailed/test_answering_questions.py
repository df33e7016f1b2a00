"""Every other question answered straight from its mail: looking changes nothing, one click does, once."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from mentorship.rules.helped import Answer, Occasion, Still
from mentorship.rules.lifecycle import Action, Party, State
from mentorship.services import handing_over, mentorships, questions, sessions
from mentorship.services.outbox import tell
from mentorship.store.cohorts import Cohort
from mentorship.store.help import HelperAnswer
from mentorship.store.mentorships import HandOver, Mentorship
from mentorship.store.offers import Offer
from mentorship.store.outbox import Outbox
from mentorship.store.people import Person
from mentorship.store.requests import Outcome, Request, RequestState
from mentorship.web.mailed.links import answer_links
from tests.browser import Browser
from tests.factories import a_mentor
from tests.web.mailed.test_answering_asks import KIND, dump

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

ASKED = "Which article is it, in Hausa?"


def links(pairs, kind, role):
    """The links in the mail of the last notice of that kind to the one in `role`: label to path."""
    with pairs.app.test_request_context(), pairs.filling() as session:
        row = session.scalars(
            select(Outbox)
            .where(Outbox.kind == kind, Outbox.person_id == pairs.people[role])
            .order_by(Outbox.id.desc())
        ).first()
        found = answer_links(session, pairs.app.secret_key.encode(), row, at=datetime.now(UTC))
    return {label: "?".join(urlsplit(address)[2:4]).rstrip("?") for label, address in found}


def one(session, model):
    return session.scalars(select(model).order_by(model.id.desc())).first()


def a_question(pairs):
    pairs.pair(State.PROPOSED)
    with pairs.filling() as session:
        pair = one(session, Mentorship)
        questions.ask_question(session, pair, pair.mentor, ASKED, at=datetime.now(UTC))
    return "question", "newcomer"


def a_hand_over(pairs, kind="new_mentor"):
    pairs.pair(State.ACTIVE)
    with pairs.filling() as session:
        pair = one(session, Mentorship)
        successor = a_mentor(session, session.get(Cohort, pairs.cohort_id))
        successor.name = "Dina"
        pairs.people["successor"] = successor.id
        handing_over.propose_successor(session, pair, pair.mentor, successor, at=datetime.now(UTC))
    return kind, {"new_mentor": "newcomer", "take_over": "successor"}[kind]


def an_ending(pairs):
    pairs.pair(State.ACTIVE)
    with pairs.filling() as session:
        pair = one(session, Mentorship)
        mentorships.act(
            session, pair, Action.END, party=Party.NEWCOMER, by=pair.newcomer, at=datetime.now(UTC)
        )
    return "look_on", "newcomer"


def a_silent_mentor(pairs, kind="still_here"):
    pairs.pair(State.ACTIVE)
    with pairs.filling() as session:
        offer = session.get(Offer, pairs.people["mentor"])
        if kind == "set_away":
            offer.away_until = datetime.now(UTC) + timedelta(days=300)
        else:
            offer.asked_if_here_at = datetime.now(UTC)
        tell(session, offer.mentor, kind, at=datetime.now(UTC))
    return kind, "mentor"


def the_helper_question(pairs, kind="helper_question"):
    pairs.pair(State.ACTIVE)
    with pairs.filling() as session:
        request, at = one(session, Request), datetime.now(UTC)
        facts = {"person_id": request.newcomer_id, "request_id": request.id}
        session.add(HelperAnswer(occasion=Occasion.DAY_30, asked_at=at, **facts))
        pair = one(session, Mentorship)
        tell(session, request.newcomer, kind, at=at, mentorship=pair, other=pair.mentor)
    return kind, "newcomer"


EVERY = {
    "Send the answer": a_question,
    "Yes, I agree": a_hand_over,
    "No, thank you": lambda pairs: a_hand_over(pairs, "take_over"),
    "Yes, go on": an_ending,
    "No, close my request": an_ending,
    "Yes, I am here": a_silent_mentor,
    "I am away for a while": a_silent_mentor,
    "Nobody yet": the_helper_question,
}


FILLED = {
    "Send the answer": {"Your answer": "The one about wells."},
    "I am away for a while": {"Away until": (datetime.now(UTC) + timedelta(days=20)).date().isoformat()},
}


@pytest.mark.parametrize("label", EVERY)
def test_a_look_changes_nothing_in_the_database(pairs, label):
    found = links(pairs, *EVERY[label](pairs))
    assert label in found
    before = dump(pairs)

    for path in found.values():
        assert Browser(pairs.app).get(path).status == 200

    assert dump(pairs) == before


@pytest.mark.parametrize("label", EVERY)
def test_one_click_answers_without_signing_in_and_twice_is_once(pairs, label):
    path, browser = links(pairs, *EVERY[label](pairs))[label], Browser(pairs.app)
    page = browser.get(path)
    button = "Answer" if label == "Nobody yet" else label
    data = page.form(button).filled(FILLED.get(label, {}), button)
    before = dump(pairs)

    first = browser.post(path.partition("?")[0], data)
    after = dump(pairs)
    second = browser.post(path.partition("?")[0], data)

    assert [(each.status, each.heading) for each in (first, second)] == [(200, "Thank you")] * 2
    assert second.text == first.text
    assert before != after
    assert Browser(pairs.app).get(path).status == 410
    assert dump(pairs) == after


def press(pairs, which, label, **fields):
    path = links(pairs, *which)[label]
    browser = Browser(pairs.app)
    browser.get(path)
    return browser.submit(fields, button=label)


def test_the_answer_to_the_mentor_s_question_is_kept_and_moves_the_date(pairs):
    page = press(pairs, a_question(pairs), "Send the answer", **{"Your answer": "The one about wells."})

    assert "You will hear by" in page.text
    with pairs.filling() as session:
        pair = one(session, Mentorship)
        assert questions.answer_of(pair).words == "The one about wells."
        assert pair.question_answered_at is not None


def test_her_question_stands_on_the_page_and_nothing_else_of_anyone(pairs):
    path = links(pairs, *a_question(pairs))["Send the answer"]

    page = Browser(pairs.app).get(path)

    assert ASKED in page.text
    for hers in ("My first edit was undone.", "I like rivers.", "I write about bridges.", "Hawa"):
        assert hers not in page.text


def test_a_number_in_her_answer_is_asked_about_once_more(pairs):
    path = links(pairs, *a_question(pairs))["Send the answer"]
    browser = Browser(pairs.app)
    browser.get(path)
    browser.submit({"Your answer": "Call 0803 555 0101"}, button="Send the answer")
    assert "Your number cannot be taken back" in browser.page.text

    page = browser.submit(button="Send it so")

    assert page.heading == "Thank you"
    with pairs.filling() as session:
        assert questions.answer_of(one(session, Mentorship)).words == "Call 0803 555 0101"


def test_an_empty_answer_is_said_at_its_field(pairs):
    page = press(pairs, a_question(pairs), "Send the answer")

    assert (page.status, page.errors) == (422, {"words": "Nothing is written yet."})


def test_both_agree_by_mail_and_it_is_handed_over(pairs):
    press(pairs, a_hand_over(pairs), "Yes, I agree")
    with pairs.filling() as session:
        assert one(session, Mentorship).state is State.ACTIVE

    press(pairs, ("take_over", "successor"), "Yes, I agree")

    with pairs.filling() as session:
        new = one(session, Mentorship)
        assert (new.state, new.mentor_id) == (State.ACCEPTED, pairs.people["successor"])
        assert one(session, HandOver).closed_at is not None


def test_a_no_by_mail_leaves_everything_as_it_is(pairs):
    page = press(pairs, a_hand_over(pairs), "No, thank you")

    assert "Everything stays as it is." in page.text
    with pairs.filling() as session:
        assert one(session, Mentorship).state is State.ACTIVE
        assert one(session, HandOver).closed_at is not None


@pytest.mark.parametrize(
    ("label", "state", "outcome"),
    [
        ("Yes, go on", RequestState.OPEN, None),
        ("No, close my request", RequestState.CLOSED, Outcome.WITHDRAWN),
    ],
)
def test_whether_to_go_on_is_answered_by_mail(pairs, label, state, outcome):
    press(pairs, an_ending(pairs), label)

    with pairs.filling() as session:
        request = one(session, Request)
        assert (request.state, request.outcome, request.confirm_again) == (state, outcome, False)


@pytest.mark.parametrize("kind", ["still_here", "set_away"])
def test_a_silent_mentor_says_that_she_is_here(pairs, kind):
    press(pairs, a_silent_mentor(pairs, kind), "Yes, I am here")

    with pairs.filling() as session:
        offer = session.get(Offer, pairs.people["mentor"])
        assert (offer.away_until, offer.asked_if_here_at, offer.silent_since) == (None, None, None)
        assert offer.heard_at is not None


def test_or_that_she_is_away_until_a_day(pairs):
    until = datetime.now(UTC).date() + timedelta(days=20)
    which = a_silent_mentor(pairs)
    page = press(pairs, which, "I am away for a while")
    assert page.errors == {"until": "Please give a day after today."}

    press(pairs, which, "I am away for a while", **{"Away until": until.isoformat()})

    with pairs.filling() as session:
        assert session.get(Offer, pairs.people["mentor"]).away_until.date() == until


def test_the_helper_question_is_answered_with_still_taking_part(pairs):
    which = the_helper_question(pairs)
    path = links(pairs, *which)["Nobody yet"]
    browser = Browser(pairs.app)
    browser.get(path)

    page = browser.submit({"Are you still taking part?": "A little"}, button="Answer")

    assert "A coordinator will write to you by" in page.text
    with pairs.filling() as session:
        row = one(session, HelperAnswer)
        assert (row.answer, row.still) == (Answer.NOBODY_YET, Still.A_LITTLE)
        assert one(session, Request).needs_coordinator is True


def test_it_goes_in_the_mail_of_that_day_s_check_in(pairs):
    found = links(pairs, *the_helper_question(pairs, "check_in"))

    browser = Browser(pairs.app)
    page = browser.get(found["One more question: has anyone helped you so far?"])

    assert page.form("Answer").filled({})["helped"] == []
    assert browser.submit(button="Answer").errors == {"helped": "Please choose one of these."}
    assert browser.submit({"helped": "Someone here"}, button="Answer").heading == "Thank you"


@pytest.mark.parametrize("label", EVERY)
def test_signing_out_everywhere_and_another_kind_end_a_link(pairs, label):
    kind, role = EVERY[label](pairs)
    path = links(pairs, kind, role)[label].partition("?")[0]
    name = path.split("/")[-2]
    for other in {"reply", "hand-over", "go-on", "here", "helped", "nothing"} - {name}:
        assert Browser(pairs.app).get(path.replace(f"/{name}/", f"/{other}/")).status == 410
    with pairs.filling() as session:
        person = session.get(Person, pairs.people[role])
        sessions.end_all(session, person, at=datetime.now(UTC) + timedelta(seconds=2))

    page = Browser(pairs.app).get(path)

    assert (page.status, KIND in page.text) == (410, True)


def test_after_its_date_a_question_is_over(pairs):
    path = links(pairs, *a_question(pairs))["Send the answer"]
    with pairs.filling() as session:
        one(session, Mentorship).answer_due_at = datetime.now(UTC) - timedelta(minutes=1)

    assert Browser(pairs.app).get(path).status == 410
