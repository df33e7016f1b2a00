import pytest

from mentorship.services import ladders
from mentorship.services.ladders import Chosen

PROGRAMS = "Programs"
FIRST = "Come to one conversation or event, and only listen"


def kept(programme):
    with programme.filling() as session:
        return ladders.ladders_of(session, programme.cohort(session))


def test_a_ladder_is_changed_ordered_and_brought_back(programme, noor):
    noor.get(programme.path + "small-steps")

    page = noor.submit({PROGRAMS: f"Bring bread\n\n  {FIRST}  \nBring bread"}, button="Save")

    assert "Saved." in page.text
    assert kept(programme)["programs"] == [
        Chosen("programs", words="Bring bread"),
        Chosen("programs", "listen"),
    ]
    assert kept(programme)["leadership"] == ladders.usual("leadership")
    page = noor.submit(button="Programs")
    assert "The usual steps are back." in page.text
    assert kept(programme)["programs"] == ladders.usual("programs")


def test_an_arabic_reader_changes_what_she_wants_and_nothing_else(programme):
    with programme.filling() as session:
        programme.person(session, "Noor").locale = "ar"
    arabic = programme.browser()
    arabic.get(programme.path + "small-steps")

    page = arabic.submit({}, button="حفظ")

    assert page.status == 200
    assert all(kept(programme)[area] == ladders.usual(area) for area in kept(programme))


def test_an_empty_ladder_is_named_and_nothing_is_lost(programme, noor):
    noor.get(programme.path + "small-steps")

    page = noor.submit({PROGRAMS: "", "Leadership": "Begin"}, button="Save")

    assert page.status == 422
    assert "programs" in page.errors
    assert "Begin" in page.html
    assert kept(programme)["leadership"] == ladders.usual("leadership")


def test_what_another_saved_meanwhile_is_shown_and_hers_is_not_lost(programme, noor):
    noor.get(programme.path + "small-steps")
    salma = programme.browser("Salma")
    salma.get(programme.path + "small-steps")
    salma.submit({PROGRAMS: "Salma’s step"}, button="Save")

    page = noor.submit({PROGRAMS: "Noor’s step"}, button="Save")

    assert page.status == 409
    assert "Salma’s step" in page.text
    assert "Noor’s step" in page.html
    page = noor.submit(button="Save")
    assert page.status == 200
    assert kept(programme)["programs"] == [Chosen("programs", words="Noor’s step")]


@pytest.mark.parametrize("area", ["nothing", "programs"])
def test_a_stale_or_unknown_button_brings_nothing_back(programme, noor, area):
    page = noor.get(programme.path + "small-steps")
    token = page.root.find(".//main//form//input[@name='csrf_token']").get("value")

    answer = noor.post(
        f"{programme.path}small-steps/usual", {"csrf_token": token, "version": "0", "area": area}
    )

    assert answer.status == (422 if area == "nothing" else 409)
