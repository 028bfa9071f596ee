"""Whoever has to agree to an exemption is asked, one after the other, and who asked hears how it ended."""

import pytest

from domain.kernel import relay
from notifications import announcements
from tests.domain.objectives.targets.season import Season
from tests.domain.objectives.targets.test_exemptions import Step, asked, confirm, decline, grant, withdraw


async def inbox(season: Season) -> set[tuple[str, str, str]]:
    """Who has which kind of item in which state, after everything was heard."""
    await relay.show_due({announcements.READER: announcements.hear})
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
