"""The people of the generated group: units in four levels, reporting lines in five, and both closures."""

from collections.abc import Iterator

from tests.benchmarks.tables import TENANT, Row, Table, at, row_id

PEOPLE = 10_000
"""How many the group has where nothing else is said."""
GROUP = 1_000_000
"""More than any group has, so that all belong to one."""
TEAM, DEPARTMENT, COMPANY = 10, 50, 500
"""How many people a unit of each level has; the first of them leads it."""
FORMS = ("AIRLINE", "MANUFACTURING", "RETAIL", "LOGISTICS", "ENERGY")
GIVEN = ("Ada", "Bruno", "Chen", "Dina", "Emil", "Fatima", "Goro", "Hana", "Ivan", "Jun")
FAMILY = ("Ahmadi", "Berger", "Castillo", "Dupont", "Eriksen", "Fischer", "García", "Huang", "Ito", "Jansen", "Kaya")
GIVEN_ZH = "安博晨迪恩法刚华毅俊"
FAMILY_ZH = "艾白陈杜易方高黄伊江柯"
BORN = "2024-01-01"
ACCOUNTS = 20
DELEGATIONS_EVERY = 100


def person(number: int) -> str:
    return row_id(1, number, 0)


def unit(size: int, number: int) -> str:
    """The unit of this size to which a person belongs."""
    return row_id(2, size * 100_000 + number // size, 0)


def manager(number: int) -> int | None:
    """Who leads the smallest unit that the person does not lead; None for the head of the group."""
    for size in (TEAM, DEPARTMENT, COMPANY, GROUP):
        if number % size:
            return number - number % size
    return None


def managers(number: int) -> Iterator[int]:
    """The line upwards, the nearest first."""
    above = manager(number)
    while above is not None:
        yield above
        above = manager(above)


LEVELS = ((GROUP, "GROUP"), (COMPANY, "COMPANY"), (DEPARTMENT, "DEPARTMENT"), (TEAM, "TEAM"))


def units(people: int) -> Iterator[Row]:
    for size, kind in LEVELS:
        for first in range(0, people, size):
            yield TENANT, unit(size, first), f"{kind[0]}{first // size}", kind, at(0)


def unit_terms(people: int) -> Iterator[Row]:
    for level, (size, kind) in enumerate(LEVELS):
        for first in range(0, people, size):
            above = unit(LEVELS[level - 1][0], first) if level else None
            form = FORMS[first // COMPANY % len(FORMS)] if level else "HOLDING"
            name, chinese = f"{kind.title()} {first // size + 1}", f"第{first // size + 1}单位"
            key = row_id(3, size * 100_000 + first // size, 0)
            yield TENANT, key, unit(size, first), above, name, chinese, form, BORN, "infinity"


def unit_closure(people: int) -> Iterator[Row]:
    for level, (size, _) in enumerate(LEVELS):
        for first in range(0, people, size):
            for above in range(level + 1):
                ancestor = unit(LEVELS[above][0], first)
                yield TENANT, ancestor, unit(size, first), level - above, BORN, "infinity"


def positions(_: int) -> Iterator[Row]:
    for number in range(40):
        yield TENANT, row_id(4, number, 0), f"P{number}", f"Specialist {number}", f"专员{number}"


def persons(people: int) -> Iterator[Row]:
    for number in range(people):
        given, family = number % len(GIVEN), number // len(GIVEN) % len(FAMILY)
        name, chinese = f"{GIVEN[given]} {FAMILY[family]}", f"{FAMILY_ZH[family]}{GIVEN_ZH[given]}"
        mail, locale = f"p{number}@group.example", "zh-CN" if number % 3 else "en"
        yield TENANT, person(number), f"E{number:05}", name, chinese, mail, locale, "UTC", at(0)


def employments(people: int) -> Iterator[Row]:
    for number in range(people):
        position = row_id(4, number % 40, 0)
        key = row_id(5, number, 0)
        yield TENANT, key, person(number), unit(TEAM, number), position, 100, True, BORN, "infinity"


def reporting_lines(people: int) -> Iterator[Row]:
    for number in range(people):
        above = manager(number)
        if above is not None:
            yield TENANT, row_id(6, number, 0), person(number), person(above), "LINE", BORN, "infinity"


def reporting_closure(people: int) -> Iterator[Row]:
    for number in range(people):
        for depth, above in enumerate(managers(number), start=1):
            yield TENANT, person(above), person(number), depth, BORN, "infinity"


def role_grants(people: int) -> Iterator[Row]:
    for first in range(0, people, COMPANY):
        key = row_id(7, first, 0)
        yield TENANT, key, person(first + 1), "HR_PARTNER", unit(COMPANY, first), BORN, "infinity"
    for number in range(2, 7):
        yield TENANT, row_id(7, 100_000 + number, 0), person(number), "STRATEGY_OFFICE", None, BORN, "infinity"


def delegations(people: int) -> Iterator[Row]:
    for first in range(0, people, DELEGATIONS_EVERY):
        yield TENANT, row_id(8, first, 0), person(first), person(first + 1), "Leave", at(0), BORN, "infinity"


def accounts(_: int) -> Iterator[Row]:
    """Nobody can sign in by them: the benchmarks hold tokens."""
    for number in range(ACCOUNTS):
        yield TENANT, row_id(9, number, 0), person(number), f"p{number}@group.example", "!", at(0)


def logins(_: int) -> Iterator[Row]:
    for number in range(ACCOUNTS):
        yield f"p{number}@group.example", TENANT, row_id(9, number, 0)


PERIOD = ("valid_from", "valid_to")
TABLES = (
    Table("tenant", ("id", "slug", "name", "zone", "created_at"), lambda _: [(TENANT, "group", "Group", "UTC", at(0))]),
    Table("unit", ("tenant_id", "id", "code", "kind", "created_at"), units),
    Table("unit_term", ("tenant_id", "id", "unit_id", "parent_id", "name", "name_zh", "form", *PERIOD), unit_terms),
    Table("unit_closure", ("tenant_id", "ancestor_id", "descendant_id", "depth", *PERIOD), unit_closure),
    Table("position", ("tenant_id", "id", "code", "title", "title_zh"), positions),
    Table("person", ("tenant_id", "id", "code", "name", "name_zh", "email", "locale", "zone", "created_at"), persons),
    Table(
        "employment",
        ("tenant_id", "id", "person_id", "unit_id", "position_id", "share", "is_primary", *PERIOD),
        employments,
    ),
    Table("reporting_line", ("tenant_id", "id", "person_id", "manager_id", "kind", *PERIOD), reporting_lines),
    Table("reporting_closure", ("tenant_id", "manager_id", "report_id", "depth", *PERIOD), reporting_closure),
    Table("role_grant", ("tenant_id", "id", "person_id", "role", "unit_id", *PERIOD), role_grants),
    Table("delegation", ("tenant_id", "id", "from_id", "to_id", "reason", "created_at", *PERIOD), delegations),
    Table("account", ("tenant_id", "id", "person_id", "login", "password_hash", "created_at"), accounts),
    Table("login", ("login", "tenant_id", "account_id"), logins),
)
