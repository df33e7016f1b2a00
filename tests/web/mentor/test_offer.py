import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.store.cohorts import CohortMember
from mentorship.store.offers import Approval, ApprovalState, Offer, Place
from tests.web.pairs import token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

OFFER = {
    "Language": "English",
    "I help in it": True,
    "What do you help with?": ["Sources and citing"],
    "How many newcomers at once": "2",
    "How you help, in a sentence or two": "We look at it together.",
    "I can be a second person for a pair": True,
    "Someone who knows your work": "Nadia",
    "I agree to the code of conduct": True,
}


@pytest.fixture
def olga(pairs):
    """Someone who has joined the cohort, in her browser, on the page of her offer."""
    with pairs.filling() as session:
        session.add(
            CohortMember(cohort_id=pairs.cohort_id, person_id=pairs.people["stranger"], joined_at=pairs.at)
        )
    browser = pairs.browser("stranger")
    browser.get("/mentor/offer")
    return browser


def kept(pairs, role="stranger"):
    with pairs.filling() as session:
        session.expire_on_commit = False
        offer = session.get(Offer, pairs.people[role])
        approval = session.get(Approval, pairs.people[role])
        places = session.scalars(select(Place.n).where(Place.mentor_id == pairs.people[role])).all()
        return offer, approval, places


def test_an_offer_is_kept_and_says_who_reads_it(pairs, olga):
    page = olga.submit(OFFER, button="Save")

    assert page.path == "/mentor"
    assert "A coordinator approves new mentors; Mira reads this." in page.text
    offer, approval, places = kept(pairs)
    assert (offer.capacity, offer.backup, offer.statement) == (2, True, "We look at it together.")
    assert (approval.state, approval.vouched_by) == (ApprovalState.APPLIED, "Nadia")
    assert places == [1, 2]
    page = olga.get("/mentor/offer")
    assert page.form("Save").filled({})["statement"] == ["We look at it together."]


def test_a_coordinator_s_own_offer_is_read_by_another(pairs):
    browser = pairs.browser("coordinator")
    browser.get("/mentor/offer")

    page = browser.submit(OFFER, button="Save")

    assert "never herself" in page.text
    assert "Mira reads this" not in page.text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"I agree to the code of conduct": False}, "agrees_to_conduct"),
        ({"How many newcomers at once": "3"}, "capacity"),
        ({"How many newcomers at once": "-1"}, "capacity"),
        ({"How many newcomers at once": ""}, "capacity"),
        ({"How many newcomers at once": "9" * 10_000}, "capacity"),
        ({"How many newcomers at once": "two"}, "capacity"),
        ({"How you help, in a sentence or two": "a" * 1001}, "statement"),
        ({"Someone who knows your work": "a" * 256}, "vouched_by"),
        ({"Language": "Elbonian"}, "languages"),
    ],
)
def test_an_offer_that_cannot_be_is_said_at_its_field_and_nothing_is_lost(pairs, olga, change, field):
    page = olga.submit({**OFFER, "A few sentences about you": "I paint maps.", **change}, button="Save")

    assert page.status == 422
    assert field in page.errors
    assert "I paint maps." in page.html
    assert kept(pairs) == (None, None, [])


def test_adding_a_language_saves_nothing_and_loses_nothing(pairs, olga):
    page = olga.submit(OFFER, button="Add another language")

    assert page.status == 200
    assert "We look at it together." in page.html
    assert page.html.count('list="language-names"') > 2
    assert kept(pairs)[0] is None


def test_who_is_in_no_group_is_told_how_to_get_into_one(pairs):
    browser = pairs.browser("stranger")
    page = browser.get("/mentor/offer")
    assert "Please join one by the link" in page.text

    page = browser.submit(OFFER, button="Save")

    assert page.status == 422
    assert "cohorts" in page.errors


def test_a_group_that_is_not_hers_cannot_be_forged(pairs, olga):
    page = olga.get("/mentor/offer")
    data = page.form("Save").filled(OFFER)

    olga.post("/mentor/offer", {**data, "cohorts": ["999", str(pairs.cohort_id)]})

    with pairs.filling() as session:
        offer = session.get(Offer, pairs.people["stranger"])
        assert [row.cohort_id for row in offer.cohorts] == [pairs.cohort_id]


