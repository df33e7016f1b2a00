"""Mail: a notice in her language and time zone, handed to the mail server in a real conversation."""

from __future__ import annotations

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from flask import Flask, render_template
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mentorship.config import Config
from mentorship.services import mailing
from mentorship.store.outbox import Outbox
from mentorship.store.people import Address
from mentorship.web.i18n import gettext, speaking
from mentorship.web.letter import letter_of

TIMEOUT_SECONDS = 20
ONE_LINE = SMTP.clone(max_line_length=998)
"""No header is folded: a signed address broken in two, or encoded, is an address no mail program finds."""


def deliver(app: Flask, engine: Engine, config: Config, *, at: datetime) -> int:
    """Send the mail that waits, one unit of work each; returns how many were sent."""
    with Session(engine) as session:
        rows = mailing.waiting(session, at=at)
    return sum(_deliver_one(app, engine, config, row, at=at) for row in rows)


def _deliver_one(app: Flask, engine: Engine, config: Config, row_id: int, *, at: datetime) -> bool:
    with Session(engine) as session, session.begin():
        row = mailing.claim(session, row_id)
        if row is None:
            return False
        address = mailing.recipient(session, row) if config.MAIL_HOST else None
        if address is None:
            mailing.keep_on_site(row)
            return False
        with app.test_request_context(base_url=config.BASE_URL):
            message = compose(session, config, row, address, at=at)
        try:
            send(config, message)
        except (OSError, smtplib.SMTPException) as error:
            app.logger.warning("a mail could not be sent: %s", type(error).__name__)
            mailing.not_sent(row, at=at)
            return False
        mailing.sent(row)
        return True


def compose(session: Session, config: Config, row: Outbox, address: Address, *, at: datetime) -> EmailMessage:
    """The mail of a notice, as text and as HTML: a subject that says nothing, the sentence, a link."""
    with speaking(row.person.locale, row.person.time_zone) as speech:
        letter = letter_of(session, row, address, site=config.SITE_NAME, at=at)
        message = EmailMessage()
        message["Subject"] = subject = gettext("A note for you")
        message["From"] = config.MAIL_FROM
        message["To"] = address.email
        message["Date"] = format_datetime(at)
        message["Message-ID"] = make_msgid(idstring=row.public_id, domain=config.MAIL_FROM.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        if letter.stop:
            message["List-Unsubscribe"] = f"<{letter.stop}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        told = {"letter": letter, "subject": subject, "speech": speech}
        message.set_content(render_template("emails/notice.txt", **told), cte="base64")
        message.add_alternative(render_template("emails/notice.html", **told), subtype="html", cte="base64")
        message.policy = ONE_LINE  # for writing it out; the parts keep the short lines they were encoded in
        return message


def send(config: Config, message: EmailMessage) -> None:
    """Hand `message` to the mail server; raises OSError or SMTPException when it is not taken."""
    kind = smtplib.SMTP_SSL if config.MAIL_SECURITY == "tls" else smtplib.SMTP
    with kind(config.MAIL_HOST, config.MAIL_PORT, timeout=TIMEOUT_SECONDS) as server:
        if config.MAIL_SECURITY == "starttls":
            server.starttls(context=ssl.create_default_context())
        if config.MAIL_USER:
            server.login(config.MAIL_USER, config.MAIL_PASSWORD)
        server.send_message(message)
