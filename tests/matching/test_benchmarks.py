"""The benchmarks' own promises: their keys, the same people every time, sizes refused in a sentence."""

import json
import sys

import numpy as np
import pytest

from benchmarks import peers, rounds, suggest
from benchmarks.population import population
from mentorship.matching.columns import block_points


def test_rounds_print_what_they_promise(monkeypatch, capsys):
    arguments = "rounds --newcomers 300 --mentors 40 --places scarce --seed 1 --json"
    monkeypatch.setattr(sys, "argv", arguments.split())

    rounds.main()

    found = json.loads(capsys.readouterr().out)
    promised = {
        "cpu_s",
        "wall_s",
        "peak_gib",
        "pairs",
        "points",
        "gap",
        "rounds",
        "feasible_pairs",
        "machine",
    }
    assert promised | {"compile_s"} <= found.keys()
    assert found["gap"] == 0
    assert found["repeats"] == 5


@pytest.mark.parametrize(
    ("main", "arguments", "words"),
    [
        (rounds.main, "--newcomers 1000000000 --mentors 10", "--newcomers must be from 1 to"),
        (rounds.main, "--newcomers 10 --mentors 0", "--mentors must be from 1 to"),
        (rounds.main, "--newcomers ten --mentors 10", "invalid int value"),
        (peers.main, "--newcomers 100000 --mentors 10000", "the peers hold all pairs"),
        (suggest.main, "--newcomers 10 --mentors 10 --seed -1", "--seed must be 0 or more"),
    ],
)
def test_sizes_that_cannot_be_measured_are_refused(monkeypatch, capsys, main, arguments, words):
    monkeypatch.setattr(sys, "argv", ["benchmark", *arguments.split()])

    with pytest.raises(SystemExit) as stopped:
        main()

    assert stopped.value.code == 2
    assert words in capsys.readouterr().err


def test_the_same_seed_gives_the_same_people():
    one, other, another = (population(200, 30, "ample", seed) for seed in (4, 4, 5))

    assert one.sha256() == other.sha256() != another.sha256()


def test_feasible_pairs_are_counted_exactly():
    columns = population(500, 120, "scarce", 2)

    assert rounds.feasible_pairs(columns) == int((block_points(columns, slice(0, 500)) >= 0).sum())


def test_everyone_shares_out_1000_parts():
    columns = population(300, 10, "scarce", 1)
    parts = np.bincount(columns.parts.owner, weights=columns.parts.amount, minlength=300)

    assert (parts + columns.language_part + columns.when_part == 1000).all()
