"""``python -m mentorship.matching``: the matching core's own commands."""

import sys

try:
    from mentorship.matching.commands import main
except ModuleNotFoundError as missing:
    if missing.name != "click":
        raise
    sys.stderr.write("The commands on files need one more package: pip install click\n")
    sys.exit(2)

if __name__ == "__main__":
    main(prog_name="python -m mentorship.matching")
