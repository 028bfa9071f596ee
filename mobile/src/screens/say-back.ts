/** Saying an intent back, and what the line answers: laid into the outbox, so that no word is lost offline. */
import { ConfirmSayBack, type GoalHead, ReturnSayBack, SayBack } from "../documents.gen";
import { type Deed, type Entry, drop, lay } from "../graph/outbox";
import { offline } from "../graph/query";
import { TOAST_MILLISECONDS, toast } from "../parts/toast";
import { deliver, deliverNow, me, unsent } from "../session";
import { known, t } from "../words/words";

const about = (deed: Deed, subject: string, goal: GoalHead) => ({
  deed, owner: me.value, subject, title: goal.title, look: `/strategy/goal/${goal.id}`,
});

/** Send my words; true when they need not be typed again. */
export async function sayBack(goal: GoalHead, intent: string, words: string): Promise<boolean> {
  const input = { objective: goal.id, intent, words };
  const refusal = await deliverNow(await lay(about("sayBack", goal.id, goal), SayBack, { input }));
  if (refusal) toast({ text: known(`refusal.${refusal.code}`) ?? refusal.message });
  else toast({ text: offline.value ? t("app.keptHere") : t("say.done") });
  return !refusal;
}

/** My words that the server has not taken yet. */
export function saidHere(goal: string, intent: string): Entry | undefined {
  return unsent.value.findLast(
    (entry) => entry.deed === "sayBack" && entry.subject === goal && entry.input["intent"] === intent && !entry.refusal,
  );
}

/** Answer what somebody said; with a reason it goes back. It can be undone for as long as the toast stays. */
export async function answer(said: string, goal: GoalHead, reason?: string): Promise<void> {
  const held = { holdMilliseconds: TOAST_MILLISECONDS };
  const entry =
    reason === undefined
      ? await lay(about("confirm", said, goal), ConfirmSayBack, { input: { id: said }, ...held })
      : await lay(about("giveBack", said, goal), ReturnSayBack, { input: { id: said, reason }, ...held });
  const text = t(reason === undefined ? "say.confirmed" : "say.returned", { title: goal.title });
  toast({ text, action: { label: t("app.undo"), run: () => void drop(entry.id!) } });
  setTimeout(() => void deliver(), TOAST_MILLISECONDS + 50);
}

/** True while an answer of mine is on its way. */
export const isAnswered = (said: string) => unsent.value.some((entry) => entry.subject === said && !entry.refusal);
