"""The pages of help: keeping who helped, being asked, the picture with its table, links, thanks."""

import re

import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.services import safety
from mentorship.store.cohorts import Cohort
from mentorship.store.help import Help, ThankNote
from mentorship.store.people import Person, PersonStatus
from mentorship.store.together import CheckIn, CheckInAnswer
from tests.factories import NOW, a_mentor, a_mentorship, a_person, a_request

SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
TYPED = "Someone else: I type the name"


def add(browser, **fields):
    browser.get("/helped/people")
    said = {
        "Someone you met here?": fields.pop("member", TYPED),
        "Who was it?": fields.pop("name", ""),
        "In which year": fields.pop("year", ""),
        "In which language": fields.pop("language", ""),
        "What was it?": fields.pop("what", ""),
        "You may invite this person to mentor": fields.pop("may_invite", False),
    }
    return browser.submit(said, button="Keep it")


def test_she_keeps_changes_and_takes_away_who_helped_her(chain):
    browser = chain.browser("Amina")

    page = add(
        browser, name="Zoé", year="2019", language="français", what="Sources, by phone.", may_invite=True
    )
    assert "Zoé" in page.text
    add(browser, member="A group or an event: I type its name", name="A library evening")
    with chain.site.filling() as session:
        rows = session.scalars(select(Help).order_by(Help.id)).all()
        assert [(row.helper_name, row.is_group, row.year, row.language) for row in rows] == [
            ("Zoé", False, 2019, "fr"), ("A library evening", True, None, ""),
        ]  # fmt: skip
        assert rows[0].may_invite

    browser.click("Zoé")
    page = browser.submit({"Who was it?": "Zoë", "In which language": "Hausa"}, button="Save")
    assert "Zoë" in page.text
    browser.click("Zoë")
    page = browser.submit(button="Take this away")

    assert "Zoë" not in page.text
    assert "A library evening" in page.text


@SQLITE
def test_what_cannot_be_kept_is_said_at_its_field_and_nothing_is_lost(chain):
    browser = chain.browser("Amina")

    nobody = add(browser, what="A long evening.")
    assert (nobody.status, set(nobody.errors)) == (422, {"name"})
    assert "A long evening." in nobody.text
    odd = add(browser, name="Zoé", year="1999", language="Klingonese of old")
    assert (odd.status, set(odd.errors)) == (422, {"year", "language"})


@SQLITE
def test_nobody_she_has_not_met_can_be_picked_and_whoever_is_picked_is_asked(chain):
    browser = chain.browser("Amina")
    page = browser.get("/helped/people")
    assert chain.named_in(page.text) == {"Bea"}

    forged = browser.client.post(
        "/helped/people",
        data={"csrf_token": token(browser), "member": chain.public_ids["Olga"], "name": ""},
    )
    assert forged.status_code == 422
    assert add(browser, member="Bea ⟨bea⟩").path == "/helped/people"

    assert "Someone says that you helped" in chain.browser("Bea").get("/home").text
    asked = chain.browser("Bea").get("/lineage")
    assert chain.named_in(asked.text) == {"Amina"}


def token(browser):
    text = browser.client.get("/helped/people").get_data(as_text=True)
    return re.search(r'name="csrf_token" value="([^"]+)"', text)[1]


def test_a_yes_names_both_and_taking_it_back_unnames_them_at_once(chain):
    chain.name_all()
    bea, amina = chain.browser("Bea"), chain.browser("Amina")
    assert chain.named_in(amina.get("/lineage").text) == {"Dora"}  # who asks her; Bea has not answered

    bea.get("/lineage")
    bea.submit(button="Yes, both names")
    assert "Bea" in chain.named_in(amina.get("/lineage").text)

    bea.get("/lineage")
    bea.submit(button="Take it back: Amina ⟨amina⟩")
    assert "Bea" not in chain.named_in(amina.get("/lineage").text)


@SQLITE
def test_a_no_and_no_answer_look_the_same_to_her_who_asked(chain):
    chain.name_all()
    address = f"/helped/people/{chain.helps['Bea', 'Amina']}"
    paths = ("/home", "/lineage", "/helped/people", address)
    amina = chain.browser("Amina")
    before = [shown(amina, path) for path in paths]

    bea = chain.browser("Bea")
    bea.get("/lineage")
    bea.submit(button="No")

    assert chain.said_no("Bea", "Amina")
    assert [shown(amina, path) for path in paths] == before


def shown(browser, path):
    return re.sub(r'name="csrf_token" value="[^"]+"', "", browser.get(path).text)


@SQLITE
def test_the_picture_and_its_table_say_the_same_in_both_directions(chain):
    chain.name_all()
    chain.answer_all()

    for language in ("en", "ar"):
        page = chain.browser("Bea").get(f"/lineage?uselang={language}")
        assert page.root.get("lang") == language
        html = page.html
        svg = re.search(r"<svg class=.lineage.*?</svg>", html, re.DOTALL)[0]
        table = re.search(r"<table.*?</table>", html, re.DOTALL)[0]
        assert 'role="img"' in svg
        assert 'aria-labelledby="lineage-title lineage-desc"' in svg
        assert "style=" not in svg
        assert chain.named_in(svg) | chain.named_in(table) == {"Clara", "Amina", "Dora"}
        assert chain.named_in(table) == {"Clara", "Amina", "Dora"}


