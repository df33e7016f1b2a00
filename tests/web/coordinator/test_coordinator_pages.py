from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.services import accounts, messages, safety
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval
from mentorship.store.outbox import Outbox
from mentorship.store.requests import Request
from mentorship.store.safety import Audit
from tests.factories import a_cohort, a_coordinator, a_mentor, a_mentorship, a_person
from tests.page_checks import words_of

PAGES = ["", "people", "applications", "rounds", "numbers", "settings"]


def now():
    return datetime.now(UTC)


def request_of(session, programme, name):
    newcomer = programme.person(session, name)
    return session.scalars(select(Request).where(Request.newcomer_id == newcomer.id)).one()


def path_of(programme, name):
    with programme.filling() as session:
        return f"{programme.path}requests/{request_of(session, programme, name).public_id}"


def led_to(page):
    """The name of each link of a page to where links of that name lead."""
    found = {}
    for link in page.root.iter("a"):
        found.setdefault(link.get("aria-label") or words_of(link), set()).add(link.get("href"))
    return found


def test_no_two_links_of_one_name_lead_a_coordinator_who_is_a_member_to_two_places(programme, noor):
    programme.newcomer("Amina")
    with programme.filling() as session:
        person, cohort = programme.person(session, "Noor"), programme.cohort(session)
        accounts.join_cohort(session, person, cohort, at=now())

    for path in ("/home", f"{programme.path}people"):
        places = led_to(noor.get(path))
        assert {name: where for name, where in places.items() if len(where) > 1} == {}
    assert noor.get("/home").link("Spring: members and conversations").startswith("/cohort/")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_with_nothing_and_with_people_in_it(programme, noor, path):
    assert noor.get(programme.path + path).status == 200
    programme.newcomer("Amina")
    programme.newcomer("هدى", languages={"ar": 6})
    programme.mentor("Ada", approved=False)
    programme.mentor("Bea")
    with programme.filling() as session:
        bea = programme.person(session, "Bea")
        a_mentorship(session, request_of(session, programme, "Amina"), bea, state=State.ACCEPTED)

    assert noor.get(programme.path + path).status == 200
    assert programme.browser(language="ar").get(programme.path + path).status == 200


@pytest.mark.parametrize("path", PAGES)
def test_who_coordinates_another_cohort_finds_nothing_here(programme, path):
    with programme.filling() as session:
        a_cohort(session, "Autumn", coordinator=a_person(session, "Elif"))
    programme.mentor("Ada")

    elif_ = programme.browser("Elif")
    assert elif_.get(programme.path + path).status == 404
    assert elif_.get("/cohorts/never-was/" + path).text == elif_.get(programme.path + path).text
    assert programme.browser("Ada").get(programme.path + path).status == 404


def test_today_is_quiet_when_nobody_waits_for_her(programme, noor):
    assert "All quiet: nobody is waiting." in noor.get(programme.path).text


def test_a_message_of_a_newcomer_stands_in_today_until_it_is_answered(programme, noor):
    programme.newcomer("Amina")
    with programme.filling() as session:
        request = request_of(session, programme, "Amina")
        messages.write_about_request(session, request, request.newcomer, "Is anyone here?", at=now())
    assert "Amina wrote to you" in noor.get(programme.path).text

    noor.click("Read and answer")
    assert "Is anyone here?" in noor.page.text
    page = noor.submit({"Your message": "Yes, I am."}, button="Send")

    assert "Yes, I am." in page.text
    assert "All quiet" in noor.get(programme.path).text


def test_an_empty_message_is_not_sent(programme, noor):
    programme.newcomer("Amina")
    noor.get(path_of(programme, "Amina"))

    page = noor.submit({"Your message": "  "}, button="Send")

    assert page.status == 422
    assert "words" in page.errors


def test_reading_a_request_is_written_down(programme, noor):
    programme.newcomer("Amina")

    noor.get(path_of(programme, "Amina"))

    with programme.filling() as session:
        row = session.scalars(select(Audit)).one()
        assert (row.act, row.person_id) == ("read_request", programme.person(session, "Amina").id)


def test_a_mentor_is_proposed_by_hand(programme, noor):
    programme.newcomer("Amina")
    programme.mentor("Ada")
    with programme.filling() as session:
        request_of(session, programme, "Amina").needs_coordinator = True
    assert "Amina needs you" in noor.get(programme.path).text

    noor.click("Look together")
    page = noor.submit(button="Ask Ada")

    assert "Ada was asked on" in page.text
    assert "All quiet" in noor.get(programme.path).text
    with programme.filling() as session:
        assert session.scalars(select(Mentorship)).one().events[0].code == "by_hand"


def test_she_cannot_ask_herself_by_hand(programme, noor):
    programme.newcomer("Amina")
    with programme.filling() as session:
        a_mentor(session, programme.cohort(session), programme.person(session, "Noor"), approved=False)
        herself = programme.person(session, "Noor").public_id
    page = noor.get(path_of(programme, "Amina"))
    assert "Ask Noor" not in page.buttons

    data = page.form("Send").filled({}) | {"mentor": herself}
    assert noor.post(path_of(programme, "Amina") + "/propose", data).status == 403
    assert programme.count(Mentorship) == 0


