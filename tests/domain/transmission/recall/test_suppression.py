"""Whatever can be added and subtracted from what is told, nobody learns of fewer than five."""

from fractions import Fraction
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.transmission.recall.suppression import Cell, told

Tree = list[tuple[int | None, int]]
"""For each unit the place of its parent before it, and how many answered in itself."""


def cells(tree: Tree) -> list[Cell]:
    return [
        Cell(UUID(int=at), None if parent is None else UUID(int=parent), own) for at, (parent, own) in enumerate(tree)
    ]


def told_places(tree: Tree) -> set[int]:
    return {one.int for one in told(cells(tree))}


def below(tree: Tree, top: int) -> frozenset[int]:
    """The place with all below it."""
    found = {top}
    for at in range(top + 1, len(tree)):
        if tree[at][0] in found:
            found.add(at)
    return frozenset(found)


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ([(None, 4)], set[int]()),
        ([(None, 5)], {0}),
        ([(None, 0), (0, 6), (0, 4)], {0}),
        ([(None, 0), (0, 6), (0, 5)], {0, 1, 2}),
        ([(None, 0), (0, 6), (0, 7), (0, 1)], {0, 2}),
        ([(None, 1), (0, 6), (0, 7)], {0, 2}),
        ([(None, 5), (0, 6), (0, 1)], {0, 1}),
        ([(None, 0), (0, 0), (1, 0), (2, 5)], {0, 1, 2, 3}),
        ([(None, 0), (0, 0), (0, 2), (1, 5), (1, 6)], {0, 4}),
        ([(None, 3), (0, 0), (1, 5), (1, 6)], {0, 3}),
        ([(None, 0), (0, 0)], set[int]()),
    ],
)
def test_the_smallest_is_withheld_so_that_a_small_rest_does_not_follow(tree: Tree, expected: set[int]) -> None:
    assert told_places(tree) == expected


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    size = draw(st.integers(1, 9))
    parents: list[int | None] = [None, *(draw(st.integers(0, at - 1)) for at in range(1, size))]
    return [(parent, draw(st.integers(0, 8))) for parent in parents]


def rank(rows: list[list[Fraction]]) -> int:
    """By Gauss, exactly."""
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        at = next((at for at in range(found, len(rows)) if rows[at][column]), None)
        if at is None:
            continue
        rows[found], rows[at] = rows[at], rows[found]
        for other in range(found + 1, len(rows)):
            factor = rows[other][column] / rows[found][column]
            rows[other] = [a - factor * b for a, b in zip(rows[other], rows[found], strict=True)]
        found += 1
    return found


@given(trees())
def test_no_sum_of_one_to_four_persons_follows_from_what_is_told(tree: Tree) -> None:
    """A figure of some units follows by linear algebra if its indicator depends on those of what is told."""
    peopled = [at for at, (_, own) in enumerate(tree) if own]
    known = [[Fraction(at in below(tree, one)) for at in peopled] for one in sorted(told_places(tree))]

    leaks = [
        some
        for size in range(1, 5)
        for some in combinations(peopled, size)
        if sum(tree[at][1] for at in some) < 5
        and rank([*known, [Fraction(at in some) for at in peopled]]) == rank(known)
    ]

    assert leaks == []


@given(trees())
def test_the_whole_is_told_as_soon_as_five_answered(tree: Tree) -> None:
    assert (0 in told_places(tree)) == (sum(own for _, own in tree) >= 5)


@given(trees(), st.randoms())
def test_the_order_of_the_units_does_not_matter(tree: Tree, random: object) -> None:
    given_cells = cells(tree)
    shuffled = sorted(given_cells, key=lambda one: hash((repr(random), one.unit_id)))

    assert told(shuffled) == told(given_cells)


def test_many_units_are_told_at_once() -> None:
    tree: Tree = [(None, 1), *((0 if at < 100 else at % 100, 3) for at in range(1, 5000))]

    found = told(cells(tree))

    assert UUID(int=0) in found
