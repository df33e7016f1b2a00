import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.errors import BadInput, NotAllowed, NotFound, WrongState
from mentorship.services import accounts, conversations, erasure, leaving, posters, safety, takeaways
from mentorship.services.own_data import own_data
from mentorship.store.conversations import Quote, Takeaway
from tests.factories import NOW, a_person

KEY = b"a key for tests, long enough to be one"
STARTS = NOW + timedelta(days=10)
AFTER = STARTS + timedelta(hours=2)


@pytest.fixture
def call(session, cohort, coordinator):
    return conversations.host(session, cohort, coordinator, starts_at=STARTS, at=NOW)


@pytest.fixture
def member(session, cohort, call):
    def make(name, *, there=True):
        person = a_person(session, name)
        accounts.join_cohort(session, person, cohort, at=NOW)
        if there:
            conversations.attended(session, call, person, at=AFTER)
        return person

    return make


@pytest.fixture
def amina(member):
    return member("Amina")


def words_for(session, cohort, person):
    content = posters.shown_to(session, cohort, person)
    return content.takeaways, [(said.words, said.name) for said in content.quotes]


def a_poster(session, cohort, coordinator, *, published=True):
    ids = [
        session.scalars(query(cohort)).all()
        for query in (posters.takeaways_to_choose, posters.quotes_to_choose)
    ]
    chosen = {
        name: [one.public_id for one in rows] for name, rows in zip(("takeaways", "quotes"), ids, strict=True)
    }
    posters.make(session, cohort, by=coordinator, at=AFTER, **chosen)
    posters.publish(session, cohort, published=published, by=coordinator, at=AFTER)


def test_only_who_was_there_writes_and_only_afterwards(session, call, amina, member):
    with pytest.raises(NotAllowed):
        takeaways.add(session, call, member("Lin", there=False), "A word.", at=AFTER)
    with pytest.raises(WrongState):
        takeaways.add(session, call, amina, "A word.", at=NOW)
    with pytest.raises(NotAllowed):
        takeaways.let_quote(session, call, member("Noor", there=False), "A word.", with_name=False, at=AFTER)
    with pytest.raises(BadInput):
        takeaways.add(session, call, amina, "  ", at=AFTER)


def test_before_they_are_published_the_author_the_host_and_coordinators_read_them(
    session, call, amina, coordinator, member
):
    lin, made = member("Lin"), takeaways.add(session, call, amina, "Small steps.", at=AFTER)

    assert takeaways.takeaways_of(session, call, lin) == []
    assert takeaways.takeaways_of(session, call, amina) == [made]
    assert takeaways.takeaways_of(session, call, coordinator) == [made]
    takeaways.publish(session, call, coordinator, published=True, at=AFTER)
    assert takeaways.takeaways_of(session, call, lin) == [made]


def test_published_takeaways_do_not_change_but_their_author_can_still_take_hers_back(
    session, call, amina, coordinator
):
    made = takeaways.add(session, call, amina, "Small steps.", at=AFTER)
    takeaways.change(session, made, amina, "Very small steps.")
    takeaways.publish(session, call, coordinator, published=True, at=AFTER)

    with pytest.raises(WrongState):
        takeaways.change(session, made, amina, "Other words.")
    with pytest.raises(WrongState):
        takeaways.add(session, call, amina, "More.", at=AFTER)
    takeaways.remove(session, made, amina, at=AFTER)

    assert session.scalars(select(Takeaway)).all() == []


def test_nobody_changes_or_removes_anothers_words_but_a_coordinator_may_leave_them_out(
    session, call, amina, coordinator, member
):
    lin, made = member("Lin"), takeaways.add(session, call, amina, "Small steps.", at=AFTER)

    for act in (
        lambda: takeaways.change(session, made, lin, "x"),
        lambda: takeaways.change(session, made, coordinator, "x"),
        lambda: takeaways.remove(session, made, lin, at=AFTER),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotAllowed):
        takeaways.publish(session, call, lin, published=True, at=AFTER)
    takeaways.remove(session, made, coordinator, at=AFTER)
    assert session.scalars(select(Takeaway)).all() == []


def test_a_poster_is_for_members_only_once_it_is_published_and_no_longer_afterwards(
    session, cohort, call, amina, coordinator
):
    takeaways.add(session, call, amina, "Small steps.", at=AFTER)
    takeaways.publish(session, call, coordinator, published=True, at=AFTER)
    with pytest.raises(NotFound):
        posters.shown_to(session, cohort, coordinator)
    a_poster(session, cohort, coordinator, published=False)
    with pytest.raises(NotFound):
        posters.shown_to(session, cohort, amina)
    assert words_for(session, cohort, coordinator) == (["Small steps."], [])

    posters.publish(session, cohort, published=True, by=coordinator, at=AFTER)
    assert words_for(session, cohort, amina) == (["Small steps."], [])

    posters.publish(session, cohort, published=False, by=coordinator, at=AFTER)
    with pytest.raises(NotFound):
        posters.shown_to(session, cohort, amina)


