"""The words of a push in Simplified Chinese."""

from domain.inbox.terms import InboxKind
from notifications.words import Language, Wording

CHINESE: Language = {
    InboxKind.APPROVAL_REQUESTED: Wording(
        title="有一个目标等您审批",
        body="可以立即批准，也可以先看看详情。",
        buttons={"APPROVE": "批准", "DECLINE": "暂不…"},
    ),
    InboxKind.OBJECTIVE_APPROVED: Wording(
        title="您的目标已获批准",
        body="目标已生效，放手去做吧！",
    ),
    InboxKind.OBJECTIVE_DECLINED: Wording(
        title="您的目标被退回",
        body="看看怎样改会更好。",
    ),
    InboxKind.INFORMATION_REQUESTED: Wording(
        title="有人想进一步了解您的目标",
        body="补充说明后即可再次提交。",
    ),
}
