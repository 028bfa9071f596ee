/** Today: where I stand, what waits for me, what is next. */
import { useSignal } from "@preact/signals";
import { Home, type HomeData } from "../documents.gen";
import { useQuery } from "../graph/query";
import { AddGoal } from "../parts/add-goal";
import { GoalCard } from "../parts/goal-card";
import { Icon } from "../parts/icon";
import { InboxRow } from "../parts/inbox-row";
import { valueOf, wayOf } from "../parts/measure";
import { Page } from "../parts/page";
import { RecallCard } from "../parts/recall-card";
import { Avatar } from "../parts/person";
import { Ring } from "../parts/ring";
import { Sheet } from "../parts/sheet";
import { Loaded, Nothing } from "../parts/states";
import { remember, unsent, viewer } from "../session";
import { fullDay, nameOf, percent, t } from "../words/words";
import { CheckInSheet } from "../parts/check-in";

type HomeView = NonNullable<HomeData["home"]>;
type Goal = HomeView["objectives"]["nodes"][number];
type KeyResult = Goal["keyResults"][number];

export default function Today() {
  const home = useQuery(Home, {});
  const person = viewer.value!.person;
  return (
    <Page
      title={t(greeting(), { name: nameOf(person) })}
      eyebrow={fullDay(new Date())}
      aside={
        <a class="round" href="/me" aria-label={t("tab.me")}>
          <Avatar person={person} />
        </a>
      }
    >
      <Loaded of={home} rows={4}>
        {(data) => data.home && <HomeParts home={data.home} recall={data.recallQuestion?.id} />}
      </Loaded>
      <AddGoal />
    </Page>
  );
}

function greeting() {
  const hour = new Date().getHours();
  if (hour < 12) return "today.morning";
  return hour < 18 ? "today.day" : "today.evening";
}

function HomeParts({ home, recall }: { home: HomeView; recall: string | undefined }) {
  const { unreadCount, openApprovalCount } = home;
  const known = viewer.value!;
  if (known.unreadCount !== unreadCount || known.openApprovalCount !== openApprovalCount) {
    queueMicrotask(() => remember({ ...known, unreadCount, openApprovalCount }));
  }
  const goals = home.objectives.nodes;
  return (
    <>
      <CycleCard home={home} />
      <Waiting home={home} />
      {recall && <RecallCard question={recall} />}
      <section aria-labelledby="mine">
        <div class="section-head">
          <h2 id="mine">{t("today.goals")}</h2>
          {goals.length > 0 && <a href="/goals">{t("today.all")}</a>}
        </div>
        {goals.map((goal) => (
          <GoalCard key={goal.id} goal={goal}>
            <NextStep goal={goal} />
          </GoalCard>
        ))}
        {goals.length === 0 && <FirstGoal />}
      </section>
      <Latest home={home} />
    </>
  );
}

function CycleCard({ home }: { home: HomeView }) {
  if (!home.cycle) return null;
  const progress = weighted(home.objectives.nodes);
  const { left, elapsed } = span(home.cycle.startsOn, home.cycle.endsOn);
  const label = progress === null ? t("today.noProgress") : t("today.ring", { progress: percent(progress) });
  return (
    <section class="hero">
      <Ring progress={progress} size="large" elapsed={elapsed} label={label} />
      <div>
        <h2>{nameOf(home.cycle)}</h2>
        <p>{left >= 0 ? t("today.daysLeft", { n: left }) : t("today.over")}</p>
        <p class="quiet">{t("today.pace", { time: percent(Math.min(100, elapsed)) })}</p>
      </div>
    </section>
  );
}

/** Percent over the active goals by their weights; null while nothing is measured. */
function weighted(goals: Goal[]): number | null {
  const counted = goals.filter((goal) => goal.progress !== null && goal.weight > 0);
  const weight = counted.reduce((sum, goal) => sum + goal.weight, 0);
  if (weight === 0) return null;
  return counted.reduce((sum, goal) => sum + Number(goal.progress) * goal.weight, 0) / weight;
}

function span(startsOn: string, endsOn: string) {
  const [start, end] = [Date.parse(startsOn), Date.parse(endsOn)];
  const dayMilliseconds = 86_400_000;
  const left = Math.ceil((end - Date.now()) / dayMilliseconds);
  return { left, elapsed: Math.max(0, (100 * (Date.now() - start)) / (end - start || 1)) };
}

function Waiting({ home }: { home: HomeView }) {
  const done = new Set(unsent.value.map((entry) => entry.subject));
  const open = home.approvals.nodes.filter((one) => !done.has(one.objective?.id ?? ""));
  const count = home.openApprovalCount - (home.approvals.nodes.length - open.length);
  if (count <= 0) return null;
  return (
    <a class="card waiting" href="/approvals">
      <span class="stack">
        {open.map((one) => (
          <Avatar key={one.id} person={one.requestedBy} />
        ))}
      </span>
      <strong>{t("today.waiting", { n: count })}</strong>
      <span class="button small">{t("today.answer")}</span>
    </a>
  );
}

function NextStep({ goal }: { goal: Goal }) {
  const open = useSignal<KeyResult | undefined>(undefined);
  const next = goal.viewerCan.includes("CHECK_IN") ? least(goal.keyResults) : undefined;
  if (!next) return null;
  return (
    <>
      <button class="next-step" onClick={() => (open.value = next)}>
        <span class="eyebrow">{t("today.next")}</span>
        <span class="clip">{next.title}</span>
        <span class="quiet clip">{next.current === null ? wayOf(next) : valueOf(next, next.current)}</span>
        <Icon name="next" />
      </button>
      {open.value && (
        <Sheet title={t("checkIn.title")} onClose={() => (open.value = undefined)}>
          <CheckInSheet keyResult={open.value} />
        </Sheet>
      )}
    </>
  );
}

/** The key result that is least far; what has no data comes first. */
function least(results: KeyResult[]): KeyResult | undefined {
  const unfinished = results.filter((one) => one.progress === null || Number(one.progress) < 100);
  return unfinished.sort((a, b) => Number(a.progress ?? -1) - Number(b.progress ?? -1))[0];
}

function FirstGoal() {
  return (
    <Nothing title={t("today.noGoals")} help={t("today.noGoalsHelp")}>
      <a class="button primary" href="/goals/new">
        {t("today.firstGoal")}
      </a>
    </Nothing>
  );
}

function Latest({ home }: { home: HomeView }) {
  if (home.inbox.nodes.length === 0) return null;
  return (
    <section aria-labelledby="latest">
      <div class="section-head">
        <h2 id="latest">{t("today.inbox")}</h2>
        <a href="/inbox">{t("today.all")}</a>
      </div>
      <div class="card rows">
        {home.inbox.nodes.map((item) => (
          <InboxRow key={item.id} item={item} readHere={false} />
        ))}
      </div>
    </section>
  );
}
