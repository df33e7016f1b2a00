"""Random sequences of every act never leave the rules: the doctor finds nothing after any step."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.simulation.machine import Programme

CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.mark.parametrize(
    ("examples", "steps"), [(5, 25), pytest.param(500, 50, marks=pytest.mark.full)], ids=["few", "many"]
)
def test_no_sequence_of_acts_leaves_the_rules(sqlite_databases, examples, steps):
    run_state_machine_as_test(
        type("OnSqlite", (Programme,), {"databases": sqlite_databases}),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=CHECKS,
            phases=[Phase.generate, Phase.shrink],
            print_blob=True,
        ),
    )
