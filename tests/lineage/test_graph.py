"""The graph of who helped whom against plain networkx, on any graph."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.lineage_oracle import global_counts, numbers_of, plain_graph
from mentorship.lineage import Cell, Standing, Tie, cells, counts, lineage_graph, view
from mentorship.lineage.graph import can_be_named, generations

PEOPLE = st.integers(0, 11)
TIES = st.lists(st.tuples(PEOPLE, PEOPLE, st.booleans()).filter(lambda tie: tie[0] != tie[1]), max_size=40)
STANDINGS = st.dictionaries(PEOPLE, st.sampled_from(Standing), min_size=1)


def both(ties, standings):
    ours = lineage_graph([Tie(*tie) for tie in ties], standings)
    return ours, plain_graph(ties, {person: standing.value for person, standing in standings.items()})


@settings(deadline=None)
@given(TIES, STANDINGS)
def test_every_count_of_the_whole_is_networkx_own(ties, standings):
    ours, plain = both(ties, standings)

    assert counts(ours).as_values() == global_counts(plain)


@settings(deadline=None)
@given(TIES, STANDINGS)
def test_every_number_of_everyone_is_networkx_own(ties, standings):
    ours, plain = both(ties, standings)

    for person in ours:
        seen, known = view(ours, person), numbers_of(plain, person)
        assert [(list(each.named), each.others) for each in seen.down] == known["down"]
        assert [(list(each.named), each.others) for each in seen.up] == known["up"]
        assert (seen.total, seen.others_here) == (known["total"], known["others_here"])


@settings(deadline=None)
@given(TIES, STANDINGS)
def test_a_generation_is_the_shortest_distance_also_in_circles(ties, standings):
    ours, _ = both(ties, standings)

    for person in ours:
        far = nx.single_source_shortest_path_length(ours, person)
        found = {each: n for n, layer in enumerate(generations(ours, person), start=1) for each in layer}
        assert found == {each: distance for each, distance in far.items() if each != person}


@settings(deadline=None)
@given(st.lists(st.integers(0, 12), max_size=8))
def test_no_number_under_five_is_shown_nor_found_by_subtraction(others):
    found = cells(others)

    assert all(cell.count >= 5 for cell in found)
    assert sum(cell.count for cell in found) == (sum(others) if sum(others) >= 5 else 0)
    reached = [generation for cell in found for generation in range(cell.first, cell.last + 1)]
    assert reached == (list(range(1, len(others) + 1)) if found else [])
    assert all(cell.count == sum(others[cell.first - 1 : cell.last]) for cell in found)


@settings(deadline=None)
@given(TIES, STANDINGS, st.sets(PEOPLE))
def test_nobody_is_named_but_by_agreed_ties_through_people_who_are_here(ties, standings, unnamed):
    ours, _ = both(ties, standings)

    for person in ours:
        for upwards in (False, True):
            for name in can_be_named(ours, person, upwards=upwards, unnamed=unnamed):
                near = ours.succ if upwards else ours.pred
                ways = [other for other, tie in near[name].items() if tie["agreed"]]
                assert standings[name] is Standing.HERE
                assert name not in unnamed
                assert any(way == person or standings.get(way) is Standing.HERE for way in ways)


def test_nobody_has_helped_herself():
    with pytest.raises(ValueError, match="herself"):
        lineage_graph([Tie(1, 1)], {})


def test_a_name_behind_a_shape_is_a_shape():
    here = dict.fromkeys((1, 2, 3), Standing.HERE)
    ties = [Tie(2, 1, agreed=False), Tie(3, 2, agreed=True)]

    assert view(lineage_graph(ties, here), 1).up[1].named == ()
    assert view(lineage_graph([Tie(2, 1, agreed=True), ties[1]], here), 1).up[1].named == (3,)


def test_small_generations_stand_together():
    assert cells([1, 1, 3, 7]) == [Cell(1, 3, 5), Cell(4, 4, 7)]


def test_how_many_still_take_part_is_said_only_where_both_sides_are_five():
    def seen(here, left):
        people = {n: Standing.UNNAMED if n <= here else Standing.LEFT for n in range(1, here + left + 1)}
        ties = [Tie(0, n) for n in people]
        return view(lineage_graph(ties, people | {0: Standing.HERE}), 0).others_here

    assert [seen(5, 5), seen(4, 9), seen(9, 4), seen(6, 0)] == [5, None, None, None]
