"""The newcomer's way where it is not straight: a no, silence, someone else, something wrong, a block."""

from datetime import UTC, datetime, timedelta

import pytest

from mentorship.rules.lifecycle import State
from tests.e2e.someone import looking

pytestmark = pytest.mark.e2e


def day(days):
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def test_a_no_and_a_silence_go_on_and_come_to_the_coordinator_who_asks_by_hand(journey):
    journey.setting.places(Maryam=1, Dina=1)
    river, maryam, noor = journey("River", phone=True), journey("Maryam"), journey("Noor")
    river.go("/request").follow("Ask this mentor: Maryam").press("Ask").sees("Maryam is asked.")

    maryam.go("/mentor").unfold("Not now").page.locator("article", has_text="River").get_by_role(
        "button", name="Not now"
    ).click()
    maryam.sees("Thank you for answering.")
    river.go("/request").sees("Maryam cannot take this on now.", "Dina is asked. You will hear by")

    journey.days_pass(2.1)
    with looking(river):
        river.go("/request").sees("Dina has not answered in time.", "it says nothing about you")
    river.sees("Noor now looks for a mentor together with you. You will hear by")
    river.go("/home").sees("We go on; you will hear by")
    journey("Dina").go("/home").sees("someone else may be asked now. That is fine.")

    journey.setting.places(Lena=1)
    noor.go("/cohorts/").sees("River needs you").follow("Look together: River")
    noor.press("Ask Lena").sees("Both have been told by when the answer comes.")
    river.go("/request").sees("Lena is asked. You will hear by")
    assert journey.setting.states() == [("Maryam", "declined"), ("Dina", "expired"), ("Lena", "proposed")]


def test_someone_else_is_heard_by_a_coordinator_alone(journey):
    page = journey.setting.pair("Maryam")
    river, maryam = journey("River", phone=True), journey("Maryam")
    journey.days_pass(7.1)

    river.go("/home").sees("Are you and Maryam in touch?").press("I would like someone else")
    river.sees("A coordinator who is not involved knows; nobody else does.")

    noor = journey("Noor").go("/home").sees("River would like someone else.")
    with looking(noor):
        noor.go("/cohorts/").sees("River would like someone else", "The other of the two has not been told.")
    for address in ("/home", page):
        maryam.go(address).sees_not("River would like someone else")
    assert journey.setting.states() == [("Maryam", "active")]
    noor.press("Set aside and go on: River").sees("The newcomer keeps her turn, and both have been told.")
    noor.sees_not("River would like someone else")
    river.go("/request").sees("This mentorship has ended.", "You will hear by")
    assert ("Maryam", "ended") in journey.setting.states()


def test_something_is_wrong_reaches_one_person_with_the_message_she_chose(journey):
    page = journey.setting.pair("Maryam")
    river, maryam, noor = journey("River", phone=True), journey("Maryam"), journey("Noor")
    maryam.go(page).fill(words="Send me your number.").press("Send").sees("Sent.")
    maryam.fill(words="And come alone.").press("Send").sees("And come alone.")
    river.go(page).fill(words="It is 0803 555 0101").press("Send")
    with looking(river):
        river.sees("Your number cannot be taken back; a block here does not work there.")
    river.sees_not("Sent.").fill(words="I will not.").press("Send it so").sees("Sent.")

    river.page.locator("article", has_text="And come alone.").get_by_role(
        "link", name="Tell someone about this message"
    ).click()
    with looking(river):
        river.fill(words="I do not want this.").press("Tell in private").sees("Thank you for telling.")
    address = river.page.url

    noor.go("/cohorts/").sees("Someone told you that something is wrong").follow("Read")
    noor.sees("I do not want this.", "And come alone.").sees_not("Send me your number.", "I will not.")
    noor.press("I have read it").sees("Saved.")
    river.go(address).sees("Read by one person")
    maryam.go("/home").sees_not("wrong:", "I do not want this.")
    assert journey("Olga").go("/cohorts/").sees_not("something is wrong").page.url


