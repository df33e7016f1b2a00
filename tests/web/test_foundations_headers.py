"""Every answer carries the headers, whatever its status; no redirect leaves the site."""

import pytest

from mentorship.web.headers import ALWAYS, is_path_of_ours
from tests.page_checks import wrong_with_headers
from tests.web.sample.site import make_site

OURS = ["/", "/a", "/a/b?c=d&e=/f", "/a#b", "/%5Cevil.example", "/ä", "/?next=//evil.example"]
NOT_OURS = [
    None,
    "",
    "a",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "/ /evil.example",
    "\t//evil.example",
    " //evil.example",
    "/a\r\nSet-Cookie: a=b",
    "/a\x00",
    "/a\\b",
    "https://evil.example/",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "data:text/html,a",
    "?a",
]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/nope", 404),
        ("/status/400", 400),
        ("/status/403", 403),
        ("/status/409", 409),
        ("/status/413", 413),
        ("/status/422", 422),
        ("/status/429", 429),
        ("/status/503", 503),
        ("/broken", 500),
        ("/static/site.css", 200),
        ("/static/nope.css", 404),
        ("/static/../app.py", 404),
    ],
)
def test_every_status_carries_the_headers(path, status):
    site = make_site(PROPAGATE_EXCEPTIONS=False)

    with site.test_client().get(path) as answer:
        assert answer.status_code == status
        assert wrong_with_headers(answer) == []


def test_a_redirect_and_a_wrong_method_carry_the_headers(site):
    site.config["WTF_CSRF_ENABLED"] = False

    for answer in (site.test_client().post("/out"), site.test_client().put("/out")):
        assert answer.status_code in {303, 405}
        assert wrong_with_headers(answer) == []


def test_the_policy_allows_no_inline_code_and_no_other_site():
    policy = ALWAYS["Content-Security-Policy"]

    assert policy.startswith("default-src 'none';")
    assert not {"unsafe-inline", "unsafe-eval", "http:", "https:", "*"} & set(policy.replace("'", "").split())


def test_strict_transport_security_is_sent_behind_tls_alone(site):
    plain = site.test_client().get("/")
    secure = site.test_client().get("/", base_url="https://mentoring.example")

    assert "Strict-Transport-Security" not in plain.headers
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_static_file_is_kept_only_under_the_address_of_its_content(site):
    client = site.test_client()

    with client.get("/static/site.css?v=abc") as versioned, client.get("/static/site.css") as plain:
        assert "immutable" in versioned.headers["Cache-Control"]
        assert "immutable" not in plain.headers["Cache-Control"]
    with client.get("/static/nope.css?v=abc") as missing:
        assert missing.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", OURS)
def test_a_path_of_ours_is_followed(site, address):
    site.config["WTF_CSRF_ENABLED"] = False

    assert is_path_of_ours(address)
    answer = site.test_client().post("/out", data={"next": address})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/")


@pytest.mark.parametrize("address", NOT_OURS)
def test_no_other_address_is_followed(site, address):
    site.config["WTF_CSRF_ENABLED"] = False

    assert not is_path_of_ours(address)
    answer = site.test_client().post("/out", data={"next": address} if address else {})
    assert answer.headers["Location"] == "/"


def test_no_mix_of_the_letters_browsers_mistake_leads_away():
    from itertools import product
    from urllib.parse import urljoin, urlsplit

    for letters in product("/\\\t\n :@.e", repeat=4):
        address = "/" + "".join(letters)
        if is_path_of_ours(address):
            seen = "".join(letter for letter in address if letter not in "\t\n\r").replace("\\", "/")
            assert urlsplit(urljoin("https://ours.example/x", seen)).netloc == "ours.example"
