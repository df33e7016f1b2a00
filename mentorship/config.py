"""Every setting of an installation, with its meaning and unit; the secret has no default."""

from __future__ import annotations

import os
import runpy
import secrets
from dataclasses import dataclass, fields
from pathlib import Path

from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_

PREFIX = "MENTORSHIP_"
LEAST_SECRET = 32
LOCAL = "http://127.0.0.1:8000"
"""Where a site is that nobody gave an address."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings; each may stand in ``instance/config.py`` or in the environment as MENTORSHIP_NAME.

    Attributes
    ----------
    SECRET_KEY
        At least 32 characters; signs cookies and keys the hashes of avoided and blocked names.
    INSTANCE
        The folder of this installation.
    DATABASE_URL
        Where things are kept; an SQLite file in the instance folder by default.
    SITE_NAME, WHO_IT_IS_FOR
        What the site is called, and the sentence that says for whom it is.
    OUTSIDE_CONTACT
        An address outside the group for reports about a coordinator; shown on the help pages.
    OPEN_JOINING
        Whether one may join without a cohort's link, into the cohort that is always open.
    BASE_URL
        The address people reach the site under; written into mail.
    HTTPS
        Whether the site is served over TLS; cookies are then sent over TLS only.
    SESSION_HOURS, OWN_DEVICE_DAYS
        How long one stays signed in: on any device, and on one she says is hers alone.
    MAIL_HOST, MAIL_PORT, MAIL_USER, MAIL_PASSWORD, MAIL_SECURITY, MAIL_FROM
        The mail server; without MAIL_HOST nothing is mailed and notices stand on the site only.
        MAIL_SECURITY is ``starttls``, ``tls`` or ``none``.
    LIMITS_STORAGE
        Where rate limits are counted: ``memory://`` for one process, or a Redis address.
    TRUSTED_PROXIES
        How many proxies before the site may say who the visitor is.
    """

    SECRET_KEY: str
    INSTANCE: Path
    DATABASE_URL: str = ""
    SITE_NAME: str = "Someone to turn to"
    WHO_IT_IS_FOR: str = N_(
        "For women, cis and trans, and non-binary people who feel at home here. You decide; nobody asks."
    )
    OUTSIDE_CONTACT: str = ""
    OPEN_JOINING: bool = False
    BASE_URL: str = LOCAL
    HTTPS: bool = False
    SESSION_HOURS: int = 4
    OWN_DEVICE_DAYS: int = 30
    MAIL_HOST: str = ""
    MAIL_PORT: int = 587
    MAIL_USER: str = ""
    MAIL_PASSWORD: str = ""
    MAIL_SECURITY: str = "starttls"
    MAIL_FROM: str = "no-reply@localhost"
    LIMITS_STORAGE: str = "memory://"
    TRUSTED_PROXIES: int = 0

    def __post_init__(self) -> None:
        check_secret(self.SECRET_KEY)
        if self.MAIL_SECURITY not in ("starttls", "tls", "none"):
            raise BadInput(N_("MAIL_SECURITY must be starttls, tls or none."), field="MAIL_SECURITY")

    @property
    def database_url(self) -> str:
        """The database's address, with the default filled in."""
        return self.DATABASE_URL or f"sqlite:///{self.INSTANCE / 'mentorship.sqlite'}"


def check_secret(secret: object) -> None:
    """Refuse a secret that is missing, short or plainly not random.

    Raises
    ------
    BadInput
        Saying what is wrong and how to make a good one.
    """
    if not isinstance(secret, str) or len(secret) < LEAST_SECRET or len(set(secret)) < LEAST_SECRET // 4:
        raise BadInput(
            N_(
                "SECRET_KEY must be a random text of at least 32 characters."
                " Make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
            ),
            field="SECRET_KEY",
        )


def read(instance: Path) -> Config:
    """The settings of the installation in `instance`: its config.py, the environment on top.

    Raises
    ------
    BadInput
        When there is no config.py and no MENTORSHIP_SECRET_KEY, or a setting cannot be used.
    """
    found: dict[str, object] = {"INSTANCE": instance.resolve(), "SECRET_KEY": ""}
    file = instance / "config.py"
    known = {field.name: field for field in fields(Config)}
    if file.is_file():
        written = {name: value for name, value in runpy.run_path(str(file)).items() if name.isupper()}
        unknown = sorted(set(written) - set(known))
        if unknown:
            raise BadInput(N_("%(file)s has a setting nobody knows: %(name)s."), file=file, name=unknown[0])
        found |= written
    for name, field in known.items():
        if name == "INSTANCE":  # the folder is the caller's to say; the environment reaches it there
            continue
        if (given := os.environ.get(PREFIX + name)) is not None:
            found[name] = _typed(name, str(field.type), given)
    return Config(**found)  # type: ignore[arg-type]


def write_new(instance: Path) -> Path:
    """Write a config.py with a new secret into `instance`, readable by its owner alone."""
    instance.mkdir(parents=True, exist_ok=True)
    file = instance / "config.py"
    words = (
        '"""The settings of this installation; every one there is: mentorship/config.py."""\n\n'
        f'SECRET_KEY = "{secrets.token_urlsafe(48)}"\n'
    )
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(words)
    return file


def _typed(name: str, kind: str, given: str) -> object:
    if kind == "bool":
        if given.lower() not in ("true", "false", "1", "0"):
            raise BadInput(N_("%(name)s must be true or false."), field=name, name=PREFIX + name)
        return given.lower() in ("true", "1")
    if kind == "int":
        if not given.isdigit():
            raise BadInput(N_("%(name)s must be a whole number."), field=name, name=PREFIX + name)
        return int(given)
    return Path(given) if kind == "Path" else given
