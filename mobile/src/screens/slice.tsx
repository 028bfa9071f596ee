/** One target on its way down, or one alignment: how it stands, what was said from turn to turn, and my answer. */
import { Slice, type SliceData, type SliceWhole } from "../documents.gen";
import { useQuery } from "../graph/query";
import { Page } from "../parts/page";
import { Loaded, Missing } from "../parts/states";
import { go, place } from "../router";
import { ago, nameOf, t } from "../words/words";
import { Amounts, Answers, Thrower } from "./slice-card";
import { amountOf, isAnswered, titleOf } from "./slice-deeds";

type Turn = SliceWhole["turns"][number];

/** `id` is that of the alignment, or of what the inbox says of it. */
export default function SliceScreen({ id }: { id: string }) {
  const query = useQuery(Slice, { id });
  const slice = sliceOf(query.data);
  return (
    <Page title={(slice && titleOf(slice)) || t("slices.title")} up="/approvals">
      <Loaded of={query}>{() => (slice ? <Parts slice={slice} /> : <Missing />)}</Loaded>
    </Page>
  );
}

function sliceOf(data: SliceData | undefined): SliceWhole | null {
  const node = data?.node;
  if (node?.__typename === "InboxItem") return node.alignment;
  return node?.__typename === "Alignment" ? node : null;
}

function Parts({ slice }: { slice: SliceWhole }) {
  const waits = isAnswered(slice);
  const changed = place.value.query.get("do") === "changed";
  return (
    <>
      {changed && <p class="note">{t("approve.changed")}</p>}
      <section class="card pad">
        <Thrower slice={slice} />
        <Amounts slice={slice} />
        <p class="quiet">{waits ? t("app.waiting") : t(`alignment.${slice.state}`)}</p>
      </section>
      {slice.child && (
        <a class="button" href={`/goals/${slice.child.id}`}>
          {t("slice.goal")}
        </a>
      )}
      {!waits && <Answers slice={slice} then={() => go("/approvals")} />}
      {slice.turns.length > 0 && <Turns slice={slice} />}
    </>
  );
}

function Turns({ slice }: { slice: SliceWhole }) {
  return (
    <section aria-labelledby="turns">
      <h2 id="turns">{t("slice.turns")}</h2>
      <ol class="history">
        {slice.turns.map((turn) => (
          <Said key={turn.at} turn={turn} slice={slice} />
        ))}
      </ol>
    </section>
  );
}

function Said({ turn, slice }: { turn: Turn; slice: SliceWhole }) {
  const amount = turn.amount === null ? "" : amountOf(slice, turn.amount);
  return (
    <li>
      <p class="meta">
        <span>{turn.by && nameOf(turn.by)}</span>
        <time dateTime={turn.at}>{ago(turn.at)}</time>
      </p>
      <p>
        {t(`act.${turn.act}`)} {amount && <b>{amount}</b>}
      </p>
      {turn.reason && <p class="said pre">{turn.reason}</p>}
      {turn.resources && <p class="quiet pre">{t("slice.needs", { resources: turn.resources })}</p>}
    </li>
  );
}
