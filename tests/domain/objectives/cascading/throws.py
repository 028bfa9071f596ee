"""Targets thrown down in a company: Chen's goal goes to Dina and Emil, Bo's to Chen."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from domain.kernel.ids import new_id
from domain.objectives import service_approvals
from domain.objectives.cascading import service_answering, service_throwing
from domain.objectives.cascading.service_binding import Wish
from domain.objectives.cascading.terms import Division, Part, Receiver, SplitMethod
from domain.objectives.terms import KeyResultDraft, KeyResultKind, ObjectiveDraft
from tests.domain.objectives.company import Company

FLIGHTS = KeyResultDraft(
    title="Flights",
    kind=KeyResultKind.INCREASE,
    unit_of_measure="flights",
    weight=100,
    start=Decimal(0),
    target=Decimal(100),
)
TOP = ObjectiveDraft(title="Fly more", weight=20, key_results=(FLIGHTS,))
APPROVERS = {"Bo": "Ada", "Chen": "Bo", "Dina": "Chen", "Emil": "Chen"}


async def promised(company: Company, owner: str = "Chen", *, target: int = 100, **values: object) -> tuple[UUID, UUID]:
    """A promise of the owner's, and its one key result."""
    draft = replace(TOP, key_results=(replace(FLIGHTS, target=Decimal(target)),), **values)  # type: ignore[arg-type]
    objective_id = await company.draft(draft, owner=owner)
    await approve(company, objective_id, owner=owner)
    [key_result_id] = await company.key_results(objective_id)
    return objective_id, key_result_id


async def approve(company: Company, objective_id: UUID, *, owner: str) -> None:
    """Submitted, and promised along."""
    version = await company.version(objective_id)
    actor = company.actor(owner)
    await service_approvals.submit(actor, objective_id, version=version, key=str(new_id()))
    await company.approve(objective_id, by=APPROVERS[owner])


def receivers(company: Company, **amounts: int) -> list[Receiver]:
    """Each with the amount that they are given."""
    return [
        Receiver(person_id=company[name], part=Part(name=name, amount=Decimal(amount)))
        for name, amount in amounts.items()
    ]


async def throw(
    company: Company, key_result_id: UUID, to: Sequence[Receiver], *, by: str = "Chen", **options: object
) -> None:
    """As given, unless the options say otherwise."""
    method, reserve = options.pop("method", SplitMethod.GIVEN), options.pop("reserve", 0)
    division = Division(method=SplitMethod(str(method)), reserve=Decimal(str(reserve)))
    actor = company.actor(by)
    await service_throwing.cascade_target(actor, key_result_id, to, division, key=str(new_id()), **options)  # type: ignore[arg-type]


async def slices(company: Company, key_result_id: UUID) -> dict[str, UUID]:
    """Those of a target that live or wait, by the name of the receiver."""
    rows = await company.organisation.rows(
        """select a.id, p.name from alignment a join person p on p.tenant_id = a.tenant_id and p.id = a.receiver_id
           where a.parent_key_result_id = $1 and a.state not in ('DECLINED', 'WITHDRAWN')""",
        key_result_id,
    )
    return {row["name"]: row["id"] for row in rows}


async def version(company: Company, alignment_id: UUID) -> int:
    return int(str(await company.organisation.value("select version from alignment where id = $1", alignment_id)))


async def accept(company: Company, alignment_id: UUID, *, by: str, wish: Wish | None = None) -> tuple[UUID, UUID]:
    """The receiver's objective, and its key result for the slice."""
    now = await version(company, alignment_id)
    await service_answering.accept(company.actor(by), alignment_id, version=now, key=str(new_id()), wish=wish)
    [row] = await company.organisation.rows(
        "select child_id, child_key_result_id from alignment where id = $1", alignment_id
    )
    return row["child_id"], row["child_key_result_id"]
