"""A copied cookie is worth nothing from the next request on, once she is out or no longer what she was."""

import pytest
from sqlalchemy import delete

from mentorship.store.cohorts import CohortCoordinator
from mentorship.store.people import PersonStatus
from tests.web.visits import Visit

HER = "coordinator of Spring"


def signs_out(world):
    Visit(world, HER).open("POST", "/sign-out")


def signs_out_everywhere(world):
    Visit(world, HER).open("POST", "/account/sessions/end-all")


def erases_herself(world):
    Visit(world, HER).open("POST", "/account/erase")


def is_suspended(world):
    with world.filling() as session:
        world.person(session, HER).status = PersonStatus.SUSPENDED


@pytest.fixture
def used(world):
    yield world
    world.put_back()


@pytest.mark.parametrize("ending", [signs_out, signs_out_everywhere, erases_herself, is_suspended])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_copied_cookie_is_refused_in_the_next_request(used, ending, method):
    copied = Visit(used, HER)
    assert copied.open("GET", "/home").status_code == 200
    ending(used)

    answer = copied.open(method, "/home" if method == "GET" else "/home/read")

    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/sign-in")


def test_a_coordinator_is_one_no_longer_in_the_request_after_she_was_taken_off(used):
    copied, cohort = Visit(used, HER), used.ids["Spring"]["cohort_id"]
    pages = [f"/cohorts/{cohort}/{page}" for page in ("", "people", "rounds", "numbers", "settings")]
    assert [copied.open("GET", page).status_code for page in pages] == [200] * len(pages)
    with used.filling() as session:
        her = used.person(session, HER).id
        session.execute(delete(CohortCoordinator).where(CohortCoordinator.person_id == her))

    assert [copied.open("GET", page).status_code for page in ["/cohorts/", *pages]] == [404] * 6
    assert copied.open("POST", f"/cohorts/{cohort}/link").status_code == 404
    assert copied.open("GET", "/home").status_code == 200
