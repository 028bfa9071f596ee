/** A state in a word and a shape, never in colour alone. */
import type { ApprovalState, ObjectiveState } from "../documents.gen";
import { t } from "../words/words";
import { Mark, type Tone } from "./mark";

type Shown = ObjectiveState | ApprovalState;

const SHAPES: Record<Shown, [Tone, string]> = {
  DRAFT: ["quiet", "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 1 1 0-11"],
  SUBMITTED: ["wait", "M3 8h9M8.5 4.5 12 8l-3.5 3.5"],
  OPEN: ["wait", "M3 8h9M8.5 4.5 12 8l-3.5 3.5"],
  INFORMATION_REQUESTED: ["wait", "M5.5 6a2.5 2.5 0 1 1 3.6 2.3C8.3 8.8 8 9.3 8 10M8 13v.1"],
  DECLINED: ["stop", "M4.5 4.5l7 7M11.5 4.5l-7 7"],
  ACTIVE: ["good", "M6 3.5 12 8l-6 4.5z"],
  ACHIEVED: ["good", "M3 8.5 6.5 12 13 4.5"],
  APPROVED: ["good", "M3 8.5 6.5 12 13 4.5"],
  MISSED: ["quiet", "M3.5 8h9"],
  CANCELLED: ["quiet", "M12 4 4 12"],
  WITHDRAWN: ["quiet", "M7 4 3 8l4 4M3 8h10"],
  ARCHIVED: ["quiet", "M3 5h10M4 5v8h8V5M6.5 8h3"],
};

export function StateMark({ state }: { state: Shown }) {
  const [tone, path] = SHAPES[state];
  return <Mark tone={tone} path={path} word={t(`state.${state}`)} dashed={state === "DRAFT"} />;
}