def test_a_takeaway_that_is_no_longer_published_is_off_the_poster_and_comes_back_only_by_choice(
    session, cohort, call, amina, coordinator
):
    made = takeaways.add(session, call, amina, "Small steps.", at=AFTER)
    takeaways.publish(session, call, coordinator, published=True, at=AFTER)
    a_poster(session, cohort, coordinator)

    takeaways.publish(session, call, coordinator, published=False, at=AFTER)
    assert words_for(session, cohort, amina) == ([], [])
    takeaways.change(session, made, amina, "Other words.")
    takeaways.publish(session, call, coordinator, published=True, at=AFTER)

    assert words_for(session, cohort, amina) == ([], [])


@pytest.mark.parametrize("with_name", [False, True])
def test_a_quote_bears_her_name_only_where_she_wishes_it(
    session, cohort, call, amina, coordinator, with_name
):
    takeaways.let_quote(session, call, amina, "I am not alone.", with_name=with_name, at=AFTER)
    a_poster(session, cohort, coordinator)

    assert words_for(session, cohort, amina)[1] == [("I am not alone.", "Amina" if with_name else "")]


def test_other_words_are_not_on_the_poster_until_they_are_chosen(session, cohort, call, amina, coordinator):
    takeaways.let_quote(session, call, amina, "First words.", with_name=False, at=AFTER)
    a_poster(session, cohort, coordinator)

    takeaways.let_quote(session, call, amina, "Other words.", with_name=True, at=AFTER)

    assert words_for(session, cohort, amina) == ([], [])
    assert [one.words for one in session.scalars(select(Quote))] == ["Other words."]


@pytest.mark.parametrize("how", ["takes it back", "leaves", "erases herself"])
def test_a_quote_is_gone_from_the_poster_as_soon_as_her_consent_is(
    session, cohort, call, amina, coordinator, how
):
    takeaways.let_quote(session, call, amina, "canary words", with_name=True, at=AFTER)
    takeaways.add(session, call, amina, "canary takeaway", at=AFTER)
    a_poster(session, cohort, coordinator)
    {
        "takes it back": lambda: takeaways.take_back_quote(session, call, amina),
        "leaves": lambda: leaving.leave(session, amina, cohort, at=AFTER),
        "erases herself": lambda: erasure.erase(session, amina, at=AFTER, key=KEY),
    }[how]()

    assert words_for(session, cohort, coordinator)[1] == []
    assert session.scalars(select(Quote)).all() == []
    assert (session.scalars(select(Takeaway)).all() == []) == (how != "takes it back")


def test_across_a_block_a_quote_has_no_name_and_for_others_it_keeps_it(
    session, cohort, call, amina, coordinator, member
):
    noor, lin = member("Noor"), member("Lin")
    takeaways.let_quote(session, call, amina, "I am not alone.", with_name=True, at=AFTER)
    a_poster(session, cohort, coordinator)

    safety.block(session, noor, amina, at=AFTER)

    assert words_for(session, cohort, noor)[1] == [("I am not alone.", "")]
    assert words_for(session, cohort, lin)[1] == [("I am not alone.", "Amina")]


def test_a_poster_holds_only_so_much_and_only_what_may_be_chosen(session, cohort, call, amina, coordinator):
    unpublished = takeaways.add(session, call, amina, "Not yet.", at=AFTER)
    with pytest.raises(BadInput):
        posters.make(session, cohort, takeaways=list("abcdefg"), quotes=(), by=coordinator, at=AFTER)

    posters.make(session, cohort, takeaways=[unpublished.public_id], quotes=(), by=coordinator, at=AFTER)

    assert words_for(session, cohort, coordinator) == ([], [])


def test_her_data_holds_what_she_wrote_hosted_and_came_to(session, call, amina, coordinator):
    takeaways.add(session, call, amina, "canary-takeaway", at=AFTER)
    takeaways.let_quote(session, call, amina, "canary-quote", with_name=False, at=AFTER)

    hers = own_data(session, amina)

    assert {"takeaway", "quote", "participation"} <= set(hers)
    assert "canary-takeaway" in json.dumps(hers)
    assert "canary-quote" in json.dumps(hers)
    assert "conversation" in own_data(session, coordinator)
