/** One goal that waits for an answer: what it says, what changed, and the answer. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { ApprovalDetail, type ApprovalDetailData } from "../documents.gen";
import { useQuery } from "../graph/query";
import { Asker, isFirst } from "../parts/asker";
import { Changes } from "../parts/changes";
import { Icon } from "../parts/icon";
import { wayOf } from "../parts/measure";
import { Page } from "../parts/page";
import { Loaded, Missing } from "../parts/states";
import { WeightBar } from "../parts/weight-bar";
import { go, place } from "../router";
import { percent, t } from "../words/words";
import { decide, isAnswered } from "./decide";
import { ReasonSheet } from "./reason";

type Shown = Extract<NonNullable<ApprovalDetailData["node"]>, { __typename: "Approval" }>;

export default function ApprovalScreen({ id }: { id: string }) {
  const query = useQuery(ApprovalDetail, { id });
  const node = query.data?.node;
  const shown = node?.__typename === "Approval" ? node : undefined;
  return (
    <Page title={shown?.objective?.title ?? t("approve.title")} up="/approvals">
      <Loaded of={query}>{() => (shown ? <Parts approval={shown} /> : <Missing />)}</Loaded>
    </Page>
  );
}

function Parts({ approval }: { approval: Shown }) {
  const goal = approval.objective;
  const open = approval.state === "OPEN" && !isAnswered(approval);
  const seen = useRef(goal?.version);
  const changed = place.value.query.get("do") === "changed" || seen.current !== goal?.version;
  return (
    <>
      {open && changed && <p class="note">{t("approve.changed")}</p>}
      {!open && <p class="note">{t("approve.already", { state: t(`state.${approval.state}`) })}</p>}
      <Asker approval={approval} />
      {goal?.why && <p class="why pre">{goal.why}</p>}
      {!isFirst(approval) && (
        <section class="card pad" aria-labelledby="changes">
          <h2 id="changes">{t("approve.whatChanged")}</h2>
          <Changes changes={approval.changes} />
        </section>
      )}
      <Content approval={approval} />
      {open && <Answers approval={approval} />}
    </>
  );
}

function Content({ approval }: { approval: Shown }) {
  const goal = approval.objective;
  if (!goal) return null;
  return (
    <section aria-labelledby="content">
      <div class="section-head">
        <h2 id="content">{t("approve.whatIsNew")}</h2>
        <span class="quiet">{percent(goal.weight)}</span>
      </div>
      {goal.keyResults.map((result, at) => (
        <article key={result.id} class="card pad">
          <div class="between">
            <h3 class={`legend w${(at % 5) + 1}`}>{result.title}</h3>
            <b>{percent(result.weight)}</b>
          </div>
          <p class="quiet">{wayOf(result)}</p>
        </article>
      ))}
      <WeightBar weights={goal.keyResults.map((result) => result.weight)} />
    </section>
  );
}

function Answers({ approval }: { approval: Shown }) {
  const answering = useSignal(place.value.query.get("do") === "decline");
  const leave = () => go("/approvals");
  function approve(): void {
    void decide(approval, "approve");
    leave();
  }
  return (
    <div class="actions sticky">
      <button class="button" onClick={() => (answering.value = true)}>
        {t("approve.more")}
      </button>
      <button class="button primary" onClick={approve}>
        <Icon name="approve" />
        {t("approve.approve")}
      </button>
      {answering.value && (
        <ReasonSheet approval={approval} onClose={() => (answering.value = false)} then={leave} />
      )}
    </div>
  );
}
