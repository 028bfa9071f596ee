"""Objectives serve one another in several ways at once, by agreement, and never in a circle."""

from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.objectives import service
from domain.objectives.cascading import service_aligning, service_answering
from domain.objectives.cascading.errors import AlignmentSettled, AlreadyAligned
from domain.objectives.cascading.service_aligning import Proposal
from domain.objectives.cascading.terms import AlignmentMethod
from domain.objectives.terms import Audience
from tests.domain.objectives.cascading.test_hearing import hear
from tests.domain.objectives.cascading.throws import promised
from tests.domain.objectives.company import Company, goal

M = AlignmentMethod
STATE = "select state, asked_id, counted, weight from alignment where id = $1"


async def propose(company: Company, name: str, child: UUID, parent: UUID | None, **more: object) -> UUID:
    proposal = Proposal(**({"child_id": child, "parent_id": parent, "method": M.WEIGHTED} | more))  # type: ignore[arg-type]
    return await service_aligning.propose(company.actor(name), proposal, key=str(new_id()))


async def state(company: Company, alignment_id: UUID) -> tuple[object, ...]:
    [row] = await company.organisation.rows(STATE, alignment_id)
    return tuple(row)


async def shared(company: Company, owner: str) -> UUID:
    """A promise that the whole group sees."""
    return (await promised(company, owner, audience=Audience.GROUP, title=f"Of {owner}"))[0]


async def test_who_is_below_asks_who_is_above(company: Company) -> None:
    child, parent = await shared(company, "Dina"), await shared(company, "Bo")

    alignment = await propose(company, "Dina", child, parent)
    asked = await state(company, alignment)
    await service_answering.accept(company.actor("Bo"), alignment, version=1, key="accept")

    assert asked == ("PROPOSED_UP", company["Bo"], True, None)
    assert await state(company, alignment) == ("ACCEPTED", None, True, None)


async def test_who_is_above_asks_who_is_below(company: Company) -> None:
    child, parent = await shared(company, "Dina"), await shared(company, "Bo")

    alignment = await propose(company, "Bo", child, parent, weight=30, counted=False)

    assert await state(company, alignment) == ("PROPOSED_DOWN", company["Dina"], False, 30)
    with pytest.raises(NotPermitted):
        await service_answering.accept(company.actor("Bo"), alignment, version=1, key="accept")


async def test_who_owns_both_has_agreed(company: Company) -> None:
    child, parent = await shared(company, "Dina"), await shared(company, "Dina")

    assert (await state(company, await propose(company, "Dina", child, parent)))[0] == "ACCEPTED"


async def test_a_line_of_sight_never_counts(company: Company) -> None:
    child, parent = await shared(company, "Dina"), await shared(company, "Dina")

    alignment = await propose(company, "Dina", child, parent, method=M.QUALITATIVE)

    assert (await state(company, alignment))[2] is False
    with pytest.raises(InvalidInput):
        await service_aligning.weigh(company.actor("Dina"), alignment, version=1, key="w", counted=True)


async def test_whose_is_neither_proposes_nothing(company: Company) -> None:
    child, parent = await shared(company, "Dina"), await shared(company, "Bo")

    with pytest.raises(NotPermitted):
        await propose(company, "Emil", child, parent)
    with pytest.raises(NotFound):
        await propose(company, "Dina", child, await company.draft(owner="Emil"))
    assert await company.organisation.count("alignment") == 0


async def test_the_same_is_not_proposed_twice(company: Company) -> None:
    child, parent = await shared(company, "Dina"), await shared(company, "Bo")
    await propose(company, "Dina", child, parent)

    with pytest.raises(AlreadyAligned):
        await propose(company, "Bo", child, parent, method=M.SHARED)


async def test_a_circle_is_refused_and_its_path_named(company: Company) -> None:
    top, middle, low = [await shared(company, name) for name in ("Bo", "Chen", "Dina")]
    first = await propose(company, "Chen", middle, top)
    await service_answering.accept(company.actor("Bo"), first, version=1, key="first")
    await propose(company, "Dina", low, middle)

    with pytest.raises(InvalidInput, match="Of Bo → Of Dina → Of Chen → Of Bo"):
        await propose(company, "Bo", top, low)


async def test_a_parent_that_would_close_a_circle_over_alignments_is_refused(company: Company) -> None:
    upper, lower = await company.draft(), await company.draft()
    await propose(company, "Dina", lower, upper)

    with pytest.raises(InvalidInput) as refused:
        await service.edit(company.actor("Dina"), upper, goal(parent_id=lower), version=1, key="edit")

    assert refused.value.field == "parent"


