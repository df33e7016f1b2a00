"""Every route, every persona: who does not belong gets the answer of an address that never existed."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from mentorship.web.access import read_table
from mentorship.web.database import db
from tests.web.access_cases import ANYBODY, COORDINATORS, EVERYONE, OBJECTS, ONLY, PERSONAS, SIGNED
from tests.web.visits import Visit, comparable, method_of, path_of, rules
from tests.web.world import NEVER_EXISTED

TABLE = read_table()
STRANGER = "a stranger"
ALWAYS = ("member", "newcomer", "mentor", "backup", "hidden", "coordinator")
BESIDES = tuple(persona for persona in PERSONAS if persona not in ALWAYS)
OF_AUTUMN = ("coordinator", "mentor", "paired")
NOT_FOR_HER = {400, 404, 405, 500, 503}
WRITING = ("INSERT", "UPDATE", "DELETE")


def who_may(endpoint):
    if endpoint in OBJECTS:
        return OBJECTS[endpoint][1]
    by_who = {"anyone": ANYBODY, "person": EVERYONE, "coordinator": COORDINATORS}
    return ONLY.get(endpoint, by_who[TABLE[endpoint].who])


def objects(world, endpoint, cohort="Spring"):
    words, _ = OBJECTS.get(endpoint, ({}, None))
    return {name: world.ids[cohort].get(what, what) for name, what in words.items()}


def never_existed(values):
    return {name: value if name == "action" else NEVER_EXISTED for name, value in values.items()}


def assert_like_nothing(visit, endpoint, values, unknown=None):
    """Her answer is a 404, and equal to that of an address nobody ever had."""
    app = visit.client.application
    method, path = method_of(app, endpoint), path_of(app, endpoint, values)
    other = path_of(app, endpoint, unknown or never_existed(values)) if values else f"/{NEVER_EXISTED}"

    answer, nothing = visit.open(method, path), visit.open(method, other)

    assert answer.status_code == 404, f"{path}: {answer.status}"
    assert comparable(answer, path, *values.values()) == comparable(
        nothing, other, *values.values(), NEVER_EXISTED
    )


def assert_open(visit, endpoint, values):
    app = visit.client.application
    path = path_of(app, endpoint, values)

    answer = visit.open(method_of(app, endpoint), path)

    assert answer.status_code not in NOT_FOR_HER, f"{path}: {answer.status}"


@contextmanager
def writings(app):
    """The statements that change something, while the block runs."""
    said = []

    def listen(connection, cursor, statement, *_):
        if statement.lstrip().upper().startswith(WRITING):
            said.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", listen)
    yield said
    event.remove(engine, "before_cursor_execute", listen)


@pytest.fixture
def used(world):
    """The world, put back afterwards as it was."""
    yield world
    world.put_back()


def test_every_route_with_something_in_its_address_has_a_case(world):
    with_parameters = {name: rule.arguments for name, rule in rules(world.app).items() if rule.arguments}

    assert {name: set(words) for name, (words, _) in OBJECTS.items()} == with_parameters
    assert set(ONLY) <= set(TABLE) - set(OBJECTS)


@pytest.mark.parametrize("name", [None, "suspended of Spring"])
def test_who_is_not_signed_in_or_suspended_is_asked_to_sign_in(used, name):
    for endpoint, line in TABLE.items():
        visit = Visit(used, name)
        method, path = method_of(used.app, endpoint), path_of(used.app, endpoint, objects(used, endpoint))

        answer = visit.open(method, path)

        if line.who == "anyone":
            assert (answer.status_code in NOT_FOR_HER) == (STRANGER not in who_may(endpoint)), path
        else:
            assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/sign-in"), path


@pytest.mark.parametrize(
    "personas", [ALWAYS, pytest.param(BESIDES, marks=pytest.mark.full)], ids=["", "more"]
)
@pytest.mark.parametrize("endpoint", sorted(TABLE))
def test_a_route_is_open_to_whom_the_table_says_and_nothing_is_there_for_others(used, endpoint, personas):
    """And where the table says it reads, nothing is written, whoever looks."""
    changes = method_of(used.app, endpoint) == "POST"
    for persona in personas:
        visit, values = Visit(used, f"{persona} of Spring"), objects(used, endpoint)

        with writings(used.app) as said:
            if persona in who_may(endpoint):
                assert_open(visit, endpoint, values)
            else:
                assert_like_nothing(visit, endpoint, values)

        assert TABLE[endpoint].mode == "writes" or not said
        if changes:
            used.put_back()


@pytest.mark.parametrize("part", OF_AUTUMN)
def test_nothing_of_a_cohort_is_there_for_people_of_another(used, part):
    for endpoint, (_, may) in OBJECTS.items():
        if STRANGER not in may:
            assert_like_nothing(Visit(used, f"{part} of Autumn"), endpoint, objects(used, endpoint))


def test_a_coordinator_finds_nothing_of_another_cohort_under_her_own(used):
    for endpoint, (words, _) in OBJECTS.items():
        if len(words) > 1 and "cohort_id" in words:
            own = {"cohort_id": used.ids["Spring"]["cohort_id"]}
            values = objects(used, endpoint, "Autumn") | own

            assert_like_nothing(
                Visit(used, "coordinator of Spring"), endpoint, values, never_existed(values) | own
            )


def test_no_form_is_taken_without_its_token(used):
    posts = [endpoint for endpoint in set(TABLE) - SIGNED if method_of(used.app, endpoint) == "POST"]
    assert posts
    for endpoint in posts:
        path = path_of(used.app, endpoint, objects(used, endpoint))
        for name in (None, "coordinator of Spring", "paired of Spring"):
            with writings(used.app) as said:
                answer = used.client(name).post(path)

            assert (answer.status_code, said) == (400, []), path


def test_a_get_route_never_shares_its_line_with_a_post(world):
    mixed = [name for name, rule in rules(world.app).items() if {"GET", "POST"} <= rule.methods]

    assert not mixed
