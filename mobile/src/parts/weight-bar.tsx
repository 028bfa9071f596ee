/** The weights of the key results side by side; full when they add up to 100. */
import { t } from "../words/words";
import { Icon } from "./icon";

export function WeightBar({ weights, onEven }: { weights: number[]; onEven?: () => void }) {
  const sum = weights.reduce((total, one) => total + one, 0);
  const whole = Math.max(100, sum);
  const words = sum === 100 ? t("edit.sumRight") : t("edit.sum", { sum });
  return (
    <div class="weight-bar">
      <span class={sum === 100 ? "weights right" : "weights"} role="img" aria-label={words}>
        {weights.map((weight, at) => (
          <i key={at} class={`w${(at % 5) + 1}`} style={{ "--share": `${(100 * weight) / whole}%` }} />
        ))}
      </span>
      <p class="between" role="status">
        <span class={sum === 100 ? "right" : "problem"}>
          {sum === 100 && <Icon name="approve" />}
          {words}
          {sum !== 100 && ` · ${t(sum < 100 ? "edit.missingPoints" : "edit.tooMuch", { n: Math.abs(100 - sum) })}`}
        </span>
        {onEven && sum !== 100 && (
          <button type="button" class="button small" onClick={onEven}>
            {t("edit.even")}
          </button>
        )}
      </p>
    </div>
  );
}
