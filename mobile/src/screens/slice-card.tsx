/** A target that came down to me, or an offer that came back: who throws it, how much of what, and my answer. */
import { useSignal } from "@preact/signals";
import type { SliceCard as Slice } from "../documents.gen";
import { Icon } from "../parts/icon";
import { Avatar } from "../parts/person";
import { ago, nameOf, t } from "../words/words";
import { amountOf, answer, titleOf } from "./slice-deeds";
import { AnswerSheet } from "./slice-sheet";

export function Card({ slice, then }: { slice: Slice; then?: () => void }) {
  return (
    <article class="card pad ask-card">
      <Thrower slice={slice} />
      <a class="ask-words" href={`/slices/${slice.id}`}>
        <strong class="lead">{titleOf(slice)}</strong>
        <Amounts slice={slice} />
      </a>
      <Answers slice={slice} {...(then && { then })} />
    </article>
  );
}

/** Who spoke last, and with which words. */
export function Thrower({ slice }: { slice: Slice }) {
  const back = slice.counterAmount !== null && slice.viewerCan.includes("ACCEPT_COUNTER");
  const person = back ? slice.receiver : slice.proposedBy;
  const kind = back ? "offers" : slice.method === "SPLIT" ? "throws" : "proposes";
  return (
    <>
      <div class="who">
        <Avatar person={person} />
        <span class="grow">
          <b>{person ? nameOf(person) : t("inbox.someone")}</b>
          <span class="quiet block">
            {t(`slice.${kind}`)} · {ago(slice.proposedAt)}
          </span>
        </span>
      </div>
      {slice.reason && <p class="said pre">{slice.reason}</p>}
    </>
  );
}

/** "30 flights of 100", and what was offered instead; of other alignments, what is to serve what. */
export function Amounts({ slice }: { slice: Slice }) {
  const { amount, counterAmount, parentKeyResult, parent, child } = slice;
  const whole = parentKeyResult?.target;
  if (amount === null) return parent && child && <span class="quiet">{t("slice.serves", { title: parent.title })}</span>;
  return (
    <span>
      <b class="figure-small">{amountOf(slice, amount)}</b>{" "}
      {whole && <span class="quiet">{t("slice.of", { whole: amountOf(slice, whole) })}</span>}
      {counterAmount !== null && (
        <span class="block">{t("slice.offered", { amount: amountOf(slice, counterAmount) })}</span>
      )}
      {parent && <span class="quiet block">{t("slice.serves", { title: parent.title })}</span>}
    </span>
  );
}

/** Yes with one tap; anything else needs words. */
export function Answers({ slice, then }: { slice: Slice; then?: () => void }) {
  const answering = useSignal(false);
  const can = slice.viewerCan;
  const yes = (["ACCEPT", "ACCEPT_COUNTER"] as const).find((one) => can.includes(one));
  if (!yes) return null;
  const accept = () => {
    void answer(slice, yes);
    then?.();
  };
  return (
    <div class="actions">
      <button class="button" onClick={() => (answering.value = true)}>
        {t("approve.more")}
      </button>
      <button class="button primary" onClick={accept}>
        <Icon name="approve" />
        {t(`slice.${yes}`, { amount: slice.counterAmount === null ? "" : amountOf(slice, slice.counterAmount) })}
      </button>
      {answering.value && (
        <AnswerSheet slice={slice} onClose={() => (answering.value = false)} {...(then && { then })} />
      )}
    </div>
  );
}
