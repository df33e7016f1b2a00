"""`mentorship cohort`, `coordinator` and `round`, on an installation of their own."""

import json
import signal

import pytest
from click.testing import CliRunner
from rich.progress import Progress
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentorship import cli, config
from mentorship.rules.errors import Refusal
from mentorship.services.accounts import person_with
from mentorship.store.base import new_public_id
from mentorship.store.cohorts import Cohort, CohortCoordinator
from mentorship.store.engine import open_engine
from mentorship.store.mentorships import Mentorship
from mentorship.store.migrate import upgrade
from mentorship.store.outbox import Outbox
from mentorship.store.people import Person
from tests.factories import a_mentor, a_person, a_request


class Installation:
    def __init__(self, folder):
        self.folder = folder
        config.write_new(folder)
        self.engine = open_engine(config.read(folder).database_url)
        upgrade(self.engine)

    def run(self, *words):
        """What the command printed; a refusal is raised, as `main` would answer it with exit code 2."""
        result = CliRunner().invoke(cli.cli, [*words, "--instance", str(self.folder)])
        if isinstance(result.exception, Refusal):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.stdout

    def count(self, table):
        with Session(self.engine) as session:
            return session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def installation(tmp_path):
    installation = Installation(tmp_path / "instance")
    yield installation
    installation.engine.dispose()


@pytest.fixture
def sahel(installation):
    installation.run("cohort", "add", "Sahel", "--language", "ha")
    installation.run("coordinator", "add", "noor.private", "--cohort", "Sahel", "--name", "Noor")
    return installation


@pytest.fixture
def two_and_two(sahel):
    with Session(sahel.engine) as session:
        cohort = session.scalars(select(Cohort).where(Cohort.name == "Sahel")).one()
        for newcomer, mentor, need in (("Amina", "Ada", "sources"), ("Fatou", "Bea", "wikidata")):
            a_request(session, cohort, a_person(session, newcomer), needs=(need,))
            a_mentor(session, cohort, a_person(session, mentor), needs=(need,), capacity=1)
        ids = {person.name: person.public_id for person in session.scalars(select(Person))}
        session.commit()
    return sahel, ids


def shown(installation, *words):
    return json.loads(installation.run("round", *words, "--cohort", "Sahel", "--json"))


def pairs(found):
    return {pair["newcomer"]: pair["mentor"] for pair in found["pairs"]}


def test_the_first_coordinator_is_made_with_a_password_shown_once(installation):
    installation.run("cohort", "add", "Sahel")

    said = installation.run("coordinator", "add", "noor.private", "--cohort", "Sahel", "--name", "Noor")

    password = said.split("Password: ")[1].splitlines()[0]
    with Session(installation.engine) as session:
        noor = person_with(session, "noor.private", password)
        assert noor.name == "Noor"
        coordinates = session.scalars(select(CohortCoordinator)).one()
        assert (coordinates.person_id, coordinates.safeguarding) == (noor.id, True)


