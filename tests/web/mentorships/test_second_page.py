"""Turning to one's second person, from the page of the pair."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.services import messages
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.safety import Report
from mentorship.store.together import Message
from tests.web.pairs import LINK, WORDS, token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

SAID = "May I ask somebody else?"
EARLIER = "we meet under the old bridge"
CONTACT = "Your number cannot be taken back; a block here does not work there."


@pytest.fixture
def path(pairs):
    """A pair that has written to each other already."""
    path = pairs.pair(State.ACTIVE, newcomer_shares_wiki_name=True)
    with pairs.filling() as session:
        pair = session.scalars(select(Mentorship).where(Mentorship.public_id == path[13:])).one()
        messages.write_to_pair(session, pair, pair.newcomer, EARLIER, at=pairs.at)
    return path


def write(pairs, path, role="newcomer", words=SAID):
    """Sent by the form of her page; by whoever has none, as if she had the newcomer's."""
    browser = pairs.browser(role)
    page = browser.get(path)
    if page.status != 200 or page.root.find(f".//form[@action='{path}/second']") is None:
        page = pairs.browser("newcomer").get(path)
    named = page.root.find(".//input[@name='second-to']")
    return browser.post(
        f"{path}/second",
        {
            "csrf_token": token_of(browser),
            "second-words": words,
            "second-after": "",
            "second-to": named.get("value") if named is not None else "",
        },
    )


def kept(pairs):
    with pairs.filling() as session:
        found = session.scalars(select(Message).order_by(Message.id))
        return [(each.aside_id is not None, each.request_id is not None, each.words) for each in found]


def test_the_newcomer_writes_from_the_page_and_the_backup_answers_there(pairs, path):
    newcomer, backup = pairs.browser("newcomer"), pairs.browser("backup")
    assert "Turn to your second person" in newcomer.get(path).text
    assert "Nadia sees what you would like help with" in newcomer.page.text

    page = newcomer.submit({"second-words": SAID}, button="Send to Nadia")

    assert "Sent." in page.text
    assert SAID in page.text
    assert SAID in backup.get(path).text
    backup.submit({"second-words": "Of course."}, button="Send to Hawa")
    assert "Of course." in newcomer.get(path).text
    for other in ("mentor", "coordinator"):
        text = pairs.browser(other).get(path).html
        assert SAID not in text
        assert "Of course." not in text


def test_the_backup_sees_more_once_she_is_written_to_and_never_the_pair_s_own(pairs, path):
    before = pairs.browser("backup").get(path)
    assert WORDS not in before.text
    assert "Would like help with" not in before.text
    assert not before.root.findall(f".//form[@action='{path}/second']")

    write(pairs, path)

    after = pairs.browser("backup").get(path)
    assert WORDS in after.text
    assert "Would like help with" in after.text
    for hers in (
        EARLIER,
        LINK,
        "Hawa writes",
        "I like rivers.",
        "I write about bridges.",
        "What happened so far",
        "Both speak",
    ):
        assert hers not in after.html


def test_while_the_mentor_is_away_the_backup_finds_the_pair_on_her_pages_and_writes_first(pairs, path):
    assert path in pairs.browser("backup").get("/home").html
    assert path in pairs.browser("backup").get("/mentor").html
    assert write(pairs, path, "backup").status == 403
    with pairs.filling() as session:
        session.get(Offer, pairs.people["mentor"]).away_until = pairs.at + timedelta(days=9)
    assert WORDS in pairs.browser("backup").get(path).text

    assert write(pairs, path, "backup", "I am here meanwhile.").status == 200

    page = pairs.browser("newcomer").get(path)
    assert "I am here meanwhile." in page.text
    assert page.root.find(".//section[@id='second']") is not None


def test_without_a_backup_it_goes_to_the_coordinator_and_the_page_says_so(pairs):
    path = pairs.pair(State.ACTIVE, backup_id=None)
    page = pairs.browser("newcomer").get(path)
    assert "so the coordinator, Mira, is your second person." in page.text

    write(pairs, path)

    assert kept(pairs) == [(False, True, SAID)]
    assert "A newcomer of your cohort wrote to you." in pairs.browser("coordinator").get("/home").text
    assert SAID in pairs.browser("newcomer").get("/request").text


