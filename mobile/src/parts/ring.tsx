/** Progress as a thrown ball: an arc with the ball at its head. */
import { percent, t } from "../words/words";

const RADIUS = 20;
const ROUND = 2 * Math.PI * RADIUS;

interface RingProps {
  /** Percent; below 0 and above 100 are drawn at the ends and written as they are. */
  progress: string | number | null;
  size?: "small" | "large";
  /** Percent of the time that is gone, drawn as a tick. */
  elapsed?: number;
  label?: string;
  /** What is written inside, if not the percent. */
  text?: string;
}

export function Ring({ progress, size = "small", elapsed, label, text }: RingProps) {
  const drawn = Math.min(100, Math.max(0, Number(progress ?? 0)));
  const inside = text ?? (progress === null ? "–" : percent(progress));
  const name = label ?? (progress === null ? t("goal.noData") : t("goal.progress", { progress: inside }));
  return (
    <div class={`ring ring-${size}`} role="img" aria-label={name}>
      <svg viewBox="0 0 48 48" aria-hidden="true">
        <circle class="track" cx="24" cy="24" r={RADIUS} />
        {drawn > 0 && (
          <circle class="arc" cx="24" cy="24" r={RADIUS} stroke-dasharray={`${(drawn / 100) * ROUND} ${ROUND}`} />
        )}
        {elapsed !== undefined && <line class="tick" {...tick(elapsed)} />}
        {progress !== null && <circle class="ball" r="3.2" {...point(drawn, RADIUS, "c")} />}
      </svg>
      <span aria-hidden="true">{inside}</span>
    </div>
  );
}

function point(share: number, radius: number, prefix: "c" | "") {
  const angle = (share / 100) * 2 * Math.PI - Math.PI / 2;
  const x = (24 + radius * Math.cos(angle)).toFixed(2);
  const y = (24 + radius * Math.sin(angle)).toFixed(2);
  return prefix ? { cx: x, cy: y } : { x, y };
}

function tick(elapsed: number) {
  const inner = point(Math.min(100, elapsed), RADIUS - 3.6, "") as { x: string; y: string };
  const outer = point(Math.min(100, elapsed), RADIUS + 3.6, "") as { x: string; y: string };
  return { x1: inner.x, y1: inner.y, x2: outer.x, y2: outer.y };
}
