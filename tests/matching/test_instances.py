"""The eleven real instances: the known best answers, and proofs that hold."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mentorship.matching.commands import main

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "instances"
NAMES = [
    "aamas2016",
    "csconf1",
    "csconf2",
    "csconf3",
    "glasgow_2007_08",
    "glasgow_2008_09",
    "glasgow_2010_11",
    "glasgow_2011_12",
    "glasgow_2012_13",
    "glasgow_2013_14",
    "glasgow_2014_15",
]


@pytest.fixture(params=NAMES)
def real(request) -> Path:
    path = FOLDER / f"{request.param}.json"
    if not path.exists():
        pytest.skip(f"the real instances are not here ({FOLDER})")
    return path


def flags(path: Path) -> list[str]:
    return ["--ranks"] if path.name.startswith("glasgow") else []


def run(*arguments: object):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def test_the_best_known_answer_is_reached_and_proved(real, tmp_path):
    plan_path = tmp_path / "plan.json"

    matched = run("match", real, "--output", plan_path, *flags(real))
    verified = run("verify", real, plan_path, *flags(real))

    assert (matched.exit_code, verified.exit_code) == (0, 0), matched.output + verified.output
    instance, plan = json.loads(real.read_text()), json.loads(plan_path.read_text())
    answers, x = instance["answers"], {(n, m): x for n, m, x in instance["edges"]}
    assert plan["count"] == answers["most_pairs"]
    if flags(real):
        assert sum(x[n, m] for n, m, _ in plan["pairs"]) == answers["least_rank_sum_of_most_pairs"]
    else:
        assert plan["points"] == answers["greatest_total_score_among_most_pairs"]


def test_a_fair_plan_serves_as_many_and_is_proved(real, tmp_path):
    plan_path = tmp_path / "plan.json"

    run("match", real, "--output", plan_path, "--fair", *flags(real))

    assert run("verify", real, plan_path, *flags(real)).exit_code == 0
    answers = json.loads(real.read_text())["answers"]
    assert json.loads(plan_path.read_text())["count"] == answers["most_pairs"]


def test_the_order_of_the_file_changes_nothing(real, tmp_path):
    instance = json.loads(real.read_text())
    instance["mentees"].reverse()
    instance["edges"].sort(key=lambda edge: hash(tuple(edge)) % 1009)
    instance["mentor_capacity"] = dict(reversed(instance["mentor_capacity"].items()))
    turned = tmp_path / "turned.json"
    turned.write_text(json.dumps(instance))

    run("match", real, "--output", tmp_path / "a.json", *flags(real))
    run("match", turned, "--output", tmp_path / "b.json", *flags(real))

    assert (tmp_path / "a.json").read_text() == (tmp_path / "b.json").read_text()
