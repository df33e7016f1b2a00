"""After asking: a person at once, suggestions never padded, wishes, asks, and each state in words."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from mentorship.rules.lifecycle import Action, Code, Party
from mentorship.services import mentorships
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import EventNote, Mentorship
from mentorship.store.people import Person
from mentorship.store.queries import open_mentorship_of
from mentorship.store.requests import Request, Shown
from mentorship.store.together import Message


def act(programme, action, party, **facts):
    """Carry out an act of the other side on the newcomer's open mentorship."""
    with programme.work() as session:
        mentorship = open_mentorship_of(session, session.get_one(Person, programme.newcomer_id))
        by = {Party.MENTOR: mentorship.mentor, Party.NEWCOMER: mentorship.newcomer}.get(party)
        mentorships.act(session, mentorship, action, party=party, by=by, at=datetime.now(UTC), **facts)
        session.commit()


def names_shown(page):
    return {
        "".join(heading.itertext())
        for heading in page.root.iter("h3")
        if heading.get("class") == "card__name"
    }


def ask(browser, name):
    browser.get("/request")
    browser.click("Ask this mentor")
    assert browser.page.heading == f"Ask {name}"
    return browser.submit(button="Ask")


def test_at_once_a_person_reads_it_and_the_next_date_is_told(programme, asking):
    page = asking.get("/request")

    assert "Noor, the coordinator, reads this." in page.text
    assert "You will hear by" in page.text
    assert "The next round of matching is on" in page.text


def test_she_writes_to_the_coordinator_and_sees_the_answer(programme, asking):
    page = asking.submit({"words": "Hello, is anyone there?"}, button="Send")
    assert "Your message is sent." in page.text

    with programme.work() as session:
        request = session.scalars(select(Request)).one()
        noor = session.get_one(Cohort, programme.cohort_id).coordinators[0].person
        session.add(Message(request_id=request.id, author=noor, words="Yes.", at=datetime.now(UTC)))
        session.commit()
    page = asking.get("/request")

    assert page.text.index("Hello, is anyone there?") < page.text.index("Yes.")


def test_an_empty_message_comes_back_with_a_sentence(asking):
    page = asking.submit({"words": "  "}, button="Send")

    assert page.status == 422
    assert page.errors == {"words": "Nothing is written yet."}


def test_suggestions_are_at_most_three_with_reasons_in_words(programme, asking):
    for name in ("Ada", "Bea", "Cleo", "Dana"):
        programme.mentor(name)

    page = asking.get("/request")

    assert len(names_shown(page)) == 3
    assert "Help with: My edit was undone" in page.text
    assert "Both speak English" in page.text
    assert "I answer on Sundays." in page.text
    assert "birds" not in page.text
    assert "%" not in page.text


def test_suggestions_are_never_padded(programme, asking):
    programme.mentor("Ada")
    programme.mentor("Ha only", languages={"ha": 6})
    programme.mentor("Not approved", approved=False)

    page = asking.get("/request")

    assert names_shown(page) == {"Ada"}


def test_without_a_mentor_in_her_language_the_page_says_so_with_a_name_and_a_date(programme, asking):
    programme.mentor("Ha only", languages={"ha": 6})

    page = asking.get("/request")

    assert "No mentor helps in English yet." in page.text
    assert "Noor looks every Sunday." in page.text
    assert "The next round of matching is on" in page.text
    assert "too few have been through this here to tell yet" in page.text
    assert "Add a language" in page.links


def test_when_all_places_are_taken_the_page_speaks_of_places(programme, asking):
    programme.mentor("Full", capacity=0)

    page = asking.get("/request")

    assert "No mentor who helps in English has a free place for you just now." in page.text


def test_wishes_are_kept_and_can_be_taken_back(programme, asking):
    ada = programme.mentor("Ada")
    asking.get("/request")

    page = asking.submit({f"wish-{ada}": "First wish"}, button="Save my wishes")
    assert "Your wishes are saved." in page.text
    with programme.work() as session:
        assert session.scalars(select(Shown.wish_rank)).all() == [1]

    asking.submit({f"wish-{ada}": "No wish"}, button="Save my wishes")
    with programme.work() as session:
        assert session.scalars(select(Shown.wish_rank)).all() == [None]


def test_only_mentors_she_was_shown_can_be_wished_for_or_asked(programme, asking):
    programme.mentor("Ada")
    hidden = programme.mentor("Hidden", languages={"ha": 6})
    asking.get("/request")
    token = asking.page.form().filled({})["csrf_token"]

    wished = asking.post("/request/wishes", {"csrf_token": token, f"wish-{hidden}": "1"})
    opened = asking.get(f"/request/ask/{hidden}")
    asked = asking.post(f"/request/ask/{hidden}", {"csrf_token": token, "words": "Please."})
    unknown = asking.post("/request/ask/abcdefgh", {"csrf_token": token, "words": "Please."})

    assert [page.status for page in (wished, opened, asked, unknown)] == [404, 404, 404, 404]
    assert asked.text == unknown.text
    with programme.work() as session:
        assert not session.scalars(select(Mentorship)).all()


