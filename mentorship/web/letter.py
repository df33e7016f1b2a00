"""What a mail says: the notice's sentence, where to read on or answer, and how to end such mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, url_for
from sqlalchemy.orm import Session

from mentorship.services import addresses, inbox, mail_choice
from mentorship.store.outbox import Outbox
from mentorship.store.people import Address
from mentorship.web.i18n import gettext
from mentorship.web.mailed.links import answer_links
from mentorship.web.notices import answered_at, places_of, sentence_of


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a mail, in its reader's language; both its parts, plain and HTML, are drawn from it.

    `links` are label and address; `stop` is empty where there is nothing to end.
    """

    hello: str
    sentence: str
    links: list[tuple[str, str]]
    site: str
    why: str
    stop: str
    stop_label: str


def letter_of(session: Session, row: Outbox, address: Address, *, site: str, at: datetime) -> Letter:
    """The mail of a notice; of `addresses.CONFIRM`, the one with the link that confirms `address`."""
    key: bytes = current_app.config["SECRET_KEY"].encode()
    stop = ""
    if row.kind == addresses.CONFIRM:
        sentence = gettext("Please confirm that this address is yours. The link is good for seven days.")
        token = addresses.link_token(key, address)
        links = [(gettext("Confirm this address"), url_for("account.confirm", token=token, _external=True))]
    else:
        notice = inbox.notices(session, [row])[0]
        sentence = sentence_of(notice)
        links = answer_links(session, key, row, at=at)
        place = answered_at(notice, external=True) or places_of(session, [notice], external=True)[0]
        place = place or url_for("pages.home", _external=True)
        links += [(gettext("Read on"), place)]
        stop = url_for("mailed.stop", token=mail_choice.stop_token(key, row.person, row.kind), _external=True)
    return Letter(
        hello=gettext("Hello %(name)s,", name=row.person.name),
        sentence=sentence,
        links=links,
        site=site,
        why=gettext(
            "You get this because you gave this address for notices. You can take it away in your account."
        ),
        stop=stop,
        stop_label=gettext("End mail of this kind"),
    )
