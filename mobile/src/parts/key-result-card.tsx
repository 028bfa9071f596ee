/** One key result with its way, its progress, its trend and the button to check in. */
import { useSignal } from "@preact/signals";
import type { CheckInInput, KeyResultCore } from "../documents.gen";
import { CheckInSheet } from "./check-in";
import { unsent } from "../session";
import { ago, percent, t } from "../words/words";
import { valueOf, wayOf } from "./measure";
import { Sheet } from "./sheet";
import { Sparkline } from "./sparkline";

type Result = KeyResultCore & { checkIns: { nodes: { value: string }[] } };

export function KeyResultCard({ result, canCheckIn }: { result: Result; canCheckIn: boolean }) {
  const open = useSignal(false);
  const waiting = unsent.value.findLast((entry) => entry.deed === "checkIn" && entry.subject === result.id);
  const current = waiting ? (waiting.input as unknown as CheckInInput).value : result.current;
  return (
    <article class="card pad key-result">
      <div class="between">
        <h3>{result.title}</h3>
        <Sparkline title={result.title} values={result.checkIns.nodes.map((one) => one.value).reverse()} />
      </div>
      <Bar progress={result.progress} />
      <p class="between">
        <span>
          <b class="figure-small">{valueOf(result, current)}</b>{" "}
          <span class="quiet">{wayOf(result)}</span>
        </span>
        {result.progress !== null && <b>{percent(result.progress)}</b>}
      </p>
      <div class="between">
        <p class="quiet">
          {t("goal.keyResultWeight", { percent: percent(result.weight) })} ·{" "}
          {waiting ? t("app.waiting") : lastSaid(result)}
        </p>
        {canCheckIn && (
          <button class="button small" onClick={() => (open.value = true)}>
            {t("goal.checkIn")}
          </button>
        )}
      </div>
      {open.value && (
        <Sheet title={t("checkIn.title")} onClose={() => (open.value = false)}>
          <CheckInSheet keyResult={result} />
        </Sheet>
      )}
    </article>
  );
}

const lastSaid = ({ latestCheckIn }: Result) => (latestCheckIn ? ago(latestCheckIn.recordedAt) : t("goal.never"));

function Bar({ progress }: { progress: string | null }) {
  const share = Math.min(100, Math.max(0, Number(progress ?? 0)));
  const name = progress === null ? t("goal.noData") : t("goal.progress", { progress: percent(progress) });
  return (
    <span class="bar" role="img" aria-label={name}>
      <i style={{ "--share": `${share}%` }} />
    </span>
  );
}