@pytest.mark.parametrize("state", [State.PROPOSED, State.ACTIVE, State.COMPLETED])
def test_a_request_in_which_she_mentors_is_another_coordinators(programme, noor, state):
    programme.newcomer("Amina")
    with programme.filling() as session:
        noor_ = a_mentor(
            session, programme.cohort(session), programme.person(session, "Noor"), approved=False
        )
        approve(session, noor_, by=programme.person(session, "Salma"))
        request = request_of(session, programme, "Amina")
        a_mentorship(session, request, noor_, state=state)
        request.needs_coordinator = True

    assert noor.get(path_of(programme, "Amina")).status == 404
    assert "Amina" not in noor.get(programme.path).text
    assert "Amina" not in noor.get(programme.path + "people").text
    assert programme.browser("Salma").get(path_of(programme, "Amina")).status == 200


def approve(session, mentor, *, by):
    approval = session.get(Approval, mentor.id)
    approval.state, approval.by_id = "live", by.id
    approval.at, approval.until = now(), now() + timedelta(days=300)
    session.flush()


def test_messages_of_a_pair_are_on_no_page_of_hers(programme, noor):
    programme.newcomer("Amina")
    programme.mentor("Ada")
    with programme.filling() as session:
        request = request_of(session, programme, "Amina")
        pair = a_mentorship(session, request, programme.person(session, "Ada"))
        messages.write_to_pair(session, pair, request.newcomer, "canary words", at=now())

    for path in [path_of(programme, "Amina"), *(programme.path + page for page in PAGES)]:
        assert "canary words" not in noor.get(path).html


def test_a_pair_without_a_hello_is_shown_and_set_aside(programme, noor):
    programme.newcomer("Amina")
    programme.mentor("Ada")
    with programme.filling() as session:
        a_mentorship(
            session,
            request_of(session, programme, "Amina"),
            programme.person(session, "Ada"),
            state=State.ACCEPTED,
            at=now() - timedelta(days=11),
        )
    assert "No hello yet: Amina and Ada" in noor.get(programme.path).text

    page = noor.submit(button="Set aside and go on: Amina")

    assert "Set aside." in page.text
    with programme.filling() as session:
        assert session.scalars(select(Mentorship)).one().state is State.WITHDRAWN


def test_a_report_is_read_by_whom_it_is_routed_to_alone(programme, noor):
    with programme.filling() as session:
        cohort = programme.cohort(session)
        safety.report(session, "Something frightens me", by=None, cohort_id=cohort.id, at=now())
    browsers = {name: programme.browser(name) for name in ("Noor", "Salma")}
    pages = {name: browser.get(programme.path).text for name, browser in browsers.items()}
    reader = next(name for name, text in pages.items() if "something is wrong" in text)
    other = next(name for name in pages if name != reader)
    assert "All quiet" in pages[other]

    page = browsers[reader].click("Read")
    assert "Something frightens me" in page.text
    assert browsers[other].get(page.path).status == 404
    browsers[reader].submit(button="It is dealt with")
    assert "All quiet" in browsers[reader].get(programme.path).text


def test_a_report_says_whom_it_is_about_and_from_which_pair(programme, noor):
    programme.newcomer("Amina")
    programme.mentor("Ada")
    with programme.filling() as session:
        amina, ada = (programme.person(session, name) for name in ("Amina", "Ada"))
        pair = a_mentorship(session, request_of(session, programme, "Amina"), ada, at=now())
        told = safety.report(session, "No words", by=amina, at=now(), about=ada, mentorship=pair)
        told.routed_to_id = programme.person(session, "Noor").id
        session.flush()
        path = f"{programme.path}reports/{told.public_id}"

    page = noor.get(path)

    assert "It is aboutAda" in page.text
    assert "In the pair ofAmina and Ada" in page.text
    assert programme.browser("Salma").get(path).status == 404


def test_the_page_of_a_request_says_what_help_is_wanted_with(programme, noor):
    programme.newcomer("Amina", needs=("sources",), words="")

    text = noor.get(path_of(programme, "Amina")).text
    assert "Would like help withSources and citing" in text


def test_every_post_without_its_token_is_refused(programme, noor):
    programme.newcomer("Amina")
    request = path_of(programme, "Amina")
    for path in ["rounds", "settings", "link"]:
        assert noor.post(programme.path + path, {"version": "1"}).status == 400
    for path in ["/messages", "/propose", "/settle"]:
        assert noor.post(request + path, {"words": "x", "mentor": "x"}).status == 400
    assert programme.count(Outbox) == 0


def test_who_coordinates_two_cohorts_chooses_one(programme, noor):
    assert noor.get("/cohorts/").heading == "Today"
    with programme.filling() as session:
        a_coordinator(session, a_cohort(session, "Autumn"), programme.person(session, "Noor"))

    assert {"Spring", "Autumn"} <= set(noor.get("/cohorts/").links)
