"""Who contributed what: proposed by the owner, agreed by somebody above, 100 % together by the database's own rule."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import asyncpg
import pytest

from domain.kernel.errors import InvalidInput, NotFound, NotPermitted, StaleVersion
from domain.kernel.ids import new_id
from domain.objectives.targets import service_contributions
from domain.objectives.targets.errors import AlreadyAgreed
from domain.objectives.targets.rules import Claim, Group, Line
from domain.objectives.targets.terms import ContributionMethod
from tests.domain.objectives.company import Company


def agreed(company: Company, *shares: object) -> Claim:
    people = ("Dina", "Emil", "Chen")
    lines = [
        Line(person_id=company[name], share=Decimal(str(share)), evidence="Flew.")
        for name, share in zip(people, shares, strict=False)
    ]
    return Claim(method=ContributionMethod.AGREED, lines=lines)


async def propose(
    company: Company, objective_id: UUID, claim: Claim, *, version: int | None = None, by: str = "Dina"
) -> UUID:
    return await service_contributions.propose(
        company.actor(by), objective_id, claim, version=version, key=str(new_id())
    )


async def agree(company: Company, statement_id: UUID, *, version: int = 1, by: str = "Chen") -> UUID:
    return await service_contributions.agree(company.actor(by), statement_id, version=version, key=str(new_id()))


async def shares(company: Company) -> list[Decimal]:
    return [row["share"] for row in await company.organisation.rows("select share from contribution order by position")]


async def test_shares_are_proposed_and_agreed(company: Company) -> None:
    objective_id = await company.promised()

    statement_id = await propose(company, objective_id, agreed(company, "33.33", "33.33", "33.34"))
    await agree(company, statement_id)

    assert await shares(company) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
    facts = await company.organisation.facts("ContributionsProposed", "ContributionsAgreed")
    assert facts == [("ContributionsProposed", objective_id), ("ContributionsAgreed", objective_id)]


async def test_a_driver_and_units_share_as_well(company: Company) -> None:
    objective_id = await company.promised()
    units = company.organisation.units
    lines = [
        Line(unit_id=units["CREW"], amount=Decimal(20), evidence="Hours"),
        Line(unit_id=units["OPS"], amount=Decimal(10), evidence="Hours"),
    ]

    await propose(company, objective_id, Claim(method=ContributionMethod.DRIVER, driver="hours", lines=lines))

    assert await shares(company) == [Decimal("66.67"), Decimal("33.33")]


async def test_shapley_keeps_what_it_was_computed_from(company: Company) -> None:
    objective_id = await company.promised()
    lines = [Line(person_id=company[name], evidence="Together") for name in ("Dina", "Emil")]
    groups = [Group(members=[0], worth=Decimal(10)), Group(members=[0, 1], worth=Decimal(40))]

    await propose(company, objective_id, Claim(method=ContributionMethod.SHAPLEY, lines=lines, groups=groups))

    assert await shares(company) == [Decimal("62.5"), Decimal("37.5")]
    assert await company.organisation.value("select groups -> 1 ->> 'worth' from contribution_statement") == "40"


async def test_new_shares_open_what_was_agreed(company: Company) -> None:
    objective_id = await company.promised()
    statement_id = await propose(company, objective_id, agreed(company, 50, 50))
    await agree(company, statement_id)

    with pytest.raises(StaleVersion):
        await propose(company, objective_id, agreed(company, 60, 40), version=1)
    assert await propose(company, objective_id, agreed(company, 60, 40), version=2) == statement_id

    assert await shares(company) == [60, 40]
    row = (await company.organisation.rows("select state, version, agreed_by_id from contribution_statement"))[0]
    assert tuple(row) == ("PROPOSED", 3, None)


async def test_the_first_statement_has_no_version(company: Company) -> None:
    objective_id = await company.promised()

    with pytest.raises(StaleVersion):
        await propose(company, objective_id, agreed(company, 50, 50), version=1)
    await propose(company, objective_id, agreed(company, 50, 50))
    with pytest.raises(StaleVersion):
        await propose(company, objective_id, agreed(company, 50, 50))


@pytest.mark.parametrize("by", ["Chen", "Bo", "Sofia", "Hugo"])
async def test_only_the_owner_says_who_contributed(company: Company, by: str) -> None:
    objective_id = await company.promised()

    with pytest.raises(NotPermitted):
        await propose(company, objective_id, agreed(company, 50, 50), by=by)

    assert await company.organisation.count("contribution_statement") == 0


@pytest.mark.parametrize(("by", "refusal"), [("Dina", NotPermitted), ("Hugo", NotPermitted), ("Oskar", NotFound)])
async def test_only_somebody_above_agrees(company: Company, by: str, refusal: type[Exception]) -> None:
    statement_id = await propose(company, await company.promised(), agreed(company, 50, 50))

    with pytest.raises(refusal):
        await agree(company, statement_id, by=by)


async def test_what_is_agreed_is_agreed_once(company: Company) -> None:
    statement_id = await propose(company, await company.promised(), agreed(company, 50, 50))
    await agree(company, statement_id)

    with pytest.raises(AlreadyAgreed):
        await agree(company, statement_id, version=2, by="Sofia")
    with pytest.raises(StaleVersion):
        await agree(company, statement_id, version=1)


async def test_a_draft_has_no_contributions(company: Company) -> None:
    with pytest.raises(InvalidInput):
        await propose(company, await company.draft(), agreed(company, 50, 50))


def two(company: Company, **values: object) -> Claim:
    claim = agreed(company, 50, 50)
    first = replace(claim.lines[0], **values)  # type: ignore[arg-type]
    return replace(claim, lines=[first, claim.lines[1]])


@pytest.mark.parametrize(
    "values",
    [
        {"evidence": " "},
        {"person_id": None},
        {"unit_id": new_id()},
        {"share": None},
        {"share": Decimal(49)},
        {"amount": Decimal(1)},
    ],
)
async def test_a_line_names_one_and_says_one_thing(company: Company, values: dict[str, object]) -> None:
    objective_id = await company.promised()

    with pytest.raises(InvalidInput):
        await propose(company, objective_id, two(company, **values))

    assert await company.organisation.count("contribution_statement") == 0


async def test_who_is_unknown_or_twice_there_is_refused(company: Company) -> None:
    objective_id = await company.promised()
    claim = agreed(company, 50, 50)

    with pytest.raises(NotFound):
        await propose(company, objective_id, two(company, person_id=new_id()))
    with pytest.raises(InvalidInput, match="twice"):
        await propose(company, objective_id, replace(claim, lines=[claim.lines[0], claim.lines[0]]))
    with pytest.raises(InvalidInput):
        await propose(company, objective_id, replace(claim, lines=claim.lines[:1]))


@pytest.mark.parametrize(
    "groups",
    [
        [],
        [Group(members=[], worth=Decimal(1))],
        [Group(members=[2], worth=Decimal(1))],
        [Group(members=[-1], worth=Decimal(1))],
        [Group(members=[0, 0], worth=Decimal(1))],
        [Group(members=[0], worth=Decimal(1)), Group(members=[0], worth=Decimal(2))],
        [Group(members=[0], worth=Decimal("NaN"))],
        [Group(members=[0], worth=Decimal(10)), Group(members=[0, 1], worth=Decimal(5))],
    ],
)
async def test_wrong_groups_are_refused(company: Company, groups: list[Group]) -> None:
    lines = [Line(person_id=company[name], evidence="Together") for name in ("Dina", "Emil")]
    objective_id = await company.promised()

    with pytest.raises(InvalidInput):
        await propose(company, objective_id, Claim(method=ContributionMethod.SHAPLEY, lines=lines, groups=groups))


async def test_the_database_refuses_agreed_shares_that_do_not_add_up(company: Company) -> None:
    statement_id = await propose(company, await company.promised(), agreed(company, 50, 50))
    await agree(company, statement_id)

    with pytest.raises(asyncpg.CheckViolationError, match="do not add up to 100"):
        await company.organisation.rows("delete from contribution where share = 50 and position = 1")
    await propose(company, await company.promised(), agreed(company, 50, 50), version=None)
    with pytest.raises(asyncpg.CheckViolationError, match="do not add up to 100"):
        await company.organisation.rows(
            """with cut as (delete from contribution where position = 2 and statement_id <> $1)
               update contribution_statement set state = 'AGREED', agreed_by_id = $2, agreed_at = now()
               where id <> $1""",
            statement_id,
            company["Chen"],
        )
