"""Whatever cannot be used is answered with one sentence naming the place, and the exit code 2."""

import json

import pytest
from click.testing import CliRunner

from mentorship.matching.commands import main

GOOD = {"mentees": ["a"], "mentor_capacity": {"x": 1}, "edges": [["a", "x", 5]]}

FAULTS = {
    "an empty file": ("", "the file is empty"),
    "broken JSON": ('{"mentees": [', "line 1, column"),
    "a list": ("[]", "a JSON object"),
    "NaN": (json.dumps(GOOD | {"edges": [["a", "x", float("nan")]]}), "NaN"),
    "infinity": (json.dumps(GOOD | {"edges": [["a", "x", float("inf")]]}), "Infinity"),
    "negative points": (json.dumps(GOOD | {"edges": [["a", "x", -1]]}), "edges[0]"),
    "too many points": (json.dumps(GOOD | {"edges": [["a", "x", 12_001]]}), "edges[0]"),
    "a fraction": (json.dumps(GOOD | {"edges": [["a", "x", 1.5]]}), "edges[0]"),
    "true for points": (json.dumps(GOOD | {"edges": [["a", "x", True]]}), "edges[0]"),
    "a short edge": (json.dumps(GOOD | {"edges": [["a", "x"]]}), "edges[0]"),
    "an unknown mentor": (json.dumps(GOOD | {"edges": [["a", "y", 5]]}), "no mentor 'y'"),
    "an unknown mentee": (json.dumps(GOOD | {"edges": [["b", "x", 5]]}), "no mentee 'b'"),
    "a mentee twice": (json.dumps(GOOD | {"mentees": ["a", "a"]}), "twice"),
    "a mentor twice": (
        '{"mentees": [], "mentor_capacity": {"x": 1, "x": 2}, "edges": []}',
        "stands there twice",
    ),
    "a pair twice": (json.dumps(GOOD | {"edges": [["a", "x", 5], ["a", "x", 6]]}), "edges[1]"),
    "capacity as text": (json.dumps(GOOD | {"mentor_capacity": {"x": "1"}}), "mentor_capacity of 'x'"),
    "negative capacity": (json.dumps(GOOD | {"mentor_capacity": {"x": -1}}), "mentor_capacity of 'x'"),
    "10^9 places": (json.dumps(GOOD | {"mentor_capacity": {"x": 10**9}}), "mentor_capacity of 'x'"),
    "10^9 people": (json.dumps(GOOD | {"mentees": 10**9}), "mentees must be a list"),
    "a number as an id": (json.dumps(GOOD | {"mentees": ["a", 7]}), "mentees[1]"),
    "no edges": (json.dumps({"mentees": [], "mentor_capacity": {}}), "edges must be a list"),
    "deep nesting": ("[" * 100_000, "nested too deeply"),
    "a number of 5,000 digits": (json.dumps(GOOD).replace("5", "9" * 5000), "digit"),
    "not UTF-8": (b'{"mentees": ["\xff"]}', "not UTF-8"),
}


def run(*arguments: object):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def assert_refused(found, words):
    assert found.exit_code == 2, found.output
    assert isinstance(found.exception, SystemExit)
    assert words in found.output
    assert found.output.count("\n") == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_an_unusable_instance_is_refused_in_one_sentence(tmp_path, fault):
    text, words = FAULTS[fault]
    path, out = tmp_path / "instance.json", tmp_path / "plan.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())

    assert_refused(run("match", path, "--output", out), words)
    assert not out.exists()


def test_a_rank_of_zero_is_refused(tmp_path):
    path = tmp_path / "instance.json"
    path.write_text(json.dumps(GOOD | {"edges": [["a", "x", 0]]}))

    assert_refused(run("match", path, "--ranks", "--output", tmp_path / "plan.json"), "edges[0]")


def test_a_missing_file_is_refused(tmp_path):
    found = run("match", tmp_path / "none.json", "--output", tmp_path / "plan.json")

    assert_refused(found, "cannot be read")


def test_a_plan_that_cannot_be_written_is_refused(tmp_path):
    path = tmp_path / "instance.json"
    path.write_text(json.dumps(GOOD))

    assert_refused(run("match", path, "--output", tmp_path / "no" / "plan.json"), "cannot be written")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("{}", "options is missing"),
        ("[]", "a JSON object"),
        ('{"options": []}', "options is not of the right kind"),
    ],
)
def test_an_unusable_plan_is_refused(tmp_path, text, words):
    instance, plan = tmp_path / "instance.json", tmp_path / "plan.json"
    instance.write_text(json.dumps(GOOD))
    plan.write_text(text)

    assert_refused(run("verify", instance, plan), words)


def test_an_unknown_option_of_a_plan_is_refused(tmp_path):
    instance, path = tmp_path / "instance.json", tmp_path / "plan.json"
    instance.write_text(json.dumps(GOOD))
    run("match", instance, "--output", path)
    plan = json.loads(path.read_text())
    path.write_text(json.dumps(plan | {"options": {"magic": 1}}))

    assert_refused(run("verify", instance, path), "magic")


def test_nobody_at_all_is_a_plan_too(tmp_path):
    instance, path = tmp_path / "instance.json", tmp_path / "plan.json"
    instance.write_text(json.dumps({"mentees": [], "mentor_capacity": {}, "edges": []}))

    assert run("match", instance, "--output", path).exit_code == 0
    assert run("verify", instance, path).exit_code == 0
