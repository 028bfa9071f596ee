"""Circles are found and named by their path."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel import circles

EDGES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20)


@pytest.mark.parametrize(
    ("edges", "path"),
    [
        ([], ()),
        (["ab", "bc", "ac"], ()),
        (["aa"], ("a", "a")),
        (["ab", "ba"], ("a", "b", "a")),
        (["xa", "ab", "bc", "cd", "db"], ("b", "c", "d", "b")),
        (["ab", "cd", "dc"], ("c", "d", "c")),
    ],
)
def test_a_circle_is_named_from_where_it_begins(edges: list[str], path: tuple[str, ...]) -> None:
    assert circles.find([(one[0], one[1]) for one in edges]) == path


def test_a_chain_may_be_longer_than_the_stack() -> None:
    chain = [(number, number + 1) for number in range(100_000)]

    assert circles.find(chain) == ()
    assert len(circles.find([*chain, (100_000, 0)])) == 100_002


@given(EDGES)
def test_the_path_is_made_of_edges_and_closes(edges: list[tuple[int, int]]) -> None:
    path = circles.find(edges)

    assert set(pairwise(path)) <= set(edges)
    assert not path or path[0] == path[-1]


@given(EDGES)
def test_without_a_circle_everything_can_be_put_in_order(edges: list[tuple[int, int]]) -> None:
    left = set(edges)
    while removable := {edge for edge in left if edge[1] not in {source for source, _ in left}}:
        left -= removable

    assert bool(circles.find(edges)) == bool(left)