def test_a_forged_rank_is_not_there(programme, asking):
    ada = programme.mentor("Ada")
    asking.get("/request")
    token = asking.page.form().filled({})["csrf_token"]

    for rank in ("7", "9" * 5000, "-1", "x"):
        assert asking.post("/request/wishes", {"csrf_token": token, f"wish-{ada}": rank}).status == 404


def test_an_ask_says_by_when_and_carries_her_words(programme, asking):
    programme.mentor("Ada")

    page = ask(asking, "Ada")

    assert "Ada is asked. You will hear by" in page.text
    assert "If not, we go on; you need do nothing." in page.text
    assert "Mentors who could fit" not in page.text
    with programme.work() as session:
        assert "Hello Ada" in session.scalars(select(EventNote.words)).one()


def test_where_a_cohort_does_not_let_newcomers_ask_nothing_offers_it(programme, asking):
    programme.set_cohort(direct_asking=False)
    ada = programme.mentor("Ada")

    page = asking.get("/request")
    token = page.form().filled({})["csrf_token"]

    assert "Ask this mentor" not in page.links
    assert asking.get(f"/request/ask/{ada}").status == 404
    assert asking.post(f"/request/ask/{ada}", {"csrf_token": token, "words": ""}).status == 403


def test_an_ask_taken_back_leaves_her_waiting(programme, asking):
    programme.mentor("Ada")
    ask(asking, "Ada")

    page = asking.submit(button="Take the ask back")

    assert "You took the ask back." in page.text
    assert "Waiting for a mentor" in page.text


def test_three_asks_a_day_and_no_more(programme, asking):
    for name in ("Ada", "Bea", "Cleo", "Dana"):
        programme.mentor(name)
    for _ in range(3):
        asking.get("/request")
        asking.click("Ask this mentor")
        asking.submit(button="Ask")
        asking.submit(button="Take the ask back")
    asking.get("/request")
    asking.click("Ask this mentor")

    page = asking.submit(button="Ask")

    assert page.status == 429
    assert "You asked three mentors within a day." in page.text


def test_after_a_no_she_reads_who_and_what_happens_next(programme, asking):
    programme.mentor("Ada")
    ask(asking, "Ada")
    act(programme, Action.DECLINE, Party.MENTOR, code=Code.NOT_NOW)

    page = asking.get("/request")

    assert "Ada cannot take this on now." in page.text
    assert "You will hear by" in page.text


def test_after_silence_the_words_blame_nobody(programme, asking):
    programme.mentor("Ada")
    ask(asking, "Ada")
    act(programme, Action.EXPIRE, Party.CLOCK)

    assert "Ada has not answered in time." in asking.get("/request").text


def test_after_a_yes_the_page_leads_to_the_two_of_them(programme, asking):
    programme.mentor("Ada")
    ask(asking, "Ada")
    act(programme, Action.ACCEPT, Party.MENTOR)

    page = asking.get("/request")

    assert "Ada said yes, and will say hello to you first." in page.text
    assert page.link("Go to the page of you two").startswith("/mentorships/")


def test_after_an_ending_of_hers_she_is_asked_whether_to_go_on(programme, asking):
    programme.mentor("Ada")
    ask(asking, "Ada")
    act(programme, Action.ACCEPT, Party.MENTOR)
    act(programme, Action.END, Party.NEWCOMER)
    page = asking.get("/request")
    assert "Would you like to go on looking for a mentor?" in page.text
    assert "Ada" not in page.text

    page = asking.submit(button="Yes, go on")

    assert "Your request goes on, and your turn is kept." in page.text
    assert programme.request().confirm_again is False


def test_closing_takes_an_open_ask_back_and_asking_again_is_possible(programme, asking):
    programme.mentor("Ada")
    ask(asking, "Ada")
    asking.click("Close my request")

    page = asking.submit(button="Close my request")

    assert "Your request is closed." in page.text
    assert page.heading == "Ask for a mentor"
    with programme.work() as session:
        assert session.scalars(select(Mentorship.state)).one() == "withdrawn"
    asking.submit({"words": "Once more."}, button="Save and ask for a mentor")
    assert asking.page.heading == "My request"


def test_another_persons_page_shows_nothing_of_hers(programme, asking):
    asking.submit({"words": "My secret words."}, button="Send")
    other = programme.browser(programme.member("Other"))

    page = other.get("/request")

    assert page.heading == "Ask for a mentor"
    assert "secret" not in page.html


def test_hours_are_told_in_her_own_time(programme):
    with programme.work() as session:
        session.get_one(Person, programme.newcomer_id).time_zone = "Africa/Lagos"
        session.commit()
    browser = programme.browser()
    browser.get("/request")
    browser.submit({"languages-0-name": "en", "words": "Hello."}, button="Save and ask for a mentor")
    with programme.work() as session:
        session.scalars(select(Request)).one().word_due_at = datetime(2027, 1, 5, 17, tzinfo=UTC) + timedelta(
            0
        )
        session.commit()

    assert "6:00" in browser.get("/request").text
