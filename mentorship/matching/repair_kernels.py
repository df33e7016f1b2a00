"""Shortest paths on reduced costs: the loops of the repair engine, written once.

They use only what numba compiles, and run as they stand on lists or arrays. `compiling.compiled_twin`
gives the compiled ones. A state holds a graph of arcs (newcomer → mentor, worth), a plan and its prices;
between calls these hold, and together prove the plan the best (`big` counts for having a mentor at all):

- price ≥ 0, and 0 wherever a place is free;
- a matched newcomer's ``big + worth − price`` is at least 0 and that of all her arcs at most the same;
- that of all arcs of a newcomer who is alone is at most 0.

References: H. W. Kuhn (1955) and J. Munkres (1957) for the method, J. Edmonds and R. M. Karp (1972) for
shortest paths on reduced costs.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any

from mentorship.matching.repair_state import State


def attach(s: State, arc: int) -> None:
    """Give the arc's newcomer a place with the arc's mentor."""
    n = s.owner[arc]
    m = s.mentor[arc]
    s.match[n] = arc
    s.used[m] += 1
    s.after[n] = s.first[m]
    s.before[n] = -1
    if s.first[m] >= 0:
        s.before[s.first[m]] = n
    s.first[m] = n


def detach(s: State, n: int) -> None:
    """Take a matched newcomer from her place."""
    m = s.mentor[s.match[n]]
    s.match[n] = -1
    s.used[m] -= 1
    if s.before[n] >= 0:
        s.after[s.before[n]] = s.after[n]
    else:
        s.first[m] = s.after[n]
    if s.after[n] >= 0:
        s.before[s.after[n]] = s.before[n]


def relax(
    s: State, n: int, base: int, limit: int, end: int, search: int, big: int, heap: Any
) -> tuple[int, int]:
    """Try all arcs of a newcomer whose place is worth `base`; returns the limit and the end found."""
    for arc in range(s.row_start[n], s.row_end[n]):
        worth = s.worth[arc]
        if worth >= 0:
            m = s.mentor[arc] + 0
            cost = base - (big + worth - s.price[m])
            if cost < limit:
                if s.used[m] < s.capacity[m]:
                    limit = cost
                    end = m
                    s.via[m] = arc
                elif s.reached[m] != search or cost < s.distance[m]:
                    s.reached[m] = search
                    s.distance[m] = cost
                    s.via[m] = arc
                    heappush(heap, (cost, m))
    return limit, end


def place(s: State, n: int, big: int, search: int) -> int:
    """Bring one newcomer into the plan along the cheapest chain; returns how many mentors were settled."""
    value = 0
    for arc in range(s.row_start[n], s.row_end[n]):
        if s.worth[arc] >= 0:
            value = max(value, big + s.worth[arc] - s.price[s.mentor[arc]])
    heap = [(value, 0)]
    heap.pop()
    settled = [0]
    settled.pop()
    loser = n
    loser_at = -1
    limit, end = relax(s, n, value, value, -1, search, big, heap)
    while heap:
        cost, m = heappop(heap)
        if cost >= limit:
            break
        if cost > s.distance[m]:
            continue
        settled.append(m)
        x = s.first[m]
        while x >= 0:
            base = cost + big + s.worth[s.match[x]] - s.price[m]
            if base < limit:
                limit = base
                end = -1
                loser = x
                loser_at = m
            limit, end = relax(s, x, base, limit, end, search, big, heap)
            x = s.after[x]
    for m in settled:
        s.price[m] += limit - s.distance[m]
    if end < 0 and loser == n:
        return len(settled)
    if end < 0:
        detach(s, loser)
        end = loser_at
    while True:
        arc = s.via[end]
        x = s.owner[arc]
        old = s.match[x]
        if old >= 0:
            detach(s, x)
        attach(s, arc)
        if x == n:
            break
        end = s.mentor[old]
    return len(settled)


def refill(s: State, start: int, big: int, search: int) -> int:
    """Use a mentor's free place that has a price; returns how many mentors were settled."""
    heap = [(s.price[start], 0)]
    heap.pop()
    settled = [0]
    settled.pop()
    limit = s.price[start]
    end = start + 0
    comer = -1
    s.reached[start] = search
    s.distance[start] = 0
    heappush(heap, (limit - limit, end))
    while heap:
        cost, m = heappop(heap)
        if cost >= limit:
            break
        if cost > s.distance[m]:
            continue
        settled.append(m)
        if cost + s.price[m] < limit:
            limit = cost + s.price[m]
            end = m
            comer = -1
        arc = s.earliest[m]
        while arc >= 0:
            x = s.owner[arc]
            worth = s.worth[arc]
            old = s.match[x]
            if worth >= 0 and s.present[x] and old != arc:
                gain = big + worth - s.price[m]
                if old < 0:
                    if cost - gain < limit:
                        limit = cost - gain
                        end = m
                        comer = arc + 0
                else:
                    k = s.mentor[old] + 0
                    further = cost - gain + big + s.worth[old] - s.price[k]
                    if further < limit and (s.reached[k] != search or further < s.distance[k]):
                        s.reached[k] = search
                        s.distance[k] = further
                        s.via[k] = arc
                        heappush(heap, (further, k))
            arc = s.later[arc]
    for m in settled:
        s.price[m] -= limit - s.distance[m]
    if comer >= 0:
        attach(s, comer)
    while end != start:
        arc = s.via[end]
        detach(s, s.owner[arc])
        attach(s, arc)
        end = s.mentor[arc]
    return len(settled)


