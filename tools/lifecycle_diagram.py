"""Draw the life of a mentorship into ARCHITECTURE.md, from the table that is its rule.

``python -m tools.lifecycle_diagram``        write the diagram anew
``python -m tools.lifecycle_diagram check``  fail when the document holds another one
"""

from __future__ import annotations

import sys
from pathlib import Path

from mentorship.rules.lifecycle import OPEN, TRANSITIONS, Action, State

DOCUMENT = Path(__file__).resolve().parent.parent / "ARCHITECTURE.md"
BEGIN = "<!-- The diagram is written by: python -m tools.lifecycle_diagram -->\n"
END = "<!-- End of the diagram. -->"


def diagram() -> str:
    """Return the table as a mermaid state diagram, with one arrow from state to state."""
    arrows: dict[tuple[str, str], list[str]] = {("[*]", State.PROPOSED): [Action.PROPOSE]}
    for action, line in TRANSITIONS.items():
        for state in line.frm:
            arrows.setdefault((state, line.to or state), []).append(_words(action))
    lines = [f"    {frm} --> {to}: {', '.join(acts)}" for (frm, to), acts in arrows.items()]
    lines += [f"    {state} --> [*]" for state in State if state not in OPEN]
    return "\n".join(["stateDiagram-v2", *lines]) + "\n"


def table() -> str:
    """Return the table as a table: who may do what, from which states."""
    lines = [
        f"| {_words(action)} | {', '.join(line.frm)} | {line.to or 'the same'} | {', '.join(line.who)} |"
        for action, line in TRANSITIONS.items()
    ]
    return "\n".join(["| act | from | to | who |", "|---|---|---|---|", *lines]) + "\n"


def with_diagram(document: str) -> str:
    """Return the document with the present diagram and table between its two marks."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{DOCUMENT.name} has no place for the diagram: it stands between two comments.")
    return f"{before}{BEGIN}\n```mermaid\n{diagram()}```\n\n{table()}\n{END}{after}"


def _words(action: Action) -> str:
    return action.replace("_", " ")


def main(arguments: list[str]) -> int:
    document = DOCUMENT.read_text(encoding="utf-8")
    drawn = with_diagram(document)
    if arguments == ["check"]:
        if drawn != document:
            print(f"{DOCUMENT.name} draws another lifecycle; run: python -m tools.lifecycle_diagram")  # noqa: T201  a command's answer
        return int(drawn != document)
    if arguments:
        sys.exit("Say nothing, or `check`.")
    DOCUMENT.write_text(drawn, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
