import pytest
from sqlalchemy import func, select

from mentorship.rules.lifecycle import State
from mentorship.store.together import Message
from mentorship.web.links import linked
from tests.web.pairs import token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "javascript:alert(1)",
    "https://example.org/\"onmouseover='alert(1)'",
    "https://example.org/<script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %}",
    "http://example.org/\u202egnp.exe",
    "]]><!-- </blockquote></main><form action=//example.org>",
]


def count(pairs):
    with pairs.filling() as session:
        return session.scalar(select(func.count()).select_from(Message))


def test_the_mentor_s_first_message_is_ready_and_begins_it(pairs):
    path = pairs.pair(State.ACCEPTED)
    browser = pairs.browser("mentor")
    assert "Hello Hawa, I am Rosa." in browser.get(path).text

    page = browser.submit(button="Say hello")

    assert page.status == 200
    assert "Hello Hawa, I am Rosa." in page.text
    assert pairs.of(path)[0] is State.ACTIVE


def test_a_message_sent_twice_stands_once_and_said_again_later_stands_twice(pairs):
    path = pairs.pair(State.ACTIVE)
    browser = pairs.browser("newcomer")
    data = {"csrf_token": token_of(browser), "words": "Thank you", "after": ""}

    for _ in range(2):
        assert browser.post(f"{path}/messages", data).status == 200
    assert count(pairs) == 1
    browser.get(path)
    browser.submit({"Your message": "Thank you"}, button="Send")
    assert count(pairs) == 2


@pytest.mark.parametrize("words", PAYLOADS)
def test_no_markup_in_a_message_is_live(pairs, words):
    path = pairs.pair(State.ACTIVE)
    browser = pairs.browser("newcomer")
    browser.get(path)

    browser.submit({"Your message": words}, button="Send")

    page = pairs.browser("mentor").get(path)
    message = page.root.find(".//section[@id='messages']//blockquote")
    assert "".join(message.itertext()) == words
    assert {element.tag for element in message.iter()} <= {"blockquote", "a"}
    for link in message.iter("a"):
        assert set(link.keys()) == {"href", "rel"}
        assert link.get("rel") == "noreferrer nofollow"
        assert link.get("href").startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("See https://en.wikipedia.org/wiki/Help:Contents.", "https://en.wikipedia.org/wiki/Help:Contents"),
        ("(HTTP://example.org/a?b=1&c=2)", "HTTP://example.org/a?b=1&c=2"),
        ("ftp://example.org data:text/html,x //example.org", None),
    ],
)
def test_only_web_addresses_become_links(databases, words, address):
    html = str(linked(words))

    shown = address and address.replace("&", "&amp;")
    assert (f'<a href="{shown}" rel="noreferrer nofollow">{shown}</a>' in html) == bool(address)
    assert html.count("<a ") == bool(address)


@pytest.mark.parametrize("words", ["", "   ", "\x00\x07"])
def test_an_empty_message_is_said_at_its_field(pairs, words):
    path = pairs.pair(State.ACTIVE)
    browser = pairs.browser("newcomer")

    page = browser.post(f"{path}/messages", {"csrf_token": token_of(browser), "words": words})

    assert (page.status, page.errors) == (422, {"words": "Nothing is written yet."})
    assert count(pairs) == 0


def test_a_message_that_is_too_long_is_kept_on_the_page(pairs):
    path = pairs.pair(State.ACTIVE)
    browser = pairs.browser("newcomer")
    words = "long " * 3000

    page = browser.post(f"{path}/messages", {"csrf_token": token_of(browser), "words": words})

    assert page.status == 422
    assert "long long" in page.root.find(".//textarea").text
    assert count(pairs) == 0


@pytest.mark.parametrize("words", ["a\x00b", "a\ud800b", "‮abc‭", "م" * 50, "1" * 100_000, "a" * 1_000_000])
def test_odd_words_break_nothing(pairs, words):
    path = pairs.pair(State.ACTIVE)
    browser = pairs.browser("newcomer")
    data = {"csrf_token": token_of(browser), "words": words.encode("utf-8", "surrogatepass")}

    assert browser.post(f"{path}/messages", data).status in {200, 413, 422}
    assert pairs.browser("mentor").get(path).status == 200


@pytest.mark.parametrize(("role", "status"), [("coordinator", 403), ("backup", 403), ("stranger", 404)])
def test_nobody_else_writes_into_a_pair(pairs, role, status):
    path = pairs.pair(State.ACTIVE)
    browser = pairs.browser(role)

    page = browser.post(f"{path}/messages", {"csrf_token": token_of(browser), "words": "hello"})

    assert page.status == status
    assert count(pairs) == 0


@pytest.mark.parametrize("state", [State.PROPOSED, State.ENDED, State.COMPLETED])
def test_a_message_after_the_end_or_before_a_yes_is_not_sent(pairs, state):
    path = pairs.pair(state)
    browser = pairs.browser("newcomer")

    page = browser.post(f"{path}/messages", {"csrf_token": token_of(browser), "words": "hello"})

    assert page.status == 409
    assert count(pairs) == 0
