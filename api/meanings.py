"""What values of enums and arguments of fields mean, in sentences; `api.schema` writes them into the schema."""

from collections.abc import Iterator, Mapping, Sequence

from graphql import GraphQLArgument, GraphQLEnumType, GraphQLObjectType, GraphQLSchema

from api.feedback import meanings as feedback
from api.modes import meanings as modes
from api.objectives.cascading import meanings as cascading
from api.objectives.targets import meanings as targets
from api.plans import meanings as plans
from api.progress import meanings as progress
from api.scorecards.cards import meanings as cards
from api.scorecards.scoring import meanings as scoring
from api.transmission import health_meanings as health
from api.transmission import hypothesis_meanings as hypotheses
from api.transmission import interlock_meanings as interlocks
from api.transmission import recall_meanings as recall

TYPES: Mapping[str, str] = {
    "Query": "Everything that can be read. What is not shared with you does not exist for you.",
    "Mutation": "Everything that can be done. A refusal is an answer: a problem with a code and a sentence.",
}

VALUES: Mapping[str, Mapping[str, str]] = {
    "ActualQuality": {
        "OK": "It is as it was measured.",
        "CORRECTED": "It was corrected, and stands now.",
        "ESTIMATED": "It is an estimate; the measured figure follows as a correction.",
        "DISPUTED": "Somebody doubts it.",
    },
    "ActualSource": {
        "PARTNER": "A partner system told it.",
        "CSV": "It was read from a file.",
        "HAND": "A person told it.",
        "FORMULA": "It was computed from other actuals.",
    },
    "AdjustmentState": {
        "PROPOSED": "It waits for a second person.",
        "APPLIED": "It counts.",
        "DECLINED": "A second person declined it.",
        "WITHDRAWN": "Who proposed it took it back.",
    },
    "ApprovalState": {
        "OPEN": "It waits for the approver.",
        "APPROVED": "The approver promised along.",
        "DECLINED": "The approver declined with a reason.",
        "INFORMATION_REQUESTED": "The approver asked something first.",
        "WITHDRAWN": "It was taken back, or its cycle ended.",
    },
    "Audience": {
        "CHAIN": "Only the reporting line, besides the offices that see everything.",
        "UNIT": "Everybody who works in the unit, too.",
        "GROUP": "Everybody of the group, too.",
    },
    "CheckInSource": {
        "PERSON": "A person told it.",
        "PARTNER": "A partner system told it.",
        "MEASURE": "It came with a figure of its measure, out of a file or computed.",
    },
    "DeviceKind": {
        "BROWSER": "A browser: its refresh token is kept in a cookie.",
        "NATIVE": "An app: it is given the refresh token.",
    },
    "EnterpriseForm": {
        "HOLDING": "It holds other businesses.",
        "AIRLINE": "It flies passengers or freight.",
        "MANUFACTURING": "It makes goods.",
        "RETAIL": "It sells goods to consumers.",
        "TECHNOLOGY": "It makes software or devices.",
        "PROFESSIONAL_SERVICES": "It advises or works for clients.",
        "FINANCIAL_SERVICES": "It lends, insures or invests.",
        "LOGISTICS": "It stores and moves goods.",
        "ENERGY": "It makes or delivers energy.",
        "REAL_ESTATE": "It builds, lets or runs property.",
        "HEALTHCARE": "It cares for patients.",
        "HOSPITALITY": "It looks after guests.",
    },
    "GapKind": {
        "OBJECTIVES": "The map has no strategic objective.",
        "PERSPECTIVE": "A perspective has no strategic objective; a reason excuses it.",
        "THEME_WEIGHTS": "No theme has a weight above zero.",
        "INTENT": "A strategic objective has no intent.",
    },
    "GoalDirection": {
        "INCREASE": "The value is to rise.",
        "DECREASE": "The value is to fall.",
    },
    "FreshnessState": {
        "NEVER": "There is no figure yet.",
        "FRESH": "Every figure is there that was expected.",
        "LATE": "One month is missing that was expected.",
        "STALE": "More than one month is missing that was expected: it says nothing of today.",
    },
    "InboxKind": {
        "APPROVAL_REQUESTED": "Somebody asks for your approval.",
        "OBJECTIVE_APPROVED": "An objective of yours was approved.",
        "OBJECTIVE_DECLINED": "An objective of yours was declined.",
        "INFORMATION_REQUESTED": "Your approver wants to know something first.",
        "INTENT_CHANGED": "The intent behind an objective of yours changed; say it back in your own words.",
        "INTENT_SAID_BACK": "Somebody of your line said an intent back and waits for your answer.",
        "SAY_BACK_RETURNED": "Your line asks you to say an intent back once more.",
        "ASSUMPTION_BROKEN": "An assumption that you watch left its range.",
        "EXEMPTION_ASKED": "An exemption waits for you, as the manager or as the second person.",
        "EXEMPTION_DECIDED": "An exemption that you asked for is in force, or was declined.",
        "ADJUSTMENT_PROPOSED": "A correction of a closed month waits for you.",
        "ADJUSTMENT_DECIDED": "A correction that you proposed counts, or was declined.",
    },
    "InboxState": {
        "OPEN": "It waits for you.",
        "DONE": "It was dealt with.",
        "WITHDRAWN": "It needs nobody any more.",
    },
    "IntentAction": {
        "SAY_BACK": "Say it back in your own words.",
        "CONFIRM_SAY_BACK": "Confirm that it was understood.",
        "RETURN_SAY_BACK": "Ask for it once more, with a reason.",
    },
    "IntentState": {
        "UNSAID": "Its owner has never said it back.",
        "SAID": "Its owner said it back and waits for the line.",
        "RETURNED": "Its owner is to say it back once more.",
        "CURRENT": "It was said back as it holds now, and confirmed.",
        "STALE": "It has a newer version than what was said back.",
    },
    "KeyResultKind": {
        "INCREASE": "The value is to rise from the start to the target.",
        "DECREASE": "The value is to fall from the start to the target.",
        "RANGE": "The value is to stay between two limits, both included.",
        "MILESTONE": "Steps are to be reached, counted from the start to the target.",
    },
    "Line": {
        "DIRECT": "Those who report to you.",
        "ALL": "Everybody below you.",
    },
    "LinkSign": {
        "POSITIVE": "The more of the cause, the more of the effect.",
        "NEGATIVE": "The more of the cause, the less of the effect.",
    },
    "MissingInputs": {
        "BLANK": "There is no value then.",
        "ZERO": "The input counts as zero.",
        "NOT_APPLICABLE": "There is no value, and the month is left out wherever the measure counts.",
    },
    "MissingReason": {
        "INPUT_MISSING": "An input has no value in a month that the formula looks at.",
        "NOT_APPLICABLE": "The month does not count for this measure, or for one of its inputs.",
        "DIVIDED_BY_ZERO": "Something would be divided by zero.",
        "TOO_LARGE": "The value is beyond 10 to the power of 18.",
        "IMPLAUSIBLE": "The value lies outside of the plausible limits of the measure.",
    },
    "ObjectiveAction": {
        "EDIT": "Replace its content.",
        "SUBMIT": "Ask the manager to promise along.",
        "WITHDRAW": "Take the request back.",
        "APPROVE": "Promise along.",
        "DECLINE": "Decline with a reason.",
        "REQUEST_INFORMATION": "Ask the owner something first.",
        "CHECK_IN": "Tell where a key result stands.",
    },
    "ObjectiveOrder": {
        "NEWEST": "The newest first.",
        "UPDATED": "What changed last first.",
        "TITLE": "By title, from A to Z.",
    },
    "ObjectiveState": {
        "DRAFT": "Its owner writes it; nobody else sees it.",
        "SUBMITTED": "It waits for the approver.",
        "INFORMATION_REQUESTED": "It waits for an answer of its owner.",
        "DECLINED": "The approver declined; its owner may edit and submit it again.",
        "ACTIVE": "It is promised and moved by check-ins.",
        "ACHIEVED": "Its cycle is over and it was reached.",
        "MISSED": "Its cycle is over and it was not reached.",
        "CANCELLED": "It was given up before its cycle was over.",
        "ARCHIVED": "Its cycle is over and it was never promised.",
    },
    "PushKind": {
        "WEB_PUSH": "By the push service of a browser.",
    },
    "Role": {
        "EMPLOYEE": "Everybody who works in the group.",
        "MANAGER": "Somebody to whom others answer.",
        "HR_PARTNER": "Looks after the people of a unit and of everything below.",
        "STRATEGY_OFFICE": "Keeps cycles and measures, and sees every objective that is no draft.",
        "ADMINISTRATOR": "Keeps units, people and roles, without seeing what they write.",
        "PARTNER": "A system of a partner.",
    },
    "TeachBackState": {
        "SAID": "It waits for the line.",
        "CONFIRMED": "It was understood.",
        "RETURNED": "It is to be said once more.",
        "REPLACED": "It was said anew before it was answered.",
    },
    "UnitKind": {
        "GROUP": "The whole group.",
        "COMPANY": "A company of the group.",
        "DEPARTMENT": "A department of a company.",
        "TEAM": "A team of a department.",
    },
}

