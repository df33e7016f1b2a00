"""Someone helped: small steps and who saw them, who helped whom, a conversation and what it leaves."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from mentorship.rules.lifecycle import State
from tests.e2e.someone import looking

pytestmark = pytest.mark.e2e

STEP = "Write one sentence in a discussion"


def test_a_small_step_is_tried_seen_by_someone_and_taken_along(journey):
    page = journey.setting.pair("Maryam")
    river, maryam = journey("River", phone=True), journey("Maryam")
    river.go(page).sees("No step is chosen yet.")
    river.page.get_by_label("A small step", exact=True).select_option(label=STEP)
    river.press("Choose this step").sees("Chosen", STEP).unfold("How did it go?")
    river.page.get_by_label("What did you learn?").fill("Nobody minded that it was short.")
    with looking(river):
        river.press("Tried").sees("Tried", "Nobody minded that it was short.")

    maryam.go(page).follow(f"Recognise this: {STEP}").fill(words="Bravely tried.").press("Send")
    maryam.sees("Sent. River finds your words here")
    with looking(river):
        river.go("/home").follow("What you have done and tried").sees(
            STEP, "Tried", "Bravely tried.", "Maryam"
        )
    maryam.go("/progress").sees_not("Bravely tried.")

    river.go(page).press("Complete").sees("Completed.")
    river.go("/progress").page.get_by_role("link", name=re.compile("^A certificate")).click()
    with looking(river):
        river.fill(name="She of the river").press("Show it here, to print").sees("This says that")
    river.sees("She of the river").go("/progress/story").sees("The story of River", "Bravely tried.")
    maryam.go("/progress").page.get_by_role("link", name=re.compile("^A thank-you letter")).click()
    maryam.fill(name="Maryam").press("Show it here, to print").sees("Thank you, Maryam").sees_not("River")


def drawn(someone):
    """The names in the picture, and those in the table beside it."""
    names = someone.page.locator(".lineage__name").all_text_contents()
    table = someone.page.locator("table").first.inner_text() if names else ""
    return {name.strip("\u2068\u2069") for name in names}, table


def test_who_helped_is_named_after_a_yes_and_no_longer_after_it_is_taken_back(journey):
    journey.setting.pair("Maryam", State.COMPLETED)
    river, maryam, lena = journey("River", phone=True), journey("Maryam"), journey("Lena")
    river.go("/lineage").sees("Nothing stands here yet, and that is fine").follow("Keep who helped you")
    river.page.get_by_label("Someone you met here?").select_option(label="Maryam")
    river.press("Keep it").sees("Kept.", "Someone here").go("/lineage").sees_not("Maryam")

    maryam.go("/home").sees("Someone says that you helped").go("/lineage").sees("River")
    maryam.press("Yes, both names").sees("Saved.")
    with looking(river):
        river.go("/lineage").sees("Around you")
    names, table = drawn(river)
    assert names == {"You", "Maryam"}
    assert "Maryam" in table
    river.go("/helped/people").follow("Maryam").fill(words="For that evening, still.").press("Send")
    maryam.go("/lineage").sees("Thanks for you", "For that evening, still.")
    assert drawn(maryam)[0] == {"You", "River"}

    maryam.press("Take it back: River").sees("Saved.")
    for one, other in ((river, "Maryam"), (maryam, "River")):
        one.go("/lineage")
        assert other not in drawn(one)[0]

    river.go("/helped/people").fill(name="Lena of the choir").press("Keep it").follow("Lena of the choir")
    link = river.press("Make a link").page.get_by_label("A text to copy and send yourself").input_value()
    lena.go(re.search(r"/helped/link/\S+", link)[0]).sees("River remembers that you helped")
    lena.press("Yes, it was me, and both names may stand").sees("River")
    river.go("/lineage?uselang=ar")
    expect(river.page.locator("html")).to_have_attribute("dir", "rtl")
    assert "Lena" in drawn(river)[0]
    assert "Lena of the choir" not in river.text()


def test_a_conversation_is_hosted_attended_and_quoted_until_it_is_taken_back(journey):
    here = f"/cohort/{journey.setting.cohort}"
    noor, river = journey("Noor"), journey("River", phone=True)
    noor.go(here).sees("Nobody has said yet that they will host one.").follow("I will host one")
    begins = datetime.now(UTC) + timedelta(days=3)
    noor.fill(starts_at=f"{begins:%Y-%m-%dT16:00}", link="https://call.example.org/room")
    noor.press("I will host it").sees("Members can sign up now.")
    river.go("/home").follow("Women who begin: members and conversations").follow("To this conversation")
    river.sees_not("call.example.org").press("I want to come").sees("call.example.org", "To talk about")
    conversation = river.page.url
    assert river.page.get_by_role("link", name="Put it in my calendar").get_attribute("href").endswith(".ics")

    journey.days_pass(5)
    with looking(river):
        river.go(conversation).press("I was there").sees("What was taken away")
    river.fill(words="Ask early.").press("Keep it").sees("Ask early.")
    river.page.locator("#quote-words").fill("Someone wrote back the same evening.")
    river.tick("With my name").press("This may be quoted").sees("It is shown with your name.")
    noor.go(conversation).sees_not("same evening").press("Publish the takeaways")

    noor.go(here.replace("/cohort/", "/cohorts/") + "/poster")
    for words in ("Ask early.", "Someone wrote back the same evening. (with the name River)"):
        noor.page.get_by_label(words).check()
    noor.press("Save").press("Publish it").sees("Members of the cohort see the poster now.")
    with looking(river):
        river.go(f"{here}/poster").sees("Ask early.", "Someone wrote back the same evening.", "River")
    river.go(conversation).press("Take it back: the quote").go(f"{here}/poster").sees("Ask early.")
    river.sees_not("same evening")
    noor.go(f"{here}/poster").sees_not("same evening")
