"""A link answers the one asking it was mailed for: used, settled or asked anew, it changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from mentorship.rules.lifecycle import Action, Code, Party, State
from mentorship.services import away, handing_over, mentorships, offers, proposals, safety
from mentorship.services.outbox import tell
from mentorship.store.mentorships import HandOver, Mentorship
from mentorship.store.offers import Offer
from mentorship.store.outbox import Outbox
from mentorship.store.people import Person
from mentorship.store.requests import Request, RequestState
from tests.browser import Browser
from tests.web.mailed.test_answering_asks import dump
from tests.web.mailed.test_answering_questions import a_hand_over, a_silent_mentor, an_ending, links, one

UNTIL = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()


class Opened:
    """The page behind each link of a mail, as it was opened while the question was open."""

    def __init__(self, pairs, which, **fields):
        self.browser = Browser(pairs.app)
        self.paths = links(pairs, *which)
        self.data = {
            label: self.browser.get(path).form(label).filled(fields if "away" in label else {}, label)
            for label, path in self.paths.items()
        }

    def press(self, label):
        return self.browser.post(self.paths[label].partition("?")[0], self.data[label])

    def looks(self):
        return {self.browser.get(path).status for path in self.paths.values()}


def ended_again(pairs):
    """After her yes she finds another mentor, and ends that too."""
    with pairs.filling() as session:
        request, at = one(session, Request), datetime.now(UTC)
        pair = proposals.propose(
            session, request, session.get(Person, pairs.people["mentor"]), party=Party.COORDINATOR,
            by=session.get(Person, pairs.people["coordinator"]), code=Code.BY_HAND, at=at,
        )  # fmt: skip
        for action, party, by in (
            (Action.ACCEPT, Party.MENTOR, pair.mentor),
            (Action.END, Party.NEWCOMER, pair.newcomer),
        ):
            mentorships.act(session, pair, action, party=party, by=by, at=at)


def test_a_used_link_cannot_close_the_request_when_she_is_asked_again(pairs):
    opened = Opened(pairs, an_ending(pairs))
    assert opened.press("Yes, go on").heading == "Thank you"
    ended_again(pairs)
    before = dump(pairs)

    assert {opened.press(label).status for label in opened.paths} == {410}
    assert opened.looks() == {410}
    assert dump(pairs) == before
    assert Opened(pairs, ("look_on", "newcomer")).press("No, close my request").status == 200
    with pairs.filling() as session:
        assert one(session, Request).state is RequestState.CLOSED


def test_a_used_link_cannot_end_an_absence_of_later(pairs):
    opened = Opened(pairs, a_silent_mentor(pairs), **{"Away until": UNTIL})
    assert opened.press("Yes, I am here").heading == "Thank you"
    with pairs.filling() as session:
        offer = session.get(Offer, pairs.people["mentor"])
        away.go_away(session, offer, pairs.at + timedelta(days=9), at=datetime.now(UTC))
    before = dump(pairs)

    assert opened.press("Yes, I am here").status == 410
    opened.press("I am away for a while")

    assert opened.looks() == {410}
    assert dump(pairs) == before


def test_a_mentor_asked_again_answers_by_the_new_mail_alone(pairs):
    opened = Opened(pairs, a_silent_mentor(pairs), **{"Away until": UNTIL})
    opened.press("Yes, I am here")
    with pairs.filling() as session:
        offer, later = session.get(Offer, pairs.people["mentor"]), datetime.now(UTC) + timedelta(hours=1)
        offer.asked_if_here_at = later
        tell(session, offer.mentor, "still_here", at=later)
    before = dump(pairs)

    assert {opened.press(label).status for label in opened.paths} == {410}
    assert dump(pairs) == before
    assert Opened(pairs, ("still_here", "mentor")).press("Yes, I am here").status == 200


@pytest.mark.parametrize("kind", ["still_here", "set_away"])
def test_away_sent_three_times_is_told_once_and_then_over(pairs, kind):
    opened = Opened(pairs, a_silent_mentor(pairs, kind), **{"Away until": UNTIL})

    pages = [opened.press("I am away for a while") for _ in range(3)]

    assert {page.text for page in pages} == {pages[0].text}
    assert "You are away." in pages[0].text
    assert opened.looks() == {410}
    with pairs.filling() as session:
        told = select(func.count()).where(Outbox.kind.like("mentor_away%"))
        assert session.scalar(told) == 1
        assert session.get(Offer, pairs.people["mentor"]).away_until.date().isoformat() == UNTIL


NOT_NOW = {
    "away": lambda session, offer: away.go_away(
        session, offer, datetime.now(UTC) + timedelta(days=9), at=datetime.now(UTC)
    ),
    "full": lambda session, offer: offers.set_capacity(session, offer, 0),
}


@pytest.mark.parametrize("why", NOT_NOW)
def test_a_yes_that_cannot_be_carried_out_now_says_so_and_the_link_stays_good(pairs, why):
    opened = Opened(pairs, a_hand_over(pairs))
    with pairs.filling() as session:
        asked = one(session, HandOver)
        handing_over.answer(session, asked, asked.successor, agrees=True, at=datetime.now(UTC))
        NOT_NOW[why](session, session.get(Offer, asked.successor_id))

    page = opened.press("Yes, I agree")

    assert page.status == 409
    assert SENTENCES[why] in page.text
    assert page.form("Yes, I agree")
    assert opened.looks() == {200}
    with pairs.filling() as session:
        assert one(session, HandOver).newcomer_agreed_at is None
        assert one(session, Mentorship).state is State.ACTIVE


SENTENCES = {"away": "This pair is not possible", "full": "has no free place"}


def test_after_a_block_both_links_of_a_hand_over_are_over_and_no_page_names_the_other(pairs):
    which = a_hand_over(pairs)
    opened = Opened(pairs, which), Opened(pairs, ("take_over", "successor"))
    with pairs.filling() as session:
        path = f"/mentorships/{one(session, Mentorship).public_id}"
        newcomer, successor = (session.get(Person, pairs.people[role]) for role in ("newcomer", "successor"))
        safety.block(session, newcomer, successor, at=datetime.now(UTC))
    before = dump(pairs)

    for each in opened:
        assert each.looks() == {410}
        assert each.press("Yes, I agree").status == 410
    assert dump(pairs) == before
    assert links(pairs, *which) == links(pairs, "take_over", "successor") == {}
    assert "Dina" not in pairs.browser("newcomer").get(path).text
    asks = pairs.browser("successor").get("/home").root.findall(".//form")
    assert not [form for form in asks if "/hand-overs/" in form.get("action", "")]


def test_after_a_lapse_the_page_says_as_much_as_the_notice(pairs):
    pairs.pair(State.ACCEPTED)
    with pairs.filling() as session:
        pair = one(session, Mentorship)
        mentorships.act(session, pair, Action.LAPSE, party=Party.CLOCK, by=None, at=datetime.now(UTC))

    page = Browser(pairs.app).get(links(pairs, "go_on", "newcomer")["Yes, go on"])

    assert "with the same mentor or another" in page.text