def test_who_has_an_account_keeps_her_password_and_is_added_once(sahel):
    said = sahel.run("coordinator", "add", "Noor.Private", "--cohort", "Sahel")

    assert "already" in said
    assert "Password" not in said
    assert sahel.count(CohortCoordinator) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["coordinator", "add", "nobody", "--cohort", "Sahel"], "Nobody has this sign-in name"),
        (["coordinator", "add", "noor.private", "--cohort", "Nowhere"], "no cohort called"),
        (["coordinator", "add", " ", "--cohort", "Sahel", "--name", "N"], "at least one letter"),
        (["coordinator", "add", "new", "--cohort", "Sahel", "--name", "x" * 99], "1 to 80 letters"),
        (["cohort", "add", "Sahel"], "of this name already"),
        (["cohort", "add", ""], "1 to 120 letters"),
        (["cohort", "add", "North", "--starts", "2026-05-01", "--ends", "2026-04-01"], "before the first"),
        (["round", "show", "--cohort", "Sahel"], "no round yet"),
        (["round", "publish", "--cohort", "Sahel"], "No round of this cohort is open"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(sahel, words, sentence):
    with pytest.raises(Refusal, match=sentence):
        sahel.run(*words)


def test_main_answers_a_refusal_with_exit_code_2(sahel, monkeypatch, capsys):
    words = ["mentorship", "round", "show", "--cohort", "Nowhere", "--instance", str(sahel.folder)]
    monkeypatch.setattr("sys.argv", words)

    with pytest.raises(SystemExit) as ended:
        cli.main()

    assert ended.value.code == 2
    assert capsys.readouterr().err == "mentorship: There is no cohort called “Nowhere”.\n"


def test_no_id_of_ours_is_taken_for_an_option():
    assert not any(new_public_id().startswith("-") for _ in range(5_000))


def test_cohorts_are_listed(sahel):
    listed = json.loads(sahel.run("cohort", "list", "--json"))

    assert [(one["name"], one["coordinators"]) for one in listed if one["name"] == "Sahel"] == [("Sahel", 1)]
    [row] = [each for each in json.loads(sahel.run("cohort", "list", "--json")) if each["name"] == "Sahel"]
    assert f"Sahel: http://127.0.0.1:8000{row['joining']}\n" in sahel.run("cohort", "list")


def test_a_round_is_started_shaped_and_published_from_the_command_line(two_and_two):
    installation, ids = two_and_two

    started = shown(installation, "start")
    assert started["state"] == "draft"
    assert pairs(started) == {ids["Amina"]: ids["Ada"], ids["Fatou"]: ids["Bea"]}
    forbidden = shown(installation, "forbid", ids["Amina"], ids["Ada"])
    assert pairs(forbidden) == {ids["Amina"]: ids["Bea"], ids["Fatou"]: ids["Ada"]}
    assert pairs(shown(installation, "undo", ids["Amina"], ids["Ada"])) == pairs(started)
    assert pairs(shown(installation, "lock", ids["Amina"], ids["Bea"])) == pairs(forbidden)
    assert "Amina" in installation.run("round", "show", "--cohort", "Sahel")
    assert installation.count(Outbox) == 0

    published = shown(installation, "publish")

    assert published["state"] == "published"
    assert installation.count(Mentorship) == 2
    assert installation.count(Outbox) == 4


def test_a_round_is_started_with_other_shares_and_options(two_and_two):
    installation, _ = two_and_two

    started = shown(
        installation, "start", "--needs", "500", "--fair", "2", "--waiting", "3", "--limit-s", "60"
    )

    assert started["policy"]["shares"]["needs"] == 500
    assert started["policy"]["options"] == {"fair": 2, "waiting": 3, "steady": 0}
    assert started["policy"]["limit_s"] == 60
    again = shown(installation, "recompute", "--topics", "0")
    assert (again["policy"]["shares"]["needs"], again["policy"]["shares"]["topics"]) == (500, 0)
    assert again["changes"]["moves"] == 0


def test_a_round_that_is_stopped_is_put_away(two_and_two, monkeypatch):
    installation, _ = two_and_two
    with monkeypatch.context() as while_the_bar_moves:
        while_the_bar_moves.setattr(Progress, "update", lambda *_, **__: signal.raise_signal(signal.SIGINT))
        with pytest.raises(Refusal, match="stopped and put away"):
            installation.run("round", "start", "--cohort", "Sahel")

    assert shown(installation, "show")["state"] == "discarded"
    assert len(shown(installation, "start")["pairs"]) == 2


def test_how_far_a_round_is_stands_on_the_error_stream(two_and_two):
    installation, _ = two_and_two
    words = ["round", "start", "--cohort", "Sahel", "--json", "--instance", str(installation.folder)]

    ran = CliRunner().invoke(cli.cli, words)

    assert "Matching" in ran.stderr
    assert json.loads(ran.stdout)["count"] == 2


def test_a_round_is_discarded_from_the_command_line(two_and_two):
    installation, _ = two_and_two
    shown(installation, "start")

    assert shown(installation, "discard")["state"] == "discarded"
    assert installation.count(Outbox) == 0


def test_an_unknown_pair_is_refused(two_and_two):
    installation, ids = two_and_two
    shown(installation, "start")

    with pytest.raises(Refusal, match="Nobody of this cohort"):
        installation.run("round", "lock", "nobody", ids["Ada"], "--cohort", "Sahel")
    with pytest.raises(Refusal, match="Nobody is known"):
        installation.run("round", "lock", ids["Amina"], "nobody", "--cohort", "Sahel")
