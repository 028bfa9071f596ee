/** How a key result reads: its way from start to target, and a value with its unit. */
import type { KeyResultKind } from "../documents.gen";
import { number, t } from "../words/words";

export interface Measured {
  kind: KeyResultKind;
  unitOfMeasure: string;
  start: string | null;
  target: string | null;
  low: string | null;
  high: string | null;
}

const shown = (value: string | null) => (value === null ? "–" : number(value));

/** "71 → 85 %", "between 2 and 4 days", or the word for a milestone. */
export function wayOf(result: Measured): string {
  const unit = result.unitOfMeasure;
  if (isOneStep(result)) return t("kind.MILESTONE");
  if (result.kind === "RANGE") {
    return t("range.between", { low: shown(result.low), high: shown(result.high), unit }).trim();
  }
  return t("range.fromTo", { start: shown(result.start), target: shown(result.target), unit }).trim();
}

type Valued = Pick<Measured, "kind" | "unitOfMeasure" | "target">;

/** A milestone of one step is done or not; one of several steps is counted. */
export const isOneStep = ({ kind, target }: Pick<Measured, "kind" | "target">) =>
  kind === "MILESTONE" && Number(target) === 1;

/** "78 %", or done / not done. */
export function valueOf(result: Valued, value: string | null): string {
  if (value === null) return "–";
  if (isOneStep(result)) return Number(value) >= 1 ? t("range.done") : t("range.notDone");
  return `${number(value)} ${result.unitOfMeasure}`.trim();
}
