"""What of feedback can be read: threads with their messages, by whoever `sight` lets read them."""

from domain.feedback.rules import MENTIONS_MAX, PARTICIPANTS_MAX, QUERY_CHARACTERS_MAX, VERSIONS_MAX
from domain.feedback.sight import READS_THREAD, reads_message, takes_part
from domain.feedback.terms import MessageAct, ReactionKind, ThreadAct
from domain.kernel.permits import PERMITS, Action, Relation
from domain.kernel.views import Column, Extensions, Filter, Kind, Many, One, Order, Page, Roots, View
from domain.objectives.views import FACTS

_OPEN_WIDENING = (
    "(select w.id from feedback_widening w where w.tenant_id = {tenant} and w.thread_id = {row}.id "
    "and w.state = 'OPEN')"
)
_I_WROTE = (
    "exists (select from feedback_message m where m.tenant_id = {tenant} and m.thread_id = {row}.id "
    "and m.author_id = {me} and m.deleted_at is null)"
)
_I_ANSWERED = (
    "exists (select from feedback_consent s where s.tenant_id = {tenant} "
    f"and s.widening_id = {_OPEN_WIDENING} and s.person_id = {{me}})"
)
RELATIONS_OF_THREAD: dict[Relation, str] = {
    Relation.READER: "{me} is not null",
    Relation.PARTICIPANT: takes_part("{row}"),
    Relation.ASKED: f"({_OPEN_WIDENING} is not null and {_I_WROTE} and not {_I_ANSWERED})",
}
"""How who reads the thread `{row}` stands to it."""
RELATIONS_OF_MESSAGE: dict[Relation, str] = {
    Relation.AUTHOR: "{row}.author_id = {me}",
    Relation.READER: "{row}.author_id <> {me}",
    Relation.RECIPIENT: (
        "({row}.author_id <> {me} and exists (select from feedback_thread t where t.tenant_id = {tenant} "
        "and t.id = {row}.thread_id and t.about_id = {me}))"
    ),
}
"""How who reads the message `{row}` stands to it."""
PERMITTED_AS = {
    ThreadAct.POST: Action.POST_MESSAGE,
    ThreadAct.ADD_PARTICIPANT: Action.ADD_PARTICIPANT,
    ThreadAct.PROPOSE_WIDENING: Action.PROPOSE_WIDENING,
    ThreadAct.ANSWER_WIDENING: Action.ANSWER_WIDENING,
    MessageAct.EDIT: Action.EDIT_MESSAGE,
    MessageAct.DELETE: Action.DELETE_MESSAGE,
    MessageAct.REACT: Action.REACT_TO_MESSAGE,
    MessageAct.PIN: Action.PIN_MESSAGE,
    MessageAct.REPORT: Action.REPORT_MESSAGE,
}
_STANDS = "{row}.deleted_at is null and {row}.hidden_at is null and "
_SHOWN = "({row}.hidden_at is null or {row}.author_id = {me})"
"""What a moderator hid, its author alone still reads here; who moderates reads it in the report."""
_WHEN = {
    ThreadAct.ADD_PARTICIPANT: "{row}.visibility <> 'PRIVATE' and ",
    ThreadAct.PROPOSE_WIDENING: f"{{row}}.visibility <> 'GROUP' and {_OPEN_WIDENING} is null and ",
    MessageAct.EDIT: _STANDS,
    MessageAct.DELETE: "{row}.deleted_at is null and ",
    MessageAct.REACT: _STANDS,
    MessageAct.PIN: _STANDS,
    MessageAct.REPORT: _STANDS,
}


def standing(action: Action, relations: dict[Relation, str]) -> str:
    """How the actor stands to `{row}` as far as the action depends on it: an SQL list of relations."""
    found = ", ".join(f"case when {relations[one]} then '{one}' end" for one in sorted(PERMITS[action]))
    return f"array_remove(array[{found}], null)"


def _can(act: ThreadAct | MessageAct, relations: dict[Relation, str]) -> str:
    who = " or ".join(relations[one] for one in sorted(PERMITS[PERMITTED_AS[act]]))
    return f"case when {_WHEN.get(act, '')}({who}) then '{act}' end"


def _viewer_can(acts: type[ThreadAct] | type[MessageAct], relations: dict[Relation, str]) -> Column:
    return Column(f"array_remove(array[{', '.join(_can(act, relations) for act in acts)}], null)", Kind.LIST)


