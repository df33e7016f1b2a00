from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from mentorship.store.cohorts import Cohort


def test_settings_are_saved(programme, noor):
    noor.get(programme.path + "settings")

    page = noor.submit(
        {
            "Name": "Sahel",
            "Languages": "Hausa, العربية، fr",
            "Next round": "2027-01-10",
            "Pause the clock until": "2027-01-02",
            "Hours a mentor has to answer": "72",
        },
        button="Save",
    )

    assert "Saved." in page.text, page.errors
    with programme.filling() as session:
        cohort = session.scalars(select(Cohort)).one()
        assert (cohort.name, cohort.languages) == ("Sahel", ["ha", "ar", "fr"])
        assert cohort.settings == {"ask_due_hours": 72}
        assert cohort.clock_paused_until == datetime(2027, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("label", "value", "field"),
    [
        ("Name", "", "name"),
        ("Languages", "Klingonish", "languages"),
        ("Last day", "1999-01-01", "ends_on"),
        ("First day", "soon", "starts_on"),
        ("Weeks a mentorship is agreed for", "3", "length_weeks"),
        ("Hours a mentor has to answer", "9" * 30, "ask_due_hours"),
        ("Link to a chat", "javascript:alert(1)", "chat_link"),
    ],
)
def test_a_setting_that_cannot_be_is_named_and_all_is_kept_as_typed(programme, noor, label, value, field):
    noor.get(programme.path + "settings")

    page = noor.submit({label: value, "Welcome": "Come in"}, button="Save")

    assert page.status == 422
    assert field in page.errors
    assert value in page.html
    assert "Come in" in page.html


def test_settings_another_saved_meanwhile_are_shown_beside_hers(programme, noor):
    noor.get(programme.path + "settings")
    salma = programme.browser("Salma")
    salma.get(programme.path + "settings")
    salma.submit({"Name": "Salma’s name"}, button="Save")

    page = noor.submit({"Name": "Noor’s name"}, button="Save")

    assert page.status == 409
    assert "Name: Salma’s name" in page.text
    assert "Noor’s name" in page.html
    page = noor.submit(button="Save")
    assert page.status == 200
    with programme.filling() as session:
        assert session.scalars(select(Cohort)).one().name == "Noor’s name"


def test_a_new_joining_link_replaces_the_old(programme, noor):
    with programme.filling() as session:
        old = programme.cohort(session).joining_token
    assert old in noor.get(programme.path + "settings").text

    page = noor.submit(button="Make a new link")

    assert old not in page.text
    with programme.filling() as session:
        assert programme.cohort(session).joining_token in page.text


@pytest.mark.parametrize("field", ["name", "welcome", "languages", "starts_on", "version", "length_weeks"])
@pytest.mark.parametrize("odd", ["\0", "\u202e", "9" * 4000, "x" * 100_000, "\ud800", "²"])
def test_odd_input_never_breaks_the_page(programme, noor, field, odd):
    page = noor.get(programme.path + "settings")
    data = page.form("Save").filled({})
    data[field] = odd.encode("utf-8", "surrogatepass")

    assert noor.post(programme.path + "settings", data).status < 500


def test_a_coordinator_taken_out_has_no_page_of_the_cohort_from_then_on(programme, noor):
    salma = programme.browser("Salma")
    assert salma.get(programme.path).status == 200
    noor.get(programme.path + "settings")

    page = noor.submit(button="Take out: Salma")

    assert "Saved." in page.text
    assert "Salma" not in page.html
    assert "Take out: Noor" not in page.html
    assert salma.get(programme.path).status == 404


def test_she_can_take_herself_out_and_the_last_one_cannot(programme, noor):
    noor.get(programme.path + "settings")
    form = noor.page.form("Take out: Noor")

    assert noor.submit(button="Take out: Noor").path == "/home"

    salma = programme.browser("Salma")
    salma.get(programme.path + "settings")
    token = salma.page.form().filled({})["csrf_token"]
    with programme.filling() as session:
        hers = programme.person(session, "Salma").public_id
    page = salma.post(f"{programme.path}coordinators/{hers}/remove", {"csrf_token": token})
    assert page.status == 409
    assert "A cohort needs someone who reads." in page.text
    assert noor.post(form.address("Take out: Noor"), form.filled({})).status == 404
