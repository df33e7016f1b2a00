"""The story of the service, by browser: from the first coordinator to the number by which it is judged."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from mentorship import cli, config
from mentorship.app import create_app
from mentorship.store.mentorships import Mentorship
from mentorship.store.outbox import Outbox
from mentorship.store.requests import Request
from mentorship.web.database import db
from tests.chromium import served
from tests.databases import address
from tests.e2e.someone import PASSWORD, People

pytestmark = pytest.mark.e2e

COHORT = "Women who begin"
DRAFT_SAYS = "A draft: nobody has been told anything."


class Programme:
    """An installation with a coordinator made by the command, served on a port of its own."""

    def __init__(self, engine, folder):
        self.engine, self.folder = engine, folder
        config.write_new(folder)
        settings = folder / "config.py"
        settings.write_text(f"{settings.read_text()}DATABASE_URL = {address(engine)!r}\n")
        self.app = create_app(config.read(folder))
        self.run("cohort", "add", COHORT, "--language", "en", "--language", "ar")
        told = self.run("coordinator", "add", "noor in private", "--cohort", COHORT, "--name", "Noor")
        self.password = told.partition("Password: ")[2].split()[0]

    def run(self, *words):
        result = CliRunner().invoke(cli.cli, [*words, "--instance", str(self.folder)])
        assert result.exit_code == 0, result.output
        return result.output

    def told(self):
        with Session(self.engine) as session:
            return session.scalar(select(func.count()).select_from(Outbox))

    def states(self):
        """Newcomer and mentor of every mentorship, with its state, oldest first."""
        with Session(self.engine) as session:
            rows = session.scalars(select(Mentorship).order_by(Mentorship.id))
            return [(each.newcomer.name, each.mentor.name, str(each.state)) for each in rows]

    def thirty_days_pass(self):
        """For the requests: their age is what the named-helper rate looks at."""
        with Session(self.engine) as session:
            session.execute(update(Request).values(opened_at=datetime.now(UTC) - timedelta(days=30)))
            session.commit()

    def close(self):
        with self.app.app_context():
            db.engine.dispose()


@pytest.fixture
def programme(fresh_database, tmp_path):
    with ThreadPoolExecutor(1) as apart:  # Flask's own contexts do not end in the thread Playwright runs in
        programme = apart.submit(Programme, fresh_database, tmp_path / "instance").result()
        yield programme
        apart.submit(programme.close).result()


def the_story(programme, people):
    noor = people.someone("Noor").sign_in("noor in private", programme.password)
    link = her_link(noor)
    river = a_newcomer_joins(people.someone("River", phone=True), link)
    maryam, dina = mentors_offer(people, link)
    noor_approves(noor)
    river_sees_suggestions(river)
    hana = people.someone("Hana", phone=True).join(link).ask("I would like to write about a bridge.")
    a_round(programme, noor, river)
    a_no_and_two_yeses(programme, river, maryam, dina)
    awa = one_asks_directly(people.someone("Awa", phone=True).join(link), maryam)
    they_begin_and_complete(river, dina)
    one_ends_without_a_reason(programme, hana, maryam, dina)
    one_blocks_and_erases(programme, awa, maryam)
    the_numbers(programme, noor)


def her_link(noor):
    noor.sees("Welcome, Noor").follow(COHORT).follow("Settings")
    link = noor.page.locator("code").inner_text()
    assert link.startswith("http://")
    return urlsplit(link).path  # served here on another port


def a_newcomer_joins(river, link):
    river.go(link).sees("is read by Noor").join(link)
    code = river.code
    river.follow("I have written it down").sees("Welcome, River").sees_not(code)
    river.ask("My first edit was undone.").sees("Noor, the coordinator, reads this.")
    river.fill(words="Is this the right place?").press("Send").sees("Your message is sent.")
    return river.sees("Is this the right place?", "No mentor helps in")


def mentors_offer(people, link):
    maryam = people.someone("Maryam").join(link).offer("I look at edits together, slowly.")
    dina = people.someone("Dina").join(link).offer("Write to me in whichever words come.")
    for mentor in (maryam, dina):
        mentor.sees("Mentoring").sees_not("is approved until")
    return maryam, dina


def noor_approves(noor):
    noor.offer("I begin with a cup of tea.")
    noor.go("/home").follow(COHORT).sees("River wrote to you", "Maryam offers to mentor")
    noor.follow("Applications").sees("Maryam", "Dina")
    assert "cup of tea" not in noor.text()
    assert noor.page.get_by_role("button", name="Approve: Noor").count() == 0
    for name in ("Maryam", "Dina"):
        noor.press(f"Approve: {name}")
    noor.follow("Today").follow("Read and answer: River").sees("Is this the right place?")
    noor.fill(words="It is, and welcome.").press("Send").sees("Sent.")


def river_sees_suggestions(river):
    river.go("/request").sees("It is, and welcome.", "Mentors who could fit", "Maryam", "Dina")
    river.sees("I look at edits together, slowly.", "My edit was undone")
    river.page.locator("article", has_text="Maryam").locator("select").select_option(label="First wish")
    river.press("Save my wishes").sees("Your wishes are saved.")


def a_round(programme, noor, river):
    river.go("/home")
    before, home = programme.told(), river.text()
    noor.go("/home").follow(COHORT).follow("Rounds").press("Start a round").sees(DRAFT_SAYS)
    noor.sees("Why these two", "River with Maryam")
    noor.press("Keep this pair: River with Maryam").sees("Locked")
    if noor.page.get_by_role("button", name="Leave this pair out: Hana with Maryam").count() == 0:
        noor.follow("Another mentor for Hana")
        noor.page.get_by_label("Mentor").select_option(label="Maryam")
        noor.press("See what would follow").sees("Hana: with Maryam").press("Keep this pair")
    noor.press("Leave this pair out: Hana with Maryam").sees("Left out by choice")
    noor.press("Compute again").sees(DRAFT_SAYS, "River with Maryam", "Hana with Dina")
    river.go("/home")
    assert (programme.told(), river.text(), programme.states()) == (before, home, [])

    noor.follow("See what would be sent").sees("Nothing has been sent yet.", "Maryam is asked to help River")
    noor.press("Publish and send").sees("Published. Everyone in it has been told.")
    assert programme.told() > before
    river.go("/home").sees("Maryam has been asked to help you. You will hear by")


def a_no_and_two_yeses(programme, river, maryam, dina):
    maryam.go("/mentor").sees("River", "My first edit was undone.", "Answer by", "My edit was undone")
    maryam.page.locator("article", has_text="River").locator("summary", has_text="Not now").click()
    maryam.page.locator("article", has_text="River").get_by_role("button", name="Not now").click()
    maryam.sees("Thank you for answering.").sees_not("My first edit was undone.")
    river.go("/request").sees("Dina is asked. You will hear by")

    dina.go("/mentor").sees("River", "Hana")
    for name in ("River", "Hana"):
        dina.go("/mentor").page.locator("article", has_text=name).get_by_role("button", name="Yes").click()
        dina.sees("You said yes.")
    assert ("River", "Maryam", "declined") in programme.states()
    assert {("River", "Dina", "accepted"), ("Hana", "Dina", "accepted")} <= set(programme.states())


def they_begin_and_complete(river, dina):
    dina.go("/mentor").page.locator("main").get_by_role("link", name="River", exact=True).click()
    hello = dina.page.locator("textarea[name='words']").input_value()
    assert "River" in hello
    dina.press("Say hello").sees("Sent.")
    river.go("/home").sees("Dina is your mentor.").follow("To your page together").sees("Hello River")
    river.fill(words="Hello, and thank you.").press("Send").sees("Sent.")
    for one in (river, dina):
        one.page.reload()
        one.sees("Hello River", "Hello, and thank you.", "What happened so far")
    river.press("Complete").sees("Completed.", "What did you try or start together?")
    river.fill(words="We looked at one edit, and I made three.").press("Save").sees("Has anyone helped you?")
    river.tick("Someone here").press("Answer").sees("Thank you.")
    dina.page.reload()
    dina.sees("We looked at one edit").fill(words="River asked good questions.").press("Save")
    river.go("/home").sees("A mentor for you")


def one_ends_without_a_reason(programme, hana, maryam, dina):
    hana.go("/home").follow("To your page together").press("We are in touch").press("End this mentorship")
    hana.sees("No reason is asked, and none is shown.")
    dina.go("/home").sees("This mentorship has ended").sees_not("Hana ended")
    assert ("Hana", "Dina", "ended") in programme.states()


def one_asks_directly(awa, maryam):
    awa.ask("May I look at it with someone?").follow("Ask this mentor: Maryam")
    awa.sees("Hello Maryam, would you have time to help me?").press("Ask").sees(
        "Maryam is asked. You will hear by"
    )
    maryam.go("/mentor").sees("May I look at it with someone?")
    maryam.page.locator("article", has_text="Awa").get_by_role("button", name="Yes").click()
    return awa


def one_blocks_and_erases(programme, awa, maryam):
    awa.go("/home").follow("To your page together").press("Block Maryam")
    awa.sees("Done. You will not meet here again.").go("/request").sees_not("Maryam")
    assert ("Awa", "Maryam", "ended") in programme.states()
    maryam.go("/home").sees("This mentorship has ended").sees_not("Awa ended", "blocked")

    awa.go("/account").follow("Erase me").press("Erase me now").sees("Your account is erased.")
    awa.go("/home").sees("Sign in").fill(sign_in_name=awa.sign_in_name, password=PASSWORD).press("Sign in")
    awa.sees("do not belong together")
    assert "422" in awa.complaints.pop()
    maryam.go("/home").sees_not("Awa")


def the_numbers(programme, noor):
    programme.thirty_days_pass()
    noor.go("/home").follow(COHORT).follow("Numbers").sees("Named-helper rate", "1 of 3")


@pytest.mark.parametrize(
    ("databases", "scripts"),
    [
        pytest.param("sqlite", True, id="sqlite", marks=pytest.mark.full),
        pytest.param("sqlite", False, id="sqlite, without JavaScript", marks=pytest.mark.full),
        pytest.param("postgresql", True, id="postgresql", marks=pytest.mark.full),
        pytest.param("postgresql", False, id="postgresql, without JavaScript"),
    ],
    indirect=["databases"],
)
def test_the_story(programme, chromium, scripts):
    with served(programme.app) as base, ExitStack() as stack:
        people = People(chromium, stack, base, java_script_enabled=scripts)

        the_story(programme, people)

        people.check()