def test_while_the_backup_is_away_the_coordinator_stands_in(pairs, path):
    write(pairs, path)
    with pairs.filling() as session:
        session.get(Offer, pairs.people["backup"]).away_until = pairs.at + timedelta(days=9)

    page = pairs.browser("newcomer").get(path)

    assert "Nadia, your second person, is away just now." in page.text
    assert SAID in page.text
    write(pairs, path, words="And you?")
    assert kept(pairs)[-1] == (False, True, "And you?")


@pytest.mark.parametrize(("role", "status"), [("mentor", 403), ("coordinator", 403), ("stranger", 404)])
def test_nobody_else_writes_there(pairs, path, role, status):
    before = kept(pairs)

    assert write(pairs, path, role).status == status

    assert kept(pairs) == before


@pytest.mark.parametrize("state", [State.PROPOSED, State.ENDED, State.COMPLETED])
def test_before_a_yes_and_after_the_end_there_is_nobody_to_write_to(pairs, state):
    path = pairs.pair(state)

    answer = write(pairs, path)

    assert "second person" not in pairs.browser("newcomer").get(path).text.lower()
    assert (answer.status, kept(pairs)) == (409, [])


def test_sent_twice_it_stands_once_and_what_cannot_be_taken_back_is_said_first(pairs, path):
    for _ in range(2):
        assert write(pairs, path).status == 200
    assert [row for row in kept(pairs) if row[0]] == [(True, False, SAID)]
    newcomer = pairs.browser("newcomer")
    newcomer.get(path)

    page = newcomer.submit({"second-words": "Call me: 0803 555 0101"}, button="Send to Nadia")

    assert CONTACT in page.text
    assert len(kept(pairs)) == 2
    newcomer.submit(button="Send it so")
    assert kept(pairs)[-1] == (True, False, "Call me: 0803 555 0101")


@pytest.mark.parametrize("words", ["", "\x00", "x" * 10_001])
def test_bad_words_are_said_at_the_field_and_kept(pairs, path, words):
    page = write(pairs, path, words=words)

    assert page.status == 422
    assert set(page.errors) == {"second-words"}
    assert not [row for row in kept(pairs) if row[0]]


def test_a_message_of_hers_can_be_shown_to_one_person_outside(pairs, path):
    write(pairs, path)
    write(pairs, path, "backup", "Give me your number.")
    newcomer = pairs.browser("newcomer")
    page = newcomer.get(path)
    link = [
        each for each in page.root.iterfind(".//section[@id='second']//a") if "/tell" in each.get("href")
    ][-1]

    newcomer.get(link.get("href"))
    newcomer.submit({"What is wrong?": "Nadia asks for my number."}, button="Tell in private")

    with pairs.filling() as session:
        made = session.scalars(select(Report)).one()
        assert (made.about_id, made.routed_to_id) == (pairs.people["backup"], pairs.people["coordinator"])
    assert pairs.browser("mentor").get(link.get("href")).status == 404
    assert pairs.browser("backup").get(link.get("href")).status == 200
    assert pairs.browser("coordinator").get(link.get("href")).status == 404


def test_she_blocks_her_second_person_from_the_page(pairs, path):
    write(pairs, path)
    newcomer = pairs.browser("newcomer")
    newcomer.get(path)

    newcomer.submit(button="Block Nadia")

    assert pairs.of(path)[0] is State.ACTIVE
    page = newcomer.get(path)
    assert "so the coordinator, Mira, is your second person." in page.text
    assert [each[0] for each in _folded(page) if SAID in each[1]] == [
        "What you and Nadia wrote to each other"
    ]
    assert page.text.count(SAID) == 1
    assert pairs.browser("backup").get(path).status == 404


def _folded(page):
    """The parts of a page to unfold: what each is called, and all that stands in it."""
    for part in page.root.iterfind(".//details"):
        yield "".join(part.find("summary").itertext()).strip(), "".join(part.itertext())
