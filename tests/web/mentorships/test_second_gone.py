"""A second person who is away, or is one no more: her words can still be shown, and she be parted from."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.services import approvals, away, leaving, messages, safety
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval, Offer
from mentorship.store.people import Person
from mentorship.store.safety import Block, Report, ReportMessage
from mentorship.store.together import Message
from tests.factories import a_mentor, a_person
from tests.web.pairs import WORDS

ASKED = "Give me your number."
HERS = "May I ask you something else?"


@pytest.fixture
def path(pairs):
    """A pair whose newcomer and second person have written to each other."""
    path = pairs.pair(State.ACTIVE)
    with pairs.filling() as session:
        pair = pair_at(session, path)
        messages.write_aside(session, pair, pair.newcomer, HERS, at=pairs.at)
        messages.write_aside(session, pair, pair.backup, ASKED, at=pairs.at)
    return path


def pair_at(session, path):
    return session.scalars(select(Mentorship).where(Mentorship.public_id == path[13:])).one()


def sets_away(pairs, role):
    with pairs.filling() as session:
        offer = session.get(Offer, pairs.people[role])
        away.go_away(session, offer, pairs.at + timedelta(days=9), at=pairs.at)


def tell_link(pairs, path):
    with pairs.filling() as session:
        message = session.scalars(select(Message).where(Message.words == ASKED)).one()
        return f"{path}/messages/{message.public_id}/tell"


def tells(newcomer, page, link):
    assert [each for each in page.root.iterfind(".//a") if each.get("href") == link]
    newcomer.get(link)
    return newcomer.submit({"What is wrong?": "Nadia asks for my number."}, button="Tell in private")


def told_of(pairs):
    with pairs.filling() as session:
        made = session.scalars(select(Report)).one()
        attached = session.scalars(select(ReportMessage.message_id)).all()
        words = [session.get(Message, each).words for each in attached]
        return made.about_id, made.routed_to_id, words


def test_while_she_is_away_the_newcomer_still_tells_about_her_and_parts_from_her(pairs, path):
    sets_away(pairs, "backup")
    newcomer = pairs.browser("newcomer")

    page = newcomer.get(path)

    assert "Something is wrong: Nadia" in page.text
    tells(newcomer, page, tell_link(pairs, path))
    assert told_of(pairs) == (pairs.people["backup"], pairs.people["coordinator"], [ASKED])
    newcomer.get(path)
    newcomer.submit(button="Block Nadia")
    with pairs.filling() as session:
        row = session.scalars(select(Block)).one()
        assert (row.blocker_id, row.blocked_id) == (pairs.people["newcomer"], pairs.people["backup"])


def test_what_the_coordinators_wrote_instead_has_no_such_link(pairs, path):
    sets_away(pairs, "backup")
    with pairs.filling() as session:
        pair, mira = pair_at(session, path), session.get(Person, pairs.people["coordinator"])
        sent = messages.write_about_request(session, pair.request, mira, "I am here.", at=pairs.at)
        link = f"{path}/messages/{sent.public_id}/tell"

    page = pairs.browser("newcomer").get(path)

    assert "I am here." in page.text
    assert link not in page.html


def is_blocked_by_her(session, pair, at):
    safety.block(session, pair.newcomer, pair.backup, at=at)


def blocks_her(session, pair, at):
    safety.block(session, pair.backup, pair.newcomer, at=at)


def leaves_the_cohort(session, pair, at):
    leaving.leave(session, pair.backup, pair.request.cohort, at=at)


def loses_her_approval(session, pair, at):
    by = pair.request.cohort.coordinators[0].person
    approvals.withdraw(session, session.get_one(Approval, pair.backup_id), by=by, at=at)


def makes_room_for_another(session, pair, at):
    zofia = a_person(session, "Zofia")
    pair.backup = a_mentor(session, session.get_one(Cohort, pair.request.cohort_id), zofia, backup=True)


@pytest.mark.parametrize(
    "goes", [is_blocked_by_her, blocks_her, leaves_the_cohort, loses_her_approval, makes_room_for_another]
)
def test_what_one_who_is_it_no_more_wrote_stays_with_the_newcomer_alone(pairs, path, goes):
    link = tell_link(pairs, path)
    with pairs.filling() as session:
        goes(session, pair_at(session, path), pairs.at)
    newcomer = pairs.browser("newcomer")

    page = newcomer.get(path)

    assert "What you and Nadia wrote to each other" in page.text
    assert ASKED in page.text
    tells(newcomer, page, link)
    assert told_of(pairs) == (pairs.people["backup"], pairs.people["coordinator"], [ASKED])
    for other in ("mentor", "coordinator", "backup"):
        assert ASKED not in pairs.browser(other).get(path).html
        assert pairs.browser(other).get(link).status == 404


def test_the_page_says_what_the_second_person_sees_already(pairs):
    path = pairs.pair(State.ACTIVE)
    newcomer = pairs.browser("newcomer")
    assert "Once you write, Nadia sees" in newcomer.get(path).text
    assert WORDS not in pairs.browser("backup").get(path).text

    sets_away(pairs, "mentor")

    page = newcomer.get(path)
    assert "Once you write" not in page.text
    assert "Nadia already sees what you would like help with" in page.text
    assert WORDS in pairs.browser("backup").get(path).text


def test_once_she_wrote_the_page_says_that_it_is_seen(pairs, path):
    page = pairs.browser("newcomer").get(path)

    assert "Once you write" not in page.text
    assert "Since you wrote, Nadia sees what you would like help with" in page.text


def test_while_she_is_away_the_page_says_that_all_coordinators_read(pairs, path):
    sets_away(pairs, "backup")

    assert (
        "The coordinators of your cohort read what you write here" in pairs.browser("newcomer").get(path).text
    )
