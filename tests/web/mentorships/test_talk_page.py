"""A first talk on the pair's page, and the calendar's entry that names nobody."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.store.people import DayPart, Person
from mentorship.store.together import Talk
from tests.web.pairs import token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

LINE = "Times that usually suit both of you"


@pytest.fixture
def pair(pairs):
    path = pairs.pair(State.ACCEPTED)
    with pairs.filling() as session:
        for role, zone in (("newcomer", "Africa/Lagos"), ("mentor", "Asia/Kathmandu")):
            person = session.get(Person, pairs.people[role])
            person.time_zone = zone
            person.day_parts.extend(
                DayPart(day=day, part=part)
                for day in ("weekday", "weekend")
                for part in ("morning", "afternoon", "evening")
            )
    return path


def talk(pairs):
    with pairs.filling() as session:
        session.expire_on_commit = False
        return session.scalars(select(Talk)).one_or_none()


def proposals(page):
    return [b.get("aria-label") for b in page.root.iter("button") if "Propose" in (b.get("aria-label") or "")]


def agreed(pairs, pair):
    mentor, newcomer = pairs.browser("mentor"), pairs.browser("newcomer")
    mentor.submit(button=proposals(mentor.get(pair))[0])
    newcomer.get(pair)
    newcomer.submit(button="Agree")
    return mentor, newcomer


def test_up_to_three_times_are_proposed_each_in_her_own_time(pairs, pair):
    hers, theirs = (proposals(pairs.browser(role).get(pair)) for role in ("newcomer", "mentor"))

    assert len(hers) == len(theirs) == 3
    assert set(hers).isdisjoint(theirs)  # the same moments, on two clocks
    assert not any("UTC" in words for words in hers + theirs)


def test_one_proposes_and_the_other_agrees_and_the_pair_has_begun(pairs, pair):
    mentor, newcomer = agreed(pairs, pair)

    assert "You two talk on" in newcomer.page.text
    assert "You two talk on" in mentor.get(pair).text
    assert talk(pairs).agreed_at is not None
    assert pairs.of(pair)[0] is State.ACTIVE


def test_the_entry_is_called_call_in_utc_and_names_nobody(pairs, pair):
    _, newcomer = agreed(pairs, pair)

    answer = newcomer.client.get(f"{pair}/call.ics")

    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert answer.headers["Content-Disposition"] == "attachment; filename=call.ics"
    text = answer.get_data(as_text=True)
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Call"
    assert event["DTSTART"].dt == talk(pairs).starts_at
    assert f"DTSTART:{talk(pairs).starts_at:%Y%m%dT%H%M%SZ}" in text
    assert set(event) == {"SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "CLASS"}
    for word in ("Hawa", "Rosa", "entor", "iki", "http", "mailto", pair.rpartition("/")[2]):
        assert word not in text


def test_there_is_no_entry_before_both_agreed_nor_for_anyone_else(pairs, pair):
    mentor = pairs.browser("mentor")
    assert mentor.get(f"{pair}/call.ics").status == 404
    mentor.get(pair)
    mentor.submit(button=proposals(mentor.page)[0])
    assert mentor.get(f"{pair}/call.ics").status == 404

    agreed_by = pairs.browser("newcomer")
    agreed_by.get(pair)
    agreed_by.submit(button="Agree")

    others = [pairs.browser(role).get(f"{pair}/call.ics").status for role in ("stranger", "coordinator")]
    assert others == [404, 403]
    assert LINE not in pairs.browser("coordinator").get(pair).text


def test_a_time_that_was_changed_meanwhile_or_made_up_is_refused_with_the_page_as_it_is(pairs, pair):
    mentor, newcomer = pairs.browser("mentor"), pairs.browser("newcomer")
    mentor.submit(button=proposals(mentor.get(pair))[0])
    token = {"csrf_token": token_of(newcomer)}

    for given, status in [("0", 409), ("nonsense", 422), ("9" * 40, 422), ("", 422)]:
        page = newcomer.post(f"{pair}/talk/agree", {"starts_at": given} | token)
        assert (page.status, "Agree" in page.buttons) == (status, True), given
    assert newcomer.post(f"{pair}/talk", {"starts_at": "1000000000"} | token).status == 422
    assert talk(pairs).agreed_at is None


def test_what_was_agreed_can_be_called_off_and_another_time_proposed(pairs, pair):
    _, newcomer = agreed(pairs, pair)

    page = newcomer.submit(button="Call it off")

    assert talk(pairs) is None
    assert LINE in page.text


def test_without_hours_they_are_asked_to_write_to_each_other(pairs):
    page = pairs.browser("mentor").get(pairs.pair(State.ACCEPTED))

    assert "Write to each other when you usually have half an hour." in page.text
    assert proposals(page) == []


def test_once_they_have_talked_the_page_asks_no_more(pairs, pair):
    agreed(pairs, pair)
    with pairs.filling() as session:
        session.scalars(select(Talk)).one().starts_at = datetime(2026, 1, 1, tzinfo=UTC)

    page = pairs.browser("mentor").get(pair)
    assert "A first talk" not in page.text
    assert LINE not in page.text
