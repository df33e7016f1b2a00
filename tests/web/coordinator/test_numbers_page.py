"""The named-helper rate over time on the coordinator's page: a picture, and a table that says the same."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from mentorship.rules.helped import Answer
from mentorship.services import helper_question
from tests.factories import a_request


@pytest.fixture
def over_time(programme):
    """Of 15 who asked 600 days ago ten name a person; since then 3, 4 and 5 asked, who say nothing."""
    for days, many, named in ((600, 15, 10), (400, 3, 0), (300, 4, 0), (100, 5, 0)):
        at = datetime.now(UTC) - timedelta(days=days)
        with programme.filling() as session:
            for number in range(many):
                request = a_request(session, programme.cohort(session), at=at)
                if number < named:
                    row = helper_question.ask_at_joining(session, request.newcomer, at=at)
                    helper_question.answer(session, row, Answer.SOMEONE_HERE, None, at=at)

    def part(language):
        page = programme.browser().get(f"{programme.path}numbers?uselang={language}")
        assert page.root.get("lang") == language
        return re.search(r'<section[^>]*id="over-time".*?</section>', page.html, re.DOTALL)[0]

    return part


def marks(html):
    """Across and down, the place of each rate 30 days after."""
    found = re.findall(r'<circle class="trend__mark trend__mark--0" cx="(\d+)" cy="(\d+)"', html)
    return [(int(x), int(y)) for x, y in found if (x, y) != ("6", "6")]  # the one of the key


def test_the_picture_and_the_table_say_the_same_and_run_with_the_writing(over_time):
    english, arabic = over_time("en"), over_time("ar")

    table = re.findall(r"<strong>(.*?)</strong>", re.sub(r"[\u2066-\u2069]", "", english))
    assert table == ["10 of 15", "10 of 15", "10 of 15", "0 of 5", "0 of 5"]
    assert english.count("<td>not shown</td>") == 6  # three and four who said nothing, at each age
    first, second = marks(english)
    assert first[0] < second[0]
    assert (first[1], second[1]) == (12 + 150 // 3, 12 + 150)  # two of three, and none
    mirrored = marks(arabic)
    assert mirrored[0][0] > mirrored[1][0]
    assert [y for _, y in mirrored] == [first[1], second[1]]
    for html in (english, arabic):
        assert 'role="img"' in html
        assert "style=" not in html


def test_a_quarter_in_which_nobody_asked_says_so(over_time):
    assert over_time("en").count("Nobody asked.") >= 3


def test_before_anyone_asked_long_enough_ago_there_is_no_such_part(programme, noor):
    programme.newcomer("Amina", at=datetime.now(UTC))

    assert "Over time" not in noor.get(f"{programme.path}numbers").text
