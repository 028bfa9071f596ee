/** Answering a target that came down, or an offer that came back; it can be undone while the toast stays. */
import { AcceptCounter, AcceptSlice, CounterSlice, DeclineSlice, InsistOnSlice, type SliceCard } from "../documents.gen";
import { type Entry, drop, lay } from "../graph/outbox";
import { TOAST_MILLISECONDS, toast } from "../parts/toast";
import { deliver, me, unsent } from "../session";
import { number, t } from "../words/words";

/** What is said with an answer; each act takes what it needs of it. */
export interface Said {
  reason: string;
  amount: string;
  resources: string;
}

export type Answer = "ACCEPT" | "DECLINE" | "COUNTER" | "ACCEPT_COUNTER" | "INSIST";

/** Hold the answer for five seconds, then send it. */
export async function answer(slice: SliceCard, act: Answer, said?: Said): Promise<void> {
  const entry = await hold(slice, act, said);
  const undo = { label: t("app.undo"), run: () => void drop(entry.id!) };
  toast({ text: t(`answered.${act}`, { title: titleOf(slice) }), action: undo });
  setTimeout(() => void deliver(), TOAST_MILLISECONDS + 50);
}

function hold(slice: SliceCard, act: Answer, said: Said = { reason: "", amount: "", resources: "" }): Promise<Entry> {
  const { id, version } = slice;
  const what = { deed: "slice" as const, owner: me.value, subject: id, title: titleOf(slice), look: `/slices/${id}` };
  const input = { id, expectedVersion: version };
  const { reason, amount, resources } = said;
  const holdMilliseconds = TOAST_MILLISECONDS;
  if (act === "ACCEPT") return lay(what, AcceptSlice, { input, holdMilliseconds });
  if (act === "ACCEPT_COUNTER") return lay(what, AcceptCounter, { input, holdMilliseconds });
  if (act === "DECLINE") return lay(what, DeclineSlice, { input: { ...input, reason }, holdMilliseconds });
  if (act === "INSIST") return lay(what, InsistOnSlice, { input: { ...input, reason }, holdMilliseconds });
  return lay(what, CounterSlice, { input: { ...input, reason, amount, resources: resources || null }, holdMilliseconds });
}

/** True while an answer of mine is on its way. */
export const isAnswered = ({ id }: SliceCard) =>
  unsent.value.some((entry) => entry.deed === "slice" && entry.subject === id && !entry.refusal);

/** The figure of a slice; of any other alignment, the goal that serves. */
export const titleOf = ({ title, child, parent }: SliceCard) => title ?? child?.title ?? parent?.title ?? "";

export const amountOf = ({ unitOfMeasure }: SliceCard, amount: string) => `${number(amount)} ${unitOfMeasure ?? ""}`.trim();
