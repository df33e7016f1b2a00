"""The mentor's way: a question first, a pause, handing over, going on for longer, the end of a time."""

from datetime import UTC, datetime, timedelta

import pytest

from mentorship.rules.lifecycle import State
from tests.e2e.someone import looking

pytestmark = pytest.mark.e2e


def day(days):
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


@pytest.mark.full
def test_while_her_question_waits_she_is_asked_nothing(journey):
    page = journey.setting.pair("Maryam", State.PROPOSED)
    maryam, river = journey("Maryam", phone=True), journey("River")
    maryam.go("/mentor").unfold("Ask a question first").fill(question="Which wiki is it?").press("Ask")
    with looking(maryam):
        maryam.go("/mentor").sees("Which wiki is it?", "River can answer until")
    assert maryam.page.get_by_role("button", name="Yes", exact=True).count() == 0

    river.go("/request").fill(reply="The Hausa one.").press("Send the answer").sees(
        "Maryam says yes or no by"
    )
    maryam.go("/mentor").sees("The Hausa one.").press("Yes").sees("You said yes.")
    hello = maryam.go(page).page.locator("textarea[name='words']").input_value()
    assert "Shall we look at it together?" in hello
    maryam.sees("A first step: look at it together").press("Say hello").sees("Sent.")
    river.go(page).sees("Hello River, I am Maryam.").follow("Suggest it")
    assert "undone edit" in river.page.locator("textarea[name='words']").input_value()


def test_a_pause_ends_by_a_word_or_by_itself(journey):
    page = journey.setting.pair("Maryam")
    maryam, river = journey("Maryam", phone=True), journey("River")
    maryam.go(page).fill(until=day(14)).press("Pause until that day").sees("Saved.", "Go on now")
    river.go("/home").sees("Your mentorship with Maryam pauses until")
    maryam.go(page).press("Go on now").sees("Saved.").sees_not("Go on now")
    assert journey.setting.states() == [("Maryam", "active")]

    river.go(page).fill(until=day(5)).press("Pause until that day").sees("Saved.")
    assert journey.setting.states() == [("Maryam", "paused")]
    journey.days_pass(6)

    assert journey.setting.states() == [("Maryam", "active")]
    river.go("/home").sees("Your mentorship with Maryam goes on")


def test_handing_over_needs_both_and_ends_her_access_at_once(journey):
    page = journey.setting.pair("Maryam")
    maryam, river, dina = journey("Maryam"), journey("River", phone=True), journey("Dina")
    maryam.go(page).fill(words="Between the two of us.").press("Send").sees("Sent.")
    maryam.unfold("Hand over").page.locator("select[name='successor']").select_option(label="Dina")
    maryam.press("Ask the two").sees("Nothing changes before the two have agreed.")

    dina.go("/home").follow("Answer").press("Yes, I agree").sees("Your answer is kept.")
    assert journey.setting.states() == [("Maryam", "active")]
    river.go(page).sees("Maryam cannot go on, and proposes Dina").press("Yes, I agree")
    river.sees("So it goes on from here.", "You and Dina")

    assert journey.setting.states() == [("Maryam", "ended"), ("Dina", "accepted")]
    new = river.page.url
    dina.go(new).sees("You and River").sees_not("Between the two of us.")
    maryam.go(page).sees_not("Between the two of us.", "My first edit was undone")
    maryam.go(new).sees("There is nothing here")
    assert "404" in maryam.complaints.pop()


def test_an_agreed_time_is_extended_and_at_its_end_closes_by_itself(journey):
    page = journey.setting.pair("Maryam")
    maryam, river = journey("Maryam"), journey("River", phone=True)
    journey.days_pass(92)
    for one in (maryam, river):
        one.go("/home").sees("Will you go on, or close it well? It closes by itself")
    river.go(page).fill(until=day(30)).press("Go on until that day").sees("Saved.")
    maryam.go("/home").sees("Your mentorship with River now goes on until")
    journey.days_pass(29)
    assert journey.setting.states() == [("Maryam", "active")]

    journey.days_pass(2)
    assert journey.setting.states() == [("Maryam", "active")]
    journey.days_pass(29)

    assert journey.setting.states() == [("Maryam", "ended")]
    for one in (maryam, river):
        one.go("/home").sees("This mentorship has ended. Nothing is asked of you")
