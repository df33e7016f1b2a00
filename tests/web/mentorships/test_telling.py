"""“Tell someone about this message”: those messages, to one person who is not in the pair."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from mentorship.rules.errors import NotFound
from mentorship.rules.lifecycle import State
from mentorship.services import messages, safety
from mentorship.services.erasure import erase
from mentorship.store.cohorts import Cohort, CohortCoordinator
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.safety import Report
from mentorship.store.together import Message
from tests.factories import a_coordinator
from tests.web.pairs import token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

BAD, OTHER, HERS = "You owe me this.", "Send me your number.", "Please stop."


@pytest.fixture
def thread(pairs):
    """A pair whose mentor wrote two messages and whose newcomer answered; its path and the ids."""
    path = pairs.pair(State.ACTIVE)
    with pairs.filling() as session:
        pair = session.scalars(
            select(Mentorship).where(Mentorship.public_id == path.rpartition("/")[2])
        ).one()
        written = [(pair.mentor, BAD), (pair.mentor, OTHER), (pair.newcomer, HERS)]
        ids = [
            messages.write_to_pair(
                session, pair, author, words, at=pairs.at + timedelta(minutes=minutes)
            ).public_id
            for minutes, (author, words) in enumerate(written)
        ]
    return path, ids


def tell(pairs, thread, *, also=()):
    path, ids = thread
    browser = pairs.browser("newcomer")
    page = browser.get(f"{path}/messages/{ids[0]}/tell")
    attached = [ids[0], *also]
    return browser.post(
        f"{path}/messages/{ids[0]}/tell",
        {"csrf_token": page.form().filled({})["csrf_token"], "attached": attached, "words": "I am afraid."},
    )


def report_page(pairs, role="coordinator"):
    with pairs.filling() as session:
        report = session.scalars(select(Report)).one()
        cohort = session.get_one(Cohort, pairs.cohort_id)
        path = f"/cohorts/{cohort.public_id}/reports/{report.public_id}"
    return pairs.browser(role).get(path)


def test_each_message_of_the_thread_leads_to_telling_with_that_one_ticked(pairs, thread):
    path, ids = thread
    browser = pairs.browser("newcomer")
    page = browser.get(path)
    assert page.link("Tell someone about this message").startswith(f"{path}/messages/")

    page = browser.get(f"{path}/messages/{ids[1]}/tell")

    assert page.form().filled({})["attached"] == [ids[1]]


def test_the_contact_sees_the_messages_attached_and_no_other(pairs, thread):
    _, ids = thread
    assert tell(pairs, thread, also=[ids[2]]).status == 200

    page = report_page(pairs)

    assert "I am afraid." in page.text
    assert BAD in page.text
    assert HERS in page.text
    assert OTHER not in page.html


@pytest.mark.parametrize("role", ["mentor", "newcomer", "backup", "stranger", "elsewhere"])
def test_nobody_else_reads_the_report(pairs, thread, role):
    tell(pairs, thread)

    assert report_page(pairs, role).status == 404


def test_the_person_reported_finds_no_trace_of_it(pairs, thread):
    before = pairs.browser("mentor").get(thread[0]).html
    tell(pairs, thread)

    after = pairs.browser("mentor").get(thread[0])

    assert "I am afraid." not in after.html
    assert [line for line in after.html.splitlines() if "csrf" not in line] == [
        line for line in before.splitlines() if "csrf" not in line
    ]
    assert "private" not in pairs.browser("mentor").get("/home").text


def test_a_mentor_who_coordinates_the_cohort_is_never_the_one_who_reads_it(pairs, thread):
    with pairs.filling() as session:
        cohort = session.get_one(Cohort, pairs.cohort_id)
        cohort.coordinators[0].person_id = pairs.people["mentor"]
    tell(pairs, thread)

    with pairs.filling() as session:
        assert session.scalars(select(Report.routed_to_id)).one() == pairs.people["elsewhere"]
    assert report_page(pairs, "mentor").status == 404


def test_a_report_sent_to_another_cohorts_contact_can_be_read_and_settled_there(pairs, thread):
    with pairs.filling() as session:
        session.get_one(Cohort, pairs.cohort_id).coordinators[0].person_id = pairs.people["mentor"]
    tell(pairs, thread)
    browser = pairs.browser("elsewhere")
    browser.get("/cohorts/")

    page = browser.click("Read")
    assert BAD in page.text
    browser.submit(button="It is dealt with")

    assert "Read" not in browser.get("/cohorts/").links


def test_a_report_of_no_cohort_is_read_by_whom_it_went_to(pairs):
    with pairs.filling() as session:
        made = safety.report(session, "Someone follows me.", by=None, at=pairs.at)
        role = {each: role for role, each in pairs.people.items()}[made.routed_to_id]
    browser = pairs.browser(role)
    browser.get("/cohorts/")

    assert "Someone follows me." in browser.click("Read").text


def test_messages_of_another_pair_cannot_be_attached(pairs, thread):
    path, ids = thread
    other = pairs.another(state=State.ACTIVE)
    with pairs.filling() as session:
        pair = session.scalars(
            select(Mentorship).where(Mentorship.public_id == other.rpartition("/")[2])
        ).one()
        foreign = messages.write_to_pair(session, pair, pair.mentor, "Not hers.", at=pairs.at).public_id

    assert tell(pairs, thread, also=[foreign]).status == 422
    assert pairs.browser("newcomer").get(f"{path}/messages/{foreign}/tell").status == 404
    assert pairs.browser("stranger").get(f"{path}/messages/{ids[0]}/tell").status == 404
    with pairs.filling() as session:
        assert session.scalar(select(func.count()).select_from(Report)) == 0


def test_words_that_are_missing_lose_nothing_that_was_ticked(pairs, thread):
    path, ids = thread
    browser = pairs.browser("newcomer")

    page = browser.post(
        f"{path}/messages/{ids[0]}/tell",
        {"csrf_token": token_of(browser), "attached": [ids[1], ids[2]], "words": " "},
    )

    assert page.status == 422
    assert page.form("Tell in private").filled({})["attached"] == [ids[1], ids[2]]


def test_erased_words_are_gone_from_the_report_too(pairs, thread):
    tell(pairs, thread)
    with pairs.filling() as session:
        mentor = session.get_one(Person, pairs.people["mentor"])
        erase(session, mentor, at=pairs.at, key=b"k")
        assert session.scalars(select(Message.words).where(Message.author_id == mentor.id)).all() == ["", ""]

    page = report_page(pairs)

    assert BAD not in page.html
    assert "Who wrote this has erased it." in page.text


def test_told_from_the_help_page_about_her_mentor_who_coordinates_it_goes_to_the_other_coordinator(pairs):
    pairs.pair(State.ACTIVE)
    with pairs.filling() as session:
        cohort = session.get_one(Cohort, pairs.cohort_id)
        colleague = a_coordinator(session, cohort, safeguarding=False)
        session.execute(delete(CohortCoordinator).where(CohortCoordinator.cohort_id != cohort.id))
        people = [session.get_one(Person, pairs.people[role]) for role in ("newcomer", "coordinator")]
        made = safety.report(session, "It is about Mira.", by=people[0], about=people[1], at=pairs.at)

        assert made.routed_to_id == colleague.id


def test_without_a_name_whoever_is_in_a_pair_with_her_reads_it_only_where_nobody_else_is_left(pairs):
    pairs.pair(State.ACTIVE)
    with pairs.filling() as session:
        cohort = session.get_one(Cohort, pairs.cohort_id)
        cohort.coordinators[0].person_id = pairs.people["mentor"]
        newcomer = session.get_one(Person, pairs.people["newcomer"])
        made = safety.report(session, "I would rather not say who.", by=newcomer, at=pairs.at)
        assert made.routed_to_id == pairs.people["elsewhere"]

        session.execute(delete(CohortCoordinator).where(CohortCoordinator.cohort_id != cohort.id))
        made = safety.report(session, "I would rather not say who.", by=newcomer, at=pairs.at)

        assert made.routed_to_id == pairs.people["mentor"]


def test_only_one_of_the_two_attaches_and_only_messages_of_that_pair(pairs, thread):
    path, ids = thread
    other = pairs.another(state=State.ACTIVE)
    with pairs.filling() as session:
        by_path = {each.public_id: each for each in session.scalars(select(Mentorship))}
        pair, foreign = (by_path[each.rpartition("/")[2]] for each in (path, other))
        message = session.scalars(select(Message).where(Message.public_id == ids[0])).one()
        stranger = session.get_one(Person, pairs.people["stranger"])
        for by, of in (
            (stranger, pair),
            (pair.newcomer, foreign),
            (pair.mentor, foreign),
            (pair.mentor, None),
        ):
            with pytest.raises(NotFound), session.begin_nested():
                safety.report(session, "x", by=by, mentorship=of, attached=[message], at=pairs.at)
        assert session.scalar(select(func.count()).select_from(Report)) == 0
