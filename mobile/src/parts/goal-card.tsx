/** A goal in a list: ring, words, state, and the key result to look at next. */
import type { ComponentChildren } from "preact";
import type { GoalCard as Goal } from "../documents.gen";
import { percent, t } from "../words/words";
import { Ring } from "./ring";
import { StateMark } from "./state";

export function GoalCard({ goal, children }: { goal: Goal; children?: ComponentChildren }) {
  return (
    <article class="card goal-card">
      <a class="goal-link" href={`/goals/${goal.id}`}>
        <Ring progress={goal.progress} />
        <span class="goal-words">
          <strong>{goal.title}</strong>
          <span class="meta">
            <StateMark state={goal.state} />
            <span>{t("goals.weight", { percent: percent(goal.weight) })}</span>
          </span>
        </span>
      </a>
      {children}
    </article>
  );
}
