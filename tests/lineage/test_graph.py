"""The graph of who helped whom against plain networkx, on any graph."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.lineage_oracle import global_counts, numbers_of, plain_graph
from mentorship.lineage import (
    HELPED,
    HELPER,
    Cell,
    Standing,
    Tie,
    cells,
    counts,
    lineage,
    lineage_graph,
    ties_among,
    view,
)
from mentorship.lineage.columns import generations

PEOPLE = st.integers(0, 11)
TIES = st.lists(st.tuples(PEOPLE, PEOPLE, st.booleans()).filter(lambda tie: tie[0] != tie[1]), max_size=40)
STANDINGS = st.dictionaries(PEOPLE, st.sampled_from(Standing), min_size=1)


def both(ties, standings):
    ours = lineage_graph([Tie(*tie) for tie in ties], standings)
    return ours, plain_graph(ties, {person: standing.value for person, standing in standings.items()})


def columns(ties, standings):
    """As the service reads them: whoever is not in `standings` has left."""
    people = {person for tie in ties for person in tie[:2]} | set(standings)
    packed = [helper * HELPER + helped * HELPED + agreed for helper, helped, agreed in ties]
    unnamed = [person for person, standing in standings.items() if standing is Standing.UNNAMED]
    left = [person for person in people if standings.get(person, Standing.LEFT) is Standing.LEFT]
    return lineage(packed, unnamed=unnamed, left=left, of=people)


@settings(deadline=None)
@given(TIES, STANDINGS)
def test_the_columns_are_the_graph(ties, standings):
    ours, made = lineage_graph([Tie(*tie) for tie in ties], standings), columns(ties, standings).graph()

    assert dict(made.nodes(data=True)) == dict(ours.nodes(data=True))
    assert {(*ends, both) for *ends, both in made.edges(data="agreed")} == {
        (*ends, both) for *ends, both in ours.edges(data="agreed")
    }


@settings(deadline=None)
@given(TIES, STANDINGS)
def test_every_count_of_the_whole_is_networkx_own(ties, standings):
    ours, plain = both(ties, standings)

    assert counts(ours).as_values() == global_counts(plain)


@settings(deadline=None)
@given(TIES, STANDINGS)
def test_every_number_of_everyone_is_networkx_own(ties, standings):
    (_, plain), ours = both(ties, standings), columns(ties, standings)

    for person in plain:
        seen, known = view(ours, person), numbers_of(plain, person)
        assert [(list(each.named), each.others) for each in seen.down] == known["down"]
        assert [(list(each.named), each.others) for each in seen.up] == known["up"]
        assert (seen.total, seen.others_here) == (known["total"], known["others_here"])


@settings(deadline=None)
@given(TIES, STANDINGS)
def test_a_generation_is_the_shortest_distance_also_in_circles(ties, standings):
    graph, ours = both(ties, standings)[1], columns(ties, standings)

    for person in graph:
        for near, way in ((ours.helped, graph), (ours.helpers, graph.reverse())):
            far = nx.single_source_shortest_path_length(way, person)
            layers = enumerate(generations(near, ours.place_of(person)), start=1)
            found = [(int(ours.people[each]), n) for n, layer in layers for each in layer]
            assert sorted(found) == sorted((each, n) for each, n in far.items() if each != person)


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
    plain, ours = both(ties, standings)[1], columns(ties, standings)

    for person in plain:
        seen = view(ours, person, unnamed=unnamed)
        for near, found in ((plain.succ, seen.up), (plain.pred, seen.down)):
            for name in (each for one in found for each in one.named):
                ways = [other for other, tie in near[name].items() if tie["agreed"]]
                assert standings[name] is Standing.HERE
                assert name not in unnamed
                assert any(way == person or standings.get(way) is Standing.HERE for way in ways)


@settings(deadline=None)
@given(TIES, STANDINGS, st.sets(PEOPLE))
def test_what_is_drawn_between_names_are_the_ties_agreed_to(ties, standings, shown):
    agreed = {tie[:2] for tie in ties if tie[2] and set(tie[:2]) <= shown}

    assert ties_among(columns(ties, standings), shown) == agreed


def test_nobody_has_helped_herself():
    with pytest.raises(ValueError, match="herself"):
        lineage_graph([Tie(1, 1)], {})
    with pytest.raises(ValueError, match="herself"):
        lineage([HELPER + HELPED])


def test_who_is_not_in_it_has_no_page():
    with pytest.raises(KeyError):
        view(columns([(1, 3, True)], {}), 2)
    assert view(columns([], {2: Standing.HERE}), 2).total == 0


def test_a_name_behind_a_shape_is_a_shape():
    here = dict.fromkeys((1, 2, 3), Standing.HERE)

    assert view(columns([(2, 1, False), (3, 2, True)], here), 1).up[1].named == ()
    assert view(columns([(2, 1, True), (3, 2, True)], here), 1).up[1].named == (3,)


def test_small_generations_stand_together():
    assert cells([1, 1, 3, 7]) == [Cell(1, 3, 5), Cell(4, 4, 7)]


def test_how_many_still_take_part_is_said_only_where_both_sides_are_five():
    def seen(here, left):
        people = {n: Standing.UNNAMED if n <= here else Standing.LEFT for n in range(1, here + left + 1)}
        ties = [(0, n, False) for n in people]
        return view(columns(ties, people | {0: Standing.HERE}), 0).others_here

    assert [seen(5, 5), seen(4, 9), seen(9, 4), seen(6, 0)] == [5, None, None, None]
