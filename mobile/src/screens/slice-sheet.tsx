/** Throwing a target back: another amount, a no, or standing by it; always with words. */
import { useSignal } from "@preact/signals";
import type { SliceCard } from "../documents.gen";
import { Field } from "../parts/field";
import { Sheet } from "../parts/sheet";
import { type Key, number, t } from "../words/words";
import { type Answer, amountOf, answer, titleOf } from "./slice-deeds";

const QUICK = ["slice.quick1", "slice.quick2", "slice.quick3"] as const;

export function AnswerSheet({ slice, onClose, then }: { slice: SliceCard; onClose: () => void; then?: () => void }) {
  const said = { amount: useSignal(slice.amount ?? ""), reason: useSignal(""), resources: useSignal("") };
  const tried = useSignal<Answer | undefined>(undefined);
  const offers = slice.viewerCan.includes("COUNTER");
  const wrong = { reason: reasonProblem(said.reason.value), amount: amountProblem(said.amount.value, slice) };
  function finish(act: Answer): void {
    tried.value = act;
    if (wrong.reason || (act === "COUNTER" && wrong.amount)) return;
    onClose();
    const { amount, reason, resources } = said;
    void answer(slice, act, { amount: amount.value, reason: reason.value.trim(), resources: resources.value.trim() });
    then?.();
  }
  return (
    <Sheet title={t("approve.reasonTitle")} onClose={onClose}>
      <p class="lead">{titleOf(slice)}</p>
      {offers && (
        <Field
          label={t("slice.amount", { asked: amountOf(slice, slice.amount!) })}
          kind="number"
          value={said.amount.value}
          problem={tried.value === "COUNTER" ? wrong.amount : undefined}
          onInput={(value) => (said.amount.value = value)}
        />
      )}
      <div class="quick">
        {offers &&
          QUICK.map((key) => (
            <button key={key} class="chip" onClick={() => (said.reason.value = t(key))}>
              {t(key)}
            </button>
          ))}
      </div>
      <Field
        label={t("slice.reason")}
        kind="text"
        charactersMax={2000}
        value={said.reason.value}
        problem={tried.value && wrong.reason}
        onInput={(value) => (said.reason.value = value)}
      />
      {offers && (
        <Field
          label={t("slice.resources")}
          kind="text"
          charactersMax={2000}
          value={said.resources.value}
          onInput={(value) => (said.resources.value = value)}
        />
      )}
      <Ways slice={slice} amount={said.amount.value} onTake={finish} />
    </Sheet>
  );
}

/** One button for each thing that can be said now; an offer is the one that keeps the ball in play. */
function Ways({ slice, amount, onTake }: { slice: SliceCard; amount: string; onTake: (act: Answer) => void }) {
  const acts = (["DECLINE", "INSIST", "COUNTER"] as const).filter((act) => slice.viewerCan.includes(act));
  const values = { amount: amountProblem(amount, slice) ? "" : number(amount) };
  return (
    <div class="actions">
      {acts.map((act) => (
        <button key={act} class={act === "DECLINE" ? "button" : "button primary"} onClick={() => onTake(act)}>
          {t(`slice.${act}`, values)}
        </button>
      ))}
    </div>
  );
}

const reasonProblem = (reason: string): Key | undefined => (reason.trim() === "" ? "problem.reason" : undefined);

/** Another amount than the one that was asked, on the same side of nothing. */
function amountProblem(amount: string, slice: SliceCard): "problem.number" | "slice.sameAmount" | undefined {
  const [offered, asked] = [Number(amount), Number(slice.amount)];
  if (amount.trim() === "" || !(offered * asked > 0)) return "problem.number";
  return offered === asked ? "slice.sameAmount" : undefined;
}
