from datetime import UTC, date, datetime, timedelta

import pytest

from mentorship.rules.errors import BadInput, NotAllowed
from mentorship.rules.lifecycle import State
from mentorship.services import offers, places
from mentorship.store.cohorts import Cohort, CohortCoordinator, CohortMember
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import ApprovalState
from mentorship.store.people import Person
from mentorship.store.queries import free_place_of
from mentorship.store.requests import Request

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def a_person(session, name="Amina"):
    person = Person(name=name, adult=True, joined_at=AT)
    session.add(person)
    session.flush()
    return person


def a_cohort(session, *members, coordinators=()):
    cohort = Cohort(name="Spring", starts_on=date(2026, 3, 1))
    session.add(cohort)
    session.flush()
    session.add_all(CohortMember(cohort_id=cohort.id, person_id=p.id, joined_at=AT) for p in members)
    session.add_all(CohortCoordinator(cohort_id=cohort.id, person_id=p.id, since=AT) for p in coordinators)
    session.flush()
    return cohort


def an_offer(session, person=None, **given):
    person = person or a_person(session)
    wanted = {"agrees_to_conduct": True, "at": AT, **given}
    wanted.setdefault("cohorts", [a_cohort(session, person)])
    return offers.make_offer(session, person, **wanted)


def approve(session, offer):
    approval = offers.approval_of(session, offer.mentor_id)
    approval.state, approval.by_id = ApprovalState.LIVE, a_person(session, "Rosa").id
    approval.at, approval.until = AT, AT + timedelta(days=365)
    session.flush()


def hold(session, offer, place, *, begun=False):
    """A newcomer takes this place of the mentor's."""
    newcomer = a_person(session, "Hawa")
    request = Request(
        cohort_id=offer.cohorts[0].cohort_id,
        newcomer=newcomer,
        opened_at=AT,
        waiting_since=AT,
        word_due_at=AT,
    )
    session.add(request)
    session.flush()
    times = {"accepted_at": AT, "hello_due_at": AT, "began_at": AT, "agreed_until": AT} if begun else {}
    mentorship = Mentorship(
        request_id=request.id,
        newcomer_id=newcomer.id,
        mentor_id=offer.mentor_id,
        place_n=place,
        approval_state="live",
        state=State.ACTIVE if begun else State.PROPOSED,
        proposed_at=AT,
        answer_due_at=AT,
        **times,
    )
    session.add(mentorship)
    session.flush()
    return mentorship


def release(session, mentorship):
    mentorship.state, mentorship.ended_at = State.WITHDRAWN, AT
    mentorship.place_n = mentorship.approval_state = None
    session.flush()


def numbers(session, offer):
    session.expire(offer, ["places"])
    return [place.n for place in offer.places]


def test_an_offer_is_an_application_with_its_places_and_groups(session):
    person = a_person(session)
    cohort = a_cohort(session, person)

    offer = offers.make_offer(
        session,
        person,
        statement="I answer within two days.",
        backup=True,
        cohorts=[cohort],
        vouched_by="Rosa from the library",
        agrees_to_conduct=True,
        at=AT,
    )

    assert numbers(session, offer) == [1, 2]
    assert [row.cohort_id for row in offer.cohorts] == [cohort.id]
    assert offer.backup
    assert not offer.accepts_rounds
    assert offer.approval.state is ApprovalState.APPLIED
    assert offer.approval.conduct_agreed_at == AT
    assert offer.approval.vouched_by == "Rosa from the library"
    assert offers.places_of(session, person.id) == (0, 2)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"agrees_to_conduct": False}, "agrees_to_conduct"),
        ({"cohorts": []}, "cohorts"),
        ({"capacity": -1}, "capacity"),
        ({"capacity": 3}, "capacity"),
        ({"capacity": 21, "most": 30}, "capacity"),
    ],
)
def test_an_offer_that_cannot_be_names_its_field(session, given, field):
    with pytest.raises(BadInput) as refused:
        an_offer(session, **given)

    assert refused.value.field == field


def test_a_coordinator_may_allow_a_first_time_mentor_more_and_it_stays_allowed(session):
    offer = an_offer(session)

    offers.set_capacity(session, offer, 4, most=5)

    assert numbers(session, offer) == [1, 2, 3, 4]
    assert offers.most_places(session, offer) == 4
    offers.set_capacity(session, offer, 4)


