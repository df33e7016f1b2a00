"""Who helped whom, read from a database: by steps and all at once the same, and networkx alone agrees."""

import random
from datetime import timedelta
from itertools import pairwise

import pytest

from benchmarks.lineage_oracle import numbers_of, plain_graph
from mentorship.lineage import Standing
from mentorship.rules.helped import Answer, Occasion, Still
from mentorship.rules.lifecycle import State
from mentorship.services import help_consent, lineage, safety
from mentorship.services.asking_about import not_to_ask_about
from mentorship.services.erasure import erase
from mentorship.store.help import Help, HelperAnswer
from mentorship.store.people import PersonStatus
from mentorship.store.safety import Block
from tests.factories import NOW, a_mentor, a_mentorship, a_person, a_request

KEY = b"a key for these tests alone, of no use"
PEOPLE = 24


@pytest.fixture(params=["by steps", "all at once"])
def way(request, monkeypatch):
    """Read what she reaches step by step, or everything: what the number of those she reaches decides."""
    monkeypatch.setattr(lineage, "MANY", 10_000 if request.param == "by steps" else 1)


def helped(session, helper, person, *, agreed=True, **facts):
    at = NOW if agreed else None
    row = Help(
        helper_id=helper.id,
        helped_id=person.id,
        helped_agreed_at=NOW,
        helper_agreed_at=at,
        made_at=NOW,
        **facts,
    )
    session.add(row)
    session.flush()
    return row


class Community:
    """Made-up help and mentorships of every kind, with what networkx alone is to be told of them."""

    def __init__(self, session, cohort, seed):
        self.session, self.chance = session, random.Random(seed)
        self.people = [a_person(session, f"Person {n}") for n in range(PEOPLE)]
        self.ties, self.standings = [], {person.id: Standing.HERE for person in self.people}
        pairs = {tuple(self.chance.sample(range(PEOPLE), 2)) for _ in range(3 * PEOPLE)}
        for one, other in sorted(pairs):
            self.help(self.people[one], self.people[other])
        self.mentorships(cohort)
        self.stand(cohort)
        session.flush()

    def help(self, helper, person):
        kind = self.chance.choice(("agreed", "agreed", "open", "no", "taken away"))
        ends = {"no": {"helper_declined_at": NOW}, "taken away": {"removed_at": NOW}}
        helped(self.session, helper, person, agreed=kind == "agreed", **ends.get(kind, {}))
        if kind in ("agreed", "open"):
            self.ties.append((helper.id, person.id, kind == "agreed"))

    def mentorships(self, cohort):
        mentor, blocked = (a_mentor(self.session, cohort, self.people[n]) for n in (0, 1))
        for number, state in ((5, State.ACTIVE), (6, State.COMPLETED), (7, State.PROPOSED)):
            request = a_request(self.session, cohort, self.people[number])
            a_mentorship(self.session, request, mentor, state=state)
            if state is not State.PROPOSED:
                self.ties.append((mentor.id, self.people[number].id, False))
        request = a_request(self.session, cohort, self.people[8])
        a_mentorship(self.session, request, blocked, state=State.COMPLETED)
        self.session.add(Block(blocker_id=self.people[8].id, blocked_id=blocked.id, made_at=NOW))

    def stand(self, cohort):
        for number, status in ((9, PersonStatus.HIDDEN), (10, PersonStatus.SUSPENDED)):
            self.people[number].status = status
        self.said(cohort, self.people[12], Still.YES, Still.NOT_NOW)
        self.said(cohort, self.people[13], Still.NOT_NOW, Still.A_LITTLE)
        stand = {9: Standing.UNNAMED, 10: Standing.LEFT, 12: Standing.LEFT}
        self.standings |= {self.people[number].id: how for number, how in stand.items()}

    def said(self, cohort, person, *answers):
        request = a_request(self.session, cohort, person)
        occasions = ((Occasion.JOINING, None), (Occasion.DAY_30, request.id))
        for days, (still, (occasion, of)) in enumerate(zip(answers, occasions, strict=True)):
            row = HelperAnswer(person_id=person.id, request_id=of, occasion=occasion, asked_at=NOW)
            row.answered_at, row.answer, row.still = NOW + timedelta(days), Answer.NOBODY_YET, still
            self.session.add(row)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_of_everyone_is_networkx_own(session, cohort, way, seed):
    community = Community(session, cohort, seed)
    plain = plain_graph(community.ties, {each: how.value for each, how in community.standings.items()})

    for person in community.people:
        if not_to_ask_about(session, person):
            continue  # to her one more is a shape; tests of the pages look at that
        seen = lineage.lineage_of(session, person)
        known = numbers_of(plain, person.id)
        assert [(list(each.named), each.others) for each in seen.view.down] == known["down"]
        assert [(list(each.named), each.others) for each in seen.view.up] == known["up"]
        assert (seen.view.total, seen.view.others_here) == (known["total"], known["others_here"])
        named = {each for one in (*seen.view.up, *seen.view.down) for each in one.named}
        assert set(seen.names) == named


