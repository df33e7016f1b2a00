"""`mentorship coordinator`: how somebody becomes one; there is no other way."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.commands.cohort import cohort_named, cohort_option
from mentorship.commands.installation import instance_option, read_config, unit_of_work
from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.services import accounts
from mentorship.services.accounts import NewAccount
from mentorship.services.cohorts import add_coordinator
from mentorship.services.keyed import plain_name
from mentorship.store.cohorts import Cohort
from mentorship.store.people import Credential, CredentialKind, Person, PersonStatus

LONGEST_NAME = 80


@click.group()
def coordinator() -> None:
    """Let somebody coordinate a cohort."""


@coordinator.command()
@instance_option
@click.argument("sign_in_name")
@cohort_option
@click.option("--name", help="What a new person is called by; only where nobody has this sign-in name.")
def add(instance: Path, sign_in_name: str, cohort: str, name: str | None) -> None:
    """Let the person with SIGN_IN_NAME coordinate a cohort.

    Where nobody has that sign-in name, --name makes an account; its password and recovery code are
    printed once.
    """
    key = read_config(instance).SECRET_KEY.encode()
    told = []
    with unit_of_work(instance) as session:
        where = cohort_named(session, cohort)
        person = _person(session, sign_in_name)
        if person is None:
            person, password, code = _made(session, where, sign_in_name, name, key=key)
            told = [f"Password: {password}", f"Recovery code: {code}"]
        is_new = add_coordinator(session, where, person, at=datetime.now(UTC))
        told.insert(
            0, f"{person.name} {'now coordinates' if is_new else 'coordinates already:'} {where.name}."
        )
    for line in told:
        click.echo(line)
    if len(told) > 1:
        click.echo("They are shown this once. Change the password after signing in.")


def _person(session: Session, sign_in_name: str) -> Person | None:
    person = session.scalar(
        select(Person)
        .join(Credential, Credential.person_id == Person.id)
        .where(Credential.kind == CredentialKind.PASSWORD, Credential.subject == plain_name(sign_in_name))
    )
    if person is not None and person.status is not PersonStatus.ACTIVE:
        raise BadInput(N_("The account of this sign-in name is not active."), field="sign_in_name")
    return person


def _made(
    session: Session, cohort: Cohort, sign_in_name: str, name: str | None, *, key: bytes
) -> tuple[Person, str, str]:
    if not plain_name(sign_in_name):
        raise BadInput(N_("A sign-in name has at least one letter."), field="sign_in_name")
    if name is None:
        raise BadInput(
            N_("Nobody has this sign-in name. To make an account, add --name with what to be called by."),
            field="sign_in_name",
        )
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadInput(N_("A name has 1 to %(most)s letters."), field="name", most=LONGEST_NAME)
    password = secrets.token_urlsafe(12)
    new = NewAccount(sign_in_name, password, name.strip(), "en", "UTC")
    person, code = accounts.join(session, cohort, new, at=datetime.now(UTC), key=key)
    return person, password, code
