"""Spoilt plans: whatever is wrong with one, it is refused."""

import copy
import json

import pytest
from click.testing import CliRunner

from mentorship.matching.commands import main

INSTANCE = {
    "mentees": ["a", "b", "c", "d", "e"],
    "mentor_capacity": {"x": 1, "y": 2, "z": 0, "w": 1},
    "edges": [
        ["a", "x", 900],
        ["a", "y", 100],
        ["b", "x", 800],
        ["b", "y", 700],
        ["c", "y", 600],
        ["c", "z", 999],
        ["d", "y", 500],
        ["d", "w", 5],
        ["e", "z", 7],
    ],
}


def run(*arguments: object):
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def files(tmp_path):
    instance, plan = tmp_path / "instance.json", tmp_path / "plan.json"
    instance.write_text(json.dumps(INSTANCE))
    assert run("match", instance, "--output", plan).exit_code == 0
    return instance, plan


def refused(files, spoil) -> str:
    instance, path = files
    plan = json.loads(path.read_text())
    before = copy.deepcopy(plan)
    spoil(plan)
    assert plan != before
    path.write_text(json.dumps(plan))
    found = run("verify", instance, path)
    assert found.exit_code == 1, found.output
    assert len(found.output.strip().splitlines()) == 1
    return found.output


def test_the_plan_as_made_is_the_best(files):
    plan = json.loads(files[1].read_text())

    assert run("verify", *files).exit_code == 0
    assert [pair[:2] for pair in plan["pairs"]] == [["a", "x"], ["b", "y"], ["c", "y"], ["d", "w"]]
    assert plan["alone"] == {"e": "nobody_feasible"}


@pytest.mark.parametrize("which", range(4))
def test_a_removed_pair_is_refused(files, which):
    def remove(plan):
        pair = plan["pairs"].pop(which)
        plan["alone"][pair[0]] = "short_of_places"
        plan["count"] -= 1
        plan["points"] -= pair[2]

    assert "not proved the best" in refused(files, remove)


@pytest.mark.parametrize(("one", "other"), [(0, 1), (0, 2), (1, 3), (2, 3)])
def test_swapped_mentors_are_refused(files, one, other):
    def swap(plan):
        pairs = plan["pairs"]
        pairs[one][1], pairs[other][1] = pairs[other][1], pairs[one][1]

    assert "pairs[" in refused(files, swap)


def test_a_true_but_worse_plan_is_refused(files):
    def worse(plan):
        plan["pairs"][0] = ["a", "y", 100]
        plan["pairs"][1] = ["b", "x", 800]
        plan["points"] += 100 - 900 + 800 - 700

    assert "not proved the best" in refused(files, worse)


def test_an_infeasible_pair_is_refused(files):
    def infeasible(plan):
        plan["pairs"][0][1] = "w"

    assert "not a feasible pair" in refused(files, infeasible)


def test_more_newcomers_than_places_are_refused(files):
    def crowd(plan):
        plan["pairs"][0] = ["a", "y", 100]

    assert "places" in refused(files, crowd)


@pytest.mark.parametrize("mentor", ["w", "x", "y", "z"])
@pytest.mark.parametrize("by", [-1, 1, 10**9, 0.5])
def test_a_changed_price_is_refused(files, mentor, by):
    refused(
        files,
        lambda plan: plan["certificate"]["prices"].update(
            {mentor: plan["certificate"]["prices"][mentor] + by}
        ),
    )


@pytest.mark.parametrize("newcomer", ["a", "b", "c", "d", "e"])
@pytest.mark.parametrize("by", [-1, 1])
def test_a_changed_value_is_refused(files, newcomer, by):
    refused(
        files,
        lambda plan: plan["certificate"]["values"].update(
            {newcomer: plan["certificate"]["values"][newcomer] + by}
        ),
    )


