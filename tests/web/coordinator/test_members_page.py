"""Writing to someone without a request, from Today, and what she finds on her side."""

from sqlalchemy import select

from mentorship.rules.helped import Answer
from mentorship.services import accounts, helper_question, messages
from mentorship.services.request_outcomes import close
from mentorship.store.requests import Outcome, Request
from mentorship.store.safety import Audit
from tests.factories import a_person
from tests.web.coordinator.test_coordinator_pages import now


def joins(programme, name, *, nobody_yet=True):
    with programme.filling() as session:
        person = a_person(session, name)
        accounts.join_cohort(session, person, programme.cohort(session), at=now())
        row = helper_question.ask_at_joining(session, person, at=now())
        if nobody_yet:
            helper_question.answer(session, row, Answer.NOBODY_YET, None, at=now())
        return person.public_id


def test_who_has_nobody_yet_is_written_to_from_today_and_answers(programme, noor):
    joins(programme, "Jumai")
    assert "Jumai has nobody who helps yet" in noor.get(programme.path).text

    noor.click("Write a few words")
    page = noor.submit({"Your message": "I am glad you are here."}, button="Send")
    assert "I am glad you are here." in page.text
    assert "All quiet" in noor.get(programme.path).text
    with programme.filling() as session:
        jumai = programme.person(session, "Jumai").id
        assert jumai in session.scalars(select(Audit.person_id).where(Audit.act == "read_messages")).all()

    her = programme.browser("Jumai")
    her.get("/home")
    assert "I am glad you are here." in her.click("Noor wrote to you.").text
    her.submit({"Your message": "Thank you."}, button="Send")
    assert "Jumai wrote to you" in noor.get(programme.path).text
    assert "Thank you." in noor.click("Read and answer").text


def test_an_empty_word_is_not_sent_and_a_number_is_asked_about(programme, noor):
    path = f"members/{joins(programme, 'Jumai')}"
    noor.get(programme.path + path)
    assert noor.submit({"Your message": " "}, button="Send").status == 422

    her = programme.browser("Jumai")
    her.get("/coordinators")
    page = her.submit({"Your message": "Call me on +234 803 123 4567"}, button="Send")
    assert "Not sent yet" in page.text
    assert "+234" not in noor.get(programme.path + path).text


def test_who_neither_waits_nor_wrote_has_no_page(programme, noor):
    assert noor.get(programme.path + f"members/{joins(programme, 'Jumai', nobody_yet=False)}").status == 404


def test_with_an_open_request_she_is_led_to_its_page(programme):
    programme.newcomer("Amina")

    page = programme.browser("Amina").get("/coordinators")

    assert "What you asked for" in page.text
    assert "Noor, the coordinator, reads this." in page.text


def test_a_message_stays_with_both_after_its_request_has_closed(programme, noor):
    programme.newcomer("Amina")
    with programme.filling() as session:
        request = session.scalars(select(Request)).one()
        messages.write_about_request(session, request, request.newcomer, "Is anyone here?", at=now())
        close(session, request, Outcome.FULFILLED, at=now())
    assert "Is anyone here?" in programme.browser("Amina").get("/coordinators").text

    noor.get(programme.path)
    noor.click("Read and answer")
    noor.submit({"Your message": "Yes, I am."}, button="Send")

    assert "All quiet" in noor.get(programme.path).text
    assert "Yes, I am." in programme.browser("Amina").get("/coordinators").text
