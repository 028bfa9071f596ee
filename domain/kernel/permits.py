"""One table says who may do what: action × relation. Services and `viewerCan` both read it."""

from collections.abc import Iterable
from enum import StrEnum

from domain.kernel.errors import NotPermitted


class Relation(StrEnum):
    """How an actor stands to the thing acted on."""

    OWNER = "OWNER"
    APPROVER = "APPROVER"
    """The approver of the open request, or who holds a delegation of this person today."""
    MANAGER = "MANAGER"
    LEADER = "LEADER"
    """Who leads the unit, or one above it."""
    HR_PARTNER = "HR_PARTNER"
    STRATEGY_OFFICE = "STRATEGY_OFFICE"
    ADMINISTRATOR = "ADMINISTRATOR"
    PARTNER = "PARTNER"
    PROVIDER = "PROVIDER"
    """Who tells the figures of a measure, or promises something to another unit."""
    RECEIVER = "RECEIVER"
    """To whom it is promised."""
    PROPOSER = "PROPOSER"
    """Who asked for it."""
    ASKED = "ASKED"
    """Whose turn it is to answer."""
    READER = "READER"
    """Who reads what others said."""
    PARTICIPANT = "PARTICIPANT"
    """Who takes part in a thread."""
    AUTHOR = "AUTHOR"
    """Who said it."""
    RECIPIENT = "RECIPIENT"
    """To whom it was said."""


class Action(StrEnum):
    """What can be done."""

    EDIT = "EDIT"
    SUBMIT = "SUBMIT"
    WITHDRAW = "WITHDRAW"
    APPROVE = "APPROVE"
    DECLINE = "DECLINE"
    REQUEST_INFORMATION = "REQUEST_INFORMATION"
    CHECK_IN = "CHECK_IN"
    RECORD_ACTUALS = "RECORD_ACTUALS"
    DEFINE_MEASURE = "DEFINE_MEASURE"
    ADJUST_ACTUAL = "ADJUST_ACTUAL"
    DECIDE_ADJUSTMENT = "DECIDE_ADJUSTMENT"
    WITHDRAW_ADJUSTMENT = "WITHDRAW_ADJUSTMENT"
    KEEP_CYCLES = "KEEP_CYCLES"
    KEEP_SEASONS = "KEEP_SEASONS"
    KEEP_AWARD_RULES = "KEEP_AWARD_RULES"
    KEEP_WORK_CALENDAR = "KEEP_WORK_CALENDAR"
    KEEP_STRATEGY = "KEEP_STRATEGY"
    KEEP_PLANS = "KEEP_PLANS"
    READ_ASSUMPTION = "READ_ASSUMPTION"
    KEEP_MODES = "KEEP_MODES"
    SAY_BACK = "SAY_BACK"
    CONFIRM_SAY_BACK = "CONFIRM_SAY_BACK"
    RETURN_SAY_BACK = "RETURN_SAY_BACK"
    KEEP_RATCHET = "KEEP_RATCHET"
    ASK_EXEMPTION = "ASK_EXEMPTION"
    GRANT_EXEMPTION = "GRANT_EXEMPTION"
    CONFIRM_EXEMPTION = "CONFIRM_EXEMPTION"
    DECLINE_EXEMPTION = "DECLINE_EXEMPTION"
    PROPOSE_CONTRIBUTIONS = "PROPOSE_CONTRIBUTIONS"
    AGREE_CONTRIBUTIONS = "AGREE_CONTRIBUTIONS"
    CASCADE_TARGET = "CASCADE_TARGET"
    ALIGN = "ALIGN"
    ANSWER_ALIGNMENT = "ANSWER_ALIGNMENT"
    WITHDRAW_ALIGNMENT = "WITHDRAW_ALIGNMENT"
    MOVE_PERSON = "MOVE_PERSON"
    CHANGE_STRUCTURE = "CHANGE_STRUCTURE"
    GRANT_ROLE = "GRANT_ROLE"
    KEEP_SCORECARD = "KEEP_SCORECARD"
    CLOSE_SCORES = "CLOSE_SCORES"
    ADD_EXTRA = "ADD_EXTRA"
    KEEP_SCORING_POLICY = "KEEP_SCORING_POLICY"
    KEEP_POSITION_KPIS = "KEEP_POSITION_KPIS"
    ASK_RECALL = "ASK_RECALL"
    PROPOSE_INTERLOCK = "PROPOSE_INTERLOCK"
    AMEND_INTERLOCK = "AMEND_INTERLOCK"
    CONFIRM_INTERLOCK = "CONFIRM_INTERLOCK"
    DELIVER_INTERLOCK = "DELIVER_INTERLOCK"
    ANSWER_INTERLOCK = "ANSWER_INTERLOCK"
    WITHDRAW_INTERLOCK = "WITHDRAW_INTERLOCK"
    HAND_OVER_INTERLOCK = "HAND_OVER_INTERLOCK"
    POST_MESSAGE = "POST_MESSAGE"
    EDIT_MESSAGE = "EDIT_MESSAGE"
    DELETE_MESSAGE = "DELETE_MESSAGE"
    REACT_TO_MESSAGE = "REACT_TO_MESSAGE"
    PIN_MESSAGE = "PIN_MESSAGE"
    REPORT_MESSAGE = "REPORT_MESSAGE"
    SETTLE_REPORT = "SETTLE_REPORT"
    ANSWER_REQUEST = "ANSWER_REQUEST"
    DECLINE_REQUEST = "DECLINE_REQUEST"
    WITHDRAW_REQUEST = "WITHDRAW_REQUEST"
    KEEP_VALUES = "KEEP_VALUES"
    ADD_PARTICIPANT = "ADD_PARTICIPANT"
    PROPOSE_WIDENING = "PROPOSE_WIDENING"
    ANSWER_WIDENING = "ANSWER_WIDENING"


