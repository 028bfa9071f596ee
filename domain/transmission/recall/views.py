"""What of recall can be read, and by whom: a question by who is asked, its priorities once their words are fixed."""

from domain.kernel.views import Column, Extensions, Filter, Kind, Many, One, Order, Page, Roots, View
from domain.strategy.views import READERS
from domain.transmission.recall.rules import PRIORITIES_MAX, WORDS_MAX

OFFICE = "'STRATEGY_OFFICE' = any({roles})"
NEWEST = {"NEWEST": Order((("{child}.opens_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)}
_I_SAID = (
    "exists (select from recall_question q where q.tenant_id = {tenant} and q.round_id = {row}.round_id "
    "and q.person_id = {me} and q.said_at is not null)"
)
_OFFICE_UNASKED = (
    f"({OFFICE} and not exists (select from recall_question n where n.tenant_id = {{tenant}} "
    "and n.round_id = {row}.round_id and n.person_id = {me}))"
)
"""Who keeps the strategy is asked as everybody else is, and sees no priorities before their own words."""
_I_ANSWERED = (
    "exists (select from recall_answer a where a.tenant_id = {tenant} and a.round_id = {row}.round_id "
    "and a.person_id = {me})"
)
_MY_MARK = (
    "exists (select from recall_question q where q.tenant_id = {tenant} and q.id = {row}.question_id "
    "and q.person_id = {me})"
)


def _of_round(column: str) -> str:
    return f"(select r.{column} from recall_round r where r.tenant_id = {{tenant}} and r.id = {{row}}.round_id)"


def _of_answer(column: str) -> str:
    return f"(select a.{column} from recall_answer a where a.tenant_id = {{tenant}} and a.id = {{row}}.id)"


RECALL_ROUND = View(
    name="RecallRound",
    prefix="rcr",
    source="recall_round",
    visible=READERS,
    fields={
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "cycle": One("Cycle", on="{child}.id = {row}.cycle_id"),
        "strategy": One("Strategy", on="{child}.id = {row}.strategy_id"),
        "about": Column("{row}.about"),
        "k": Column("{row}.k", Kind.INTEGER),
        "quarter": Column("{row}.quarter", Kind.DATE),
        "opensAt": Column("{row}.opens_at", Kind.INSTANT),
        "closesAt": Column("{row}.closes_at", Kind.INSTANT),
        "over": Column("({row}.closes_at <= {now})", Kind.BOOLEAN),
        "asked": Column("{row}.asked", Kind.INTEGER),
        "answered": Column(
            "(select count(*) from recall_answer a where a.tenant_id = {tenant} and a.round_id = {row}.id)",
            Kind.INTEGER,
        ),
        "askedBy": One("Person", on="{child}.id = {row}.asked_by_id"),
    },
    masks={"answered": OFFICE},
)

RECALL_PRIORITY = View(
    name="RecallPriority",
    prefix="rcp",
    source="recall_priority",
    visible=f"({_I_SAID} or {_OFFICE_UNASKED})",
    fields={
        "position": Column("{row}.position", Kind.INTEGER),
        "title": Column("{row}.title"),
        "titleZh": Column("{row}.title_zh"),
        "counts": Column(f"({{row}}.rank <= {_of_round('k')})", Kind.BOOLEAN),
        "strategicObjective": One("StrategicObjective", on="{child}.id = {row}.strategic_objective_id"),
        "theme": One("Theme", on="{child}.id = {row}.theme_id"),
    },
    masks={"counts": f"({_I_ANSWERED} or {_OFFICE_UNASKED})"},
)

RECALL_MARK = View(
    name="RecallMark",
    prefix="rcm",
    source="recall_mark",
    visible=_MY_MARK,
    fields={
        "word": Column("{row}.word", Kind.INTEGER),
        "priority": One("RecallPriority", on="{child}.id = {row}.priority_id"),
    },
)

RECALL_QUESTION = View(
    name="RecallQuestion",
    prefix="rcq",
    source="recall_question",
    visible="{row}.person_id = {me}",
    fields={
        "state": Column(
            f"case when {_of_answer('answered_at')} is not null then 'ANSWERED' "
            f"when {_of_round('closes_at')} <= {{now}} then 'OVER' "
            "when {row}.said_at is not null then 'SAID' else 'ASKED' end"
        ),
        "round": One("RecallRound", on="{child}.id = {row}.round_id"),
        "unit": One("Unit", on="{child}.id = " + _of_round("unit_id")),
        "k": Column(_of_round("k"), Kind.INTEGER),
        "closesAt": Column(_of_round("closes_at"), Kind.INSTANT),
        "words": Column("{row}.words", Kind.LIST),
        "saidAt": Column("{row}.said_at", Kind.INSTANT),
        "priorities": Many(
            "RecallPriority", on="{child}.round_id = {row}.round_id", order="{child}.position", limit=PRIORITIES_MAX
        ),
        "marks": Many(
            "RecallMark", on="{child}.question_id = {row}.id", order="{child}.word", limit=WORDS_MAX, implied=True
        ),
        "recalled": Column(f"round(100 * {_of_answer('recalled')}, 2)", Kind.DECIMAL),
        "answeredAt": Column(_of_answer("answered_at"), Kind.INSTANT),
    },
)

VIEWS = (RECALL_ROUND, RECALL_PRIORITY, RECALL_MARK, RECALL_QUESTION)

_OPEN = (
    "(select q.id from recall_question q "
    "join recall_round r on r.tenant_id = q.tenant_id and r.id = q.round_id "
    "where q.tenant_id = {tenant} and q.person_id = {me} and {now} < r.closes_at "
    "and not exists (select from recall_answer a where a.tenant_id = q.tenant_id and a.id = q.id) "
    "order by r.closes_at, q.id limit 1)"
)

EXTENSIONS: Extensions = {
    "InboxItem": {
        "recallQuestion": One(
            "RecallQuestion", on="{row}.subject_type = 'recall_question' and {child}.id = {row}.subject_id"
        ),
    },
}

ROOTS: Roots = {
    "recallQuestion": One("RecallQuestion", on="{child}.id = " + _OPEN),
    "recallRounds": Page(
        "RecallRound",
        on="true",
        orders=NEWEST,
        filters={"unit": Filter("{child}.unit_id = {value}", "uuid", prefix="unt")},
    ),
}
