"""A user's mistake on the command line is one sentence and exit code 2, never a traceback."""

import os
import subprocess
import sys

import pytest

SECRET = "Xk3-only-for-these-tests-9fQ2mZ7bLw"


def said(*words, cwd, **environment):
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MENTORSHIP_")}
    return subprocess.run(
        [sys.executable, "-m", "mentorship", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=plain | environment,
    )


@pytest.mark.parametrize(
    ("words", "environment", "sentence"),
    [
        (["doctor"], {}, "SECRET_KEY must be a random text"),
        (["doctor"], {"MENTORSHIP_SECRET_KEY": "changeme"}, "SECRET_KEY must be a random text"),
        (["doctor"], {"MENTORSHIP_SECRET_KEY": "a" * 64}, "SECRET_KEY must be a random text"),
        (["doctor"], {"MENTORSHIP_SECRET_KEY": SECRET}, "The database has no tables yet"),
        (
            ["migrate", "--instance", "nowhere/at/all"],
            {"MENTORSHIP_SECRET_KEY": SECRET},
            "The database cannot be opened",
        ),
        (
            ["migrate"],
            {
                "MENTORSHIP_SECRET_KEY": SECRET,
                "MENTORSHIP_DATABASE_URL": "postgresql+psycopg://127.0.0.1:9/x",
            },
            "The database cannot be opened",
        ),
        (["doctor"], {"MENTORSHIP_SECRET_KEY": SECRET, "MENTORSHIP_HTTPS": "maybe"}, "must be true or false"),
        (["run", "--port", "0"], {"MENTORSHIP_SECRET_KEY": SECRET}, "0 is not in the range"),
        (["clock", "--at", "yesterday"], {"MENTORSHIP_SECRET_KEY": SECRET}, "does not match the format"),
        (["match", "nothing.json", "--output", "plan.json"], {}, "nothing.json"),
        (["dance"], {}, "No such command"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path, words, environment, sentence):
    (tmp_path / "instance").mkdir()

    answer = said(*words, cwd=tmp_path, **environment)

    assert answer.returncode == 2
    assert sentence in answer.stderr
    assert "Traceback" not in answer.stderr


def test_an_instance_may_be_named_in_the_environment_by_a_relative_path(tmp_path):
    (tmp_path / "here").mkdir()
    environment = {"MENTORSHIP_SECRET_KEY": SECRET, "MENTORSHIP_INSTANCE": "here"}

    assert said("migrate", cwd=tmp_path, **environment).returncode == 0
    assert said("doctor", cwd=tmp_path, **environment).stdout == "Nothing is wrong.\n"
    assert (tmp_path / "here" / "mentorship.sqlite").exists()
