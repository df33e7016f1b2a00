"""The numbers that may be passed on are the same on the page, the poster, the sheet, and by command."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from mentorship import cli, config
from mentorship.app import create_app
from mentorship.rules.helped import Answer
from mentorship.rules.lifecycle import State
from mentorship.rules.over_time import Quarter
from mentorship.services import conversations, helper_question, posters, sessions, sheets
from mentorship.services.shared_numbers import FIGURES
from mentorship.store.engine import open_engine
from mentorship.store.migrate import upgrade
from mentorship.web.database import db
from tests.factories import a_cohort, a_mentor, a_mentorship, a_request

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=100)


@pytest.fixture
def installation(tmp_path):
    """Of seventeen who ask, six name a person, six nobody, five say nothing; six are in a mentorship."""
    config.write_new(tmp_path)
    engine = open_engine(config.read(tmp_path).database_url)
    upgrade(engine)
    with Session(engine) as session:
        cohort = a_cohort(session, "=Sahel")
        coordinator = cohort.coordinators[0].person
        mentor = a_mentor(session, cohort, capacity=20)
        made = [a_request(session, cohort, at=LONG_AGO) for _ in range(17)]
        for request, given in zip(made, [Answer.SOMEONE_HERE] * 6 + [Answer.NOBODY_YET] * 6, strict=False):
            row = helper_question.ask_at_joining(session, request.newcomer, at=LONG_AGO)
            helper_question.answer(session, row, given, None, at=LONG_AGO)
        for request in made[:6]:
            a_mentorship(session, request, mentor, state=State.ACTIVE, at=NOW)
        call = conversations.host(
            session, cohort, coordinator, starts_at=NOW - timedelta(days=2), at=LONG_AGO
        )
        for request in made[:3]:
            conversations.attended(session, call, request.newcomer, at=NOW)
        posters.make(session, cohort, takeaways=(), quotes=(), by=coordinator, at=NOW)
        token, _ = sessions.start(session, coordinator, device="", hours=4, at=NOW)
        session.commit()
        ids = cohort.public_id, token
    engine.dispose()
    return tmp_path, *ids


@pytest.fixture
def client(installation):
    app = create_app(config.read(installation[0]))
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = installation[2], True
    yield client
    with app.app_context():
        db.engine.dispose()


def shown(html, pattern):
    return re.findall(pattern, re.sub(r"\s+", " ", html))


def test_the_page_the_poster_the_sheet_and_the_command_say_the_same(installation, client):
    folder, cohort, _ = installation
    result = CliRunner().invoke(cli.cli, ["numbers", "--json", "--instance", str(folder)])
    said = json.loads(result.output)["cohorts"][0]
    by_command, over_time = said["to_pass_on"], said["to_pass_on_by_quarter"]
    assert by_command == {
        "requests": 17, "paired": 6, "fulfilled": 0, "mentors": None, "conversations": 1, "attended": None,
        "named": 6, "named_of": 17, "days": 90,
    }  # fmt: skip
    assert over_time == [{"quarter": str(Quarter.of(LONG_AGO)), "named": 6, "named_of": 17}]

    sheet = dict(sheets.read(client.get(f"/cohorts/{cohort}/numbers.csv").get_data(as_text=True)))
    page = client.get(f"/cohorts/{cohort}/numbers").get_data(as_text=True)
    poster = client.get(f"/cohort/{cohort}/poster").get_data(as_text=True)

    assert sheet.pop("cohort") == "=Sahel"
    quarters = {f"{name} {one['quarter']}": one[name] for one in over_time for name in ("named", "named_of")}
    every = by_command | quarters
    assert sheet == {name: "" if value is None else str(value) for name, value in every.items()}
    part = page[page.index('id="to-pass-on"') :]
    on_page = [None if value == "not shown" else int(value) for value in shown(part, r"<dd>(.*?)</dd>")]
    assert on_page == [by_command[name] for name in FIGURES]
    in_table = [int(value) for value in shown(part, r'align-number">(\d+)</td>')]
    assert in_table == [one[name] for one in over_time for name in ("named", "named_of")]
    assert shown(poster, r'poster__number">(.*?)</p>') == ["17", "6", "1", "6 of 17"]


def test_a_cohort_called_like_a_formula_is_none_in_the_sheet(installation, client):
    said = client.get(f"/cohorts/{installation[1]}/numbers.csv").get_data(as_text=True)

    assert said.splitlines()[0] == "cohort,'=Sahel"
