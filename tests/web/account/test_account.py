"""Her own account: settings, ways in, whom she keeps away, her data, and erasing it all."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from mentorship.services import addresses
from mentorship.store.people import Address, Person
from mentorship.store.requests import Avoid, Request
from mentorship.store.safety import Block
from tests.browser import Form
from tests.factories import a_mentor, a_mentorship, a_person, a_request
from tests.web.living import PASSWORD, SECRET

SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


def her(session, name="River"):
    return session.scalars(select(Person).where(Person.name == name)).one()


@SQLITE
def test_she_changes_her_name_language_and_time_zone(site):
    browser = site.joined()
    browser.get("/account")

    fields = {
        "The name to be called by": "Brook",
        "Your time zone": "Lagos",
        "The language of your pages": "ar",
    }
    page = browser.submit(fields, button="Save")

    assert page.status == 200
    assert page.root.get("dir") == "rtl"
    with site.filling() as session:
        assert her(session, "Brook").time_zone == "Africa/Lagos"


@SQLITE
def test_a_language_she_sets_beats_the_one_she_chose_for_the_visit(site):
    browser = site.joined()
    assert browser.get("/account?uselang=ar").root.get("dir") == "rtl"

    browser.get("/account?uselang=ar")
    browser.submit({"name": "Brook"}, button="حفظ")
    assert browser.get("/home").root.get("dir") == "rtl"
    browser.get("/account?uselang=en")
    browser.submit({"The language of your pages": "ar"}, button="Save")

    assert browser.get("/home").root.get("dir") == "rtl"


@SQLITE
def test_a_mailed_link_confirms_only_when_she_says_so(site):
    browser = site.joined(**{"E-mail": "river@mail.example"})
    with site.filling() as session:
        token = addresses.link_token(SECRET.encode(), session.scalars(select(Address)).one())
    confirmed = select(Address.confirmed_at)

    browser.get(f"/account/confirm/{token}")
    with site.filling() as session:
        assert session.scalars(confirmed).one() is None
    browser.submit(button="Confirm")

    with site.filling() as session:
        assert session.scalars(confirmed).one() is not None
    assert browser.get(f"/account/confirm/{token}x").status == 404


@SQLITE
def test_another_password_ends_every_other_session_and_keeps_this_one(site):
    here, there = site.joined(), site.signed_in()
    here.get("/account/keys")

    wrong = here.submit({"Password you use now": "not it at all", "New password": "a new and long one"},
                        button="Change the password")  # fmt: skip
    assert wrong.errors == {"current": "This is not your password."}
    here.submit({"Password you use now": PASSWORD, "New password": "a new and long one"},
                button="Change the password")  # fmt: skip

    assert "Your password is changed" in here.page.text
    assert here.get("/home").heading == "Welcome, River"
    assert there.get("/home").path.startswith("/sign-in")


@SQLITE
def test_she_ends_one_session_or_all(site):
    here, there, elsewhere = site.joined(), site.signed_in(), site.signed_in()
    here.get("/account/keys")

    here.submit(button="Sign out there")
    ended = [browser.get("/home").path.startswith("/sign-in") for browser in (there, elsewhere)]
    assert sorted(ended) == [False, True]

    here.get("/account/keys")
    here.submit(button="Sign out everywhere")
    assert all(b.get("/home").path.startswith("/sign-in") for b in (here, there, elsewhere))


@SQLITE
def test_a_session_of_someone_else_cannot_be_ended(site):
    site.joined()
    other = site.joined("pebble")
    other.get("/account/keys")
    data = other.page.form("Sign out everywhere").filled({}) | {"session": ["0123456789abcdef"]}

    assert other.post("/account/sessions/end", data).status == 404


@SQLITE
def test_an_avoid_is_answered_the_same_for_a_member_and_for_nobody(site):
    with site.filling() as session:
        a_person(session, "Ada", wiki_name="Ada L")
    browser = site.joined()
    answers = set()
    for name in ("Ada L", "Nobody Known"):
        browser.get("/account/apart")
        page = browser.submit({"A Wikimedia user name": name}, button="Save")
        answers.add("Saved." in page.text)

    browser.submit(button="Remove Ada L")

    assert answers == {True}
    with site.filling() as session:
        assert session.scalars(select(Avoid.typed_name)).all() == ["Nobody Known"]


def test_a_block_is_one_step_silent_and_can_be_taken_back(site):
    browser = site.joined()
    with site.filling() as session:
        request = a_request(session, _cohort(session, site), her(session))
        mentor = a_mentor(session, request.cohort)
        mentorship = a_mentorship(session, request, mentor)
        stranger = a_person(session, "Stranger")
        known, unknown, pair = mentor.public_id, stranger.public_id, mentorship.id
    browser.get("/account")
    token = browser.page.form("Save").filled({})["csrf_token"]

    assert browser.post(f"/account/block/{unknown}", {"csrf_token": token}).status == 404
    for _ in range(2):
        page = browser.post(f"/account/block/{known}", {"csrf_token": token})
        assert "Done. You will not meet here again." in page.text

    with site.filling() as session:
        assert len(session.scalars(select(Block)).all()) == 1
        assert session.get(type(mentorship), pair).ended_at is not None
    browser.get("/account/apart")
    browser.submit(button=f"Take back: the block of {_name(site, known)}")
    with site.filling() as session:
        assert session.scalars(select(Block)).all() == []


@SQLITE
def test_she_hides_and_shows_herself(site):
    browser = site.joined()
    browser.get("/account/apart")

    browser.submit(button="Hide me")
    assert "You are hidden" in browser.get("/home").text
    browser.get("/account/apart")
    browser.submit(button="Show me again")

    assert "You are hidden" not in browser.get("/home").text


@SQLITE
def test_she_leaves_a_cohort_and_her_request_with_it(site):
    browser = site.joined()
    with site.filling() as session:
        request = a_request(session, _cohort(session, site), her(session))
        a_mentorship(session, request, a_mentor(session, request.cohort))
    browser.get("/account")

    page = browser.submit(button="Leave Spring")

    assert "You have left Spring." in page.text
    with site.filling() as session:
        assert session.scalars(select(Request.outcome)).one() == "withdrawn"


@SQLITE
def test_she_takes_her_data_with_her(site):
    browser = site.joined(**{"E-mail": "river@mail.example"})

    response = browser.client.get("/account/data")

    data = json.loads(response.get_data(as_text=True))
    assert data["address"][0]["email"] == "river@mail.example"
    assert data["credential"][0]["subject"] == "river stone"
    assert "argon2" not in response.get_data(as_text=True)


@SQLITE
def test_after_erasing_nothing_of_hers_is_left_in_the_file(site):
    browser = site.joined("canary sign in", **{
        "The name to be called by": "CanaryName",
        "E-mail": "canary@mail.example",
        "Has anyone helped you with Wikimedia so far?": "Someone here",
        "Who was it?": "CanaryHelper",
    })  # fmt: skip
    browser.get("/account/apart")
    browser.submit({"A Wikimedia user name": "CanaryAvoid"}, button="Save")
    browser.get("/account/reach")
    browser.submit({"How may a coordinator reach you?": "CanaryReach"}, button="Save")
    browser.get("/help")
    browser.submit({"What is wrong?": "something ordinary"}, button="Tell in private")
    with site.filling() as session:
        a_request(session, _cohort(session, site), her(session, "CanaryName"), words="CanaryWords")
    file = Path(site.engine.url.database)
    assert all(
        word in file.read_bytes()
        for word in (b"CanaryWords", b"CanaryAvoid", b"CanaryReach", b"canary sign in")
    )

    browser.get("/account/erase")
    page = browser.submit(button="Erase me now")

    assert page.path == "/"
    assert "Your account is erased." in page.text
    assert b"canary" not in file.read_bytes().lower()
    assert browser.get("/home").path.startswith("/sign-in")
    again = site.signed_in("canary sign in")
    assert again.page.status == 422


@SQLITE
@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\u202e\u202e", "9" * 5000, "<b>%s"], ids=range(5))
@pytest.mark.parametrize("path", ["/account", "/account/keys", "/account/apart", "/account/reach"])
def test_odd_input_never_breaks_the_account(site, path, odd):
    browser = site.joined()
    browser.get(path)
    forms = [Form(element) for element in browser.page.root.find(".//main").iter("form")]
    for form in forms:
        data = form.filled({})
        for name in set(data) - {"csrf_token"}:
            data[name] = [odd.encode("utf-8", "surrogatepass")]
        if form.element.get("action").endswith("end-all"):
            continue

        assert browser.post(form.element.get("action"), data).status in {200, 404, 413, 422}


def _cohort(session, site):
    from mentorship.store.cohorts import Cohort

    return session.get(Cohort, site.cohort_id)


def _name(site, public_id):
    with site.filling() as session:
        return session.scalars(select(Person.name).where(Person.public_id == public_id)).one()