ARGUMENTS: Mapping[str, Mapping[str, str]] = {
    "Person.objectives": {"filter": "Which of them.", "orderBy": "In which order."},
    "Query.adjustments": {"state": "Only those in this state."},
    "Query.alignment": {"id": "The id of the alignment."},
    "Query.approvals": {"state": "Decided in this way; null for all of them."},
    "Query.changes": {
        "first": "How many, 1 to 100.",
        "since": "The token up to which you know everything; without it you get a token for now.",
    },
    "Query.checkIns": {"filter": "Which of them."},
    "Query.intentFidelity": {"unit": "The id of the unit."},
    "Query.exemptions": {"state": "Only those in this state."},
    "Query.inbox": {"state": "Only those in this state."},
    "Query.measure": {"id": "The id of the measure."},
    "Query.measures": {"unit": "Only those of this very unit."},
    "Query.node": {"id": "The id."},
    "Query.nodes": {"ids": "The ids, at most 100."},
    "Query.objective": {"id": "The id of the objective."},
    "Query.objectives": {"filter": "Which of them.", "orderBy": "In which order."},
    "Query.people": {
        "search": "A part of the name, in Latin letters or Chinese characters.",
        "unit": "Only those who work in this very unit today.",
    },
    "Query.person": {"id": "The id of the person."},
    "Query.strategyMap": {"unit": "The id of the unit."},
    "Query.unit": {"id": "The id of the unit."},
    "Query.units": {"kind": "Only those of this level.", "parent": "Only those directly below this unit."},
    "StrategicObjective.inheritors": {
        "level": "Only those so far below, from 1.",
        "state": "Only those that stand so.",
    },
    "Unit.objectives": {"filter": "Which of them.", "orderBy": "In which order."},
}