def _people(table: str, column: str, of: str, limit: int) -> Many:
    """The persons of a list of the row, by their names."""
    found = f"select x.person_id from {table} x where x.tenant_id = {{tenant}} and x.{column} = {{row}}.{of}"
    return Many("Person", on=f"{{child}}.id in ({found})", order="{child}.name, {child}.id", limit=limit)


_OPENED = {"NEWEST": Order((("{child}.opened_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)}
_POSTED = (("{child}.posted_at", "timestamptz"), ("{child}.id", "uuid"))
_NEWEST = {"NEWEST": Order(_POSTED, descending=True)}
_UNREAD = (
    "(select count(*) from feedback_unread u join feedback_message m on m.tenant_id = u.tenant_id "
    "and m.id = u.message_id where u.tenant_id = {tenant} and u.person_id = {me}[of] and " + reads_message("m") + ")"
)
_SHAPE = {
    "situation": Column("{row}.situation"),
    "behaviour": Column("{row}.behaviour"),
    "impact": Column("{row}.impact"),
    "nextStep": Column("{row}.next_step"),
}
_WANTED = f"search_words(left({{value}}, {QUERY_CHARACTERS_MAX}))"
_FOUND = (
    "{child}.id in (select w.message_id from feedback_word w where w.tenant_id = {tenant} "
    f"and w.word = any({_WANTED}) group by w.message_id having count(*) = cardinality({_WANTED}))"
)
"""The messages that hold all words of the value; none, where it has no words."""
_PINNED = "select n.message_id from feedback_pin n where n.tenant_id = {tenant} and n.person_id = {me}"

THREAD = View(
    name="FeedbackThread",
    prefix="fbt",
    source="feedback_thread",
    visible=READS_THREAD,
    facts=FACTS,
    fields={
        "anchor": Column("{row}.anchor"),
        "visibility": Column("{row}.visibility"),
        "objective": One("Objective", on="{child}.id = {row}.objective_id"),
        "checkIn": One("CheckIn", on="{child}.id = {row}.check_in_id"),
        "measure": One("Measure", on="{child}.id = {row}.measure_id"),
        "about": One("Person", on="{child}.id = {row}.about_id"),
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "openedBy": One("Person", on="{child}.id = {row}.opened_by_id"),
        "openedAt": Column("{row}.opened_at", Kind.INSTANT),
        "participants": _people("feedback_participant", "thread_id", "id", PARTICIPANTS_MAX),
        "messages": Page(
            "FeedbackMessage",
            on="{child}.thread_id = {row}.id",
            orders={"OLDEST": Order(_POSTED)},
        ),
        "widening": One("FeedbackWidening", on="{child}.id = " + _OPEN_WIDENING, implied=True),
        "unreadCount": Column(_UNREAD.replace("[of]", " and u.thread_id = {row}.id"), Kind.INTEGER),
        "viewerCan": _viewer_can(ThreadAct, RELATIONS_OF_THREAD),
    },
)

MESSAGE = View(
    name="FeedbackMessage",
    prefix="fbm",
    source="feedback_message",
    visible=reads_message("{row}"),
    facts=FACTS,
    fields={
        "thread": One("FeedbackThread", on="{child}.id = {row}.thread_id"),
        "author": One("Person", on="{child}.id = {row}.author_id"),
        "visibility": Column(
            "coalesce({row}.visibility, (select t.visibility from feedback_thread t "
            "where t.tenant_id = {tenant} and t.id = {row}.thread_id))"
        ),
        "body": Column("{row}.body"),
        **_SHAPE,
        "version": Column("{row}.version", Kind.INTEGER),
        "postedAt": Column("{row}.posted_at", Kind.INSTANT),
        "writtenAt": Column("{row}.written_at", Kind.INSTANT),
        "deletedAt": Column("{row}.deleted_at", Kind.INSTANT),
        "hiddenAt": Column("{row}.hidden_at", Kind.INSTANT),
        "hiddenReason": Column("{row}.hidden_reason"),
        "versions": Many(
            "FeedbackVersion",
            on="{child}.message_id = {row}.id",
            order="{child}.written_at, {child}.id",
            limit=VERSIONS_MAX,
        ),
        "mentions": _people("feedback_mention", "message_id", "id", MENTIONS_MAX),
        "reactions": Many(
            "FeedbackReaction",
            on="{child}.id = {row}.id",
            order="{child}.kind",
            limit=len(ReactionKind),
            implied=True,
        ),
        "unread": Column(
            "exists (select from feedback_unread u where u.tenant_id = {tenant} and u.person_id = {me} "
            "and u.thread_id = {row}.thread_id and u.message_id = {row}.id)",
            Kind.BOOLEAN,
        ),
        "pinned": Column(f"{{row}}.id in ({_PINNED})", Kind.BOOLEAN),
        "viewerCan": _viewer_can(MessageAct, RELATIONS_OF_MESSAGE),
    },
    masks=dict.fromkeys(("body", *_SHAPE, "mentions"), _SHOWN) | {"hiddenReason": "{row}.author_id = {me}"},
)

VERSION = View(
    name="FeedbackVersion",
    prefix="fbv",
    source="feedback_version",
    visible=(
        "exists (select from feedback_message m where m.tenant_id = {tenant} and m.id = {row}.message_id "
        "and (m.hidden_at is null or m.author_id = {me}) and " + reads_message("m") + ")"
    ),
    facts=FACTS,
    fields={"body": Column("{row}.body"), **_SHAPE, "writtenAt": Column("{row}.written_at", Kind.INSTANT)},
)

REACTION = View(
    name="FeedbackReaction",
    prefix="fbr",
    source=(
        "(select r.tenant_id, r.message_id as id, r.kind, count(*) as number, bool_or(r.person_id = {me}) as is_mine "
        "from feedback_reaction r group by r.tenant_id, r.message_id, r.kind)"
    ),
    visible="false",
    fields={
        "kind": Column("{row}.kind"),
        "count": Column("{row}.number", Kind.INTEGER),
        "mine": Column("coalesce({row}.is_mine, false)", Kind.BOOLEAN),
    },
)

WIDENING = View(
    name="FeedbackWidening",
    prefix="fbw",
    source="feedback_widening",
    visible=(
        "exists (select from feedback_thread h where h.tenant_id = {tenant} and h.id = {row}.thread_id and "
        + READS_THREAD.replace("{row}", "h")
        + ")"
    ),
    facts=FACTS,
    fields={
        "thread": One("FeedbackThread", on="{child}.id = {row}.thread_id", implied=True),
        "visibility": Column("{row}.visibility"),
        "state": Column("{row}.state"),
        "proposedBy": One("Person", on="{child}.id = {row}.proposed_by_id"),
        "proposedAt": Column("{row}.proposed_at", Kind.INSTANT),
        "settledAt": Column("{row}.settled_at", Kind.INSTANT),
        "agreed": Column(
            "(select count(*) from feedback_consent s where s.tenant_id = {tenant} and s.widening_id = {row}.id "
            "and s.agrees)",
            Kind.INTEGER,
        ),
    },
)

VIEWS = (THREAD, MESSAGE, VERSION, REACTION, WIDENING)


def _threads(on: str) -> Page:
    return Page("FeedbackThread", on=on, orders=_OPENED)


EXTENSIONS: Extensions = {
    "Objective": {"threads": _threads("{child}.objective_id = {row}.id")},
    "CheckIn": {"threads": _threads("{child}.check_in_id = {row}.id")},
    "Measure": {"threads": _threads("{child}.measure_id = {row}.id")},
    "Person": {"threads": _threads("{child}.about_id = {row}.id and {child}.anchor = 'PERSON'")},
    "Viewer": {"unreadFeedbackCount": Column(_UNREAD.replace("[of]", ""), Kind.INTEGER)},
    "InboxItem": {
        "feedbackThread": One(
            "FeedbackThread", on="{row}.subject_type = 'feedback_thread' and {child}.id = {row}.subject_id"
        ),
        "feedbackMessage": One(
            "FeedbackMessage", on="{row}.subject_type = 'feedback_message' and {child}.id = {row}.subject_id"
        ),
    },
}

ROOTS: Roots = {
    "feedbackThread": One(
        "FeedbackThread", on="true", filters={"id": Filter("{child}.id = {value}", "uuid", prefix="fbt")}
    ),
    "feedback": Page("FeedbackMessage", on="true", orders=_NEWEST),
    "searchFeedback": Page(
        "FeedbackMessage",
        on="true",
        orders=_NEWEST,
        filters={"words": Filter(_FOUND, "text", leaves_few=True)},
    ),
    "pinnedFeedback": Page("FeedbackMessage", on=f"{{child}}.id in ({_PINNED})", orders=_NEWEST),
    "unreadFeedback": Page(
        "FeedbackMessage",
        on="{child}.id in (select u.message_id from feedback_unread u where u.tenant_id = {tenant} "
        "and u.person_id = {me})",
        orders=_NEWEST,
    ),
}