@SQLITE
def test_shapes_are_counted_from_five_and_what_is_said_is_the_same_number_everywhere(chain):
    people = help_of_many(chain, 4)
    assert "trace" not in chain.browser("Bea").get("/lineage").text.split("How to read this")[0]

    help_of_many(chain, 1)

    page = chain.browser("Bea").get("/lineage")
    assert "5 people trace their start through you." in page.text
    assert "5 people without a name here" in page.text
    assert len(people) == 4


def help_of_many(chain, how_many):
    """People Bea helped, as they say; she has not answered."""
    with chain.site.filling() as session:
        made = [a_person(session) for _ in range(how_many)]
        session.add_all(
            Help(helped_id=person.id, helper_id=chain.ids["Bea"], helped_agreed_at=None, made_at=NOW)
            for person in made
        )
    return made


@SQLITE
def test_how_many_say_so_stands_beside_a_name_only_when_she_lets_it(chain):
    chain.name_all()
    chain.answer_all()
    said = "1 person says this mentor helped them start."
    with chain.site.filling() as session:
        cohort = session.get(Cohort, chain.site.cohort_id)
        a_mentor(session, cohort, session.get_one(Person, chain.ids["Clara"]))
        a_request(session, cohort, session.get_one(Person, chain.ids["Olga"]))
    olga, clara = chain.browser("Olga"), chain.browser("Clara")
    assert said not in olga.get("/request").text

    assert "1 person says you helped them start." in clara.get("/lineage").text
    clara.submit(button="Let it stand there")
    assert said in olga.get("/request").text

    clara.get("/lineage")
    clara.submit(button="Show it no longer")
    assert said not in olga.get("/request").text


@SQLITE
def test_a_link_that_is_taken_up_names_both_and_is_good_once(chain):
    amina, olga = chain.browser("Amina"), chain.browser("Olga")
    add(amina, name="Zoé", year="2019")
    amina.click("Zoé")
    page = amina.submit(button="Make a link")
    path = re.search(r"(/helped/link/[\w-]+)", page.text)[1]
    assert "2019" in page.text
    assert chain.browser("Amina").get(path).status == 404

    assert chain.named_in(olga.get(path).text) == {"Amina"}
    olga.submit(button="Yes, it was me, and both names may stand")

    assert "Amina" in chain.named_in(olga.get("/lineage").text)
    assert "Olga" in chain.named_in(amina.get("/lineage").text)
    assert chain.browser("Dora").get(path).status == 404


@SQLITE
def test_thanks_years_later_reach_the_helper_and_can_be_taken_away(chain):
    chain.name_all()
    amina, bea = chain.browser("Amina"), chain.browser("Bea")
    address = f"/helped/people/{chain.helps['Bea', 'Amina']}"
    amina.get(address)
    assert amina.submit({"Your thanks": ""}, button="Send").status == 422
    amina.get(address)
    amina.submit({"Your thanks": "For that evening, still."}, button="Send")
    amina.get(address)
    again = amina.submit({"Your thanks": "And again."}, button="Send")
    assert again.status == 409

    assert "For that evening, still." in bea.get("/lineage").text
    bea.submit(button="Take it away: the note of Amina ⟨amina⟩")

    with chain.site.filling() as session:
        assert session.scalars(select(ThankNote)).all() == []


@SQLITE
def test_a_completed_pair_leads_her_there_but_not_after_something_wrong(site, chain):
    with site.filling() as session:
        cohort = session.get(Cohort, site.cohort_id)
        newcomer, mentor = session.get_one(Person, chain.ids["Olga"]), a_mentor(session, cohort)
        mentor.name = "Rosa"
        pair = a_mentorship(session, a_request(session, cohort, newcomer), mentor, state=State.COMPLETED)
        path, pair_id, mentor_id = f"/mentorships/{pair.public_id}", pair.id, mentor.public_id
    olga = chain.browser("Olga")
    words = "Did this help? Keep it under “Who helped you”, if you like."
    olga.get(path)
    page = olga.click(words)
    assert f'value="{mentor_id}" selected' in re.sub(
        r'selected value="([^"]+)"', r'value="\1" selected', page.html
    )

    with site.filling() as session:
        row = CheckIn(mentorship_id=pair_id, person_id=chain.ids["Olga"], day=7, asked_at=NOW)
        row.answer, row.answered_at = CheckInAnswer.SOMETHING_WRONG, NOW
        session.add(row)

    assert words not in olga.get(path).text
    assert mentor_id not in olga.get("/helped/people").html


@SQLITE
def test_coordinators_are_shown_whom_several_would_have_invited(chain):
    for name in ("Amina", "Dora"):
        add(chain.browser(name), name="Zoé of the library", may_invite=True)
    add(chain.browser("Amina"), name="Someone only one names", may_invite=True)

    page = chain.browser("Coordinator").get(f"/cohorts/{chain.cohort_id}/people")

    assert "Zoé of the library" in page.text
    assert "Someone only one names" not in page.text
    assert not chain.named_in(page.text.split("People to invite")[1])


@SQLITE
def test_a_block_and_a_suspension_leave_no_name(chain):
    chain.name_all()
    chain.answer_all()
    with chain.site.filling() as session:
        safety.block(
            session,
            session.get_one(Person, chain.ids["Dora"]),
            session.get_one(Person, chain.ids["Bea"]),
            at=NOW,
        )
        session.get_one(Person, chain.ids["Clara"]).status = PersonStatus.SUSPENDED

    assert chain.named_in(chain.browser("Bea").get("/lineage").text) == {"Amina"}
    assert chain.named_in(chain.browser("Dora").get("/lineage").text) == {"Amina"}