def test_a_mentor_whose_mentorship_has_begun_once_offers_what_she_likes(session):
    offer = an_offer(session)
    approve(session, offer)
    hold(session, offer, 1, begun=True)

    offers.set_capacity(session, offer, 20)

    assert numbers(session, offer) == list(range(1, 21))


def test_an_ask_alone_does_not_lift_the_first_time_limit(session):
    offer = an_offer(session)
    approve(session, offer)
    hold(session, offer, 1)

    with pytest.raises(BadInput):
        offers.set_capacity(session, offer, 3)


def test_fewer_places_take_free_ones_at_once_and_used_ones_when_they_are_freed(session):
    offer = an_offer(session)
    approve(session, offer)
    offers.set_capacity(session, offer, 4, most=4)
    first, second = hold(session, offer, 2), hold(session, offer, 4)

    offers.set_capacity(session, offer, 1)

    assert numbers(session, offer) == [2, 4]
    release(session, first)
    places.fit_places(session, offer.mentor_id)
    assert numbers(session, offer) == [4]
    release(session, second)
    places.fit_places(session, offer.mentor_id)
    assert numbers(session, offer) == [1]
    assert offers.places_of(session, offer.mentor_id) == (0, 1)


def test_no_places_at_all_leave_her_pairs_alone(session):
    offer = an_offer(session)
    approve(session, offer)
    mentorship = hold(session, offer, 1)

    offers.set_capacity(session, offer, 0)

    assert numbers(session, offer) == [1]
    assert offers.places_of(session, offer.mentor_id) == (1, 0)
    release(session, mentorship)
    places.fit_places(session, offer.mentor_id)
    assert numbers(session, offer) == []


def test_more_places_fill_the_gaps(session):
    offer = an_offer(session)
    approve(session, offer)
    offers.set_capacity(session, offer, 3, most=3)
    hold(session, offer, 3)
    offers.set_capacity(session, offer, 1)

    offers.set_capacity(session, offer, 2)

    assert numbers(session, offer) == [1, 3]
    assert free_place_of(session, offer.mentor_id) == 1


def test_the_high_places_of_a_lowered_capacity_leave_no_more_to_give_out(session):
    offer = an_offer(session)
    approve(session, offer)
    offers.set_capacity(session, offer, 4, most=4)
    hold(session, offer, 3)
    hold(session, offer, 4)

    offers.set_capacity(session, offer, 2)

    assert free_place_of(session, offer.mentor_id) is None
    assert offers.places_of(session, offer.mentor_id) == (2, 0)


def test_a_change_keeps_her_groups_in_step_and_counts_as_a_sign_of_life(session):
    offer = an_offer(session)
    offer.silent_since = AT
    other = a_cohort(session, offer.mentor)

    offers.change_offer(
        session,
        offer,
        capacity=1,
        statement="Slowly, but surely.",
        backup=True,
        accepts_rounds=True,
        cohorts=[other],
    )

    session.expire_all()
    assert [row.cohort_id for row in offer.cohorts] == [other.id]
    assert (offer.statement, offer.backup, offer.accepts_rounds) == ("Slowly, but surely.", True, True)
    assert offer.silent_since is None


def test_who_was_declined_may_apply_again_and_who_lost_her_approval_may_not(session):
    offer = an_offer(session)
    approval = offers.approval_of(session, offer.mentor_id)
    approval.state = ApprovalState.DECLINED
    session.flush()

    offers.apply_again(session, offer, vouched_by="Nadia", at=AT)

    assert approval.state is ApprovalState.APPLIED
    approval.state = ApprovalState.WITHDRAWN
    with pytest.raises(NotAllowed):
        offers.apply_again(session, offer, vouched_by="Nadia", at=AT)


def test_she_offers_in_groups_she_joined_or_coordinates_and_others_read_it(session):
    person, reader = a_person(session), a_person(session, "Rosa")
    joined = a_cohort(session, person, coordinators=[reader])
    led = a_cohort(session, coordinators=[person, reader])
    a_cohort(session, reader)

    cohorts = offers.cohorts_open_to(session, person)

    assert {cohort.id for cohort in cohorts} == {joined.id, led.id}
    assert offers.readers_of(session, person, [joined.id, led.id]) == [reader]
