"""People several have named and who do not mentor yet, for coordinators to invite; never who named them."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from mentorship.services.help_records import HERE
from mentorship.services.keyed import plain_name
from mentorship.store.cohorts import Cohort, CohortMember
from mentorship.store.help import Help
from mentorship.store.offers import Approval
from mentorship.store.people import Person

SEVERAL = 2


def people_to_invite(session: Session, cohort: Cohort, *, viewer: Person) -> list[str]:
    """Names by which at least two of the cohort remember someone, each allowing an invitation; by name.

    Typed names count as one where they read the same. A member stands here only after agreeing to be
    named, and as one of the cohort, where the coordinators know the name anyway. How many named them is
    said nowhere, and neither is anyone whom `viewer` alone and one other named: each must be two others.
    """
    askers: dict[object, set[int]] = defaultdict(set)
    names: dict[object, str] = {}
    for helped_id, helper_id, typed, called in session.execute(_named_in(cohort)):
        key = helper_id if helper_id is not None else plain_name(typed)
        if helped_id != viewer.id and helper_id != viewer.id:
            askers[key].add(helped_id)
            names.setdefault(key, called or typed)
    return sorted(names[key] for key, hers in askers.items() if len(hers) >= SEVERAL)


def _named_in(cohort: Cohort):  # type: ignore[no-untyped-def]  # a row of columns of four kinds
    members = select(CohortMember.person_id).where(CohortMember.cohort_id == cohort.id)
    mentors = select(Approval.mentor_id)  # whatever became of her offer: she needs no invitation
    here = select(Person.id).where(Person.status.in_(HERE))
    agreed = and_(
        Help.helper_agreed_at.is_not(None),
        Help.helper_id.in_(members),
        Help.helper_id.in_(here),
        Help.helper_id.not_in(mentors),
    )
    return (
        select(Help.helped_id, Help.helper_id, Help.helper_name, Person.name)
        .outerjoin(Person, Person.id == Help.helper_id)
        .where(
            Help.helped_id.in_(members),
            Help.helped_id.in_(here),
            Help.may_invite.is_(True),
            Help.is_group.is_(False),
            Help.removed_at.is_(None),
            or_(Help.helper_id.is_(None), agreed),
        )
        .order_by(Help.id)
    )
