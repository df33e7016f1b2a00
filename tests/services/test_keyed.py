"""Names as keyed hashes."""

import pytest

from mentorship.services.keyed import hash_name, plain_name

KEY = b"a key for these tests alone, of no use"


@pytest.mark.parametrize(
    "typed",
    [
        "Ada Lovelace",
        "ada_lovelace",
        "  ADA   LOVELACE ",
        "Ａｄａ Lovelace",
        "Ada\u202e Love\u200blace",
        "Ada\x00 Lovelace",
    ],
)
def test_a_name_is_the_same_however_it_is_typed(typed):
    assert hash_name(KEY, typed) == hash_name(KEY, "Ada Lovelace")


def test_another_name_or_another_key_has_another_hash():
    assert hash_name(KEY, "Ada") != hash_name(KEY, "Adah")
    assert hash_name(KEY, "Ada") != hash_name(b"another key", "Ada")


def test_the_plain_form_stays_what_it_is():
    for name in ("İstanbul", "ß", "Ａ_ﬁ", "آمنة"):
        assert plain_name(plain_name(name)) == plain_name(name)


def test_a_lone_surrogate_does_not_break_it():
    assert hash_name(KEY, "Ada\ud800") == hash_name(KEY, "Ada")
