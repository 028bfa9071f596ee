/** Throwing a goal back: decline or ask, always with words; quick ones need no typing. */
import { useSignal } from "@preact/signals";
import type { ApprovalCard } from "../documents.gen";
import { Field } from "../parts/field";
import { Sheet } from "../parts/sheet";
import { nameOf, t } from "../words/words";
import { type Answer, decide } from "./decide";

const QUICK = ["approve.quick1", "approve.quick2", "approve.quick3"] as const;

export function ReasonSheet(props: { approval: ApprovalCard; onClose: () => void; then?: () => void }) {
  const reason = useSignal("");
  const missing = useSignal(false);
  const person = props.approval.requestedBy;
  function answer(how: Answer): void {
    missing.value = reason.value.trim() === "";
    if (missing.value) return;
    props.onClose();
    void decide(props.approval, how, reason.value.trim());
    props.then?.();
  }
  return (
    <Sheet title={t("approve.reasonTitle")} onClose={props.onClose}>
      <p class="lead">{props.approval.objective?.title}</p>
      <div class="quick">
        {QUICK.map((key) => (
          <button key={key} class="chip" onClick={() => (reason.value = t(key))}>
            {t(key)}
          </button>
        ))}
      </div>
      <Field
        label={t("approve.reason", { name: person ? nameOf(person) : t("inbox.someone") })}
        hint={t("approve.reasonHint")}
        kind="text"
        charactersMax={2000}
        value={reason.value}
        problem={missing.value ? "problem.reason" : undefined}
        onInput={(value) => (reason.value = value)}
      />
      <div class="actions">
        <button class="button" onClick={() => answer("decline")}>
          {t("approve.decline")}
        </button>
        <button class="button primary" onClick={() => answer("ask")}>
          {t("approve.ask")}
        </button>
      </div>
    </Sheet>
  );
}
