/** How a score looks at a glance: in a word and a shape, never in colour alone. */
import type { ScoreLight } from "../documents.gen";
import { t } from "../words/words";
import { Mark, type Tone } from "./mark";

const SHAPES: Record<ScoreLight, [Tone, string]> = {
  GREEN: ["good", "M3 8.5 6.5 12 13 4.5"],
  AMBER: ["wait", "M8 3 14 13H2zM8 7v2.5M8 11.3v.1"],
  RED: ["stop", "M8 3v10M3.5 8.5 8 13l4.5-4.5"],
  GREY: ["quiet", "M3.5 8h9"],
};

/** `word` says more than the light itself, such as that data are too old. */
export function LightMark({ light, word }: { light: ScoreLight | null; word?: string }) {
  const [tone, path] = SHAPES[light ?? "GREY"];
  return <Mark tone={tone} path={path} word={word ?? t(`light.${light ?? "GREY"}`)} />;
}
