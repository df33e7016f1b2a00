"""`mentorship run` from nothing, as a process: it sets up, serves, works, and ends all it began."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request

import pytest
from sqlalchemy.orm import Session

from mentorship.demo.personas import PERSONAS
from mentorship.services import accounts, help_records, lineage, recognitions, steps, thanks
from mentorship.services.doctor import findings
from mentorship.store.engine import open_engine


@pytest.fixture
def running(tmp_path):
    """The service started in an empty folder, with what it said; ended politely afterwards."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MENTORSHIP_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "mentorship", "run", "--demo", "--instance", str(tmp_path / "instance")],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    said = []
    for line in process.stdout:
        said.append(line)
        if "Ctrl-C" in line:
            break
    yield process, "".join(said), tmp_path / "instance"
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.wait(30)
    process.stdout.close()


def answer_of(url):
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - an address of our own
                return answer.status, answer.read().decode()
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nobody answers at {url}")


def those_one_may_sign_in_as(instance):
    """The personas whose sign-in really is theirs, on a database with which nothing is wrong."""
    engine = open_engine(f"sqlite:///{instance / 'mentorship.sqlite'}")
    found = set()
    with Session(engine) as session:
        assert findings(session) == {}
        for block in (instance / "demo-sign-in.txt").read_text().strip().split("\n\n")[1:]:
            who, name, password = (line.rpartition(": ")[2] for line in block.split("\n"))
            persona, _, called = who.rpartition(", ")
            person = accounts.person_with(session, name, password)
            assert person.name == called
            finds_something(session, persona, person)
            found.add(persona)
    engine.dispose()
    return found


def finds_something(session, persona, person):
    """Each persona has somebody in who helped whom; whoever is helped has tried, chosen and been seen."""
    assert lineage.lineage_of(session, person).names or help_records.records_of(session, person), persona
    if persona.startswith("a newcomer with a mentor"):
        assert steps.steps_taken_by(session, person), persona
        assert steps.steps_ahead_of(session, person), persona
        assert recognitions.received_by(session, person), persona
    if "mentor of someone" in persona:
        assert thanks.thanks_to(session, person), persona


def test_one_command_from_nothing_serves_the_demo_and_ends_with_ctrl_c(running):
    process, said, instance = running
    address = re.search(r"http://\S+/", said).group()

    status, page = answer_of(address)
    process.send_signal(signal.SIGINT)
    process.wait(30)

    assert status == 200
    assert "Someone to turn to" in page
    assert all(line.strip() in said for line in (instance / "demo-sign-in.txt").read_text().splitlines())
    assert process.returncode == 0
    for name in ("config.py", "mentorship.sqlite", "demo-sign-in.txt"):
        assert stat.S_IMODE((instance / name).stat().st_mode) == 0o600, name
    with pytest.raises(ProcessLookupError):  # nothing it started is left, whoever has the port by now
        os.killpg(process.pid, 0)
    assert those_one_may_sign_in_as(instance) == set(PERSONAS)


def test_a_port_that_is_taken_is_refused_in_one_sentence_before_anything_else(tmp_path):
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]

        said = subprocess.run(
            [sys.executable, "-m", "mentorship", "run", "--port", str(port), "--instance", str(tmp_path)],
            capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"]},
        )  # fmt: skip

    assert said.returncode == 2
    assert said.stderr == f"mentorship: Port {port} is taken; choose another, or leave --port out.\n"
    assert not (tmp_path / "mentorship.sqlite").exists()


def test_without_settings_a_command_says_so_in_one_sentence(tmp_path):
    said = subprocess.run(
        [sys.executable, "-m", "mentorship", "doctor", "--instance", str(tmp_path)],
        capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"]},
    )  # fmt: skip

    assert said.returncode == 2
    assert "SECRET_KEY must be a random text" in said.stderr
    assert "Traceback" not in said.stderr
