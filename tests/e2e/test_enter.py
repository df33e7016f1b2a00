"""Enter in a field does what the page is for: it saves, it says not now; it adds no row and says no yes."""

from datetime import UTC, datetime, timedelta

import pytest

from mentorship.rules.lifecycle import State

pytestmark = pytest.mark.e2e


def test_enter_in_the_request_and_in_the_offer_saves_them(journey):
    river = journey("River")
    river.go("/request/change").fill(wiki_name="River writes").page.keyboard.press("Enter")
    river.sees("Saved.", "My request")

    maryam = journey("Maryam")
    maryam.go("/mentor/offer").fill(**{"languages-0-name": "French"}).page.keyboard.press("Enter")
    maryam.sees("Saved.")


def test_enter_in_the_day_of_not_now_says_not_now(journey):
    page = journey.setting.pair("Maryam", State.PROPOSED)
    maryam = journey("Maryam")
    until = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()

    maryam.go(page).unfold("Not now").fill(away=until).page.keyboard.press("Enter")

    maryam.sees("Thank you for answering.")
    assert journey.setting.states()[0] == ("Maryam", "declined")
