import re
from datetime import timedelta

import pytest

from mentorship.rules.errors import NotAllowed, WrongState
from mentorship.rules.lifecycle import AGREED, Action, Party, State, allowed, next_state
from mentorship.services.mentorships import ELSEWHERE
from mentorship.store.people import Person
from tests.factories import _PATH
from tests.web.pairs import NOBODY, token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

BUTTONS = {
    Action.ACCEPT: {"Yes"},
    Action.DECLINE: {"Not now", "Not the right one"},
    Action.WITHDRAW: {"Take the ask back"},
    Action.BEGIN: {"We are in touch"},
    Action.PAUSE: {"Pause until that day"},
    Action.RESUME: {"Go on now"},
    Action.EXTEND: {"Go on until that day"},
    Action.COMPLETE: {"Complete"},
    Action.END: {"End this mentorship"},
}
PARTIES = [Party.NEWCOMER, Party.MENTOR, Party.COORDINATOR]
EVERY_LABEL = set().union(*BUTTONS.values())


def later(pairs, days):
    return (pairs.at + timedelta(days=days)).date().isoformat()


def data_for(pairs, path, action, token):
    until = {Action.PAUSE: 20, Action.EXTEND: 110}.get(action)
    return {
        "csrf_token": token,
        "version": pairs.of(path)[1],
        "until": later(pairs, until) if until else "",
        "code": "not_now" if action is Action.DECLINE else "",
    }


@pytest.mark.parametrize("state", State)
def test_a_button_exists_exactly_when_the_act_is_allowed(pairs, state):
    path = pairs.pair(state)
    for party in PARTIES:
        wanted = set().union(
            *(BUTTONS[action] for action in allowed(state, party) if action not in ELSEWHERE), set()
        )

        page = pairs.browser(party).get(path)

        assert set(page.buttons) & EVERY_LABEL == wanted, party
    if state in AGREED:
        assert not set(pairs.browser("backup").get(path).buttons) & EVERY_LABEL


@pytest.mark.parametrize("state", State)
def test_an_act_that_is_not_hers_or_does_not_fit_changes_nothing(pairs, state):
    path = pairs.pair(state)
    before = pairs.of(path)
    mine = {party: action for action, party in _PATH[state][-1:]}
    for party in PARTIES:
        browser = pairs.browser(party)
        token = token_of(browser)
        for action in set(Action) - (set(allowed(state, party)) - set(ELSEWHERE)) - {mine.get(party)}:
            status = browser.client.post(
                f"{path}/{action}", data=data_for(pairs, path, action, token)
            ).status_code

            assert status in statuses_of_refusal(state, action, party), (party, action)
            assert pairs.of(path) == before


def statuses_of_refusal(state, action, party):
    """Acts with a form of their own refuse an empty one first; the others by the table alone."""
    if action in ELSEWHERE:
        return (403, 409, 422)
    with pytest.raises((NotAllowed, WrongState)) as refused:
        next_state(state, action, party)
    return (403,) if refused.type is NotAllowed else (409,)


@pytest.mark.parametrize("state", [State.PROPOSED, *AGREED])
@pytest.mark.parametrize("party", PARTIES)
def test_an_allowed_act_is_done_once_however_often_it_is_sent(pairs, state, party):
    for action in set(allowed(state, party)) - set(ELSEWHERE):
        path = pairs.pair(state)
        browser = pairs.browser(party)
        data = data_for(pairs, path, action, token_of(browser))
        events = pairs.of(path)[2]

        first = browser.post(f"{path}/{action}", data)
        once = pairs.of(path)
        again = browser.post(f"{path}/{action}", data)

        assert (first.status, again.status) == (200, 200), action
        assert once[0] is next_state(state, action, party)
        assert once[2] == events + 1
        assert pairs.of(path) == once


def test_another_date_on_an_old_page_is_no_repeat(pairs):
    path = pairs.pair(State.ACTIVE)
    browser = pairs.browser("mentor")
    data = data_for(pairs, path, Action.EXTEND, token_of(browser))
    browser.post(f"{path}/extend", data)

    page = browser.post(f"{path}/extend", {**data, "until": later(pairs, 120)})

    assert page.status == 409


