/** What a screen shows when there is nothing to show: loading, empty, offline, failed, missing. */
import type { ComponentChildren } from "preact";
import type { State } from "../graph/query";
import { t } from "../words/words";

export function Nothing({ title, help, children }: { title: string; help: string; children?: ComponentChildren }) {
  return (
    <div class="nothing">
      <svg viewBox="0 0 120 60" aria-hidden="true">
        <path d="M10 52C30 6 84 2 104 34" />
        <circle cx="106" cy="40" r="7" />
      </svg>
      <h2>{title}</h2>
      <p>{help}</p>
      {children}
    </div>
  );
}

export function Skeleton({ rows = 3 }: { rows?: number }) {
  return (
    <div class="skeleton" role="status" aria-label={t("app.loading")}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} class="card" />
      ))}
    </div>
  );
}

/** The data's view once there is data; before, whatever explains why there is none. */
export function Loaded<Data>(props: {
  of: State<Data> & { reload: () => Promise<void> };
  rows?: number;
  children: (data: Data) => ComponentChildren;
}) {
  const { data, problem, loading, reload } = props.of;
  if (data !== undefined) return <>{props.children(data)}</>;
  if (loading || !problem) return <Skeleton rows={props.rows ?? 3} />;
  const [title, help] =
    problem === "offline"
      ? [t("app.neverSeen"), t("app.neverSeenHelp")]
      : [t("app.failed"), t("app.failedHelp")];
  return (
    <Nothing title={title} help={help}>
      <button class="button" onClick={() => void reload()}>
        {t("app.retry")}
      </button>
    </Nothing>
  );
}

export const Missing = () => <Nothing title={t("app.missing")} help={t("app.missingHelp")} />;
