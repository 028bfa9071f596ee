"""A failing document becomes small, stays a failing document, and is shown so that it can be kept."""

import graphql
import pytest

from tests.api.reading.proof import Proof
from tests.api.reading.regressions import Regression, nameable
from tests.api.reading.shrinking import Case

TEXT = """
query($id: ID!, $ids: [ID!]!, $first: Int = 2, $unused: Boolean! = true) {
  people(first: $first, search: "i") @include(if: $unused) { totalCount nodes { name ...Named } }
  again: objective(id: $id) {
    title @skip(if: false)
    ... on Objective { owner { id name unit(asOf: "2026-02-28") { code ... { name } } } }
    checkIns(first: 3) { nodes { value author { ...Named } } pageInfo { endCursor } }
  }
  nodes(ids: $ids) { id ... on Person { ...Named initials } }
}
fragment Named on Person { id nameZh manager { name } }
"""


def wrong(agreement: Proof, monkeypatch: pytest.MonkeyPatch, was: bytes, becomes: bytes) -> None:
    """From now on one reader tells a word wrongly."""
    told = agreement.readers["reference"]

    async def read(text: str, case: Case, name: str) -> bytes:
        return (await told(text, case, name)).replace(was, becomes)

    monkeypatch.setitem(agreement.readers, "reference", read)


def variables(agreement: Proof) -> dict[str, object]:
    ids = agreement.desk.world.ids
    return {"id": ids["objective ACTIVE"], "ids": [ids["person Bo"], ids["unit AIR"], ids["person Chen"]]}


async def test_the_one_field_that_is_answered_wrongly_is_left(
    agreement: Proof, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong(agreement, monkeypatch, b'"code":"CREW"', b'"code":"WERC"')

    with pytest.raises(AssertionError) as failure:
        await agreement.agree(TEXT, variables(agreement), ["Dina"])

    assert str(failure.value) == (
        "The readers differ. Keep this:\n\n"
        "regressions/NAME.graphql:\n"
        "query ($id: ID!) {\n  again: objective(id: $id) {\n"
        "    owner {\n      unit {\n        code\n      }\n    }\n  }\n}"
        '\n\nregressions/NAME.json:\n{\n  "readers": [\n    "Dina"\n  ],\n  "variables": {\n'
        '    "id": "«objective ACTIVE»"\n  }\n}\n\n'
        'planner: {"again":{"owner":{"unit":{"code":"CREW"}}}}\n'
        'executor: {"again":{"owner":{"unit":{"code":"CREW"}}}}\n'
        'reference: {"again":{"owner":{"unit":{"code":"WERC"}}}}'
    )


async def test_a_list_of_ids_is_cut_down_to_the_one_that_matters(
    agreement: Proof, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong(agreement, monkeypatch, b'"initials":"C"', b'"initials":"D"')

    with pytest.raises(AssertionError) as failure:
        await agreement.agree(TEXT, variables(agreement), ["Dina"])

    assert "nodes(ids: $ids) {\n    ... on Person {\n      initials\n    }\n  }" in str(failure.value)
    assert '"ids": [\n      "«person Chen»"\n    ]' in str(failure.value)


async def test_a_reader_that_fails_differs_too(agreement: Proof, monkeypatch: pytest.MonkeyPatch) -> None:
    async def read(text: str, case: Case, name: str) -> bytes:
        raise ValueError("out of order")

    monkeypatch.setitem(agreement.readers, "reference", read)

    with pytest.raises(AssertionError, match=r"reference: ValueError\('out of order'\)"):
        await agreement.agree("{ viewer { zone locale } }", {}, ["Dina"])


async def test_what_is_kept_reads_back_as_it_was(agreement: Proof) -> None:
    names = nameable(agreement.desk.world.ids, agreement.cursors)
    cursor = agreement.cursors["Query.objectives:TITLE"][1]
    kept = Regression(
        name="here",
        text='query($after: String) { objectives(after: $after, filter: {owner: "«person Dina»"}) { totalCount } }',
        variables='{"after": "«cursor 1 of Query.objectives:TITLE»"}',
        readers=("Dina",),
    )

    text, filled = kept.filled(names)

    assert filled == {"after": cursor}
    assert graphql.print_ast(graphql.parse(text)).count(names["person Dina"]) == 1
