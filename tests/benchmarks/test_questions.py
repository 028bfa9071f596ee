"""When two servers' answers count as the same."""

from tests.benchmarks.questions import Question, asked, plain

KEY = "019e4b71-a6c0-7014-8000-000000000bbb"


def test_answers_that_are_written_differently_mean_the_same() -> None:
    ours = {"id": f"obj_{KEY}", "progress": "78.33", "createdAt": "2026-05-21T18:06:00+00:00", "endCursor": "a"}
    theirs = {"id": KEY, "progress": "78.3333", "createdAt": "2026-05-21T18:06:00.000000Z", "endCursor": "b"}

    assert plain([ours]) == plain([theirs])


def test_answers_that_differ_in_a_number_a_row_or_a_null_do_not_mean_the_same() -> None:
    one = {"id": KEY, "progress": "78.33"}

    assert plain(one) != plain(one | {"progress": "78.34"})
    assert plain(one) != plain(one | {"progress": None})
    assert plain([one]) != plain([one, one])


def test_a_list_in_pages_means_its_rows_in_order() -> None:
    in_pages = {"data": {"a": {"nodes": [1, 2]}, "b": {"nodes": [3]}}}
    at_once = {"data": {"objectives": {"nodes": [1, 2, 3]}}}

    assert asked(Question.LIST, in_pages) == asked(Question.LIST, at_once) == [1, 2, 3]
