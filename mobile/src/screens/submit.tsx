/** Submitting: a word to the manager, and off it goes. */
import { useSignal } from "@preact/signals";
import { SubmitObjective } from "../documents.gen";
import { lay } from "../graph/outbox";
import { offline } from "../graph/query";
import { toast } from "../parts/toast";
import { deliverNow, me } from "../session";
import { known, t } from "../words/words";

interface Submitted {
  id: string;
  title: string;
  /** The version that the person saw; the outbox moves it on when an edit goes before. */
  version: number;
}

export function SubmitSheet({ goal, then }: { goal: Submitted; then?: () => void }) {
  const note = useSignal("");
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    (event.currentTarget as HTMLElement).closest("dialog")?.close();
    const look = `/goals/${goal.id}`;
    const what = { deed: "submit" as const, owner: me.value, subject: goal.id, title: goal.title, look };
    const input = { id: goal.id, note: note.value.trim() || null, expectedVersion: goal.version };
    const refusal = await deliverNow(await lay(what, SubmitObjective, { input }));
    if (refusal) return toast({ text: known(`refusal.${refusal.code}`) ?? refusal.message });
    toast({ text: offline.value ? t("app.keptHere") : t("edit.submitted") });
    then?.();
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <p class="lead">{goal.title}</p>
      <p class="quiet">{t("edit.submitHelp")}</p>
      <label class="field">
        <span>{t("edit.note")}</span>
        <textarea
          rows={3}
          maxLength={2000}
          value={note.value}
          onInput={(event) => (note.value = event.currentTarget.value)}
        />
      </label>
      <button class="button primary wide">{t("goal.submit")}</button>
    </form>
  );
}