Words = Mapping[str, Mapping[str, str]]
VALUES_OF_SLICES: tuple[Words, ...] = (
    VALUES,
    cascading.VALUES,
    cards.VALUES,
    modes.VALUES,
    plans.VALUES,
    progress.VALUES,
    targets.VALUES,
    scoring.VALUES,
    recall.VALUES,
    interlocks.VALUES,
    feedback.VALUES,
    hypotheses.VALUES,
    health.VALUES,
)
ARGUMENTS_OF_SLICES: tuple[Words, ...] = (
    ARGUMENTS,
    cards.ARGUMENTS,
    feedback.ARGUMENTS,
    interlocks.ARGUMENTS,
    plans.ARGUMENTS,
)
REQUEST = "What is to be done, and under which key."
"""The meaning of the one argument that every mutation has."""


def describe(schema: GraphQLSchema) -> None:
    """Write the sentences into the schema; KeyError for what is not in it."""
    for name, sentence in TYPES.items():
        schema.type_map[name].description = sentence
    for name, values in _all(VALUES_OF_SLICES):
        for value, sentence in values.items():
            _enum(schema, name).values[value].description = sentence
    for coordinate, arguments in _all(ARGUMENTS_OF_SLICES):
        for name, sentence in arguments.items():
            _arguments(schema, coordinate)[name].description = sentence
    for name in _object(schema, "Mutation").fields:
        for argument in _arguments(schema, f"Mutation.{name}").values():
            argument.description = REQUEST


def _all(slices: Sequence[Words]) -> Iterator[tuple[str, Mapping[str, str]]]:
    return (pair for words in slices for pair in words.items())


def _object(schema: GraphQLSchema, name: str) -> GraphQLObjectType:
    found = schema.type_map[name]
    assert isinstance(found, GraphQLObjectType)
    return found


def _enum(schema: GraphQLSchema, name: str) -> GraphQLEnumType:
    found = schema.type_map[name]
    assert isinstance(found, GraphQLEnumType)
    return found


def _arguments(schema: GraphQLSchema, coordinate: str) -> Mapping[str, GraphQLArgument]:
    type_name, _, field = coordinate.partition(".")
    return _object(schema, type_name).fields[field].args
