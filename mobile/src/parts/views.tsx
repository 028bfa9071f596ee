/** The views of what we aim at: my goals, the scorecard, the strategy. */
import { t } from "../words/words";

const VIEWS = { goals: "/goals", scorecard: "/scorecard", strategy: "/strategy" } as const;

export function Views({ now }: { now: keyof typeof VIEWS }) {
  const all = Object.entries(VIEWS) as [keyof typeof VIEWS, string][];
  return (
    <nav class="segments" aria-label={t("goals.title")}>
      {all.map(([view, path]) => (
        <a key={view} href={path} aria-current={view === now ? "true" : undefined}>
          {t(`views.${view}`)}
        </a>
      ))}
    </nav>
  );
}
