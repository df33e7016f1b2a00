"""`mentorship numbers`: one function feeds the page and the command."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship import cli, config
from mentorship.app import create_app
from mentorship.rules.errors import BadInput
from mentorship.rules.helped import Answer
from mentorship.rules.over_time import Quarter
from mentorship.services import helper_question, sessions
from mentorship.store.cohorts import Cohort
from mentorship.store.engine import open_engine
from mentorship.store.migrate import upgrade
from mentorship.web.database import db
from tests.factories import a_cohort, a_request

LONG_AGO = datetime.now(UTC) - timedelta(days=100)


@pytest.fixture
def installation(tmp_path):
    config.write_new(tmp_path)
    engine = open_engine(config.read(tmp_path).database_url)
    upgrade(engine)
    with Session(engine) as session:
        cohort = a_cohort(session, "Sahel")
        a_cohort(session, "Maghreb")
        for given in (Answer.SOMEONE_HERE, Answer.SOMEONE_ELSEWHERE, Answer.GROUP_OR_EVENT, None):
            request = a_request(session, cohort, at=LONG_AGO)
            if given:
                row = helper_question.ask_at_joining(session, request.newcomer, at=LONG_AGO)
                helper_question.answer(session, row, given, None, at=LONG_AGO)
        session.commit()
    engine.dispose()
    return tmp_path


def said(folder, *words):
    result = CliRunner().invoke(cli.cli, ["numbers", *words, "--instance", str(folder)])
    if isinstance(result.exception, BadInput):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_the_command_prints_the_rate_with_its_interval_and_the_answers_missing(installation):
    one = json.loads(said(installation, "--json", "--cohort", "Sahel"))["cohorts"]

    assert [cohort["name"] for cohort in one] == ["Sahel"]
    days_30, days_90, days_180 = one[0]["named_helper_rate"]
    assert days_30 == {
        "days": 30, "named": 2, "requests": 4, "answered": 3, "missing": 1,
        "share": 0.5, "low": 0.15, "high": 0.85, "share_of_answers": 0.6667,
    }  # fmt: skip
    assert days_90 == days_30 | {"days": 90}
    assert (days_180["requests"], days_180["share"], days_180["low"]) == (0, None, None)
    assert one[0]["requests"] == 4
    (quarter,) = one[0]["named_helper_rate_by_quarter"]
    assert (quarter["quarter"], quarter["asked"]) == (str(Quarter.of(LONG_AGO)), 4)
    for rate, whole in zip(quarter["rates"], one[0]["named_helper_rate"], strict=True):
        closed = dict.fromkeys(whole) | {"days": whole["days"]}
        assert rate == (closed if whole["requests"] else whole)  # four who asked
    assert one[0]["to_pass_on_by_quarter"] == []  # four who asked


def test_without_a_cohort_each_is_printed_and_an_unknown_one_is_refused(installation):
    every = json.loads(said(installation, "--json"))["cohorts"]

    assert [cohort["name"] for cohort in every] == ["Maghreb", "Sahel"]
    assert "Sahel: who can name a person who helped" in said(installation)
    with pytest.raises(BadInput):
        said(installation, "--cohort", "Nowhere")


def test_the_page_says_the_numbers_of_the_command(installation):
    cohort = json.loads(said(installation, "--json", "--cohort", "Sahel"))["cohorts"][0]
    rate = cohort["named_helper_rate"][0]

    page = the_page(installation)

    assert f"{rate['named']} of {rate['requests']}" in page
    assert f"{rate['missing']} did not answer" in page
    assert f"of those who answered, {rate['named']} of {rate['answered']}" in page
    assert f"{rate['low']:.0%} to {rate['high']:.0%}".replace("%", "") + " of 100" in page
    quarter = re.search(r'id="over-time".*?</table>', page, re.DOTALL)[0]
    assert quarter.count("<td>not shown</td>") == 2
    assert "<strong>" not in quarter
    assert "without an answer" not in quarter
    assert "not shown" in said(installation, "--cohort", "Sahel")
    facts = dict(re.findall(r"<dt>([^<]+)</dt>\s*<dd>(\d+)</dd>", page))
    shown = [
        facts[name]
        for name in (
            "Requests so far", "Waiting for a mentor", "A mentor is asked", "In a mentorship",
            "Mentors who can be asked", "Free places",
        )
    ]  # fmt: skip
    names = ("requests", "waiting", "asked", "paired", "mentors", "free_places")
    assert shown == [str(cohort[name]) for name in names]


def the_page(folder):
    app = create_app(config.read(folder))
    with app.app_context():
        cohort = db.session.scalars(select(Cohort).where(Cohort.name == "Sahel")).one()
        coordinator = cohort.coordinators[0].person
        token = sessions.start(db.session, coordinator, device="", hours=4, at=datetime.now(UTC))[0]
        address = f"/cohorts/{cohort.public_id}/numbers"
        db.session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    answer = client.get(address)
    with app.app_context():
        db.engine.dispose()
    assert answer.status_code == 200
    return answer.get_data(as_text=True)
