from datetime import timedelta

import pytest

from mentorship.rules.lifecycle import State
from mentorship.services import onward
from mentorship.store.growth import OnwardKind
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.requests import Outcome

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@pytest.fixture
def newcomer(pairs):
    """Hawa's browser, after a good closing, invited."""
    pairs.pair(State.COMPLETED)
    with pairs.filling() as session:
        person = session.get(Person, pairs.people["newcomer"])
        request = session.query(Mentorship).filter_by(newcomer_id=person.id).one().request
        assert request.outcome is Outcome.FULFILLED
        onward.invite(session, person, OnwardKind.BACKUP, at=pairs.at + timedelta(days=4))
    return pairs.browser("newcomer")


def test_she_is_invited_on_her_first_page_and_finds_the_offer_there(newcomer):
    page = newcomer.get("/home")
    assert "Would you be the second person someone can turn to?" in page.text

    page = newcomer.click("Offer to be a backup")

    assert page.path == "/mentor/offer"


def test_she_says_no_once_and_is_not_asked_again(newcomer):
    newcomer.get("/home")

    page = newcomer.submit(button="No, and please do not ask again")

    assert "You are not asked again." in page.text
    assert "Offer to be a backup" not in page.text
    assert "Offer to be a backup" not in newcomer.get("/home").text


def test_the_coordinator_reads_how_many_pass_it_on(pairs, newcomer):
    coordinator = pairs.browser("coordinator")
    coordinator.get("/cohorts")
    coordinator.click("Spring") if "Spring" in coordinator.page.links else None
    page = coordinator.click("Numbers")

    assert "Of 1 who completed a mentorship, 0 help others since" in page.text
