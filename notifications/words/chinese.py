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
    InboxKind.INTENT_CHANGED: Wording(
        title="您目标背后的意图有变",
        body="请看一看，并用自己的话复述它对您的要求。",
    ),
    InboxKind.INTENT_SAID_BACK: Wording(
        title="有人向您复述了战略意图",
        body="看看是否理解到位。",
    ),
    InboxKind.SAY_BACK_RETURNED: Wording(
        title="请再复述一次战略意图",
        body="看看上级的说明。",
    ),
    InboxKind.TARGET_THROWN: Wording(
        title="有一项指标下达给您",
        body="您可以接受、退回，或提出另一个数值。",
    ),
    InboxKind.ALIGNMENT_PROPOSED: Wording(
        title="有一项目标对齐提议",
        body="看看您是否同意。",
    ),
    InboxKind.TARGET_COUNTERED: Wording(
        title="对方提出了另一个数值",
        body="您可以接受，或说明坚持的理由。",
    ),
    InboxKind.TARGET_INSISTED: Wording(
        title="您的反提案被退回",
        body="看看理由，再作答复。",
    ),
    InboxKind.ALIGNMENT_ACCEPTED: Wording(
        title="双方已达成一致",
        body="您的提议已被接受。",
    ),
    InboxKind.ALIGNMENT_DECLINED: Wording(
        title="您的提议未被接受",
        body="看看理由。",
    ),
    InboxKind.ALIGNMENT_WITHDRAWN: Wording(
        title="一项提议已撤回",
        body="您无需再答复。",
    ),
    InboxKind.ALIGNMENT_ESCALATED: Wording(
        title="双方对一项指标未能达成一致",
        body="几轮沟通已过，也许您能协助。",
    ),
    InboxKind.ASSUMPTION_BROKEN: Wording(
        title="有一项计划假设不再成立",
        body="看看哪些目标受影响，以及当初约定的应对。",
    ),
    InboxKind.RECALL_ASKED: Wording(
        title="关于公司战略的一个问题",
        body="只需一分钟，您写的内容只有您自己能看到。",
    ),
    InboxKind.INTERLOCK_PROPOSED: Wording(
        title="一项跨部门承诺等待您确认",
        body="请确认，或说明不能承诺的理由。",
    ),
    InboxKind.INTERLOCK_DELIVERED: Wording(
        title="有一项成果已交付给您",
        body="请验收，或指出还缺什么。",
    ),
    InboxKind.INTERLOCK_REJECTED: Wording(
        title="您的交付被退回",
        body="看看还缺什么，补齐后再交付。",
    ),
    InboxKind.INTERLOCK_MOVED: Wording(
        title="一项跨部门承诺有了新进展",
        body="看看目前的状态。",
    ),
    InboxKind.EXEMPTION_ASKED: Wording(
        title="有一项目标豁免待您处理",
        body="看看为什么这次目标不超过上期。",
    ),
    InboxKind.EXEMPTION_DECIDED: Wording(
        title="您的豁免申请有了结果",
        body="看看结果和理由。",
    ),
    InboxKind.ADJUSTMENT_PROPOSED: Wording(
        title="有一项数据更正待您处理",
        body="已关账的月份需要修改，请看理由。",
    ),
    InboxKind.ADJUSTMENT_DECIDED: Wording(
        title="您的数据更正有了结果",
        body="看看是否已生效。",
    ),
    InboxKind.FEEDBACK_POSTED: Wording(
        title="有人对您说了几句话",
        body="看一看，想回复就回复。",
    ),
    InboxKind.FEEDBACK_MENTIONED: Wording(
        title="有人提到了您",
        body="看看说了什么，需要您做什么。",
    ),
    InboxKind.FEEDBACK_ASKED: Wording(
        title="有人想听听您的反馈",
        body="说说您看到的，或者说明不便答复。",
    ),
    InboxKind.FEEDBACK_DUE: Wording(
        title="有人还在等您的反馈",
        body="对方希望的日子快到了。",
    ),
    InboxKind.FEEDBACK_DECLINED: Wording(
        title="您的反馈请求被婉拒",
        body="看看原因，也可以再问别人。",
    ),
    InboxKind.FEEDBACK_REPORTED: Wording(
        title="有人举报了一条留言",
        body="看一看，决定隐藏还是保留。",
    ),
    InboxKind.REPORT_SETTLED: Wording(
        title="您的举报已处理",
        body="看看处理结果。",
    ),
    InboxKind.FEEDBACK_HIDDEN: Wording(
        title="您的一条留言被隐藏",
        body="看看原因。",
    ),
    InboxKind.WIDENING_PROPOSED: Wording(
        title="您写的话可以让更多人看到吗？",
        body="所有作者都同意后才会改变。",
    ),
}
