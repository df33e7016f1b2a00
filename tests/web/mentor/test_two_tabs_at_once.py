"""Two tabs at the same instant: the second waits for the first, and sees what it saved."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import State
from mentorship.services.profiles import hold
from mentorship.store.people import Interest, InterestKind, Person


@pytest.mark.parametrize(("role", "address"), [("newcomer", "/request/change"), ("mentor", "/mentor/offer")])
def test_the_second_of_two_tabs_waits_for_the_first(pairs, role, address):
    pairs.pair(State.PROPOSED)
    tab = pairs.browser(role)
    assert tab.get(address).status == 200
    with Session(pairs.engine) as first, ThreadPoolExecutor(1) as other_tab:
        person = first.get_one(Person, pairs.people[role])
        hold(first, person)
        person.interests.append(Interest(kind=InterestKind.NEED, item="wikidata", learns=2, helps=2))
        first.flush()

        second = other_tab.submit(tab.submit, {"It changes": True}, button="Save")

        assert not wait([second], timeout=0.7).done
        first.commit()
        page = second.result()
    assert page.status == 409
    assert "Wikidata" in "".join(page.root.find(".//main//dl").itertext())
