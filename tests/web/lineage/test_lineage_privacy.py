"""Names planted everywhere in help, thanks and lineage: none is found outside consent.

Also not after consent is taken back, after a no, after a block, after an erasure: on no page of anyone, in no
file of her data, in no mail, whoever looks.
"""

import pytest
from sqlalchemy import select

from mentorship.services import erasure, help_consent, help_records, mailing, safety, thanks
from mentorship.services.help_records import Facts
from mentorship.store.help import Help
from mentorship.store.outbox import Outbox
from mentorship.store.people import Address, Person
from mentorship.web.mail import compose
from tests.web.lineage.conftest import CHAIN, PEOPLE
from tests.web.visits import rules

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

WHERE_SHE_MET = ("/cohorts/", "/help", "/helped/people", "/account/apart", "/data")
"""Pages on which she finds whom she was shown, to report, to pick, to block: nobody from further away."""

MET = {"Bea": {"Clara"}, "Amina": {"Bea"}, "Dora": {"Amina"}, "Coordinator": {"Bea", "Amina", "Dora"}}
KEY = b"a key for these tests alone, of no use"


@pytest.fixture
def planted(chain):
    """Every help with words, a thank note on each, a typed name of each, a link, mail for everyone."""
    chain.name_all()
    chain.typed = {}
    with chain.site.filling() as session:
        for name in (*PEOPLE, "Coordinator"):
            address = f"{name.lower()}@example.org"
            session.add(Address(person_id=chain.ids[name], email=address, confirmed_at=chain.at))
        for helper, helped in CHAIN:
            person = session.get_one(Person, chain.ids[helped])
            record = help_records.record_of(session, person, chain.helps[helper, helped])
            thanks.thank(session, record, f"thanks of {helped}", at=chain.at)
            facts = Facts(2019, "fr", f"typed words of {helped}", may_invite=True)
            typed = help_records.add_typed(session, person, f"typed by {helped}", facts, at=chain.at)
            help_consent.invite(session, typed)
            chain.typed[helped] = typed.public_id
    return chain


def pages_of(chain, name):
    """Path to text of every page she can look at, her own data, and every mail to her."""
    browser = chain.browser(name)
    client = browser.client
    own = [
        rule.rule for rule in rules(chain.site.app).values() if "GET" in rule.methods and not rule.arguments
    ]
    ids = [*chain.helps.values(), *chain.typed.values()]
    addresses = [*own, *(f"/helped/people/{each}" for each in ids)]
    addresses += [f"/cohorts/{chain.cohort_id}/{page}" for page in ("today", "people", "numbers")]
    found = {
        path: client.get(path, follow_redirects=True).get_data().decode(errors="replace")
        for path in addresses
    }
    return found | {"mail": "".join(mails_to(chain, name))}


def mails_to(chain, name):
    with chain.site.filling() as session, chain.site.app.test_request_context():
        for row in session.scalars(select(Outbox).where(Outbox.person_id == chain.ids[name])):
            if address := mailing.recipient(session, row):
                config = chain.site.app.config["MENTORSHIP"]
                yield compose(session, config, row, address, at=chain.at).as_string()


def named_to(chain, name):
    """Whose names she finds: beyond herself, and beyond whom she was shown where those stand."""
    found = set()
    for path, text in pages_of(chain, name).items():
        met = MET.get(name, set()) if path.startswith(WHERE_SHE_MET) else set()
        found |= chain.named_in(text) - met - {name}
    return found


def everyone(chain):
    return {name: named_to(chain, name) for name in (*PEOPLE, "Coordinator")}


def consent(chain, helper, helped, *, agrees, by):
    with chain.site.filling() as session:
        record = session.scalars(select(Help).where(Help.public_id == chain.helps[helper, helped])).one()
        act = help_consent.answer if by == helper else help_consent.let_be_named
        act(session, record, agrees=agrees, at=chain.at)