@pytest.mark.parametrize("which", range(4))
def test_changed_points_are_refused(files, which):
    def more(plan):
        plan["pairs"][which][2] += 1
        plan["points"] += 1

    assert "points" in refused(files, more)


@pytest.mark.parametrize("key", ["count", "points"])
def test_a_wrong_sum_is_refused(files, key):
    refused(files, lambda plan: plan.update({key: plan[key] + 1}))


def test_another_instance_is_refused(files):
    refused(files, lambda plan: plan["certificate"].update(input_sha256="0" * 64))


def test_another_big_is_refused(files):
    refused(files, lambda plan: plan["certificate"].update(big=plan["certificate"]["big"] + 1))


def test_a_false_reason_of_being_alone_is_refused(files):
    refused(files, lambda plan: plan["alone"].update(e="short_of_places"))


def test_fewer_pairs_than_possible_are_refused_though_a_small_big_proves_their_points(tmp_path):
    """With a `big` of 20,011 prices exist that "prove" two pairs where three are possible."""
    instance, path = tmp_path / "instance.json", tmp_path / "plan.json"
    problem = {
        "mentees": ["a", "b", "c"],
        "mentor_capacity": {"x": 1, "y": 1, "z": 1},
        "edges": [["a", "x", 0], ["a", "y", 11_000], ["b", "y", 0], ["b", "z", 11_000], ["c", "z", 0]],
    }
    instance.write_text(json.dumps(problem))
    run("match", instance, "--output", path)
    plan = json.loads(path.read_text())
    assert plan["count"] == 3
    fewer = plan | {
        "pairs": [["a", "y", 11_000], ["b", "z", 11_000]],
        "alone": {"c": "short_of_places"},
        "count": 2,
        "points": 22_000,
        "certificate": plan["certificate"]
        | {
            "big": 20_011,
            "prices": {"x": 0, "y": 11_000, "z": 20_011},
            "values": {"a": 20_011, "b": 11_000, "c": 0},
        },
    }
    duals = fewer["certificate"]
    for n, m, x in problem["edges"]:
        assert duals["big"] + x <= duals["prices"][m] + duals["values"][n]
    assert sum(duals["prices"].values()) + sum(duals["values"].values()) == 2 * 20_011 + 22_000
    path.write_text(json.dumps(fewer))

    found = run("verify", instance, path)

    assert found.exit_code == 1
    assert "too small to prove" in found.output


def test_locked_and_forbidden_pairs_are_kept_and_checked(tmp_path):
    instance, path = tmp_path / "instance.json", tmp_path / "plan.json"
    instance.write_text(json.dumps(INSTANCE | {"locked": [["a", "y"]], "forbidden": [["b", "x"]]}))

    assert run("match", instance, "--output", path).exit_code == 0
    assert run("verify", instance, path).exit_code == 0

    plan = json.loads(path.read_text())
    assert ["a", "y", 100] in plan["pairs"]
    assert "b" not in plan["alone"] or ["b", "x", 800] not in plan["pairs"]
    instance.write_text(json.dumps(INSTANCE))
    assert run("verify", instance, path).exit_code == 1


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"locked": [["a", "x"], ["b", "x"]]}, "who has 1 places"),
        ({"locked": [["a", "w"]]}, "a rule is against it"),
        ({"locked": [["c", "z"]]}, "who has 0 places"),
        ({"locked": [["a", "x"]], "forbidden": [["a", "x"]]}, "locked and forbidden at once"),
        ({"locked": [["b", "x"], ["b", "y"]]}, "locked with two mentors"),
        ({"locked": [["b", "nobody"]]}, "no mentor 'nobody'"),
    ],
)
def test_an_impossible_lock_is_refused_with_a_sentence(tmp_path, choices, words):
    instance = tmp_path / "instance.json"
    instance.write_text(json.dumps(INSTANCE | choices))

    found = run("match", instance, "--output", tmp_path / "plan.json")

    assert found.exit_code == 2
    assert words in found.output
    assert not (tmp_path / "plan.json").exists()
