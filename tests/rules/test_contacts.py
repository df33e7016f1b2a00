import pytest

from mentorship.rules.contacts import gives_contact


@pytest.mark.parametrize(
    "words",
    [
        "0803 555 0101",
        "+44 (20) 7946-0018",
        "رقمي ٠٨٠٣٥٥٥٠١٠١",
        "ring 08035550101.",
        "I am @river",
        "write to river@example.org",
        "https://wa.me/2348035550101",
        "HTTPS://CHAT.WhatsApp.com/abc",
        "t.me/river",
        "my page: www.instagram.com/river",
        "discord.gg/abc, or https://matrix.to/#/@river:example.org",
    ],
)
def test_a_number_a_handle_or_a_chat_is_noticed(words):
    assert gives_contact(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Shall we look at it together on Sunday at 18:30?",
        "https://en.wikipedia.org/w/index.php?title=Talk:Bridge&diff=1234567890&oldid=1234567889",
        "It was reverted on 2026-11-22 18:30, and on 22.11.2026 again.",
        "I made 120 edits in 2025 and 300 in 2026.",
        "Q42 and P31 on Wikidata; see User:River",
        "best.me.uk is a site",
        "not.me",
    ],
)  # fmt: skip
def test_ordinary_words_of_editing_are_left_alone(words):
    assert not gives_contact(words)


@pytest.mark.parametrize("words", ["1" * 10_000, "@" * 10_000, "a@" * 5_000, "t.me." * 2_000, "1 " * 5_000])
def test_odd_words_are_read_at_once(words):
    gives_contact(words)