ONLY_ASKERS = {
    "Clara": {"Bea"}, "Bea": {"Amina"}, "Amina": {"Dora"}, "Dora": set(), "Olga": set(), "Coordinator": set(),
}  # fmt: skip
"""Before any answer: whoever is asked reads who asks, nobody else reads anything."""

ALL_AGREED = ONLY_ASKERS | {
    "Clara": {"Bea", "Amina", "Dora"},
    "Bea": {"Clara", "Amina", "Dora"},
    "Amina": {"Clara", "Bea", "Dora"},
    "Dora": {"Amina", "Bea"},  # two steps up, no further
}


def test_before_an_answer_only_who_asks_is_named_to_whom_she_asks(planted):
    assert everyone(planted) == ONLY_ASKERS


def test_after_a_no_of_all_nothing_more_is_named_than_before(planted):
    planted.answer_all(agrees=False)

    assert everyone(planted) == ONLY_ASKERS


def test_when_all_agreed_the_chain_is_named_and_nobody_beside_it_reads_a_name(planted):
    planted.answer_all()

    assert everyone(planted) == ALL_AGREED


def test_when_one_takes_back_a_yes_no_name_shows_past_her(planted):
    planted.answer_all()

    consent(planted, "Bea", "Amina", agrees=False, by="Bea")

    assert everyone(planted) == ONLY_ASKERS | {
        "Clara": {"Bea"}, "Bea": {"Clara", "Amina"}, "Amina": {"Dora"}, "Dora": {"Amina"},
    }  # fmt: skip


def test_when_she_who_asked_takes_it_back_she_is_named_to_nobody_there(planted):
    planted.answer_all()

    consent(planted, "Bea", "Amina", agrees=False, by="Amina")

    found = everyone(planted)
    assert found == ONLY_ASKERS | {
        "Clara": {"Bea"}, "Bea": {"Clara", "Amina"}, "Amina": {"Dora"}, "Dora": {"Amina"},
    }  # fmt: skip


def test_after_a_block_neither_is_named_to_the_other_by_any_way(planted, monkeypatch):
    monkeypatch.setitem(MET, "Amina", {"Bea", "Clara"})  # whom she blocked stands in her own list
    planted.answer_all()
    with planted.site.filling() as session:
        amina, clara = (session.get_one(Person, planted.ids[name]) for name in ("Amina", "Clara"))
        safety.block(session, amina, clara, at=planted.at)

    found = everyone(planted)

    assert found == ALL_AGREED | {"Clara": {"Bea"}, "Amina": {"Bea", "Dora"}}  # Dora stands behind a shape


def test_after_an_erasure_her_name_is_nowhere_and_none_shows_past_her(planted):
    planted.answer_all()
    with planted.site.filling() as session:
        erasure.erase(session, session.get_one(Person, planted.ids["Bea"]), at=planted.at, key=KEY)

    found = everyone(planted)

    assert all("Bea" not in names for names in found.values())
    assert found["Amina"] == {"Dora"}
    assert found["Clara"] == set()
    assert found["Dora"] == {"Amina"}
    with planted.site.filling() as session:
        kept = [row.what for row in session.scalars(select(Help))]
    assert "typed words of Bea" not in kept
    assert "words of Bea" not in kept


def test_typed_names_words_and_thanks_are_read_by_whose_they_are_alone(planted):
    planted.answer_all()
    for name in (*PEOPLE, "Coordinator", "Olga"):
        text = "".join(pages_of(planted, name).values())
        for helper, helped in CHAIN:
            assert (f"typed by {helped}" in text) == (name == helped), (name, helped)
            assert (f"typed words of {helped}" in text) == (name == helped), (name, helped)
            assert (f"thanks of {helped}" in text) == (name == helper), (name, helped)


def test_no_mail_names_anyone(planted):
    planted.answer_all()

    mails = [mail for name in PEOPLE for mail in mails_to(planted, name)]

    assert len(mails) >= 2 * len(CHAIN)
    assert all(len(planted.named_in(mail)) <= 1 for mail in mails)  # who it is written to
