"""What of alignments can be read, and by whom: both ends, and who sees what serves."""

from domain.kernel.permits import PERMITS, Relation
from domain.kernel.views import Column, Extensions, Filter, Kind, Many, One, Order, Page, Roots, View
from domain.objectives.cascading import rules
from domain.objectives.cascading.terms import PERMITTED_AS, Act
from domain.objectives.cascading.views_shares import SHARE
from domain.objectives.cascading.views_splits import SPLIT
from domain.objectives.views import FACTS, RELATIONS, VISIBLE

TURNS_MAX = 20


def _of(column: str, condition: str) -> str:
    """Whether a condition holds of the objective at an end."""
    inner = condition.replace("{row}", "o")
    return f"exists (select from objective o where o.tenant_id = {{tenant}} and o.id = {{row}}.{column} and ({inner}))"


LED = " or ".join(RELATIONS[one] for one in (Relation.OWNER, Relation.MANAGER))
_WIDELY = " or ".join(RELATIONS[one] for one in (Relation.STRATEGY_OFFICE, Relation.PARTNER))
_PARTIES = "({row}.receiver_id = {me} or {row}.proposed_by_id = {me} or {row}.asked_id = {me})"
_CONCERNED = f"({_PARTIES} or 'STRATEGY_OFFICE' = any({{roles}}) or {_of('parent_id', LED)} or {_of('child_id', LED)})"
"""Who takes part in it, or stands above one of its ends."""
RELATIONS_OF_ALIGNMENT: dict[Relation, str] = {
    Relation.ASKED: "({row}.asked_id = {me} or {row}.asked_id is null and {row}.state = 'PROPOSED_UP' "
    "and 'STRATEGY_OFFICE' = any({roles}))",
    Relation.PROPOSER: "{row}.proposed_by_id = {me}",
}
"""How the actor stands to the alignment `{row}`: what asks nobody in person, the strategy office answers."""
VISIBLE_ALIGNMENT = (
    f"({{row}}.proposed_by_id = {{me}} or ({{row}}.state <> 'DRAFT' and ({_PARTIES} or {_WIDELY} "
    f"or {_of('parent_id', LED)} or {_of('child_id', VISIBLE)})))"
)
"""A slice that is prepared is its author's alone. What serves is seen with the lower objective; who leads the upper
one, or stands in the line above, sees all that was thrown down from it."""


def _can(act: Act) -> str:
    """The act in a list, if it may follow now and the actor may take it."""
    states = ", ".join(f"'{state}'" for state in rules.TRANSITIONS[act])
    who = " or ".join(RELATIONS_OF_ALIGNMENT[one] for one in sorted(PERMITS[PERMITTED_AS[act]]))
    more = {
        Act.COUNTER: f" and {{row}}.method = 'SPLIT' and {{row}}.rounds < {rules.ROUNDS_MAX}",
        Act.WITHDRAW: " and ({row}.method <> 'SPLIT' or {row}.state <> 'ACCEPTED')",
    }
    return f"case when {{row}}.state in ({states}) and ({who}){more.get(act, '')} then '{act}' end"