@pytest.mark.parametrize("version", ["0", "", "x", "9" * 5000, "-1"])
def test_an_old_page_gets_to_see_how_it_is_now_and_keeps_what_was_typed(pairs, version):
    path = pairs.pair(State.ACTIVE)
    browser = pairs.browser("newcomer")
    day = later(pairs, 20)

    page = browser.post(f"{path}/pause", {"csrf_token": token_of(browser), "version": version, "until": day})

    assert page.status == 409
    assert "Nothing has changed by what you just sent" in page.text
    assert "Agreed until" in page.text
    assert day in page.html
    assert pairs.of(path)[0] is State.ACTIVE


def test_a_pair_that_was_changed_by_the_other_is_shown_as_it_is_now(pairs):
    path = pairs.pair(State.ACTIVE)
    newcomer, mentor = pairs.browser("newcomer"), pairs.browser("mentor")
    newcomer.get(path)
    mentor.get(path)
    mentor.submit({"Until which day": later(pairs, 20)}, button="Pause until that day")

    page = newcomer.submit(button="Complete")

    assert page.status == 409
    assert "This mentorship pauses" in page.text
    assert pairs.of(path)[0] is State.PAUSED


def test_a_stranger_gets_what_an_unknown_address_gets(pairs):
    path = pairs.pair(State.ACTIVE)
    unknown = f"/mentorships/{NOBODY}"
    for role in ("stranger", "elsewhere"):
        browser = pairs.browser(role)
        token = {"csrf_token": token_of(browser)}
        for tail in ("", "/accept", "/end", "/messages", "/closing-words", "/wiki-name"):
            shown = [
                browser.post(each + tail, token) if tail else browser.get(each) for each in (path, unknown)
            ]

            assert [page.status for page in shown] == [404, 404]
            assert without_tokens(shown[0].html) == without_tokens(shown[1].html)


def without_tokens(html):
    return re.sub(r'(name="csrf_token" value=")[^"]*', r"\1", html)


def test_an_act_that_does_not_exist_is_not_found(pairs):
    browser = pairs.browser("mentor")
    path = pairs.pair(State.ACTIVE)

    assert browser.post(f"{path}/explode", {"csrf_token": token_of(browser)}).status == 404


def test_who_is_not_signed_in_is_asked_to(pairs):
    page = pairs.browser("mentor")
    page.client.delete_cookie("session")

    assert page.get(pairs.pair()).path.startswith("/sign-in")


@pytest.mark.parametrize(
    "until", ["", "9999-12-31", "0001-01-01", "2026-02-30", "9" * 1000, "\x00", "\ud800", "‮2027"]
)
def test_a_day_that_cannot_be_is_said_at_its_field(pairs, until):
    path = pairs.pair(State.ACTIVE)
    browser = pairs.browser("mentor")
    data = {"csrf_token": token_of(browser), "version": pairs.of(path)[1]}
    sent = until.encode("utf-8", "surrogatepass")

    page = browser.post(f"{path}/pause", {**data, "until": sent})

    assert page.status == 422
    assert "until" in page.errors
    assert pairs.of(path)[0] is State.ACTIVE


@pytest.mark.parametrize(
    ("zone", "until"), [("Asia/Kathmandu", "0001-01-01"), ("America/Lima", "9999-12-31")]
)
def test_a_day_at_the_end_of_all_calendars_breaks_nothing(pairs, zone, until):
    path = pairs.pair(State.ACTIVE)
    with pairs.filling() as session:
        session.get(Person, pairs.people["mentor"]).time_zone = zone
    browser = pairs.browser("mentor")
    browser.get(path)

    page = browser.submit({"Until which day": until}, button="Go on until that day")

    assert page.status == 422
    assert until in page.html


def test_the_backup_may_act_on_nothing(pairs):
    path = pairs.pair(State.ACTIVE)
    browser = pairs.browser("backup")
    token = {"csrf_token": token_of(browser)}

    for tail in ("pause", "end", "messages", "closing-words", "wiki-name"):
        assert browser.post(f"{path}/{tail}", token).status == 403
