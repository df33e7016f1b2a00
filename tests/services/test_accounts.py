"""Joining, coming back, and the account's ways in."""

import subprocess
import sys
from datetime import timedelta

import pytest
from argon2 import PasswordHasher, extract_parameters, profiles
from sqlalchemy import select

from mentorship.rules.errors import BadInput
from mentorship.services import accounts, passwords, sessions
from mentorship.services.accounts import NewAccount
from mentorship.services.erasure import erase
from mentorship.services.safety import block
from mentorship.store.cohorts import CohortMember
from mentorship.store.people import Credential, LoginSession
from mentorship.store.queries import is_blocked
from mentorship.store.safety import BlockMark
from tests.factories import NOW, a_cohort, a_person

KEY = b"a key for these tests alone, of no use"
PASSWORD = "correct horse battery"


def joined(session, cohort, sign_in_name="river stone", password=PASSWORD):
    new = NewAccount(sign_in_name, password, name="River", locale="en", time_zone="UTC")
    return accounts.join(session, cohort, new, at=NOW, key=KEY)


def test_she_who_joins_is_a_member_and_can_come_back(session):
    cohort = a_cohort(session)

    person, code = joined(session, cohort)

    assert session.get(CohortMember, (cohort.id, person.id)) is not None
    assert accounts.person_with(session, "River_STONE", PASSWORD) == person
    kept = " ".join(session.scalars(select(Credential.secret)))
    assert PASSWORD not in kept
    assert code not in kept


def test_a_sign_in_name_is_taken_in_every_way_of_typing_it(session):
    cohort = a_cohort(session)
    joined(session, cohort)

    with pytest.raises(BadInput) as refusal:
        joined(session, cohort, "RIVER  stone")

    assert refusal.value.field == "sign_in_name"


def test_a_wrong_password_and_an_unknown_name_give_nobody(session):
    joined(session, a_cohort(session))

    assert accounts.person_with(session, "river stone", PASSWORD + "x") is None
    assert accounts.person_with(session, "nobody here", PASSWORD) is None


def test_the_password_of_nobody_is_never_right():
    assert not passwords.is_right(None, PASSWORD)
    assert not passwords.is_right("not a hash", PASSWORD)
    assert passwords.is_right(passwords.hashed("pass\ud800word 123"), "pass\ud800word 123")


def test_a_running_service_hashes_at_the_settings_of_rfc_9106():
    """In an interpreter of its own: these tests hash with less."""
    program = "from mentorship.services.passwords import hashed; print(hashed('correct horse battery'))"

    made = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout

    assert extract_parameters(made.strip()) == profiles.RFC_9106_LOW_MEMORY


def test_a_hash_of_weaker_settings_is_renewed_at_sign_in(session, passwords_hashed_as_served):
    person, _ = joined(session, a_cohort(session))
    kept = session.scalars(select(Credential).where(Credential.kind == "password")).one()
    kept.secret = weak = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)

    assert accounts.person_with(session, "river stone", PASSWORD) == person

    assert kept.secret != weak
    assert not passwords.is_old(kept.secret)


def test_the_recovery_code_sets_a_new_password_once_and_ends_every_session(session):
    person, code = joined(session, a_cohort(session))
    sessions.start(session, person, device="", hours=4, at=NOW)
    typed = code.upper().replace("-", " ")

    assert accounts.recover(session, "river stone", "wrong", "another long one", at=NOW) is None
    recovered, next_code = accounts.recover(session, "river stone", typed, "another long one", at=NOW)

    assert recovered == person
    assert session.scalars(select(LoginSession)).all() == []
    assert accounts.person_with(session, "river stone", PASSWORD) is None
    assert accounts.person_with(session, "river stone", "another long one") == person
    assert accounts.recover(session, "river stone", code, "a third long one", at=NOW) is None
    assert accounts.recover(session, "river stone", next_code, "a third long one", at=NOW) is not None


def test_she_who_was_blocked_erased_herself_and_joins_again_is_blocked_again(session):
    cohort = a_cohort(session)
    other = a_person(session)
    first, _ = joined(session, cohort)
    block(session, other, first, at=NOW)
    erase(session, first, at=NOW, key=KEY)

    again, _ = joined(session, cohort, "River Stone")
    someone_else, _ = joined(session, cohort, "pebble")

    assert is_blocked(session, again.id, other.id)
    assert not is_blocked(session, someone_else.id, other.id)
    assert session.scalars(select(BlockMark)).all() == []


def test_an_erased_account_has_no_way_in(session):
    person, code = joined(session, a_cohort(session))

    erase(session, person, at=NOW + timedelta(days=1), key=KEY)

    assert accounts.person_with(session, "river stone", PASSWORD) is None
    assert accounts.recover(session, "river stone", code, "another long one", at=NOW) is None
