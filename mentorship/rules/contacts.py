"""What cannot be taken back once it is sent: a number, a handle, an address, a link of a chat service."""

from __future__ import annotations

import re

CHATS = (
    "chat.whatsapp.com", "discord.com", "discord.gg", "facebook.com", "instagram.com", "line.me", "m.me",
    "matrix.to", "messenger.com", "signal.group", "signal.me", "skype.com", "snapchat.com", "t.me",
    "telegram.me", "telegram.org", "tiktok.com", "viber.com", "vk.com", "wa.me", "wechat.com",
    "weixin.qq.com", "whatsapp.com", "zalo.me",
)  # fmt: skip
"""Hosts of services for chats and calls, and of profiles one is found by."""

FEWEST_DIGITS = 7
"""A telephone number has so many, its separators left out."""

ADDRESS = re.compile(r"\b(?:[a-z][a-z+.-]{0,15}://|www\.)\S+", re.IGNORECASE)
CHAT = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, CHATS))})(?![\w-]|\.\w)", re.IGNORECASE)
DATE = re.compile(r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b|\b\d{1,2}:\d{2}\b")
NUMBER = re.compile(r"\+?\d(?:[ \u00a0\u2009./()\u2010-\u2013-]{0,3}\d)+")
HANDLE = re.compile(r"(?<![\w/@.])@\w[\w.-]+")
E_MAIL = re.compile(r"\w@[\w-]+\.\w")


def gives_contact(words: str) -> bool:
    """Whether `words` hold something by which their writer can be reached outside this service.

    Addresses of pages are read for chat services alone: the numbers in them are those of edits.

    Examples
    --------
    >>> gives_contact("My number is +234 803 555 0101"), gives_contact("Find me as @river.writes")
    (True, True)
    >>> gives_contact("See https://en.wikipedia.org/?diff=1234567890, on 2026-11-22 at 18:30")
    False
    >>> gives_contact("https://t.me/river")
    True
    """
    if CHAT.search(words):
        return True
    text = DATE.sub(" ", ADDRESS.sub(" ", words))
    numbers = (sum(letter.isdigit() for letter in found.group()) for found in NUMBER.finditer(text))
    return any(digits >= FEWEST_DIGITS for digits in numbers) or bool(
        HANDLE.search(text) or E_MAIL.search(text)
    )
