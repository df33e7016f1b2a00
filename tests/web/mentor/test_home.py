from datetime import timedelta

import pytest

from mentorship.rules.lifecycle import State
from mentorship.store.offers import Offer
from mentorship.store.people import Person
from tests.web.pairs import LINK, token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


def day(pairs, days):
    return (pairs.at + timedelta(days=days)).date().isoformat()


def offer_of(pairs):
    with pairs.filling() as session:
        session.expire_on_commit = False
        return session.get(Offer, pairs.people["mentor"])


def test_an_ask_says_who_what_why_and_by_when_and_not_the_link(pairs):
    pairs.pair(State.PROPOSED)

    page = pairs.browser("mentor").get("/mentor")

    for words in ("Hawa", "My first edit was undone.", "I like rivers.", "Both speak", "Answer by"):
        assert words in page.text
    assert LINK not in page.html
    assert "Hawa writes" not in page.html
    assert page.buttons.count("Yes") == 1


def test_the_date_is_in_her_own_time(pairs):
    path = pairs.pair(State.PROPOSED)
    with pairs.filling() as session:
        session.get(Person, pairs.people["mentor"]).time_zone = "Asia/Kathmandu"

    page = pairs.browser("mentor").get(path)

    local = pairs.at + timedelta(hours=48 + 5, minutes=45)
    assert f":{local:%M}" in page.text
    assert "UTC" not in page.text


def test_a_yes_leads_to_the_page_with_a_first_message(pairs):
    path = pairs.pair(State.PROPOSED)
    browser = pairs.browser("mentor")
    browser.get("/mentor")

    page = browser.submit(button="Yes")

    assert page.path == path
    assert "Say hello" in page.buttons
    assert pairs.of(path)[0] is State.ACCEPTED


def test_several_asks_stand_on_one_page_and_each_is_answered_by_itself(pairs):
    first, second = pairs.pair(State.PROPOSED), pairs.another()
    browser = pairs.browser("mentor")
    browser.get("/mentor")

    page = browser.submit(button="Not now")

    assert page.path == "/mentor"
    assert {pairs.of(first)[0], pairs.of(second)[0]} == {State.DECLINED, State.PROPOSED}


def test_not_now_and_away_until_passes_the_other_asks_on_too(pairs):
    first, second = pairs.pair(State.PROPOSED), pairs.another()
    browser = pairs.browser("mentor")
    browser.get("/mentor")

    page = browser.submit({"Away until": day(pairs, 9)}, button="Not now")

    assert page.status == 200
    assert pairs.of(first)[0] is pairs.of(second)[0] is State.DECLINED
    assert offer_of(pairs).away_until > pairs.at
    assert "You are away until" in page.text


def test_an_away_day_that_cannot_be_declines_nothing_and_keeps_the_note(pairs):
    path = pairs.pair(State.PROPOSED)
    browser = pairs.browser("mentor")
    browser.get(path)

    page = browser.submit({"Away until": "2020-01-01"}, button="Not now")

    assert page.status == 422
    assert "away" in page.errors
    assert "2020-01-01" in page.html
    assert pairs.of(path)[0] is State.PROPOSED


def test_going_away_and_coming_back(pairs):
    ask, pair = pairs.pair(State.PROPOSED), pairs.pair(State.ACTIVE)
    browser = pairs.browser("mentor")
    browser.get("/mentor")

    page = browser.submit({"until": day(pairs, 9)}, button="Go away")

    assert "goes on to others" in page.text
    assert pairs.of(ask)[0] is State.DECLINED
    assert pairs.of(pair)[0] is State.ACTIVE
    page = browser.submit(button="I am back")
    assert offer_of(pairs).away_until is None
    assert "Go away" in page.buttons


@pytest.mark.parametrize(
    "until", ["", "2020-01-01", "9999-12-31", "0001-01-01", "x" * 1000, "\x00", "\ud800"]
)
def test_a_day_to_be_away_until_that_cannot_be_is_said(pairs, until):
    browser = pairs.browser("mentor")
    data = {"csrf_token": token_of(browser), "until": until.encode("utf-8", "surrogatepass")}

    page = browser.post("/mentor/away", data)

    assert page.status == 422
    assert "until" in page.errors
    assert offer_of(pairs).away_until is None


def test_whatever_she_answers_ends_her_silence(pairs):
    pairs.pair(State.PROPOSED)
    with pairs.filling() as session:
        session.get(Offer, pairs.people["mentor"]).silent_since = pairs.at
    browser = pairs.browser("mentor")
    browser.get("/mentor")

    browser.submit(button="Yes")

    assert offer_of(pairs).silent_since is None


def test_her_pairs_and_her_past_are_listed_and_lead_to_their_pages(pairs):
    now, past = pairs.pair(State.ACTIVE), pairs.pair(State.COMPLETED)

    page = pairs.browser("mentor").get("/mentor")

    hrefs = [link.get("href") for link in page.root.iter("a")]
    assert hrefs.count(now) == hrefs.count(past) == 1
    assert "Inuse1Free19" in page.text.replace(" ", "")


def test_who_has_no_offer_is_led_to_make_one(pairs):
    assert pairs.browser("stranger").get("/mentor").path == "/mentor/offer"


@pytest.mark.parametrize("tail", ["away", "back"])
def test_who_has_no_offer_cannot_be_away(pairs, tail):
    browser = pairs.browser("stranger")
    data = {"csrf_token": token_of(browser), "until": day(pairs, 3)}

    assert browser.post(f"/mentor/{tail}", data).status == 404


def test_stopping_is_one_step_and_a_second_click_changes_nothing(pairs):
    pair = pairs.pair(State.ACTIVE)
    browser = pairs.browser("mentor")
    token = token_of(browser)

    for _ in range(2):
        assert browser.post("/mentor/leave", {"csrf_token": token}).status == 200

    assert pairs.of(pair)[0] is State.ENDED
    assert offer_of(pairs) is None
