"""A person with a browser: what she does and sees, said in the words of the pages."""

import re
from contextlib import contextmanager

from playwright.sync_api import expect

from tests.chromium import DESK, PHONE, is_scrolled_sideways, watched_page

PASSWORD = "correct horse battery"
PATIENCE_MS = 15_000
"""So long a page may take to show what is looked for: other tests run at the same time."""

expect.set_options(timeout=PATIENCE_MS)


class Someone:
    """She acts on one page; whatever the page complained of is in `complaints`."""

    def __init__(self, page, base, name):
        self.page, self.base, self.name = page, base, name
        self.sign_in_name = f"{name.lower()} in private"
        self.complaints = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda said: self._note(said))

    def _note(self, said):
        if said.type in {"error", "warning"}:
            self.complaints.append(f"{said.text} ({said.location['url']})")

    def go(self, address):
        self.page.goto(address if address.startswith("http") else self.base + address)
        return self

    def press(self, button):
        self.page.get_by_role("button", name=button, exact=True).first.click()
        return self

    def follow(self, link):
        self.page.get_by_role("link", name=link, exact=True).first.click()
        return self

    def unfold(self, summary):
        self.page.locator("summary", has_text=summary).first.click()
        return self

    def fill(self, **fields):
        """Type into fields by their name in the form."""
        for field, value in fields.items():
            self.page.locator(f"[name='{field}']").first.fill(value)
        return self

    def tick(self, *labels):
        for label in labels:
            self.page.get_by_label(label, exact=True).first.check()
        return self

    def sees(self, *texts):
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)
        return self

    def sees_not(self, *texts):
        for text in texts:
            expect(self.page.locator("body")).not_to_contain_text(text)
        return self

    def text(self):
        return " ".join(self.page.locator("main").inner_text().split())

    def join(self, link, **more):
        """Join by a cohort's link; she keeps the recovery code she is shown."""
        self.go(link).fill(name=self.name, sign_in_name=self.sign_in_name, password=PASSWORD, **more)
        self.page.locator("[name='adult']").check()
        self.page.locator("main form button").last.click()
        self.code = self.page.locator(".code").inner_text()
        assert re.fullmatch(r"\S{4,}([- ]\S+)+", self.code), self.code
        return self

    def sign_in(self, name, password=PASSWORD):
        return self.go("/sign-in").fill(sign_in_name=name, password=password).press("Sign in")

    def ask(self, words, *, language="English", needs=("My edit was undone",)):
        """Fill in the one page of profile and request."""
        self.go("/request").fill(words=words, **{"languages-0-name": language})
        return self.tick(*needs).press("Save and ask for a mentor").sees("A person reads this")

    def offer(self, statement, *, capacity="2", language="English", needs=("My edit was undone",)):
        self.go("/mentor/offer").fill(
            statement=statement, capacity=capacity, **{"languages-0-name": language}
        )
        return self.tick(*needs, "I agree to the code of conduct").press("Save").sees("Saved.")


class People:
    """Browsers of several people at once; at the end none may have complained, or called another site."""

    def __init__(self, chromium, stack, base, **options):
        self.chromium, self.stack, self.base, self.options = chromium, stack, base, options
        self.all = []

    def someone(self, name, *, phone=False, **options):
        options = {"viewport": PHONE if phone else DESK, "locale": "en-GB"} | self.options | options
        page = self.stack.enter_context(watched_page(self.chromium, **options))
        person = Someone(page, self.base, name)
        self.all.append(person)
        return person

    def check(self):
        found = {person.name: person.complaints for person in self.all if person.complaints}
        assert not found, found


@contextmanager
def looking(person):
    """After the block the page must not be wider than the screen."""
    yield person
    assert not is_scrolled_sideways(person.page), person.page.url
