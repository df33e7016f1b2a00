"""A simulated year, short and whole: nobody is left in silence, no rule is broken; and the watch."""

import json
import subprocess
import sys

import pytest
from sqlalchemy import text

from mentorship.simulation import world
from mentorship.simulation.watch import Watch
from mentorship.simulation.year import live


def simulate(*options):
    return subprocess.run(
        [sys.executable, "-m", "mentorship", "simulate", *options],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_in_two_simulated_months_nobody_is_left_in_silence_and_no_rule_is_broken(fresh_database):
    found = live(fresh_database, days=60, newcomers=30, mentors=10, seed=4)

    assert found["newcomers_who_asked"] == 30 <= found["requests"]
    assert (found["requests_in_silence"], found["rules_broken"], found["doctor"]) == (0, 0, 0), found[
        "broken"
    ]
    assert {"propose", "accept", "begin", "decline"} <= set(found["table"]["acts"])


@pytest.mark.full
@pytest.mark.parametrize("seed", [1, 2])
def test_in_a_simulated_year_nobody_is_left_in_silence_and_no_rule_is_broken(fresh_database, seed):
    found = live(fresh_database, days=365, newcomers=200, mentors=60, seed=seed)

    assert found["newcomers_who_asked"] == 200 <= found["requests"]
    assert (found["requests_in_silence"], found["rules_broken"], found["doctor"]) == (0, 0, 0), found[
        "broken"
    ]
    acts = set(found["table"]["acts"])
    assert {"expire", "lapse", "pause", "resume", "complete", "cut", "hand_over", "question"} <= acts


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_without_the_clock_the_watch_sees_the_silence(fresh_database, monkeypatch):
    monkeypatch.setattr(world, "tick", lambda *_, **__: 0)

    found = live(fresh_database, days=45, newcomers=12, mentors=3, seed=4)

    assert found["requests_in_silence"] > 0


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_a_broken_rule_is_seen(fresh_database):
    live(fresh_database, days=6, newcomers=8, mentors=4, seed=4)
    watch = Watch(fresh_database)
    watch.check_rules()
    assert watch.broken == set()

    with fresh_database.begin() as connection:
        connection.execute(text("DROP TRIGGER mentorship_event_no_delete"))
        connection.execute(text("DELETE FROM event_note"))
        connection.execute(text("DELETE FROM mentorship_event WHERE n = 1"))
        connection.execute(text("UPDATE approval SET until = '2020-01-01'"))
    watch.check_rules()

    assert {name for name, _ in watch.broken} == {
        "a mentorship without a history",
        "a new pair after an approval had lapsed",
    }


def test_the_command_prints_one_object_and_its_progress_beside_it():
    ran = simulate("--days", "3", "--newcomers", "3", "--mentors", "2", "--json")

    found = json.loads(ran.stdout)
    assert ran.returncode == 0, ran.stderr
    assert len(ran.stdout.strip().splitlines()) == 1
    wanted = ("requests", "requests_in_silence", "rules_broken", "doctor")
    assert all(isinstance(found[name], int) for name in wanted)
    assert "3/3" in ran.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("--days", "0"),
        ("--newcomers", "many"),
        ("--database-url", "no database"),
        ("--seed", "-1"),
        ("--what",),
    ],
)
def test_a_bad_option_is_one_sentence_and_exit_code_2(options):
    ran = simulate(*options)

    assert ran.returncode == 2
    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr
