"""The coordinator's way: a pair without a hello, set aside by the clock or by her; her own is not hers."""

import pytest

from mentorship.rules.lifecycle import State
from tests.e2e.someone import looking

pytestmark = pytest.mark.e2e


def test_a_pair_without_a_hello_lapses_only_after_she_was_told(journey):
    journey.setting.pair("Maryam", State.ACCEPTED)
    noor, river = journey("Noor"), journey("River", phone=True)
    journey.days_pass(9)
    noor.go("/cohorts/").sees_not("No hello yet")

    journey.days_pass(1.1)
    with looking(noor):
        noor.go("/cohorts/").sees("No hello yet: River and Maryam", "set aside by itself on")
    river.go("/home").sees("A coordinator knows; you will hear by")
    assert journey.setting.states() == [("Maryam", "accepted")]

    journey.days_pass(11.1)
    assert journey.setting.states() == [("Maryam", "lapsed")]
    noor.go("/cohorts/").sees_not("No hello yet")
    river.go("/request").sees("so this match is set aside. No harm is done.")
    river.sees("Would you like to go on looking for a mentor?").press("Yes, go on")
    river.sees("Your request goes on, and your turn is kept.", "Mentors who could fit")


@pytest.mark.full
def test_she_sets_a_silent_pair_aside_and_the_request_goes_on(journey):
    journey.setting.pair("Maryam", State.ACCEPTED)
    noor, river = journey("Noor"), journey("River", phone=True)
    journey.days_pass(10.1)

    noor.go("/cohorts/").press("Set aside and go on: River")
    noor.sees("The newcomer keeps her turn, and both have been told.")

    assert ("Maryam", "withdrawn") in journey.setting.states()
    river.go("/request").sees("You will hear by")


@pytest.mark.full
def test_what_she_is_party_to_goes_to_another_coordinator(journey):
    noor, olga, river = journey("Noor"), journey("Olga"), journey("River", phone=True)
    noor.offer("I begin with a cup of tea.")
    olga.go("/cohorts/").follow("Applications").press("Approve: Noor")
    journey.setting.places(Noor=1)
    page = journey.setting.pair("Noor")
    river.go(page).follow("Something is wrong").fill(words="It is about Noor.").press("Tell in private")
    river.sees("Thank you for telling.")

    noor.go("/cohorts/").sees_not("something is wrong")
    olga.go("/cohorts/").sees("Someone told you that something is wrong").follow("Read")
    olga.sees("It is about Noor.")
