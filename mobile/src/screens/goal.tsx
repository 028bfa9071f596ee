/** One goal: where it stands, what it serves, its key results and their history. */
import { useSignal } from "@preact/signals";
import { Goal, type GoalData, type ObjectiveAction, WithdrawObjective } from "../documents.gen";
import { lay } from "../graph/outbox";
import { useQuery } from "../graph/query";
import { Icon, type IconName } from "../parts/icon";
import { KeyResultCard } from "../parts/key-result-card";
import { valueOf } from "../parts/measure";
import { Page } from "../parts/page";
import { Avatar } from "../parts/person";
import { Ring } from "../parts/ring";
import { Sheet } from "../parts/sheet";
import { StateMark } from "../parts/state";
import { Loaded, Missing } from "../parts/states";
import { deliver, me } from "../session";
import { ago, nameOf, percent, t } from "../words/words";
import { SubmitSheet } from "./submit";

type Shown = NonNullable<GoalData["objective"]>;
type CheckInRow = Shown["checkIns"]["nodes"][number];

export default function GoalScreen({ id }: { id: string }) {
  const query = useQuery(Goal, { id });
  const goal = query.data?.objective;
  return (
    <Page title={goal?.title ?? t("goals.title")} up="/goals">
      <Loaded of={query} rows={4}>
        {(data) => (data.objective ? <GoalParts goal={data.objective} /> : <Missing />)}
      </Loaded>
    </Page>
  );
}

function GoalParts({ goal }: { goal: Shown }) {
  return (
    <>
      {goal.parent && <Serves parent={goal.parent} />}
      <section class="hero">
        <Ring progress={goal.progress} size="large" />
        <div class="hero-words">
          <StateMark state={goal.state} />
          {goal.owner && (
            <p class="who">
              <Avatar person={goal.owner} />
              <span>
                {nameOf(goal.owner)}
                {goal.unit && <span class="quiet block">{nameOf(goal.unit)}</span>}
              </span>
            </p>
          )}
          <p class="quiet">{t("goals.weight", { percent: percent(goal.weight) })}</p>
        </div>
      </section>
      <LastWord goal={goal} />
      {goal.why && <p class="why pre">{goal.why}</p>}
      <Actions goal={goal} />
      <a class="button" href={`/cascade/${goal.id}`}>
        <Icon name="tree" />
        {t("goal.tree")}
      </a>
      <section aria-labelledby="results">
        <h2 id="results">{t("goal.keyResults")}</h2>
        {goal.keyResults.map((result) => (
          <KeyResultCard key={result.id} result={result} canCheckIn={goal.viewerCan.includes("CHECK_IN")} />
        ))}
      </section>
      <History rows={goal.checkIns.nodes} />
    </>
  );
}

function Serves({ parent }: { parent: NonNullable<Shown["parent"]> }) {
  const of = parent.unit ?? parent.owner;
  return (
    <a class="serves" href={`/goals/${parent.id}`}>
      <Icon name="serves" />
      <span>
        <span class="eyebrow">
          {t("goal.serves")}
          {of && ` · ${nameOf(of)}`}
        </span>
        {parent.title}
      </span>
    </a>
  );
}

/** What the approver said last, or whose answer is awaited. */
function LastWord({ goal }: { goal: Shown }) {
  const { approval, state } = goal;
  if (!approval) return null;
  const approver = approval.decidedBy ?? approval.approver;
  const name = approver ? nameOf(approver) : t("inbox.someone");
  if (state === "SUBMITTED") return <p class="note">{t("goal.waitsFor", { name })}</p>;
  if (state === "ACTIVE" && approval.decidedAt) {
    return <p class="quiet">{t("goal.approvedBy", { name, when: ago(approval.decidedAt) })}</p>;
  }
  if (state !== "DECLINED" && state !== "INFORMATION_REQUESTED") return null;
  return (
    <blockquote class="note">
      <p class="eyebrow">{t(state === "DECLINED" ? "goal.declinedBy" : "goal.asked", { name })}</p>
      <p class="pre">{approval.decisionNote}</p>
    </blockquote>
  );
}

function Actions({ goal }: { goal: Shown }) {
  const submitting = useSignal(false);
  const can = (action: ObjectiveAction) => goal.viewerCan.includes(action);
  const shown = ["EDIT", "SUBMIT", "WITHDRAW", "APPROVE"] as const;
  if (!shown.some(can)) return null;
  return (
    <div class="actions">
      {can("SUBMIT") && <Act icon="send" primary run={() => (submitting.value = true)} label={t("goal.submit")} />}
      {can("EDIT") && (
        <a class="button" href={`/goals/${goal.id}/edit`}>
          <Icon name="edit" />
          {t("goal.edit")}
        </a>
      )}
      {can("APPROVE") && goal.approval && (
        <a class="button primary" href={`/approvals/${goal.approval.id}`}>
          <Icon name="approve" />
          {t("goal.decide")}
        </a>
      )}
      {can("WITHDRAW") && <Act icon="withdraw" run={() => void withdraw(goal)} label={t("goal.withdraw")} />}
      {submitting.value && (
        <Sheet title={t("edit.submitTitle")} onClose={() => (submitting.value = false)}>
          <SubmitSheet goal={goal} />
        </Sheet>
      )}
    </div>
  );
}

function Act(props: { icon: IconName; primary?: boolean; label: string; run: () => void }) {
  return (
    <button class={props.primary ? "button primary" : "button"} onClick={props.run}>
      <Icon name={props.icon} />
      {props.label}
    </button>
  );
}

async function withdraw({ id, title, version }: Shown): Promise<void> {
  const what = { deed: "withdraw" as const, owner: me.value, subject: id, title, look: `/goals/${id}` };
  await lay(what, WithdrawObjective, { input: { id, expectedVersion: version } });
  await deliver();
}

function History({ rows }: { rows: CheckInRow[] }) {
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t("goal.history")}</h2>
      {rows.length === 0 && <p class="quiet">{t("goal.noHistoryHelp")}</p>}
      <ol class="history">
        {rows.map((row) => (
          <CheckInItem key={row.id} row={row} />
        ))}
      </ol>
    </section>
  );
}

function CheckInItem({ row }: { row: CheckInRow }) {
  const who = row.source === "PARTNER" ? t("goal.fromPartner") : row.author ? nameOf(row.author) : "";
  return (
    <li>
      <p class="meta">
        <span>{who}</span>
        <time dateTime={row.recordedAt}>{ago(row.recordedAt)}</time>
        {row.confidence !== null && <span>{t("goal.confidence", { n: row.confidence })}</span>}
      </p>
      <p>
        {row.keyResult && <b>{valueOf(row.keyResult, row.value)}</b>} {row.keyResult?.title}
      </p>
      {row.note && <p class="said pre">{row.note}</p>}
    </li>
  );
}