PERMITS: dict[Action, frozenset[Relation]] = {
    Action.EDIT: frozenset({Relation.OWNER}),
    Action.SUBMIT: frozenset({Relation.OWNER}),
    Action.WITHDRAW: frozenset({Relation.OWNER}),
    Action.APPROVE: frozenset({Relation.APPROVER}),
    Action.DECLINE: frozenset({Relation.APPROVER}),
    Action.REQUEST_INFORMATION: frozenset({Relation.APPROVER}),
    Action.CHECK_IN: frozenset({Relation.OWNER}),
    Action.RECORD_ACTUALS: frozenset({Relation.PARTNER, Relation.PROVIDER, Relation.STRATEGY_OFFICE}),
    Action.DEFINE_MEASURE: frozenset({Relation.STRATEGY_OFFICE}),
    Action.ADJUST_ACTUAL: frozenset({Relation.PARTNER, Relation.PROVIDER, Relation.STRATEGY_OFFICE}),
    Action.DECIDE_ADJUSTMENT: frozenset({Relation.OWNER, Relation.STRATEGY_OFFICE}),
    Action.WITHDRAW_ADJUSTMENT: frozenset({Relation.PROPOSER}),
    Action.KEEP_CYCLES: frozenset({Relation.STRATEGY_OFFICE}),
    Action.KEEP_SEASONS: frozenset({Relation.STRATEGY_OFFICE}),
    Action.KEEP_AWARD_RULES: frozenset({Relation.STRATEGY_OFFICE}),
    Action.KEEP_WORK_CALENDAR: frozenset({Relation.STRATEGY_OFFICE}),
    Action.KEEP_STRATEGY: frozenset({Relation.STRATEGY_OFFICE}),
    Action.KEEP_PLANS: frozenset({Relation.STRATEGY_OFFICE}),
    Action.READ_ASSUMPTION: frozenset({Relation.OWNER, Relation.STRATEGY_OFFICE}),
    Action.KEEP_MODES: frozenset({Relation.STRATEGY_OFFICE, Relation.LEADER}),
    Action.SAY_BACK: frozenset({Relation.OWNER}),
    Action.CONFIRM_SAY_BACK: frozenset({Relation.MANAGER, Relation.STRATEGY_OFFICE}),
    Action.RETURN_SAY_BACK: frozenset({Relation.MANAGER, Relation.STRATEGY_OFFICE}),
    Action.KEEP_RATCHET: frozenset({Relation.STRATEGY_OFFICE}),
    Action.ASK_EXEMPTION: frozenset({Relation.OWNER}),
    Action.GRANT_EXEMPTION: frozenset({Relation.MANAGER}),
    Action.CONFIRM_EXEMPTION: frozenset({Relation.HR_PARTNER, Relation.STRATEGY_OFFICE}),
    Action.DECLINE_EXEMPTION: frozenset({Relation.MANAGER, Relation.HR_PARTNER, Relation.STRATEGY_OFFICE}),
    Action.PROPOSE_CONTRIBUTIONS: frozenset({Relation.OWNER}),
    Action.AGREE_CONTRIBUTIONS: frozenset({Relation.MANAGER, Relation.STRATEGY_OFFICE}),
    Action.CASCADE_TARGET: frozenset({Relation.OWNER}),
    Action.ALIGN: frozenset({Relation.OWNER, Relation.STRATEGY_OFFICE}),
    Action.ANSWER_ALIGNMENT: frozenset({Relation.ASKED}),
    Action.WITHDRAW_ALIGNMENT: frozenset({Relation.PROPOSER}),
    Action.MOVE_PERSON: frozenset({Relation.HR_PARTNER, Relation.ADMINISTRATOR}),
    Action.CHANGE_STRUCTURE: frozenset({Relation.ADMINISTRATOR}),
    Action.GRANT_ROLE: frozenset({Relation.ADMINISTRATOR}),
    Action.KEEP_SCORECARD: frozenset({Relation.MANAGER, Relation.STRATEGY_OFFICE}),
    Action.CLOSE_SCORES: frozenset({Relation.STRATEGY_OFFICE}),
    Action.ADD_EXTRA: frozenset({Relation.STRATEGY_OFFICE}),
    Action.KEEP_SCORING_POLICY: frozenset({Relation.STRATEGY_OFFICE}),
    Action.KEEP_POSITION_KPIS: frozenset({Relation.STRATEGY_OFFICE}),
    Action.ASK_RECALL: frozenset({Relation.STRATEGY_OFFICE}),
    Action.PROPOSE_INTERLOCK: frozenset(
        {Relation.PROVIDER, Relation.RECEIVER, Relation.MANAGER, Relation.STRATEGY_OFFICE}
    ),
    Action.AMEND_INTERLOCK: frozenset({Relation.PROPOSER}),
    Action.CONFIRM_INTERLOCK: frozenset({Relation.ASKED}),
    Action.DELIVER_INTERLOCK: frozenset({Relation.PROVIDER}),
    Action.ANSWER_INTERLOCK: frozenset({Relation.RECEIVER}),
    Action.WITHDRAW_INTERLOCK: frozenset({Relation.PROPOSER, Relation.RECEIVER}),
    Action.HAND_OVER_INTERLOCK: frozenset({Relation.MANAGER, Relation.STRATEGY_OFFICE}),
    Action.POST_MESSAGE: frozenset({Relation.READER}),
    Action.EDIT_MESSAGE: frozenset({Relation.AUTHOR}),
    Action.DELETE_MESSAGE: frozenset({Relation.AUTHOR}),
    Action.REACT_TO_MESSAGE: frozenset({Relation.READER}),
    Action.PIN_MESSAGE: frozenset({Relation.RECIPIENT}),
    Action.REPORT_MESSAGE: frozenset({Relation.READER}),
    Action.SETTLE_REPORT: frozenset({Relation.HR_PARTNER, Relation.STRATEGY_OFFICE}),
    Action.ANSWER_REQUEST: frozenset({Relation.ASKED}),
    Action.DECLINE_REQUEST: frozenset({Relation.ASKED}),
    Action.WITHDRAW_REQUEST: frozenset({Relation.PROPOSER}),
    Action.KEEP_VALUES: frozenset({Relation.STRATEGY_OFFICE}),
    Action.ADD_PARTICIPANT: frozenset({Relation.PARTICIPANT}),
    Action.PROPOSE_WIDENING: frozenset({Relation.PARTICIPANT}),
    Action.ANSWER_WIDENING: frozenset({Relation.ASKED}),
}

