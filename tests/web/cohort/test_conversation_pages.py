from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from mentorship.services import conversations, safety
from mentorship.store.conversations import Conversation

LINK = "https://call.example/room"


def local(moment):
    return moment.strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def soon():
    return datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=5)


@pytest.fixture
def hosted(site, ada, soon):
    """The address of a conversation that Ada hosts in five days."""
    ada.get(site.path)
    ada.click("I will host one")
    page = ada.submit({"When it begins": local(soon), "Link to the call": LINK}, button="I will host it")
    assert page.status == 200, page.errors
    return page.path


@pytest.fixture
def over(site, hosted):
    """The same, yesterday."""
    with site.filling() as session:
        call = session.scalars(select(Conversation)).one()
        call.starts_at = datetime.now(UTC) - timedelta(days=1)
    return hosted


def test_who_hosts_gives_the_hour_in_her_own_time_and_others_read_it_in_theirs(site, soon):
    with site.filling() as session:
        site.add(session, "Rania", time_zone="Africa/Cairo")
        site.add(session, "Wanda", time_zone="America/Bogota")
    rania = site.browser("Rania")
    page = rania.get(f"{site.path}/host")
    assert "In your time: Cairo." in page.text

    rania.submit({"When it begins": local(soon.replace(hour=18, minute=0))}, button="I will host it")

    with site.filling() as session:
        call = session.scalars(select(Conversation)).one()
        assert call.starts_at.utcoffset() == timedelta(0)
        there = call.starts_at - timedelta(hours=5)
    assert there.strftime("%-I:%M") in site.browser("Wanda").get(site.path).text


def test_the_link_shows_only_to_who_signed_up_with_what_it_costs(site, hosted, bea):
    page = bea.get(hosted)
    assert LINK not in page.html

    page = bea.submit(button="I want to come")

    assert page.link(LINK) == LINK
    assert "a block here does not work there" in page.text
    page = bea.submit(button="I cannot come after all")
    assert LINK not in page.html


def test_the_calendar_entry_is_called_call_and_says_nothing_else(site, hosted, bea, soon):
    answer = bea.client.get(f"{hosted}/call.ics")

    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert answer.mimetype == "text/calendar"
    assert event["SUMMARY"] == "Call"
    assert event.decoded("DTSTART") == soon
    assert b"DTSTART:" + soon.strftime("%Y%m%dT%H%M%SZ").encode() in answer.data
    for word in (b"Ada", b"Spring", b"call.example", b"rograms", b"someone", b"Wiki"):
        assert word not in answer.data
    assert set(event) == {"UID", "SEQUENCE", "SUMMARY", "DTSTAMP", "DTSTART", "DTEND", "STATUS"}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"When it begins": ""}, "starts_at"),
        ({"When it begins": "soon"}, "starts_at"),
        ({"When it begins": "0001-01-01T00:00"}, "starts_at"),
        ({"When it begins": "9999-12-31T23:59"}, "starts_at"),
        ({"When it begins": "2020-01-01T10:00"}, "starts_at"),
        ({"Link to the call": "javascript:alert(1)"}, "link"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_typed_is_lost(site, ada, soon, fields, field):
    ada.get(f"{site.path}/host")

    page = ada.submit(
        {"When it begins": local(soon), "Link to the call": LINK, **fields}, button="I will host it"
    )

    assert page.status == 422
    assert list(page.errors) == [field]
    assert next(iter(fields.values())) in page.html


def test_a_second_one_in_a_month_is_refused_at_its_field(site, hosted, bea, soon):
    bea.get(f"{site.path}/host")

    page = bea.submit({"When it begins": local(soon)}, button="I will host it")

    assert "Please choose another month." in page.errors["starts_at"]


def test_who_signed_up_is_told_when_the_host_moves_and_cancels(site, hosted, ada, bea, soon):
    bea.get(hosted)
    bea.submit(button="I want to come")
    ada.get(hosted)
    ada.submit({"When it begins": local(soon + timedelta(hours=1))}, button="Save")
    assert "The call now begins on" in bea.get("/home").text

    ada.get(hosted)
    ada.submit(button="Cancel this conversation")

    assert "is cancelled" in bea.get("/home").text
    page = bea.get(hosted)
    assert "I want to come" not in page.buttons
    assert LINK not in page.html


def test_members_are_counted_only_from_five_on(site, hosted, bea):
    with site.filling() as session:
        call = session.scalars(select(Conversation)).one()
        for number in range(3):
            conversations.sign_up(session, call, site.add(session, f"M{number}"), at=datetime.now(UTC))
    assert "4 have signed up" not in bea.get(hosted).text
    bea.submit(button="I want to come")

    assert "5 have signed up." in bea.get(hosted).text


def test_after_it_one_click_says_she_was_there_and_she_can_write_what_she_takes_away(site, over, bea):
    page = bea.get(over)
    assert "Keep it" not in page.buttons
    bea.submit(button="I was there")

    page = bea.submit({"What do you take away?": "Small steps count."}, button="Keep it")

    assert "Small steps count." in page.text
    assert "Small steps count." not in site.browser("Lin").get(over).text
    assert "Small steps count." in site.browser("Noor").get(over).text


def test_takeaways_change_until_a_coordinator_publishes_them_and_are_then_read_by_all(site, over, bea):
    bea.get(over)
    bea.submit(button="I was there")
    bea.submit({"What do you take away?": "Smal steps count."}, button="Keep it")
    page = bea.submit({"words": "x" * 300}, button="Save")
    assert (page.status, "x" * 300 in page.html) == (422, True)
    bea.get(over)
    bea.submit({"words": "Small steps count."}, button="Save")

    noor = site.browser("Noor")
    noor.get(over)
    noor.submit(button="Publish the takeaways")

    page = site.browser("Lin").get(over)
    assert "Small steps count." in page.text
    assert "Bea" not in page.text
    assert "Save" not in bea.get(over).buttons
    bea.submit(button="Take it back")
    assert "Small steps count." not in site.browser("Lin").get(over).text


def test_a_quote_is_kept_only_as_long_as_she_lets_it(site, over, bea):
    bea.get(over)
    bea.submit(button="I was there")
    words = "I thought I was the only one."

    page = bea.submit({"A sentence of yours that may be quoted": words}, button="This may be quoted")

    assert "It is shown without a name." in page.text
    assert words not in site.browser("Lin").get(over).html
    page = bea.submit(button="Take it back: the quote")
    assert words not in page.html


def test_across_a_block_a_conversation_is_not_there(site, hosted, ada, bea):
    with site.filling() as session:
        two = site.person(session, "Ada"), site.person(session, "Bea")
        safety.block(session, *two, at=datetime.now(UTC))

    assert bea.get(hosted).status == 404
    assert "Ada" not in bea.get(site.path).text
    assert site.browser("Lin").get(hosted).status == 200
