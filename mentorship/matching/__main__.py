"""``python -m mentorship.matching``: the matching core's own commands."""

from mentorship.matching.commands import main

if __name__ == "__main__":
    main(prog_name="python -m mentorship.matching")
