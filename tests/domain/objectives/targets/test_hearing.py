"""Whoever has to agree to an exemption is asked, one after the other, and who asked hears how it ended."""

from datetime import UTC, date, datetime

import pytest

from domain.kernel import clock, relay
from domain.people import service_moves
from domain.people.service_moves import Move
from notifications import announcements
from tests.domain.objectives.targets.season import Season
from tests.domain.objectives.targets.test_exemptions import Step, asked, confirm, decline, grant, withdraw


async def inbox(season: Season) -> set[tuple[str, str, str]]:
    """Who has which kind of item in which state, after everything was heard."""
    while await relay.show_due({announcements.READER: announcements.hear}):
        pass
    rows = await season.company.organisation.rows(
        """select p.name, i.kind, i.state from inbox_item i
           join person p on p.tenant_id = i.tenant_id and p.id = i.person_id where i.subject_type = 'exemption'"""
    )
    return {(row["name"], row["kind"], row["state"]) for row in rows}


async def test_the_manager_is_asked_then_the_second_person_and_the_owner_told(season: Season) -> None:
    exemption = await asked(season)
    first = await inbox(season)
    await grant(season.company.actor("Chen"), exemption, 1)
    second = await inbox(season)
    await confirm(season.company.actor("Hugo"), exemption, 2)

    waits = ("EXEMPTION_ASKED", "OPEN")
    assert first == {("Chen", *waits)}
    assert second == {("Chen", "EXEMPTION_ASKED", "DONE"), ("Hugo", *waits)}
    assert await inbox(season) == {
        ("Chen", "EXEMPTION_ASKED", "DONE"),
        ("Hugo", "EXEMPTION_ASKED", "DONE"),
        ("Dina", "EXEMPTION_DECIDED", "OPEN"),
    }


async def test_where_the_only_hr_partner_granted_it_the_strategy_office_is_asked(season: Season) -> None:
    exemption = await asked(season)
    await season.company.organisation.rows(
        "update role_grant set person_id = $1 where role = 'HR_PARTNER'", season.company["Chen"]
    )

    await grant(season.company.actor("Chen"), exemption, 1)

    assert await inbox(season) == {("Sofia", "EXEMPTION_ASKED", "OPEN")}


async def test_who_manages_today_is_read_from_the_calendar_of_the_group(season: Season) -> None:
    move = Move(person_id=season.company["Dina"], on=date(2026, 6, 11), manager_id=season.company["Bo"])
    await service_moves.move_person(season.company.organisation.operator, move)
    await asked(season)

    # In Shanghai the eleventh of June has begun, in Greenwich it is the tenth.
    with clock.frozen(datetime(2026, 6, 10, 17, tzinfo=UTC)):
        heard = await inbox(season)

    assert heard == {("Bo", "EXEMPTION_ASKED", "OPEN")}


@pytest.mark.parametrize(
    ("step", "by", "expected"),
    [
        (decline, "Chen", {("Chen", "EXEMPTION_ASKED", "DONE"), ("Dina", "EXEMPTION_DECIDED", "OPEN")}),
        (withdraw, "Dina", {("Chen", "EXEMPTION_ASKED", "WITHDRAWN")}),
    ],
)
async def test_nobody_is_asked_any_more_once_it_is_over(
    season: Season, step: Step, by: str, expected: set[tuple[str, str, str]]
) -> None:
    exemption = await asked(season)
    await inbox(season)

    await step(season.company.actor(by), exemption, 1)

    assert await inbox(season) == expected


async def test_what_was_over_before_it_was_heard_asks_nobody(season: Season) -> None:
    await withdraw(season.company.actor("Dina"), await asked(season), 1)

    assert await inbox(season) == set()
