"""Whatever can be asked of the application by its routes, and answers made comparable."""

import re

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
DIFFER_ANYWAY = {"Set-Cookie", "Content-Length"}


def rules(app):
    """Endpoint to rule, of every route of ours."""
    return {rule.endpoint: rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"}


def method_of(app, endpoint):
    return "POST" if "POST" in rules(app)[endpoint].methods else "GET"


def path_of(app, endpoint, values):
    return app.url_map.bind("localhost").build(endpoint, values)


class Visit:
    """One person's requests, each POST with a token of her own session, as a page gave it to her."""

    def __init__(self, world, name=None):
        if name not in world.visitors:
            client = world.client(name)
            token = TOKEN.search(client.get("/help").get_data(as_text=True))[1]
            world.visitors[name] = client.get_cookie("session").value, token
        cookie, self.token = world.visitors[name]
        self.client = world.app.test_client()
        self.client.set_cookie("session", cookie)

    def open(self, method, path, data=None):
        sent = {"csrf_token": self.token, **(data or {})} if method == "POST" else None
        return self.client.open(path, method=method, data=sent)


def comparable(answer, *different):
    """An answer without what differs at every look: tokens, and what `different` names of the address."""
    text = TOKEN.sub("", answer.get_data(as_text=True))
    for value in sorted(different, key=len, reverse=True):
        text = text.replace(value, "…")
    headers = {name: value for name, value in answer.headers if name not in DIFFER_ANYWAY}
    return answer.status_code, headers, text


def pages_for(world, cohort, part):
    """Every address whoever plays `part` can look at, with whatever of the cohort can stand in it.

    Coordinators' pages are nothing to others: `test_access.py` sees to that. What is on paper stands on a
    page too, written by the same macro.
    """
    for endpoint, rule in rules(world.app).items():
        is_closed = endpoint.startswith("coordinator.") and part not in {"coordinator", "colleague"}
        if "GET" in rule.methods and not is_closed and not rule.rule.endswith(".pdf"):
            for values in _all_values(rule, world.ids[cohort]):
                yield path_of(world.app, endpoint, values)


def _all_values(rule, ids):
    """What can stand in a rule's address: anything of this cohort whose kind has that name."""
    kinds = {
        "cohort_id": ["cohort_id"],
        "round_id": ["round_id"],
        "person_id": ["newcomer", "paired", "mentor"],
        "report_id": ["report_id"],
        "request_id": [key for key in ids if key.startswith("request of")],
        "mentorship_id": [key for key in ids if key.startswith("mentorship of")],
        "public_id": [key for key in ids if key.startswith(("mentorship of", "report"))],
        "message_id": ["message of paired"],
        "mentor": ["mentor", "backup"],
        # the links by which the mentor answers are in mails to her alone: test_canary.py looks at them
        "token": ["joining", "confirm", "stop"],
        "conversation_id": ["call", "call before"],
        "help_id": ["help_id", "typed help"],
        "word": ["word"],
        "name": ["the question"],
    }
    combined = [{}]
    for argument in sorted(rule.arguments):
        combined = [{**one, argument: ids[key]} for one in combined for key in kinds[argument]]
    return combined
