"""What of the organisation can be read, and by whom."""

from domain.kernel.views import Column, Filter, Kind, One, Order, Page, Roots, View

PERSONS_OF_TENANT = "({me} is not null or 'people:read' = any({scopes}))"
"""Everybody of a group knows who else is in it, and where; partners need a scope."""

STRUCTURE = "({me} is not null or {client} is not null)"

VALID = "{child}.valid_from <= {as_of} and {as_of} < {child}.valid_to"

BY_NAME = {"NAME": Order((("{child}.name", "text"), ("{child}.id", "uuid")))}
BY_CODE = {"CODE": Order((("{child}.code", "text"), ("{child}.id", "uuid")))}
BY_START = {"START": Order((("{child}.valid_from", "date"), ("{child}.id", "uuid")), descending=True)}
NEWEST_SEEN = {"SEEN": Order((("{child}.last_seen_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)}

_AT_WORK = (
    "exists (select from employment e where e.tenant_id = {tenant} and e.person_id = {child}.id "
    "and e.unit_id = {row}.id and e.valid_from <= {as_of} and {as_of} < e.valid_to)"
)


def _of_position(column: str) -> Column:
    return Column(
        f"(select p.{column} from employment e join position p on (p.tenant_id, p.id) = (e.tenant_id, e.position_id) "
        "where e.tenant_id = {tenant} and e.person_id = {row}.id and e.is_primary "
        "and e.valid_from <= {as_of} and {as_of} < e.valid_to)"
    )


PERSON = View(
    name="Person",
    prefix="per",
    source="person",
    visible=PERSONS_OF_TENANT,
    fields={
        "name": Column("{row}.name"),
        "nameZh": Column("{row}.name_zh"),
        "initials": Column(
            "upper(left({row}.name, 1) || coalesce(left(substring({row}.name from ' ([^ ]+)$'), 1), ''))"
        ),
        "positionTitle": _of_position("title"),
        "positionTitleZh": _of_position("title_zh"),
        "unit": One(
            "Unit",
            on="{child}.id = (select e.unit_id from employment e where e.tenant_id = {tenant} "
            "and e.person_id = {row}.id and e.is_primary and e.valid_from <= {as_of} and {as_of} < e.valid_to)",
            takes_as_of=True,
        ),
        "employments": Page(
            "Employment", on="{child}.person_id = {row}.id and " + VALID, orders=BY_START, takes_as_of=True
        ),
        "manager": One(
            "Person",
            on="{child}.id = (select l.manager_id from reporting_line l where l.tenant_id = {tenant} "
            "and l.person_id = {row}.id and l.kind = 'LINE' and l.valid_from <= {as_of} and {as_of} < l.valid_to "
            "limit 1)",
            takes_as_of=True,
        ),
        "reports": Page(
            "Person",
            on="{child}.id in (select l.person_id from reporting_line l where l.tenant_id = {tenant} "
            "and l.manager_id = {row}.id and l.valid_from <= {as_of} and {as_of} < l.valid_to)",
            orders=BY_NAME,
            takes_as_of=True,
        ),
    },
)

EMPLOYMENT = View(
    name="Employment",
    prefix="emp",
    source="employment",
    visible=PERSONS_OF_TENANT,
    fields={
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "position": One("Position", on="{child}.id = {row}.position_id"),
        "share": Column("{row}.share", Kind.INTEGER),
        "primary": Column("{row}.is_primary", Kind.BOOLEAN),
        "validFrom": Column("{row}.valid_from", Kind.DATE),
        "validTo": Column("nullif({row}.valid_to, 'infinity')", Kind.DATE),
    },
)

POSITION = View(
    name="Position",
    prefix="pos",
    source="position",
    visible=STRUCTURE,
    fields={"code": Column("{row}.code"), "title": Column("{row}.title"), "titleZh": Column("{row}.title_zh")},
)

UNIT = View(
    name="Unit",
    prefix="unt",
    source=(
        "(select u.tenant_id, u.id, u.code, u.kind, t.parent_id, t.name, t.name_zh, t.form, t.valid_from, t.valid_to "
        "from unit u join unit_term t on t.tenant_id = u.tenant_id and t.unit_id = u.id "
        "and t.valid_from <= {as_of} and {as_of} < t.valid_to)"
    ),
    visible=STRUCTURE,
    fields={
        "code": Column("{row}.code"),
        "name": Column("{row}.name"),
        "nameZh": Column("{row}.name_zh"),
        "kind": Column("{row}.kind"),
        "form": Column("{row}.form"),
        "validFrom": Column("{row}.valid_from", Kind.DATE),
        "validTo": Column("nullif({row}.valid_to, 'infinity')", Kind.DATE),
        "parent": One("Unit", on="{child}.id = {row}.parent_id"),
        "children": Page("Unit", on="{child}.parent_id = {row}.id", orders=BY_CODE),
        "people": Page("Person", on=_AT_WORK, orders=BY_NAME),
    },
)

SESSION = View(
    name="Session",
    prefix="ses",
    source="session",
    visible="{row}.person_id = {me}",
    fields={
        "name": Column("{row}.name"),
        "createdAt": Column("{row}.created_at", Kind.INSTANT),
        "lastSeenAt": Column("{row}.last_seen_at", Kind.INSTANT),
        "current": Column("({row}.id = {session}) is true", Kind.BOOLEAN),
    },
)

DELEGATION = View(
    name="Delegation",
    prefix="del",
    source="delegation",
    visible="({row}.from_id = {me} or {row}.to_id = {me})",
    fields={
        "from": One("Person", on="{child}.id = {row}.from_id"),
        "to": One("Person", on="{child}.id = {row}.to_id"),
        "startsOn": Column("{row}.valid_from", Kind.DATE),
        "endsOn": Column("{row}.valid_to - 1", Kind.DATE),
        "reason": Column("{row}.reason"),
    },
)

VIEWER = View(
    name="Viewer",
    prefix="vwr",
    source="person",
    visible="{row}.id = {me}",
    fields={
        "person": One("Person", on="{child}.id = {row}.id"),
        "roles": Column("{roles}", Kind.LIST),
        "locale": Column("{row}.locale"),
        "zone": Column("{row}.zone"),
        "sessions": Page("Session", on="{child}.person_id = {row}.id and {child}.ended_at is null", orders=NEWEST_SEEN),
        "delegations": Page(
            "Delegation",
            on="({child}.from_id = {row}.id or {child}.to_id = {row}.id) and {today} < {child}.valid_to",
            orders=BY_START,
        ),
    },
)

HOME = View(
    name="Home",
    prefix="hom",
    source="person",
    visible="{row}.id = {me}",
    fields={"person": One("Person", on="{child}.id = {row}.id")},
)

VIEWS = (PERSON, EMPLOYMENT, POSITION, UNIT, SESSION, DELEGATION, VIEWER, HOME)

ROOTS: Roots = {
    "viewer": One("Viewer", on="{child}.id = {me}"),
    "home": One("Home", on="{child}.id = {me}"),
    "person": One("Person", on="true", filters={"id": Filter("{child}.id = {value}", "uuid", prefix="per")}),
    "people": Page(
        "Person",
        on="true",
        orders=BY_NAME,
        filters={
            "search": Filter(
                "(strpos(lower({child}.name), lower({value})) > 0 or strpos({child}.name_zh, {value}) > 0)", "text"
            ),
            "unit": Filter(
                "exists (select from employment e where e.tenant_id = {tenant} and e.person_id = {child}.id "
                "and e.unit_id = {value} and e.valid_from <= {today} and {today} < e.valid_to)",
                "uuid",
                prefix="unt",
            ),
        },
    ),
    "unit": One(
        "Unit",
        on="true",
        filters={"id": Filter("{child}.id = {value}", "uuid", prefix="unt")},
        takes_as_of=True,
    ),
    "units": Page(
        "Unit",
        on="true",
        orders=BY_CODE,
        filters={
            "kind": Filter("{child}.kind = {value}", "text"),
            "parent": Filter("{child}.parent_id = {value}", "uuid", prefix="unt"),
        },
        takes_as_of=True,
    ),
}
