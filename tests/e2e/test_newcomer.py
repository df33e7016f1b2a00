"""The newcomer joins and asks, in Arabic on a phone, and with nothing but a keyboard."""

import re

import pytest

from tests.chromium import PHONE, is_scrolled_sideways, watched_page
from tests.e2e.someone import PASSWORD, Someone

pytestmark = pytest.mark.e2e

LATIN = re.compile(r"[A-Za-z]{3,}(?: [A-Za-z]{2,}){2,}")
MOST_STEPS = 150


def words_of_the_page(page):
    """What it says, without names and what people wrote."""
    hidden = ".banner__name, bdi, blockquote, textarea, select, datalist, [lang]:not(html)"
    page.evaluate(f"() => document.querySelectorAll('{hidden}').forEach(one => one.remove())")
    return re.sub(r"\w+ of (?:Spring|Autumn)", "", page.locator("body").inner_text())


def check_arabic(page):
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("ar", "rtl")
    assert not is_scrolled_sideways(page), page.url
    assert page.locator("h1").inner_text().strip()
    assert not LATIN.findall(words_of_the_page(page)), page.url


def test_a_newcomer_joins_and_asks_in_arabic_on_a_phone(living, chromium):
    world, base = living
    with watched_page(chromium, viewport=PHONE, locale="ar") as page:
        newcomer = Someone(page, base, "ليلى").join(f"/join/{world.ids['Spring']['joining']}")
        check_arabic(page)
        newcomer.go("/request").fill(words="أُلغي تعديلي الأول.", **{"languages-0-name": "English"})
        page.locator("[name='needs'][value='edit-undone']").check()
        page.locator("main form button.cdx-button--weight-primary").last.click()
        newcomer.sees("mentor of Spring", "coordinator of Spring", "أُلغي تعديلي الأول.")
        newcomer.fill(words="هل أنا في المكان الصحيح؟")
        page.locator("form[action='/request/write'] button").click()
        newcomer.sees("هل أنا في المكان الصحيح؟")

        page.locator("a[href^='/request/ask/']").first.click()
        page.locator("main form button").last.click()

        assert page.url == f"{base}/request"
        assert page.locator("form[action='/request/take-back']").count() == 1
        for path in ("/request", "/home", "/account", "/help"):
            newcomer.go(path)
            check_arabic(page)
        assert not newcomer.complaints


class Keys:
    """Nothing but a keyboard."""

    def __init__(self, page):
        self.page = page

    def to(self, selector):
        """Step on with Tab until it has the focus, and the focus can be seen."""
        for _ in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            focused = self.page.locator("*:focus")
            if focused.count() and focused.evaluate("(one, selector) => one.matches(selector)", selector):
                assert focused.evaluate(SEEN), f"no focus can be seen on {selector}"
                return self
        raise AssertionError(f"Tab never reaches {selector} on {self.page.url}")

    def type(self, selector, text):
        self.to(selector).page.keyboard.type(text)

    def press(self, selector, key="Enter"):
        self.to(selector).page.keyboard.press(key)


SEEN = """one => [one, one.parentElement, one.nextElementSibling].some(each => each && (
    getComputedStyle(each).outlineStyle !== "none" || getComputedStyle(each).boxShadow !== "none"))"""


def test_a_newcomer_joins_and_asks_with_the_keyboard_alone(living, chromium):
    world, base = living
    with watched_page(chromium) as page:
        keys = Keys(page)
        newcomer = Someone(page, base, "Tamar").go(f"/join/{world.ids['Spring']['joining']}")
        keys.type("[name='name']", "Tamar")
        keys.type("[name='sign_in_name']", newcomer.sign_in_name)
        keys.type("[name='password']", PASSWORD)
        keys.press("[name='adult']", "Space")
        keys.press("main form button")
        newcomer.sees("Your recovery code")
        keys.press("main a.cdx-button, main .buttons a")
        newcomer.sees("Welcome, Tamar")
        keys.press("a[href='/request']")

        keys.press("[name='needs'][value='edit-undone']", "Space")
        keys.type("textarea[name='words']", "My edit was undone.")
        keys.type("[name='languages-0-name']", "English")
        keys.press("main form button.cdx-button--weight-primary")
        newcomer.sees("Mentors who could fit")
        keys.press("a[href^='/request/ask/']")
        keys.press("main form button")

        newcomer.sees("is asked. You will hear by")
        assert not newcomer.complaints