@pytest.mark.full
def test_at_a_check_in_something_is_wrong_goes_to_a_person_too(journey):
    page = journey.setting.pair("Maryam")
    river = journey("River", phone=True)
    journey.days_pass(7.1)

    river.go(page).unfold("Something is wrong").fill(wrong="I feel pressed.").press("Tell a coordinator")
    river.sees("It is with someone who reads it now.")

    journey("Noor").go("/cohorts/").follow("Read").sees("I feel pressed.")
    journey("Maryam").go(page).sees_not("pressed")


def test_a_block_in_mid_pair_cuts_every_tie_at_once_and_she_goes_on_if_she_likes(journey):
    page = journey.setting.pair("Maryam")
    river, maryam = journey("River", phone=True), journey("Maryam")
    maryam.go(page).fill(words="Hello River.").press("Send").sees("Sent.")

    river.go(page).press("Block Maryam").sees("Done. You will not meet here again.")

    maryam.go("/home").sees("This mentorship has ended").sees_not("block")
    maryam.go(page).sees_not("Hello River.", "My first edit was undone")
    river.sees("Would you like to go on looking for a mentor?").follow("Answer").sees_not("Maryam")
    river.press("Yes, go on").sees("Your request goes on", "Mentors who could fit", "Dina").sees_not("Maryam")
    assert journey.setting.states() == [("Maryam", "ended")]


def test_while_her_mentor_is_away_she_turns_to_her_second_person(journey):
    page = journey.setting.pair("Maryam")
    river, maryam, dina = journey("River", phone=True), journey("Maryam"), journey("Dina")
    maryam.go(page).fill(words="Between the two of us.").press("Send").sees("Sent.")
    maryam.go("/mentor").fill(until=day(9)).press("Go away").sees("You are away.")

    river.go("/home").sees("Maryam is away until", "Dina is there for you meanwhile.")
    with looking(river):
        river.page.get_by_role("link", name="Maryam is away until").first.click()
        river.sees("Dina is there for you meanwhile. Dina already sees what you would like help with")
    river.fill(**{"second-words": "May I ask you about sources?"}).press("Send to Dina").sees("Sent.")
    dina.go("/home").sees("River wrote to you.").follow("River and Maryam")
    with looking(dina):
        dina.sees("May I ask you about sources?", "My first edit was undone")
    dina.sees_not("Between the two of us.")
    dina.fill(**{"second-words": "Of course. Which article?"}).press("Send to River").sees("Sent.")
    river.go(page).sees("Of course. Which article?")

    for one in (maryam, journey("Noor")):
        one.go(page).sees_not("May I ask you about sources?", "Of course. Which article?")


@pytest.mark.full
def test_she_parts_from_her_second_person_and_a_coordinator_stands_in(journey):
    page = journey.setting.pair("Maryam")
    river, dina = journey("River", phone=True), journey("Dina")
    river.go(page).unfold("Turn to your second person").fill(**{"second-words": "Hello Dina."})
    river.press("Send to Dina").sees("Sent.").press("Block Dina").sees("Done. You will not meet here again.")

    assert journey.setting.states() == [("Maryam", "active")]
    dina.go(page).sees("There is nothing here")
    assert "404" in dina.complaints.pop()
    river.go(page).unfold("Turn to your second person")
    river.sees("so the coordinator, Noor, is your second person.")
    river.unfold("What you and Dina wrote to each other").sees("Hello Dina.", "This stays for you alone")
    river.fill(**{"second-words": "Is anyone there?"}).press("Send to Noor").sees("Sent.")
    journey("Noor").go("/cohorts/").sees("River").go(page).sees_not("Hello Dina.")


def test_she_waits_in_company_when_no_mentor_is_free(journey):
    journey.setting.places()
    with looking(journey("River", phone=True)) as river:
        river.go("/request").sees(
            "Waiting for a mentor",
            "has a free place for you just now.",
            "Noor looks every Sunday.",
            "too few have been through this here to tell yet",
        )
        river.follow("Add a language").sees("Back to my request")


@pytest.mark.full
def test_a_lapse_can_go_on_with_the_same_mentor(journey):
    journey.setting.pair("Maryam", State.ACCEPTED)
    river = journey("River", phone=True)
    journey.days_pass(10.1)
    journey.days_pass(11.1)

    river.go("/request").press("Yes, go on").sees("Your request goes on").follow("Ask this mentor: Maryam")
    river.press("Ask").sees("Maryam is asked. You will hear by")
