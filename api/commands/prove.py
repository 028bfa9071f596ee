"""`catchball prove`: compute everything that is kept of goals and scorecards once more, compare it, and mend it."""

import argparse
from uuid import UUID

from api.commands import place
from api.commands.steps import Steps
from api.settings import Settings
from domain.kernel import database
from domain.objectives import service_roll_up_proof
from domain.people import service as people
from domain.scorecards.cards import service_scores_proof

BAR_WIDTH = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tenant", help="the tenant's name; all of them unless named")


def run(options: argparse.Namespace) -> int:
    """1 if anything had drifted: it is right again, and somebody should find out why."""
    differing = place.complete(prove(place.current(), options.tenant, Steps()))
    return 1 if differing else 0


async def prove(settings: Settings, tenant: str | None, steps: Steps) -> int:
    """How many objectives, scorecards and closed months were not what they should be."""
    await database.connect(settings.database_url)
    try:
        return sum([await _of_tenant(tenant_id, name, steps) for tenant_id, name in await _tenants(tenant)])
    finally:
        await database.close()


async def _tenants(tenant: str | None) -> list[tuple[UUID, str]]:
    if tenant is not None:
        tenant_id, _ = await people.find_tenant(tenant)
        return [(tenant_id, tenant)]
    return [
        (row["id"], row["slug"]) for row in await database.gate().fetch("select id, slug from tenant order by slug")
    ]


async def _of_tenant(tenant_id: UUID, name: str, steps: Steps) -> int:
    steps.line(name)
    with steps.step("  objectives") as say:
        say("all of them in one statement")
        moved = await service_roll_up_proof.prove(tenant_id)
        say(_verdict(moved, "objectives"))
    with steps.step("  scorecards") as say:
        found = await service_scores_proof.prove(tenant_id, lambda done, total: say(bar(done, total)))
        say(f"{found.cards:,} scored anew: {_verdict(found.drifted, 'scorecards')}")
    if found.not_replayed:
        steps.line(f"  {found.not_replayed:,} closed months do not come out of their inputs any more")
    return moved + found.drifted + found.not_replayed


def _verdict(differing: int, what: str) -> str:
    return f"{differing:,} {what} had drifted, mended" if differing else "as kept"


def bar(done: int, total: int) -> str:
    """How far it is, drawn and in numbers."""
    filled = BAR_WIDTH * done // total if total else BAR_WIDTH
    return f"[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {done:,} of {total:,}"
