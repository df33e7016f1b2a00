"""Her data, hers: everything kept about one person, made from the labels of the columns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from mentorship.store.base import PLUMBING, Base, label_of
from mentorship.store.people import Person

OWNER: dict[str, str] = {
    "person": "id",
    "credential": "person_id",
    "address": "person_id",
    "login_session": "person_id",
    "language_skill": "person_id",
    "interest": "person_id",
    "where_edits": "person_id",
    "day_part": "person_id",
    "cohort_member": "person_id",
    "conversation": "host_id",
    "participation": "person_id",
    "takeaway": "author_id",
    "quote": "author_id",
    "offer": "mentor_id",
    "place": "mentor_id",
    "approval": "mentor_id",
    "request": "newcomer_id",
    "avoid": "person_id",
    "event_note": "author_id",
    "message": "author_id",
    "check_in": "person_id",
    "step": "newcomer_id",
    "closing_words": "author_id",
    "pair_note": "author_id",
    "recognition": "giver_id",
    "helper_answer": "person_id",
    "help": "helped_id",
    "block": "blocker_id",
    "report": "by_id",
    "outbox": "person_id",
    "no_mail": "person_id",
    "reach_note": "person_id",
    "talk": "by_id",
}
"""The table to the column that says whose row it is."""

NOT_ONES_OWN = {
    "offer_cohort": "holds numbers of rows only",
    "cohort": "the programme's, not a person's",
    "block_mark": "a keyed hash about someone who has left",
    "known_already": "a hash of a word, for two",
    "shown": "names others",
    "report_message": "says which messages stand by a report; the words are their authors'",
    "rung": "a cohort's",
    "thank_note": "two people's; on the page of each",
    "round_choice": "a coordinator's",
    "pairing": "a proposal coordinators look at, about two",
    "left_out": "what a round could not do, for coordinators",
}
"""Tables with labels whose rows are no single person's, and why."""

SECRETS = ("secret", "token_hash", "name_hash", "wiki_name_hash", "subject_hash")
"""Columns that are of no use to her and of some to whoever finds the file."""


def own_data(session: Session, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Each table to her rows, with what is labelled as being about a person, and the times."""
    found = {name: _rows(session, Base.metadata.tables[name], person) for name in OWNER}
    return {name: rows for name, rows in found.items() if rows}


def _rows(session: Session, table: Table, person: Person) -> list[dict[str, Any]]:
    columns = [column for column in table.columns if _is_hers(column)]
    mine = table.columns[OWNER[table.name]] == person.id
    rows = session.execute(select(*columns).where(mine).order_by(*table.primary_key.columns))
    return [
        {name: _plain(value) for name, value in row.items() if value is not None} for row in rows.mappings()
    ]


def _is_hers(column: Column[Any]) -> bool:
    if column.name in SECRETS or column.foreign_keys or column.name == "id":
        return False
    is_about_her = label_of(column) not in (None, PLUMBING)
    return is_about_her or column.name.endswith(("_at", "_on")) or column.name == "at"


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value