def test_fewer_places_leave_the_pairs_she_has_alone(pairs):
    paths = [pairs.pair(State.ACTIVE), pairs.pair(State.ACTIVE)]
    browser = pairs.browser("mentor")
    browser.get("/mentor/offer")

    page = browser.submit({"How many newcomers at once": "1"}, button="Save")

    assert page.status == 200
    assert "Inuse2Free0" in page.text.replace(" ", "")
    assert [pairs.of(path)[0] for path in paths] == [State.ACTIVE, State.ACTIVE]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ApprovalState.DECLINED, "could not take up your offer"),
        (ApprovalState.WITHDRAWN, "Your approval was taken back"),
        (ApprovalState.LIVE, "You are approved as a mentor"),
    ],
)
def test_how_her_application_stands_is_said(pairs, state, words):
    with pairs.filling() as session:
        session.get(Approval, pairs.people["mentor"]).state = state

    assert words in pairs.browser("mentor").get("/mentor").text


def test_saving_again_after_a_no_applies_again_and_after_it_was_taken_back_does_not(pairs):
    browser = pairs.browser("mentor")
    for state, status, then in (
        (ApprovalState.DECLINED, 200, ApprovalState.APPLIED),
        (ApprovalState.WITHDRAWN, 403, ApprovalState.WITHDRAWN),
    ):
        with pairs.filling() as session:
            session.get(Approval, pairs.people["mentor"]).state = state
        browser.get("/mentor/offer")

        page = browser.submit(button="Save")

        assert page.status == status
        assert kept(pairs, "mentor")[1].state is then


@pytest.mark.parametrize("words", ["a\x00b", "a\ud800b", "‮abc", "1" * 5000, "<script>alert(1)</script>"])
@pytest.mark.parametrize(
    "field", ["statement", "vouched_by", "about", "languages-0-name", "needs", "cohorts"]
)
def test_odd_words_in_an_offer_break_nothing(pairs, olga, field, words):
    data = olga.page.form("Save").filled(OFFER)
    data[field] = [words.encode("utf-8", "surrogatepass")]

    assert olga.post("/mentor/offer", data).status in {200, 422}
    assert olga.get("/mentor/offer").status == 200


def test_a_form_that_is_too_large_is_refused_calmly(pairs, olga):
    data = {"csrf_token": token_of(olga), "statement": "a" * 1_000_000}

    assert olga.post("/mentor/offer", data).status == 413


def test_the_code_of_conduct_can_be_read_by_anyone(pairs):
    browser = pairs.browser("mentor")
    browser.client.delete_cookie("session")

    assert browser.get("/mentor/conduct").heading == "Code of conduct for mentors"


def test_of_two_tabs_with_an_offer_the_second_sees_what_the_first_saved(pairs, olga):
    olga.submit(OFFER, button="Save")
    second = pairs.browser("stranger")
    for tab in (olga, second):
        tab.get("/mentor/offer")
    olga.submit({"How many newcomers at once": "1"}, button="Save")

    page = second.submit({"How you help, in a sentence or two": "Slowly."}, button="Save")

    assert page.status == 409
    assert "This was changed meanwhile" in page.text
    offer, _, _ = kept(pairs)
    assert (offer.capacity, offer.statement) == (1, "We look at it together.")
    second.submit(button="Save")
    assert kept(pairs)[0].statement == "Slowly."


@pytest.mark.parametrize("field", ["statement", "about"])
def test_a_number_newcomers_would_read_is_asked_about_once_before_it_is_saved(pairs, olga, field):
    page = olga.submit({**OFFER, field: "Call me on +234 803 555 0101"}, button="Save")

    assert page.status == 200
    assert "Your number cannot be taken back; a block here does not work there." in page.text
    assert "Nothing is saved yet." in page.text
    assert kept(pairs) == (None, None, [])
    olga.submit(button="Send it so")
    assert kept(pairs)[0] is not None
    olga.get("/mentor/offer")

    page = olga.submit({"How many newcomers at once": "1"}, button="Save")

    assert page.path == "/mentor"
    assert kept(pairs)[0].capacity == 1
