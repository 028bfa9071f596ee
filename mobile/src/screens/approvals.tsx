/** The queue: everything that waits for my answer, one tap each. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { type ApprovalCard, Approvals, type SliceCard, Slices } from "../documents.gen";
import { useQuery } from "../graph/query";
import { Changes } from "../parts/changes";
import { Icon } from "../parts/icon";
import { wayOf } from "../parts/measure";
import { Asker, isFirst } from "../parts/asker";
import { Page } from "../parts/page";
import { Loaded, Nothing } from "../parts/states";
import { Swipe } from "../parts/swipe";
import { go } from "../router";
import { percent, t } from "../words/words";
import { decide, isAnswered } from "./decide";
import { ReasonSheet } from "./reason";
import { Card } from "./slice-card";
import { isAnswered as isCaught } from "./slice-deeds";

export default function ApprovalsScreen() {
  const query = useQuery(Approvals, {});
  const open = (query.data?.approvals.nodes ?? []).filter((one) => !isAnswered(one));
  const thrown = useQuery(Slices, {});
  const { slices, offers } = thrown.data ?? {};
  const all = [slices, offers].flatMap((page) => page?.nodes ?? []);
  const waiting = all.filter((one) => one.viewerCan.some((act) => act.startsWith("ACCEPT")) && !isCaught(one));
  return (
    <Page title={t("approve.title")} eyebrow={open.length > 0 && t("approve.count", { n: open.length })}>
      <Loaded of={query}>
        {() =>
          open.length > 0 ? (
            <Queue open={open} slices={waiting} />
          ) : (
            <Loaded of={thrown}>{() => <Queue open={open} slices={waiting} />}</Loaded>
          )
        }
      </Loaded>
    </Page>
  );
}

function Queue({ open, slices }: { open: ApprovalCard[]; slices: SliceCard[] }) {
  if (open.length + slices.length === 0) return <Nothing title={t("approve.empty")} help={t("approve.emptyHelp")} />;
  return (
    <>
      {open.map((one) => (
        <Ask key={one.objective?.id ?? one.id} approval={one} />
      ))}
      {open.length > 0 && <p class="quiet centre">{t("approve.swipe")}</p>}
      {slices.length > 0 && <h2>{t("slices.title")}</h2>}
      {slices.map((one) => (
        <Card key={one.id} slice={one} />
      ))}
    </>
  );
}

/** What changes under the thumb is not approved by it: the card then leads to a closer look. */
function Ask({ approval }: { approval: ApprovalCard }) {
  const answering = useSignal(false);
  const seen = useRef(approval.objective?.version);
  const changed = seen.current !== approval.objective?.version;
  const path = `/approvals/${approval.id}`;
  const approve = () => (changed ? go(path) : void decide(approval, "approve"));
  return (
    <Swipe onEnd={approve} onStart={() => (answering.value = true)}>
      <article class="card pad ask-card">
        <Asker approval={approval} />
        <a class="ask-words" href={path}>
          <strong class="lead">{approval.objective?.title}</strong>
          {isFirst(approval) ? <Results approval={approval} /> : <Changes changes={approval.changes} />}
        </a>
        {changed && <p class="note">{t("approve.changed")}</p>}
        <div class="actions">
          <button class="button" onClick={() => (answering.value = true)}>
            {t("approve.more")}
          </button>
          <button class="button primary" onClick={approve}>
            <Icon name={changed ? "next" : "approve"} />
            {t(changed ? "approve.open" : "approve.approve")}
          </button>
        </div>
        {answering.value && <ReasonSheet approval={approval} onClose={() => (answering.value = false)} />}
      </article>
    </Swipe>
  );
}

function Results({ approval }: { approval: ApprovalCard }) {
  return (
    <ul class="mini">
      {approval.objective?.keyResults.map((result) => (
        <li key={result.id}>
          <span>{result.title}</span>
          <span class="quiet">
            {wayOf(result)} · {percent(result.weight)}
          </span>
        </li>
      ))}
    </ul>
  );
}