def attach_all(s: State, arcs: Any) -> None:
    """Put newcomers who are not matched where a plan has them; arcs of −1 are left out."""
    for arc in arcs:
        if arc >= 0:
            attach(s, arc)


def mend(s: State, order: Any, big: int, search: int) -> int:
    """Show hidden arcs, newcomer by newcomer, and place again whoever gains by them.

    A hidden arc's worth stands as −2 − worth. Returns the number of the last search.
    """
    for n in order:
        value = 0
        for arc in range(s.row_start[n], s.row_end[n]):
            if s.worth[arc] < -1:
                s.worth[arc] = -2 - s.worth[arc]
            if s.worth[arc] >= 0:
                value = max(value, big + s.worth[arc] - s.price[s.mentor[arc]])
        old = s.match[n]
        if old >= 0:
            m = s.mentor[old] + 0
            if value <= big + s.worth[old] - s.price[m]:
                continue
            detach(s, n)
            if s.price[m] > 0:
                s.present[n] = 0
                search += 1
                refill(s, m, big, search)
                s.present[n] = 1
        elif value <= 0:
            continue
        search += 1
        place(s, n, big, search)
    return search


def place_all(s: State, order: Any, big: int, search: int) -> int:
    """Bring in the newcomers of `order`, one by one; returns the number of the last search."""
    for n in order:
        search += 1
        place(s, n, big, search)
    return search


def lowest_prices(s: State, big: int) -> bool:
    """Replace the prices by the lowest that prove the plan; False if none do (it is not the best)."""
    mentors = len(s.capacity)
    for m in range(mentors):
        s.price[m] = 0
    for n in range(len(s.match)):
        if s.present[n] and s.match[n] < 0:
            for arc in range(s.row_start[n], s.row_end[n]):
                if s.worth[arc] >= 0:
                    s.price[s.mentor[arc]] = max(s.price[s.mentor[arc]], big + s.worth[arc])
    waiting = [0]
    waiting.pop()
    for m in range(mentors):
        s.reached[m] = 0
        if s.used[m] < s.capacity[m] and s.price[m] > 0:
            return False
        if s.first[m] >= 0:
            waiting.append(m)
            s.reached[m] = -1
    turns = 0
    while waiting:
        turns += 1
        if turns > mentors + 2:
            return False
        onward = [0]
        onward.pop()
        for m in waiting:
            s.reached[m] = 0
        for m in waiting:
            x = s.first[m]
            while x >= 0:
                base = s.price[m] - s.worth[s.match[x]]
                for arc in range(s.row_start[x], s.row_end[x]):
                    worth = s.worth[arc]
                    k = s.mentor[arc] + 0
                    if worth >= 0 and base + worth > s.price[k]:
                        s.price[k] = base + worth
                        if s.used[k] < s.capacity[k]:
                            return False
                        if s.reached[k] == 0 and s.first[k] >= 0:
                            s.reached[k] = -1
                            onward.append(k)
                x = s.after[x]
        waiting = onward
    return True


KERNELS = (attach, detach, relax, place, refill, attach_all, mend, place_all, lowest_prices)
