"""A wrong file changes nothing, and says by row and column what to do."""

import pytest

from tests.domain.organisations import Organisation
from tests.domain.people.imports import GROUP, load, refused


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ("MD,Director,,a,", "MD,Director,,z,", (3, "manager_code"), "manager_unknown"),
        ("MD,Director,,a,", "MD,Director,,b,", (3, "manager_code"), "own_manager"),
        ("CLERK,Clerk,60,b,a", "CLERK,Clerk,60,b,z", (4, "dotted_manager_codes"), "manager_unknown"),
        ("CLERK,Clerk,60,b,a", "CLERK,Clerk,60,b,b", (4, "dotted_manager_codes"), "manager_twice"),
        ("CHIEF,Head,,,", "CHIEF,Head,,c,", (2, "manager_code"), "cycle_refused"),
        ("S,G,Shop", "S,X,Shop", (3, "parent_unit_code"), "parent_unknown"),
        ("S,G,Shop", "S,S1,Shop", (3, "parent_unit_code"), "cycle_refused"),
        ("S1,S,Floor,DEPARTMENT", "S1,S,,DEPARTMENT", (4, "unit_name"), "unit_unknown"),
        ("S1,S,Floor,DEPARTMENT", "S1,S,Floor,GROUP", (4, "parent_unit_code"), "unit_size"),
        ("d,Dai,,,S1,,,", "d,Dai,,,S1,,Hall,", (6, "unit_name"), "contradiction"),
        ("d,Dai,", "d,,", (6, "name"), "name_missing"),
        ("d,Dai,,,S1,,,,,CLERK", "d,Dai,,,S1,,,,,", (6, "position_code"), "position_missing"),
        ("d,Dai,", ",Dai,", (6, "person_code"), "person_code_missing"),
        ("CLERK,,40", "CLERK,,50", (5, "share"), "shares_exceed_100"),
        ("CLERK,,40", "CLERK,,", (5, "share"), "share_missing"),
        ("c,,,,S,,,,,CLERK,,40", "c,,,,S1,,,,,CLERK,,40", (5, "position_code"), "employment_twice"),
        (",40,,,2023-07-01", ",40,,,2021-07-01", (4, "valid_from"), "primary_employment_required"),
    ],
)
async def test_a_wrong_row_is_told_by_place_and_nothing_is_written(
    bare_organisation: Organisation, old: str, new: str, place: tuple[int, str], code: str
) -> None:
    assert old in GROUP

    problems = await refused(bare_organisation, GROUP.replace(old, new, 1))

    assert [(problem.row, problem.column) for problem in problems if problem.code == code] == [place]
    assert all(problem.message and problem.help for problem in problems)


async def test_a_circle_names_everybody_on_it(bare_organisation: Organisation) -> None:
    problems = await refused(bare_organisation, GROUP.replace("CHIEF,Head,,,", "CHIEF,Head,,c,"))

    assert [problem.message for problem in problems] == ["The lines would form a circle: a → c → a."]


async def test_wrong_rows_are_skipped_with_whoever_leans_on_them(bare_organisation: Organisation) -> None:
    found = await load(
        bare_organisation,
        GROUP.replace("b,Ben", "b,"),
        skip_wrong=True,
    )

    assert [(problem.row, problem.code) for problem in found.problems] == [
        (3, "name_missing"),
        (4, "manager_unknown"),
        (6, "manager_unknown"),
    ]
    assert [row["code"] for row in await bare_organisation.rows("select code from person")] == ["a"]
    assert [row["code"] for row in await bare_organisation.rows("select code from unit order by 1")] == [
        "G",
        "S",
        "S1",
        "S2",
    ]


async def test_a_wrong_unit_takes_its_rows_and_whoever_stands_in_it_along(bare_organisation: Organisation) -> None:
    found = await load(bare_organisation, GROUP.replace("S1,S,Floor,DEPARTMENT", "S1,S,Floor,HALL"), skip_wrong=True)

    assert [(problem.row, problem.column) for problem in found.problems] == [(4, "unit_kind")]
    assert [row["code"] for row in await bare_organisation.rows("select code from person order by 1")] == ["a", "b"]
    assert await bare_organisation.count("unit") == 3


async def test_who_is_skipped_is_never_taken_for_absent(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)

    problems = await refused(bare_organisation, GROUP.replace(",60,b,a", ",61,b,a"), skip_wrong=True, end_absent=True)

    assert [(problem.row, problem.code) for problem in problems] == [(5, "shares_exceed_100")]


async def test_a_manager_who_would_be_ended_stands_in_the_way(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)

    without_b = "".join(line for line in GROUP.splitlines(keepends=True) if not line.startswith("b,"))
    problems = await refused(bare_organisation, without_b.replace("S1,S,", "S1,,"), end_absent=True)

    assert [(problem.row, problem.code) for problem in problems] == [(3, "manager_leaves"), (5, "manager_leaves")]
