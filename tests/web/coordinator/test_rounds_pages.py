from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mentorship.services import round_plan
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.outbox import Outbox
from mentorship.store.rounds import Round, RoundChoice, RoundState
from tests.factories import a_coordinator


@pytest.fixture
def two_and_two(programme):
    programme.newcomer("Amina", needs=("sources",))
    programme.newcomer("Fatou", needs=("wikidata",))
    programme.mentor("Ada", needs=("sources",), capacity=1)
    programme.mentor("Bea", needs=("wikidata",), capacity=1)


def started(browser, programme):
    browser.get(programme.path + "rounds")
    return browser.submit(button="Start a round")


def test_a_round_is_reviewed_shaped_and_published(programme, noor, two_and_two):
    page = started(noor, programme)
    assert page.heading == "Round"
    assert "2 of 2 newcomers" in page.text
    assert "Amina with Ada" in page.text
    assert "Help with: Sources and citing" in page.text
    assert "Both speak English" in page.text

    page = noor.submit(button="Leave this pair out: Amina with Ada")
    assert "Amina with Bea" in page.text
    assert "Fatou with Ada" in page.text
    page = noor.submit(button="Take back the choice: Amina with Ada")
    assert "Fatou with Bea" in page.text
    page = noor.submit(button="Keep this pair: Amina with Ada")
    assert "Locked" in page.text
    assert programme.count(Outbox) == 0

    page = noor.click("See what would be sent")
    assert "Ada is asked to help Amina" in page.text
    assert programme.count(Outbox) == 0
    page = noor.submit(button="Publish and send")

    assert "Published. Everyone in it has been told." in page.text
    assert programme.count(Mentorship) == 2
    assert programme.count(Outbox) == 4


def test_before_a_pair_is_kept_she_sees_whom_it_would_move(programme, noor, two_and_two):
    started(noor, programme)

    page = noor.click("Another mentor for Amina")
    assert page.heading == "Before you decide"
    page = noor.submit({"Mentor": "Bea"}, button="See what would follow")
    assert "Amina: with Bea instead of Ada" in page.text
    assert "Fatou: with Ada instead of Bea" in page.text
    assert "As many newcomers have a mentor as before." in page.text
    assert programme.count(RoundChoice) == 0

    page = noor.submit(button="Keep this pair")
    assert page.heading == "Round"
    assert "Amina with Bea" in page.text
    assert "Locked" in page.text


def test_a_share_that_is_no_number_keeps_what_was_typed(programme, noor):
    noor.get(programme.path + "rounds")

    page = noor.submit({"Topics": "many", "Language": "1001"}, button="Start a round")

    assert page.status == 422
    assert set(page.errors) == {"topics", "language"}
    assert 'value="many"' in page.html
    assert programme.count(Round) == 0


def test_of_two_coordinators_the_one_with_the_older_page_sees_both(programme, noor, two_and_two):
    page = started(noor, programme)
    salma = programme.browser("Salma")
    salma.get(page.path)
    noor.submit(button="Leave this pair out: Amina with Ada")

    page = salma.submit(button="Keep this pair: Amina with Ada")

    assert page.status == 409
    assert "You wanted to keep Amina with Ada." in page.text
    assert "Amina with Bea" in page.text
    with programme.filling() as session:
        assert [choice.kind for choice in session.scalars(select(Round)).one().choices] == ["forbid"]


def test_a_stale_publish_sends_nothing(programme, noor, two_and_two):
    page = started(noor, programme)
    salma = programme.browser("Salma")
    salma.get(page.path + "/publish")
    noor.submit(button="Compute again")

    page = salma.submit(button="Publish and send")

    assert page.status == 409
    assert "You wanted to publish the round." in page.text
    assert programme.count(Outbox) == 0


def test_a_publish_with_a_pairing_that_fell_away_says_which_and_sends_nothing(programme, noor, two_and_two):
    page = started(noor, programme)
    noor.get(page.path + "/publish")
    with programme.filling() as session:
        ada = session.get(Offer, programme.person(session, "Ada").id)
        ada.away_until = datetime.now(UTC) + timedelta(days=9)

    page = noor.submit(button="Publish and send")

    assert page.status == 409
    assert "Amina with Ada is no longer possible" in page.text
    assert (programme.count(Outbox), programme.count(Mentorship)) == (0, 0)
    page = noor.submit(button="Compute again")
    assert "1 of 2 newcomers" in page.text


def test_publishing_twice_does_one_thing(programme, noor, two_and_two):
    page = started(noor, programme)
    noor.get(page.path + "/publish")
    form = noor.page.form("Publish and send")
    data = form.filled({})

    first = noor.post(form.address(None), data)
    second = noor.post(form.address(None), data)

    assert (first.status, second.status) == (200, 200)
    assert programme.count(Mentorship) == 2
    assert programme.count(Outbox) == 4


