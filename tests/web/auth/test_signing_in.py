"""Coming back, signing out, and how often a password may be tried."""

import re
import time

import pytest

from tests.web.living import PASSWORD
from tests.web.test_foundations_headers import NOT_OURS

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


WRONG = "wrong wrong wrong"


def tried(browser, name, password=WRONG):
    browser.get("/sign-in")
    return browser.submit({"Sign-in name": name, "Password": password}, button="Sign in")


def from_address(site, number):
    browser = site.visitor()
    browser.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
    return browser


def without_tokens(html):
    return re.sub(r'name="csrf_token" value="[^"]*"', "", html)


def test_she_comes_back_with_her_name_however_typed(site):
    site.joined()

    assert site.signed_in("River_STONE").page.heading == "Welcome, River"


def test_a_copied_cookie_is_dead_after_signing_out(site):
    browser = site.joined()
    copied = browser.client.get_cookie("session").value
    browser.get("/home")

    assert browser.submit(button="Sign out").path == "/"

    thief = site.visitor()
    thief.client.set_cookie("session", copied)
    assert thief.get("/home").path.startswith("/sign-in")


def test_unknown_and_wrong_are_answered_alike(site):
    site.joined()

    wrong = tried(from_address(site, 1), "river stone")
    unknown = tried(from_address(site, 2), "stone river")

    assert (wrong.status, unknown.status) == (422, 422)
    said = [without_tokens(page.html).replace(name, "") for page, name in
            ((wrong, "river stone"), (unknown, "stone river"))]  # fmt: skip
    assert said[0] == said[1]


def test_unknown_and_wrong_take_the_same_time(site, passwords_hashed_as_served):
    site.joined()
    times = {"river stone": [], "stone river": []}
    for number in range(8):
        for name, taken in times.items():
            browser = from_address(site, 10 + number)
            browser.get("/sign-in")
            begun = time.perf_counter()
            browser.submit({"Sign-in name": name, "Password": "wrong wrong wrong"}, button="Sign in")
            taken.append(time.perf_counter() - begun)

    fastest = {name: min(taken) for name, taken in times.items()}
    # an early exit for unknown names would save the whole of the hash, most of the time there is
    assert fastest["stone river"] > 0.6 * fastest["river stone"]


def test_ten_failures_pause_an_account_from_anywhere_known_or_not(site):
    site.joined()

    for name in ("river stone", "stone river"):
        statuses = [tried(from_address(site, number), name).status for number in range(1, 13)]
        assert statuses == [422] * 10 + [429] * 2


def test_ten_failures_pause_an_address(site):
    browser = from_address(site, 1)

    statuses = [tried(browser, f"name {number}").status for number in range(11)]

    assert statuses == [422] * 10 + [429]


def test_nobody_can_lock_her_out_of_a_device_she_has_used(site):
    browser = site.joined()
    browser.get("/home")
    browser.submit(button="Sign out")
    for number in range(1, 41):
        tried(from_address(site, number % 100), "river stone")

    assert tried(from_address(site, 200), "river stone", PASSWORD).status == 429
    assert tried(browser, "river stone", PASSWORD).heading == "Welcome, River"


def test_success_is_not_counted(site):
    site.joined()

    for _ in range(12):
        assert site.signed_in().page.status == 200


@pytest.mark.parametrize("address", [a for a in NOT_OURS if a], ids=range(len(NOT_OURS) - 2))
def test_signing_in_leads_to_no_other_site(site, address):
    site.joined()
    browser = site.visitor()
    browser.get("/sign-in")
    data = browser.page.form("Sign in").filled({"Sign-in name": "river stone", "Password": PASSWORD})
    data["next"] = [address]

    response = browser.client.post("/sign-in", data=data)

    assert response.status_code == 303
    assert response.headers["Location"].startswith("/")
    assert not response.headers["Location"].startswith(("//", "/\\"))


def test_she_is_led_on_to_where_she_wanted_to_go(site):
    site.joined()
    browser = site.visitor()
    browser.get("/account/keys")

    page = browser.submit({"Sign-in name": "river stone", "Password": PASSWORD}, button="Sign in")

    assert page.path == "/account/keys"


def test_the_recovery_code_lets_her_back_in_and_ends_the_rest(site):
    other = site.joined()
    code = other.page.root.find(".//p[@class='code']/bdi").text
    browser = site.visitor()
    browser.get("/recover")
    fields = {"Sign-in name": "river stone", "New password": "a new and long one"}

    assert browser.submit({**fields, "Recovery code": "aaaaa-bbbbb"}).status == 422
    page = browser.submit({**fields, "Recovery code": code})

    assert page.heading == "Your recovery code"
    assert code not in page.html
    assert other.get("/home").path.startswith("/sign-in")
    assert tried(site.visitor(), "river stone", "a new and long one").heading == "Welcome, River"


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\u202e", "9" * 100_000, "%s%n<b>"], ids=range(5))
@pytest.mark.parametrize("path", ["/sign-in", "/recover"])
def test_odd_input_gives_a_sentence(site, path, odd):
    browser = site.visitor()
    browser.get(path)
    data = browser.page.form("Sign in" if path == "/sign-in" else "Set the new password").filled({})
    for name in set(data) - {"csrf_token"}:
        data[name] = [odd.encode("utf-8", "surrogatepass")]

    assert browser.post(path, data).status in {413, 422}
