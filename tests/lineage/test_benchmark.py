"""The benchmark of the lineage, small: it agrees with the oracle, and its community has every oddity."""

import json
import subprocess
import sys

import pytest

from benchmarks.lineage import community
from mentorship.lineage import Standing


def measured(*words):
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.lineage", *words], capture_output=True, check=True
    )
    return json.loads(run.stdout)


def test_the_command_says_that_all_agrees():
    said = measured("--people", "300", "--helps", "900", "--seed", "4", "--json")

    assert said["agrees_with_oracle"] is True
    assert (said["people"], said["helps"], said["people_checked"]) == (300, 900, 200)
    assert said["counts"]["in_circles"] > 1
    assert said["counts"]["helped_by_several"] > 100


@pytest.mark.full
def test_of_a_hundred_thousand_people_the_slowest_page_is_right_within_a_second():
    said = measured("--people", "100000", "--helps", "300000", "--seed", "1", "--json")

    assert said["agrees_with_oracle"] is True
    assert said["people_checked"] == 200
    assert said["largest_page_people"] > 90_000
    assert said["one_page_from_database_cpu_ms"]["worst"] < 1_000
    assert said["largest_page_mib"] < 100


@pytest.mark.parametrize("words", [["--people", "2", "--helps", "1"], ["--people", "10", "--helps", "90"]])
def test_sizes_that_cannot_be_are_refused(words):
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.lineage", *words], capture_output=True, check=False
    )

    assert run.returncode == 2


def test_the_community_has_circles_several_helpers_and_people_who_left():
    ties, standings = community(1_000, 3_000, 1)

    assert len(ties) == len({tie[:2] for tie in ties}) == 3_000
    assert all(helper != helped for helper, helped, _ in ties)
    assert any(helper > helped for helper, helped, _ in ties)
    assert set(standings.values()) == set(Standing)