def test_a_coordinator_does_not_see_a_pairing_of_her_own(programme, noor, two_and_two):
    with programme.filling() as session:
        a_coordinator(session, programme.cohort(session), programme.person(session, "Ada"))
    page = started(noor, programme)

    hers = programme.browser("Ada").get(page.path)

    assert "1 pairing concerns yourself" in hers.text
    assert "Amina" not in hers.text
    assert "Fatou with Bea" in hers.text
    assert "Amina with Ada" in noor.get(page.path).text


def test_a_coordinator_cannot_lock_a_pair_of_her_own_by_a_post_of_her_making(programme, noor, two_and_two):
    with programme.filling() as session:
        a_coordinator(session, programme.cohort(session), programme.person(session, "Ada"))
    page = started(noor, programme)
    data = noor.page.form("Keep this pair: Amina with Ada").filled({})
    ada = programme.browser("Ada")
    ada.get(page.path)
    data["csrf_token"] = ada.page.form("Compute again").filled({})["csrf_token"]

    page = ada.post(page.path + "/choices", data)

    assert page.status == 403
    assert "another coordinator" in page.text


def test_a_large_round_says_that_it_is_computed_and_can_be_cancelled(
    programme, noor, two_and_two, monkeypatch
):
    monkeypatch.setattr(round_plan, "AT_ONCE", 1)

    page = started(noor, programme)
    assert "being computed" in page.text
    assert page.response.headers["Refresh"] == "5"
    page = noor.submit(button="Cancel the round")

    assert "Discarded. Nobody has heard of it." in page.text
    with programme.filling() as session:
        assert session.scalars(select(Round)).one().state is RoundState.DISCARDED


def test_who_is_left_out_stands_there_with_why_and_what_would_help(programme, noor, two_and_two):
    programme.newcomer("Zed", languages={"ff": 6})
    programme.newcomer("Hope", needs=("photos",))

    page = started(noor, programme)

    assert "No mentor helps in these languages yet" in page.text
    assert "The places of those who could help are needed by others" in page.text
    assert "One more place with a mentor" in page.text


@pytest.mark.parametrize("field", ["version", "request", "mentor", "act"])
@pytest.mark.parametrize(
    "odd", ["", "\0", "\u202e", "9" * 40, "-1", "x" * 100_000, "'; DROP TABLE round; --", "\ud800"]
)
def test_odd_input_is_refused_with_a_page(programme, noor, two_and_two, field, odd):
    page = started(noor, programme)
    data = noor.page.form("Keep this pair: Amina with Ada").filled({})
    data[field] = odd.encode("utf-8", "surrogatepass")

    page = noor.post(page.path + "/choices", data)

    assert 400 <= page.status < 500


def test_shares_and_options_are_set_anew_and_shown(programme, noor, two_and_two):
    started(noor, programme)

    page = noor.submit(
        {"What is needed": "0", "Points for each week of waiting": "5"}, button="Compute again with these"
    )

    assert page.status == 200
    with programme.filling() as session:
        policy = session.scalars(select(Round)).one().policy
    assert (policy["shares"]["needs"], policy["options"]["waiting"]) == (0, 5)
    assert "What changed since the draft before No pair changed." in page.text


def test_shares_that_are_all_nothing_are_refused_at_the_field(programme, noor, two_and_two):
    noor.get(programme.path + "rounds")
    nothing = dict.fromkeys(
        ["What is needed", "Topics", "Language", "Where they edit", "When they are free", "Areas of growth"],
        "0",
    )

    page = noor.submit(nothing, button="Start a round")

    assert page.status == 422
    assert "At least one share must be more than 0." in page.text
    assert set(page.errors) == {"needs"}


def test_a_draft_says_what_it_changed(programme, noor, two_and_two):
    started(noor, programme)

    page = noor.submit(button="Leave this pair out: Amina with Ada")

    assert "Amina: with Bea instead of Ada" in page.text
    assert "As many newcomers have a mentor as before." in page.text


def test_where_help_is_short_and_a_circle_that_could_be_stand_there(programme, noor, two_and_two):
    for name in ("Hope", "Iman"):
        programme.newcomer(name, needs=("sources",))

    page = started(noor, programme)

    assert "Where help is short" in page.text
    assert "4 newcomers can only be helped by mentors who have 2 places between them" in page.text
    assert "Circles you could suggest" in page.text
    assert "Ada with" in page.text


def test_a_draft_that_cannot_be_published_any_more_says_so_and_is_computed_again(
    programme, noor, two_and_two
):
    started(noor, programme)
    with programme.filling() as session:
        session.get(Offer, programme.person(session, "Ada").id).away_until = datetime.now(UTC) + timedelta(
            days=9
        )

    page = noor.click("See what would be sent")
    assert "nothing can be sent before it is computed again" in page.text
    assert "Publish and send" not in page.text
    page = noor.submit(button="Compute again")

    assert "nothing can be sent before it is computed again" not in page.text
    assert "1 of 2 newcomers" in page.text
