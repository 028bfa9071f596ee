/** A small line of values over time, oldest first, ending in the ball. */
import { number, t } from "../words/words";

const WIDTH = 96;
const HEIGHT = 28;
const PAD = 4;

export function Sparkline({ values, title }: { values: string[]; title: string }) {
  const points = place(values.map(Number));
  const last = points[points.length - 1];
  if (points.length < 2 || !last) return null;
  const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  const name = t("goal.trend", { title, values: values.map((value) => number(value)).join(", ") });
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={name}>
      <polygon points={`${line} ${last[0]},${HEIGHT} ${PAD},${HEIGHT}`} />
      <polyline points={line} />
      <circle cx={last[0]} cy={last[1]} r="3" />
    </svg>
  );
}

function place(values: number[]): [number, number][] {
  const low = Math.min(...values);
  const spread = Math.max(...values) - low || 1;
  const step = (WIDTH - 2 * PAD) / Math.max(1, values.length - 1);
  return values.map((value, index) => [
    PAD + index * step,
    HEIGHT - PAD - ((value - low) / spread) * (HEIGHT - 2 * PAD),
  ]);
}