def a_chain(session, names):
    people = [a_person(session, name) for name in names]
    return people, [helped(session, *pair) for pair in pairwise(people)]


def names_of(session, person):
    return set(lineage.lineage_of(session, person).names.values())


def test_what_is_taken_back_blocked_or_erased_is_gone_in_the_same_moment(session, cohort, way):
    (first, second, third, fourth), ties = a_chain(session, ("Ada", "Bea", "Cleo", "Dora"))
    assert names_of(session, first) == {"Bea", "Cleo", "Dora"}

    help_consent.answer(session, ties[2], agrees=False, at=NOW)
    assert names_of(session, first) == {"Bea", "Cleo"}
    help_consent.answer(session, ties[2], agrees=True, at=NOW)
    help_consent.let_be_named(session, ties[2], agrees=False, at=NOW)
    assert names_of(session, first) == {"Bea", "Cleo"}
    help_consent.let_be_named(session, ties[2], agrees=True, at=NOW)
    assert names_of(session, first) == {"Bea", "Cleo", "Dora"}

    safety.hide(session, fourth, hidden=True)
    assert names_of(session, first) == {"Bea", "Cleo"}
    safety.hide(session, fourth, hidden=False)
    safety.block(session, third, fourth, at=NOW)
    assert names_of(session, first) == {"Bea", "Cleo"}
    erase(session, second, at=NOW, key=KEY)
    assert names_of(session, first) == set()


def test_a_name_read_too_late_is_not_shown(session, cohort):
    """Whoever is erased after the ties were read and before the names are has none."""
    ada, bea = a_person(session, "Ada"), a_person(session, "Bea")
    helped(session, ada, bea)
    around = lineage.lineage_around(session, ada.id)

    erase(session, bea, at=NOW, key=KEY)

    assert lineage._names(session, around.people.tolist()) == {ada.id: "Ada"}


def test_many_names_are_fetched_a_page_at_a_time(session, cohort, way):
    ada = a_person(session, "Ada")
    for number in range(lineage.SHOWN + 3):
        helped(session, ada, a_person(session, f"Person {number}"))

    seen = lineage.lineage_of(session, ada)
    rest = lineage.names_at(session, ada, 1, first=lineage.SHOWN, most=2)

    assert len(seen.view.down[0].named) == lineage.SHOWN + 3
    assert set(seen.names.values()) == {f"Person {number}" for number in range(lineage.SHOWN)}
    assert rest == ([f"Person {lineage.SHOWN}", f"Person {lineage.SHOWN + 1}"], lineage.SHOWN + 3)
    for nowhere in (0, 2, -1, 10**30):
        assert lineage.names_at(session, ada, nowhere, first=0, most=9) == ([], 0)