VIEWER_CAN = f"array_remove(array[{', '.join(map(_can, rules.TRANSITIONS))}], null)"
NEWEST = {"NEWEST": Order((("{child}.proposed_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)}
_STATE = {"state": Filter("{child}.state = {value}", "text")}


def _of_target(column: str) -> Column:
    return Column(
        f"(select k.{column} from key_result k where k.tenant_id = {{tenant}} and k.id = {{row}}.parent_key_result_id)"
    )


ALIGNMENT = View(
    name="Alignment",
    prefix="aln",
    source="alignment",
    visible=VISIBLE_ALIGNMENT,
    facts=FACTS,
    fields={
        "method": Column("{row}.method"),
        "state": Column("{row}.state"),
        "version": Column("{row}.version", Kind.INTEGER),
        "title": _of_target("title"),
        "unitOfMeasure": _of_target("unit_of_measure"),
        "amount": Column("{row}.amount", Kind.DECIMAL),
        "counterAmount": Column("{row}.counter_amount", Kind.DECIMAL),
        "gapPercent": Column("round(100 * ({row}.amount - {row}.counter_amount) / {row}.amount, 2)", Kind.DECIMAL),
        "weight": Column("{row}.weight", Kind.INTEGER),
        "counted": Column("{row}.counted", Kind.BOOLEAN),
        "share": SHARE,
        "reason": Column("{row}.reason"),
        "rounds": Column("{row}.rounds", Kind.INTEGER),
        "escalatedAt": Column("{row}.escalated_at", Kind.INSTANT),
        "proposedAt": Column("{row}.proposed_at", Kind.INSTANT),
        "decidedAt": Column("{row}.decided_at", Kind.INSTANT),
        "viewerCan": Column(VIEWER_CAN, Kind.LIST),
        "cycle": One("Cycle", on="{child}.id = {row}.cycle_id"),
        "parent": One("Objective", on="{child}.id = {row}.parent_id"),
        "parentKeyResult": One("KeyResult", on="{child}.id = {row}.parent_key_result_id"),
        "strategicObjective": One("StrategicObjective", on="{child}.id = {row}.strategic_objective_id"),
        "child": One("Objective", on="{child}.id = {row}.child_id"),
        "childKeyResult": One("KeyResult", on="{child}.id = {row}.child_key_result_id"),
        "receiver": One("Person", on="{child}.id = {row}.receiver_id"),
        "receiverUnit": One("Unit", on="{child}.id = {row}.receiver_unit_id"),
        "proposedBy": One("Person", on="{child}.id = {row}.proposed_by_id"),
        "asked": One("Person", on="{child}.id = {row}.asked_id"),
        "decidedBy": One("Person", on="{child}.id = {row}.decided_by_id"),
        "turns": Many(
            "AlignmentTurn",
            on="{child}.alignment_id = {row}.id",
            order="{child}.number",
            limit=TURNS_MAX,
            implied=True,
        ),
    },
    # What was said is for those who take part; whose target it is a slice of, is known to the receiver, too.
    masks=dict.fromkeys(("title", "counterAmount", "gapPercent", "reason", "turns"), _CONCERNED),
)

ALIGNMENT_TURN = View(
    name="AlignmentTurn",
    prefix="trn",
    source="alignment_turn",
    visible="false",
    fields={
        "act": Column("{row}.act"),
        "at": Column("{row}.at", Kind.INSTANT),
        "amount": Column("{row}.amount", Kind.DECIMAL),
        "reason": Column("{row}.reason"),
        "resources": Column("{row}.resources"),
        "by": One("Person", on="{child}.id = {row}.by_id"),
    },
)

VIEWS = (ALIGNMENT, ALIGNMENT_TURN)

EXTENSIONS: Extensions = {
    "Objective": {
        "alignments": Page(
            "Alignment",
            on="{child}.child_id = {row}.id and {child}.state <> 'DRAFT'",
            orders=NEWEST,
            filters=_STATE,
            implied=True,
        ),
        "servedBy": Page("Alignment", on="{child}.parent_id = {row}.id", orders=NEWEST, filters=_STATE),
    },
    "KeyResult": {"split": SPLIT},
    "StrategicObjective": {
        "servedBy": Page("Alignment", on="{child}.strategic_objective_id = {row}.id", orders=NEWEST, filters=_STATE),
    },
    "InboxItem": {
        "alignment": One("Alignment", on="{row}.subject_type = 'alignment' and {child}.id = {row}.subject_id"),
    },
}

ROOTS: Roots = {
    "alignment": One("Alignment", on="true", filters={"id": Filter("{child}.id = {value}", "uuid", prefix="aln")}),
    "slices": Page("Alignment", on="{child}.receiver_id = {me}", orders=NEWEST, filters=_STATE),
    "slicesThrown": Page("Alignment", on="{child}.proposed_by_id = {me}", orders=NEWEST, filters=_STATE),
}
"""Slices sent to the actor, and all that the actor proposed."""
