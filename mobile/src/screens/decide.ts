/** Deciding on an approval: it can be undone for as long as the toast stays. */
import {
  type ApprovalCard, ApproveObjective, DeclineObjective, RequestInformation,
} from "../documents.gen";
import { type Entry, drop, lay } from "../graph/outbox";
import { TOAST_MILLISECONDS, toast } from "../parts/toast";
import { deliver, me, unsent } from "../session";
import { t } from "../words/words";

export type Answer = "approve" | "decline" | "ask";

const DONE = { approve: "approve.approved", decline: "approve.declined", ask: "approve.asked" } as const;

/** Hold the answer for five seconds, then send it; `reason` is what the owner reads. */
export async function decide(approval: ApprovalCard, answer: Answer, reason = ""): Promise<void> {
  const goal = approval.objective;
  if (!goal) return;
  const entry = await hold(approval, answer, reason);
  const undo = { label: t("app.undo"), run: () => void drop(entry.id!) };
  toast({ text: t(DONE[answer], { title: goal.title }), action: undo });
  setTimeout(() => void deliver(), TOAST_MILLISECONDS + 50);
}

function hold(approval: ApprovalCard, answer: Answer, reason: string): Promise<Entry> {
  const goal = approval.objective!;
  const what = {
    deed: answer, owner: me.value, subject: goal.id, title: goal.title, look: `/approvals/${approval.id}`,
  };
  const input = { id: goal.id, expectedVersion: goal.version };
  const holdMilliseconds = TOAST_MILLISECONDS;
  if (answer === "approve") return lay(what, ApproveObjective, { input, holdMilliseconds });
  const document = answer === "decline" ? DeclineObjective : RequestInformation;
  return lay(what, document, { input: { ...input, reason }, holdMilliseconds });
}

/** True while an answer of mine to this approval is on its way. */
export function isAnswered(approval: ApprovalCard): boolean {
  const id = approval.objective?.id;
  return unsent.value.some((entry) => entry.subject === id && entry.deed in DONE && !entry.refusal);
}