async def test_each_side_says_what_is_its_own(company: Company) -> None:
    child, parent = await shared(company, "Dina"), await shared(company, "Bo")
    alignment = await propose(company, "Dina", child, parent)
    dina, bo, sofia = map(company.actor, ("Dina", "Bo", "Sofia"))
    with pytest.raises(AlignmentSettled):
        await service_aligning.weigh(dina, alignment, version=1, key="early", weight=3)
    await service_answering.accept(bo, alignment, version=1, key="accept")

    await service_aligning.weigh(dina, alignment, version=2, key="weight", weight=50)
    await service_aligning.weigh(bo, alignment, version=3, key="counted", counted=False)
    with pytest.raises(NotPermitted):
        await service_aligning.weigh(dina, alignment, version=4, key="hers", counted=True)
    for actor in (bo, company.actor("Emil")):
        with pytest.raises(NotPermitted):
            await service_aligning.weigh(actor, alignment, version=4, key="theirs", weight=1)
    await service_aligning.weigh(sofia, alignment, version=4, key="both", weight=10, counted=True)

    assert await state(company, alignment) == ("ACCEPTED", None, True, 10)


async def test_what_is_agreed_and_weighed_reaches_the_scores(company: Company) -> None:
    top = await shared(company, "Bo")
    child, _ = await promised(company, "Dina", parent_id=await shared(company, "Chen"), audience=Audience.GROUP)
    await company.organisation.rows("update key_result set current = 60 where objective_id = $1", child)
    await company.organisation.rows("update objective set progress = 60, weight = 100 where id = $1", child)
    alignment = await propose(company, "Dina", child, top)
    await service_answering.accept(company.actor("Bo"), alignment, version=1, key="accept")
    await hear()
    score = "select score from roll_up where objective_id = $1"
    halved = await company.organisation.value(score, top)

    await service_aligning.weigh(company.actor("Bo"), alignment, version=2, key="shown", counted=False)
    await hear()

    assert halved == Decimal(20)  # its own 0 weighs 100, half of the child's 100 carries 60
    assert await company.organisation.value(score, top) == Decimal(0)


async def test_the_strategy_office_answers_for_a_strategy_that_nobody_owns(company: Company) -> None:
    child = await shared(company, "Dina")
    strategic = await _strategic(company)

    asked = await propose(company, "Dina", child, None, strategic_objective_id=strategic)
    waiting = await state(company, asked)
    with pytest.raises(NotPermitted):
        await service_answering.accept(company.actor("Chen"), asked, version=1, key="chen")
    sofia: Actor = company.actor("Sofia")
    await service_answering.accept(sofia, asked, version=1, key="office")

    assert waiting == ("PROPOSED_UP", None, True, None)
    assert (await state(company, asked))[0] == "ACCEPTED"


async def _strategic(company: Company) -> UUID:
    """A strategic objective without an owner."""
    tenant_id, unit_id = company.tenant_id, company.organisation.units["GROUP"]
    perspective, strategy, theme, found = (new_id() for _ in range(4))
    rows = company.organisation.rows
    await rows(
        "insert into perspective (tenant_id, id, code, name, position) values ($1, $2, 'F', 'F', 1)",
        tenant_id,
        perspective,
    )
    await rows(
        """insert into strategy (tenant_id, id, unit_id, starts_on, ends_on, version, published_version, created_at,
                                 updated_at) values ($1, $2, $3, '2026-01-01', '2028-12-31', 1, 1, now(), now())""",
        tenant_id,
        strategy,
        unit_id,
    )
    await rows(
        """insert into theme (tenant_id, id, strategy_id, code, name, weight, position)
           values ($1, $2, $3, 'T', 'T', 1, 1)""",
        tenant_id,
        theme,
        strategy,
    )
    await rows(
        """insert into strategic_objective (tenant_id, id, strategy_id, perspective_id, theme_id, code, title, weight,
                                            position, created_at)
           values ($1, $2, $3, $4, $5, 'S', 'S', 1, 1, now())""",
        tenant_id,
        found,
        strategy,
        perspective,
        theme,
    )
    return found


@pytest.mark.parametrize(
    "more",
    [
        {"method": M.SPLIT},
        {"strategic_objective_id": UUID(int=1)},
        {"parent_id": None},
        {"weight": 1001},
        {"weight": -1},
        {"reason": " "},
    ],
)
async def test_a_proposal_says_what_it_means(company: Company, more: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        await propose(company, "Dina", new_id(), new_id(), **more)


async def test_what_is_over_is_aligned_no_more(company: Company) -> None:
    child, parent = await shared(company, "Dina"), await shared(company, "Bo")
    await company.close()

    with pytest.raises(InvalidInput, match="over"):
        await propose(company, "Dina", child, parent)


async def test_an_agreed_alignment_may_end(company: Company) -> None:
    child, parent = await shared(company, "Dina"), await shared(company, "Dina")
    alignment = await propose(company, "Dina", child, parent)

    await service_answering.withdraw(company.actor("Dina"), alignment, version=1, key="end")

    assert (await state(company, alignment))[0] == "WITHDRAWN"
    assert (await state(company, await propose(company, "Dina", child, parent)))[0] == "ACCEPTED"
