"""The library's face: what it offers, and that nothing is paid before it is used."""

import subprocess
import sys

import pytest

import mentorship.matching as matching


@pytest.mark.parametrize("name", matching.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name):
    thing = getattr(matching, name)

    assert thing.__doc__
    assert thing.__name__ == name


def test_unknown_names_are_unknown():
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = matching.nothing_of_the_kind


def loaded_after(lines):
    code = f"import sys\n{lines}\nprint(*sys.modules)"
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()


def test_importing_the_library_loads_nothing_heavy():
    loaded = loaded_after("import mentorship.matching")

    assert not {"numpy", "networkx", "numba", "ortools", "flask", "sqlalchemy", "click"} & set(loaded)


def test_a_small_round_compiles_nothing_and_needs_no_web():
    loaded = loaded_after(
        "from mentorship.matching import *\n"
        "people = People((Newcomer('n', {'ha': 6}),), (Mentor('m', {'ha': 6}, places=1),))\n"
        "assert match(people).mentor_of == {'n': 'm'}"
    )

    assert not {"numba", "ortools", "scipy", "flask", "sqlalchemy"} & set(loaded)


def test_the_commands_say_what_they_need_besides_the_library():
    run = "runpy.run_module('mentorship.matching', run_name='__main__')"
    code = f"import runpy, sys\nsys.modules['click'] = None\n{run}"

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "The commands on files need one more package: pip install click\n"