_SENTENCES: dict[Action, str] = {
    Action.EDIT: "Only the owner can edit an objective.",
    Action.SUBMIT: "Only the owner can submit an objective.",
    Action.WITHDRAW: "Only the owner can withdraw an objective.",
    Action.APPROVE: "Only the approver of this objective can approve it.",
    Action.DECLINE: "Only the approver of this objective can decline it.",
    Action.REQUEST_INFORMATION: "Only the approver of this objective can ask for information.",
    Action.CHECK_IN: "Only the owner can check in on a key result.",
    Action.RECORD_ACTUALS: "Recording actuals needs a client with the scope actuals:write, the strategy office, or "
    "who provides the measure's figures.",
    Action.DEFINE_MEASURE: "Only the strategy office can define or change a measure.",
    Action.ADJUST_ACTUAL: "Only who may record the figures of this measure can correct them.",
    Action.DECIDE_ADJUSTMENT: "Only the measure's owner or the strategy office decides this, and nobody on their own.",
    Action.WITHDRAW_ADJUSTMENT: "Only who proposed a correction can withdraw it.",
    Action.KEEP_CYCLES: "Only the strategy office can open and close cycles.",
    Action.KEEP_SEASONS: "Only the strategy office can open seasons.",
    Action.KEEP_AWARD_RULES: "Only the strategy office can write and try what earns points.",
    Action.KEEP_WORK_CALENDAR: "Only the strategy office can say on which days all work.",
    Action.KEEP_MODES: "Only the strategy office and who leads the unit can change how it is managed.",
    Action.KEEP_STRATEGY: "Only the strategy office can write a strategy and its intents.",
    Action.KEEP_PLANS: "Only the strategy office can keep plans, investments and assumptions.",
    Action.READ_ASSUMPTION: "Only the owner of an assumption or the strategy office can tell how it stands.",
    Action.SAY_BACK: "Only the owner of the objective can say its intent back.",
    Action.CONFIRM_SAY_BACK: "Only the owner's line or the strategy office can confirm how an intent is said back.",
    Action.RETURN_SAY_BACK: "Only the owner's line or the strategy office can return how an intent is said back.",
    Action.KEEP_RATCHET: "Only the strategy office keeps the rule of exceeding, and what makes figures comparable.",
    Action.ASK_EXEMPTION: "Only the owner of an objective can ask for an exemption, or withdraw it.",
    Action.GRANT_EXEMPTION: "Only a manager above the owner can grant an exemption.",
    Action.CONFIRM_EXEMPTION: "Only the unit's HR partner or the strategy office can confirm an exemption.",
    Action.DECLINE_EXEMPTION: "Only who could grant or confirm an exemption can decline it.",
    Action.PROPOSE_CONTRIBUTIONS: "Only the owner of an objective can say who contributed what.",
    Action.AGREE_CONTRIBUTIONS: "Only a manager above the owner, or the strategy office, can agree to contributions.",
    Action.CASCADE_TARGET: "Only the owner of a target can throw it down.",
    Action.ALIGN: "Only who owns one of the two, or the strategy office, can align them.",
    Action.ANSWER_ALIGNMENT: "It is not your turn to answer this.",
    Action.WITHDRAW_ALIGNMENT: "Only who proposed this can withdraw it.",
    Action.MOVE_PERSON: "Only an administrator or the unit's HR partner can move a person.",
    Action.CHANGE_STRUCTURE: "Only an administrator can change the tree of units.",
    Action.GRANT_ROLE: "Only an administrator can grant a role.",
    Action.KEEP_SCORECARD: "A scorecard is kept by who leads the unit or the person, or by the strategy office.",
    Action.CLOSE_SCORES: "Only the strategy office can close months of a scorecard.",
    Action.ADD_EXTRA: "Only the strategy office can add points or a veto to a scorecard.",
    Action.KEEP_SCORING_POLICY: "Only the strategy office can write the rules of scoring.",
    Action.KEEP_POSITION_KPIS: "Only the strategy office can write the key figures of a position.",
    Action.ASK_RECALL: "Only the strategy office can ask what a strategy wants.",
    Action.PROPOSE_INTERLOCK: "Only who promises or receives, who manages one of them, or the strategy office can "
    "propose this.",
    Action.AMEND_INTERLOCK: "Only who proposed this can put it in other words, until both have confirmed it.",
    Action.CONFIRM_INTERLOCK: "Only a side that has not confirmed yet can confirm or decline this.",
    Action.DELIVER_INTERLOCK: "Only who promised this can deliver it.",
    Action.ANSWER_INTERLOCK: "Only to whom it was promised can accept or reject this.",
    Action.WITHDRAW_INTERLOCK: "Only who proposed this, or to whom it was promised, can withdraw it.",
    Action.HAND_OVER_INTERLOCK: "Only who manages that side, or the strategy office, can hand it over.",
    Action.POST_MESSAGE: "Only a person can say something.",
    Action.EDIT_MESSAGE: "Only its author can edit a message.",
    Action.DELETE_MESSAGE: "Only its author can delete a message.",
    Action.REACT_TO_MESSAGE: "Nobody reacts to their own words.",
    Action.ANSWER_REQUEST: "Only who is asked can answer.",
    Action.DECLINE_REQUEST: "Only who is asked can decline.",
    Action.WITHDRAW_REQUEST: "Only who asked can withdraw it.",
    Action.REPORT_MESSAGE: "Nobody reports their own words.",
    Action.SETTLE_REPORT: "Only the unit's HR partner or the strategy office settles this, and nobody on their own "
    "words or report.",
    Action.PIN_MESSAGE: "Only to whom it was said can keep it as evidence.",
    Action.KEEP_VALUES: "Only the strategy office keeps the values of the group.",
    Action.ADD_PARTICIPANT: "Only who takes part in a thread can add somebody.",
    Action.PROPOSE_WIDENING: "Only who takes part in a thread can propose to widen it.",
    Action.ANSWER_WIDENING: "Only an author of the thread who has not answered yet can answer this.",
}


def permitted(action: Action, relations: Iterable[Relation]) -> bool:
    """Whether one of the relations allows the action."""
    return not PERMITS[action].isdisjoint(relations)


def require(action: Action, relations: Iterable[Relation]) -> None:
    """NotPermitted unless one of the relations allows the action."""
    if not permitted(action, relations):
        raise NotPermitted(_SENTENCES[action])
