"""Joining by a cohort's link."""

import pytest
from sqlalchemy import select

from mentorship.store.cohorts import CohortMember
from mentorship.store.help import Help, HelperAnswer
from mentorship.store.people import Address, Credential, Person
from tests.factories import a_cohort
from tests.web.living import JOINING, PASSWORD

SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


def test_she_joins_sees_her_code_once_and_is_signed_in(site):
    browser = site.joined()

    code = browser.page.root.find(".//p[@class='code']/bdi").text
    page = browser.get("/home")

    assert page.heading == "Welcome, River"
    assert code not in page.html
    with site.filling() as session:
        person = session.scalars(select(Person).where(Person.name == "River")).one()
        assert session.get(CohortMember, (site.cohort_id, person.id)) is not None
        assert not any(code in secret for secret in session.scalars(select(Credential.secret)))


@SQLITE
def test_the_page_says_who_reads_and_the_language_stays_hers(site):
    browser = site.visitor()

    page = browser.get(f"/join/{site.token}?uselang=ar")

    assert "Coordinator" in page.text
    assert page.root.get("dir") == "rtl"


@SQLITE
@pytest.mark.parametrize("path", ["/join/nothing", "/join/%00", "/join", "/join/a%5cb"])
def test_an_unknown_link_leads_nowhere(site, path):
    assert site.visitor().get(path).status == 404


@SQLITE
def test_what_she_typed_is_kept_when_something_is_wrong(site):
    browser = site.visitor()
    browser.get(f"/join/{site.token}")

    page = browser.submit({**JOINING, "Password": "short1", "E-mail": "no address"}, button="Join")

    assert page.status == 422
    assert set(page.errors) == {"password", "email"}
    assert 'value="River"' in page.html
    assert 'value="no address"' in page.html
    assert "short1" not in page.html


@SQLITE
def test_a_taken_sign_in_name_is_said_at_its_field(site):
    site.joined()
    browser = site.visitor()
    browser.get(f"/join/{site.token}")

    page = browser.submit({**JOINING, "A private sign-in name": "RIVER_Stone"}, button="Join")

    assert page.status == 422
    assert "taken" in page.errors["sign_in_name"]


@SQLITE
def test_a_helper_and_an_address_are_kept_for_her_alone(site):
    helped = {"Has anyone helped you with Wikimedia so far?": "Someone elsewhere", "Who was it?": "Zoé"}
    site.joined(**helped, **{"In which year": "2019", "E-mail": "river@mail.example"})

    with site.filling() as session:
        assert session.scalars(select(HelperAnswer.answer)).one() == "someone_elsewhere"
        assert session.scalars(select(Help.helper_name)).one() == "Zoé"
        assert session.scalars(select(Address.confirmed_at)).one() is None


@SQLITE
def test_a_member_joins_another_cohort_with_one_button(site):
    browser = site.joined()
    with site.filling() as session:
        other = a_cohort(session, "Autumn")
        token, other_id = other.joining_token, other.id
    browser.get(f"/join/{token}")

    page = browser.submit(button="Join")

    assert "You have joined Autumn." in page.text
    assert "You have joined already." in browser.get(f"/join/{token}").text
    with site.filling() as session:
        assert len(session.scalars(select(CohortMember).where(CohortMember.cohort_id == other_id)).all()) == 1


@SQLITE
def test_signing_up_is_limited_by_address(site):
    for number in range(5):
        site.joined(f"somebody {number}")
    browser = site.visitor()
    browser.get(f"/join/{site.token}")

    assert browser.submit({**JOINING, "A private sign-in name": "one more"}, button="Join").status == 429


ODD = ["\x00", "\ud800", "\u202e\u202e", "9" * 100_000, "<script>alert(1)</script>", "%s%n", "\u200b"]


@SQLITE
@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_input_to_joining_gives_a_sentence(site, odd):
    browser = site.visitor()
    browser.get(f"/join/{site.token}")
    form = browser.page.form("Join")
    names = {control.name for control in form.controls if control.name} - {"csrf_token"}
    for number, name in enumerate(sorted(names)):
        browser.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        data = form.filled({**JOINING, "A private sign-in name": f"somebody {number}"}, "Join")
        data[name] = [odd.encode("utf-8", "surrogatepass")]

        page = browser.post(f"/join/{site.token}", data)

        assert page.status in {200, 413, 422}, name
        browser.client.delete_cookie("session")
        browser.get(f"/join/{site.token}")
        form = browser.page.form("Join")


@SQLITE
def test_a_form_that_is_too_large_is_refused_calmly(site):
    browser = site.visitor()
    browser.get(f"/join/{site.token}")

    assert browser.submit({**JOINING, "Password": PASSWORD * 60_000}, button="Join").status == 413
