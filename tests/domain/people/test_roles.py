"""Roles are granted by administrators, approvals delegated by whom they are asked of, settings changed by oneself."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.kernel import clock, database
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError, InvalidInput, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.people import rules, service, service_roles
from domain.people.service_roles import Grant, NewDelegation
from tests.domain.organisations import START, Organisation, found

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


async def roles(organisation: Organisation, person: str, on: date = TODAY) -> frozenset[Role]:
    with database.tenant(organisation.tenant_id):
        async with database.connection() as connection:
            return await service.roles_of(connection, organisation[person], on)


async def delegates(organisation: Organisation, person: str, on: date) -> list[object]:
    with database.tenant(organisation.tenant_id):
        async with database.connection() as connection:
            return list(await service.delegates_of(connection, organisation[person], on))


async def test_roles_follow_from_employments_lines_and_grants(organisation: Organisation) -> None:
    grant = Grant(person_id=organisation["Dina"], role=Role.ADMINISTRATOR, on=START)
    await service_roles.grant_role(organisation.operator, grant)

    assert await roles(organisation, "Ada") == {Role.EMPLOYEE, Role.MANAGER}
    assert await roles(organisation, "Emil") == {Role.EMPLOYEE}
    assert await roles(organisation, "Dina") == {Role.EMPLOYEE, Role.ADMINISTRATOR}
    assert await roles(organisation, "Ada", START - DAY) == frozenset()


async def test_an_ended_role_is_not_held_any_more(organisation: Organisation) -> None:
    kept = Grant(person_id=organisation["Dina"], role=Role.STRATEGY_OFFICE, on=START)
    slip = Grant(person_id=organisation["Emil"], role=Role.ADMINISTRATOR, on=TODAY)
    for grant in (kept, slip):
        await service_roles.grant_role(organisation.operator, grant)

    for grant in (kept, slip):
        await service_roles.end_role(organisation.operator, grant.id, on=TODAY)

    assert await roles(organisation, "Dina", TODAY - DAY) == {Role.EMPLOYEE, Role.STRATEGY_OFFICE}
    assert await roles(organisation, "Dina") == {Role.EMPLOYEE}
    assert await roles(organisation, "Emil") == {Role.EMPLOYEE}
    with pytest.raises(NotFound):
        await service_roles.end_role(organisation.operator, kept.id, on=TODAY)


@pytest.mark.parametrize(
    ("role", "unit", "refusal"),
    [
        (Role.MANAGER, None, InvalidInput),
        (Role.PARTNER, None, InvalidInput),
        (Role.HR_PARTNER, None, InvalidInput),
        (Role.ADMINISTRATOR, "OPS", InvalidInput),
        (Role.STRATEGY_OFFICE, None, rules.PeriodsOverlap),
    ],
)
async def test_a_wrong_grant_is_refused(
    organisation: Organisation, role: Role, unit: str | None, refusal: type[DomainError]
) -> None:
    unit_id = organisation.units[unit] if unit else None
    held = Grant(person_id=organisation["Dina"], role=Role.STRATEGY_OFFICE, on=START)
    await service_roles.grant_role(organisation.operator, held)

    with pytest.raises(refusal):
        await service_roles.grant_role(
            organisation.operator, Grant(person_id=organisation["Dina"], role=role, unit_id=unit_id, on=TODAY)
        )

    assert await organisation.count("role_grant") == 1


@pytest.mark.parametrize("held", [(), (Role.MANAGER,), (Role.HR_PARTNER,), (Role.STRATEGY_OFFICE,)])
async def test_only_an_administrator_grants(organisation: Organisation, held: tuple[Role, ...]) -> None:
    with pytest.raises(NotPermitted, match="Only an administrator can grant a role"):
        await service_roles.grant_role(
            organisation.actor("Bo", *held), Grant(person_id=organisation["Bo"], role=Role.ADMINISTRATOR, on=TODAY)
        )

    assert await organisation.count("role_grant") == 0


async def test_a_delegation_holds_on_its_days_both_included(organisation: Organisation) -> None:
    with clock.frozen(NOW):
        await service_roles.delegate_approvals(
            organisation.actor("Chen"),
            NewDelegation(
                to_id=organisation["Emil"], starts_on=TODAY, ends_on=TODAY + 2 * DAY, reason="Leave\nof absence"
            ),
        )

    days = [await delegates(organisation, "Chen", TODAY + step * DAY) for step in (-1, 0, 2, 3)]
    assert days == [[], [organisation["Emil"]], [organisation["Emil"]], []]
    assert await organisation.value("select payload->>'ends_on' from journal where kind = 'ApprovalsDelegated'") == (
        "2026-03-04"
    )


async def test_a_delegate_may_decide_and_nobody_else(organisation: Organisation) -> None:
    with clock.frozen(NOW):
        await service_roles.delegate_approvals(
            organisation.actor("Chen"), NewDelegation(to_id=organisation["Emil"], starts_on=TODAY, ends_on=TODAY)
        )

    with database.tenant(organisation.tenant_id):
        async with database.connection() as connection:
            may = {
                code: await service.may_decide_for(connection, organisation["Chen"], organisation[code], on=TODAY)
                for code in ("Chen", "Emil", "Dina", "Bo")
            }
    assert may == {"Chen": True, "Emil": True, "Dina": False, "Bo": False}


@pytest.mark.parametrize(
    ("to", "first", "last", "refusal"),
    [
        ("Chen", 0, 1, InvalidInput),
        ("Emil", 1, 0, InvalidInput),
        ("Emil", -9, -1, InvalidInput),
        (None, 0, 1, NotFound),
    ],
    ids=["to oneself", "backwards", "over", "to a stranger"],
)
async def test_a_wrong_delegation_is_refused(
    organisation: Organisation, to: str | None, first: int, last: int, refusal: type[DomainError]
) -> None:
    to_id = organisation[to] if to else new_id()

    with clock.frozen(NOW), pytest.raises(refusal):
        await service_roles.delegate_approvals(
            organisation.actor("Chen"),
            NewDelegation(to_id=to_id, starts_on=TODAY + first * DAY, ends_on=TODAY + last * DAY),
        )

    assert await organisation.count("delegation") == 0
    assert await organisation.facts("ApprovalsDelegated") == []


@pytest.mark.parametrize(("who", "starts"), [("Chen", 0), ("Emil", 0), ("Chen", 5)])
async def test_who_gave_or_holds_a_delegation_ends_it_at_once(
    organisation: Organisation, who: str, starts: int
) -> None:
    with clock.frozen(NOW):
        delegation_id = await service_roles.delegate_approvals(
            organisation.actor("Chen"),
            NewDelegation(to_id=organisation["Emil"], starts_on=TODAY + starts * DAY, ends_on=TODAY + 9 * DAY),
        )

        await service_roles.end_delegation(organisation.actor(who), delegation_id)

        assert await delegates(organisation, "Chen", TODAY + starts * DAY) == []
        with pytest.raises(NotFound):
            await service_roles.end_delegation(organisation.actor(who), delegation_id)


async def test_a_delegation_of_others_does_not_exist(organisation: Organisation) -> None:
    with clock.frozen(NOW):
        delegation_id = await service_roles.delegate_approvals(
            organisation.actor("Chen"), NewDelegation(to_id=organisation["Emil"], starts_on=TODAY, ends_on=TODAY)
        )

        for other in ("Bo", "Dina"):
            with pytest.raises(NotFound):
                await service_roles.end_delegation(organisation.actor(other, Role.ADMINISTRATOR), delegation_id)

    assert await delegates(organisation, "Chen", TODAY) == [organisation["Emil"]]


async def test_a_person_changes_language_and_zone(organisation: Organisation) -> None:
    await service.change_settings(organisation.actor("Dina"), locale="zh-CN")
    await service.change_settings(organisation.actor("Dina"), zone="Europe/Berlin")

    rows = await organisation.rows("select locale, zone from person where id = $1", organisation["Dina"])
    assert [tuple(row) for row in rows] == [("zh-CN", "Europe/Berlin")]


@pytest.mark.parametrize(
    ("locale", "zone"), [("de", None), ("zh", None), (None, "Berlin"), (None, "../etc/passwd"), (None, "")]
)
async def test_settings_that_do_not_exist_are_refused(
    organisation: Organisation, locale: str | None, zone: str | None
) -> None:
    with pytest.raises(InvalidInput):
        await service.change_settings(organisation.actor("Dina"), locale=locale, zone=zone)

    rows = await organisation.rows("select locale, zone from person where id = $1", organisation["Dina"])
    assert [tuple(row) for row in rows] == [("en", "Asia/Shanghai")]
    assert await organisation.facts("SettingsChanged") == []


async def test_a_client_has_no_settings_and_no_approvals(organisation: Organisation) -> None:
    client = Actor(tenant_id=organisation.tenant_id, zone="UTC", client_id=new_id())

    with pytest.raises(NotPermitted):
        await service.change_settings(client, locale="en")
    with clock.frozen(NOW), pytest.raises(NotPermitted):
        await service_roles.delegate_approvals(
            client, NewDelegation(to_id=organisation["Emil"], starts_on=TODAY, ends_on=TODAY)
        )


async def test_a_tenant_is_found_by_its_slug_which_is_unique(database: str) -> None:
    slug = f"slug-{new_id()}"
    organisation = await found(slug)
    await found()

    assert await service.find_tenant(slug) == (organisation.tenant_id, "Asia/Shanghai")
    with pytest.raises(rules.CodeTaken):
        await service.create_tenant(slug, "Another", zone="UTC")
    with pytest.raises(NotFound):
        await service.find_tenant("nowhere")
    with pytest.raises(InvalidInput, match="There are several tenants"):
        await service.find_tenant(None)
