"""What of the inbox can be read: everybody reads their own."""

from domain.kernel.views import Column, Extensions, Field, Filter, Kind, One, Order, Page, Roots, View

NEWEST = {"NEWEST": Order((("{child}.created_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)}

INBOX_ITEM = View(
    name="InboxItem",
    prefix="inb",
    source="inbox_item",
    visible="{row}.person_id = {me}",
    fields={
        "kind": Column("{row}.kind"),
        "state": Column("{row}.state"),
        "createdAt": Column("{row}.created_at", Kind.INSTANT),
        "readAt": Column("{row}.read_at", Kind.INSTANT),
        "doneAt": Column("{row}.done_at", Kind.INSTANT),
        "actor": One("Person", on="{child}.id = {row}.actor_id"),
        "objective": One("Objective", on="{row}.subject_type = 'objective' and {child}.id = {row}.subject_id"),
        "approval": One("Approval", on="{child}.id = {row}.approval_id"),
    },
)

VIEWS = (INBOX_ITEM,)

_UNREAD: dict[str, Field] = {
    "unreadCount": Column(
        "(select count(*) from inbox_item i where i.tenant_id = {tenant} and i.person_id = {me} "
        "and i.read_at is null and i.state = 'OPEN')",
        Kind.INTEGER,
    ),
}

EXTENSIONS: Extensions = {
    "Viewer": _UNREAD | {"pushKey": Column("{push_key}")},
    "Home": _UNREAD | {"inbox": Page("InboxItem", on="{child}.person_id = {row}.id", orders=NEWEST)},
    "Session": {
        "pushes": Column(
            "exists (select from device d where d.tenant_id = {tenant} and d.session_id = {row}.id "
            "and d.dead_at is null)",
            Kind.BOOLEAN,
        ),
    },
}

ROOTS: Roots = {
    "inbox": Page(
        "InboxItem",
        on="{child}.person_id = {me}",
        orders=NEWEST,
        filters={"state": Filter("{child}.state = {value}", "text")},
    ),
}
