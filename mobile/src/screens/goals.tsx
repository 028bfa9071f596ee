/** All my goals, newest cycle first; drafts that wait on this phone come before them. */
import { Goals, type GoalsData } from "../documents.gen";
import { useQuery } from "../graph/query";
import type { Entry } from "../graph/outbox";
import { AddGoal } from "../parts/add-goal";
import { GoalCard } from "../parts/goal-card";
import { Icon } from "../parts/icon";
import { Page } from "../parts/page";
import { Loaded, Nothing } from "../parts/states";
import { Views } from "../parts/views";
import { unsent } from "../session";
import { nameOf, t } from "../words/words";

type Goal = GoalsData["objectives"]["nodes"][number];

export default function GoalsScreen() {
  const query = useQuery(Goals, {});
  const goals = query.data?.objectives.nodes ?? [];
  const known = new Set(goals.map((goal) => goal.id));
  const drafts = unsent.value.filter((entry) => entry.deed === "draft" && !known.has(entry.subject));
  return (
    <Page title={t("goals.title")}>
      <Views now="goals" />
      {drafts.map((entry) => (
        <WaitingDraft key={entry.id} entry={entry} />
      ))}
      {(drafts.length === 0 || query.data) && (
        <Loaded of={query}>{() => (goals.length + drafts.length === 0 ? <Empty /> : <List goals={goals} />)}</Loaded>
      )}
      <AddGoal />
    </Page>
  );
}

function List({ goals }: { goals: Goal[] }) {
  return (
    <>
      {byCycle(goals).map(([name, within]) => (
        <section key={name} aria-label={name}>
          <div class="section-head">
            <h2>{name}</h2>
            <span class="quiet">{t("goals.count", { n: within.length })}</span>
          </div>
          {within.map((goal) => (
            <GoalCard key={goal.id} goal={goal}>
              <a class="round" href={`/cascade/${goal.id}`} aria-label={`${t("goal.tree")}: ${goal.title}`}>
                <Icon name="tree" />
              </a>
            </GoalCard>
          ))}
        </section>
      ))}
    </>
  );
}

function byCycle(goals: Goal[]): [string, Goal[]][] {
  const sorted = [...goals].sort((a, b) => (b.cycle?.startsOn ?? "").localeCompare(a.cycle?.startsOn ?? ""));
  const named = new Map<string, Goal[]>();
  for (const goal of sorted) {
    const name = goal.cycle ? nameOf(goal.cycle) : t("goals.other");
    named.set(name, [...(named.get(name) ?? []), goal]);
  }
  return [...named];
}

function WaitingDraft({ entry }: { entry: Entry }) {
  return (
    <a class="card row" href={`/goals/${entry.subject}/edit`}>
      <span class="row-words">
        <span class="strong">{entry.title}</span>
        <span class="quiet">{t("app.waiting")}</span>
      </span>
    </a>
  );
}

function Empty() {
  return (
    <Nothing title={t("goals.empty")} help={t("goals.emptyHelp")}>
      <a class="button primary" href="/goals/new">
        {t("today.firstGoal")}
      </a>
    </Nothing>
  );
}
