/** Why a score is what it is: every line with what it adds, down to the score itself. */
import { useSignal } from "@preact/signals";
import type { ScorecardWhole } from "../documents.gen";
import { LightMark } from "../parts/light";
import { Page } from "../parts/page";
import { Sheet } from "../parts/sheet";
import { nameOf, number, t } from "../words/words";
import { Facts } from "./scorecard-item";
import {
  type Item,
  type Line,
  type Perspective,
  type Trace,
  added,
  part,
  perspectivesOf,
  read,
  sum,
  titleOf,
  total,
} from "./scorecard-lines";

type Score = NonNullable<ScorecardWhole["score"]>;

export function Why({ card, up }: { card: ScorecardWhole; up: string }) {
  const { score } = card;
  const owner = card.person ?? card.unit;
  const value = score?.value ? number(score.value) : t("scores.noScore");
  return (
    <Page title={t("sums.title", { value })} up={up} eyebrow={owner && nameOf(owner)}>
      {score?.trace && <Sums card={card} score={score} trace={score.trace} />}
    </Page>
  );
}

function Sums({ card, score, trace }: { card: ScorecardWhole; score: Score; trace: Trace }) {
  const shown = new Set(card.items.map((item) => item.id));
  const others = trace.items.filter((line) => line.item === null || !shown.has(line.item));
  return (
    <>
      <p class="quiet">
        {score.value === null ? t(`status.${score.status}`) : t("sums.help")}
        {score.policy && <span class="block">{t("sums.policy", { version: score.policy.version })}</span>}
      </p>
      {perspectivesOf(card).map((one) => (
        <PerspectiveSum key={one.code} perspective={one} trace={trace} />
      ))}
      {others.map((line) => (
        <OtherSum key={line.item} line={line} />
      ))}
      {trace.steps.length > 0 && <Steps card={card} trace={trace} />}
      {score.value !== null && (
        <p class="sum-total">
          <span>{t("sums.total")}</span>
          <b>{total(score.value)}</b>
        </p>
      )}
      {trace.ceilings.map((one) => (
        <p key={one.key} class="note">
          {t("sums.ceiling", { grade: one.grade, reason: nameOfKey(card, one.key) ?? t("sums.veto") })}
        </p>
      ))}
    </>
  );
}

function PerspectiveSum({ perspective, trace }: { perspective: Perspective; trace: Trace }) {
  const lines = linesOf(perspective, trace);
  const whole = trace.perspectives.find((one) => one.perspective === perspective.code);
  if (lines.length === 0) return null;
  const name = nameOf(perspective);
  const isPart = perspective.items.some((one) => one.title === null);
  return (
    <section class="card" aria-label={name}>
      <header class="sum">
        <span>
          <h2>{name}</h2>
          {whole?.score && (
            <span class="quiet">
              {t(isPart ? "sums.partly" : "sums.perspective", { score: number(whole.score), share: part(whole.share) })}
            </span>
          )}
          {whole?.gated && whole.score && whole.gated !== whole.score && (
            <span class="quiet">{t("sums.gated", { gated: number(whole.gated), score: number(whole.score) })}</span>
          )}
        </span>
        <b class="figure-small">{added(sum(lines.map(({ line }) => line)))}</b>
      </header>
      <ol class="rows items">
        {lines.map(({ line, item }) => (
          <li key={item.id}>
            <LineSum line={line} item={item} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function linesOf(perspective: Perspective, trace: Trace) {
  return perspective.items.flatMap((item) =>
    trace.items.filter((line) => line.item === item.id).map((line) => ({ line, item })),
  );
}

function LineSum({ line, item }: { line: Line; item: Item }) {
  const open = useSignal(false);
  return (
    <>
      <button class="sum" onClick={() => (open.value = true)}>
        <span>
          <strong>{titleOf(item)}</strong>
          <Reasons line={line} item={item} />
        </span>
        <span class="figure-small">{line.contribution === null ? "–" : added(line.contribution)}</span>
      </button>
      {open.value && (
        <Sheet title={titleOf(item)} onClose={() => (open.value = false)}>
          <Facts item={item} />
        </Sheet>
      )}
    </>
  );
}

/** What was read, what the rule made of it, and how much of the whole it weighs. */
function Reasons({ line, item }: { line: Line; item: Item }) {
  if (line.leftOut) return <LeftOut line={line} />;
  const before = part(line.shareBefore);
  const share = part(line.share);
  return (
    <>
      {line.score !== null && <span>{t("sums.scored", { value: read(item, line.value), n: Number(line.score) })}</span>}
      <span class="quiet">{t(before === share ? "sums.share" : "sums.shareMoved", { before, share })}</span>
      {line.raw !== null && line.score !== null && line.raw !== line.score && (
        <span class="quiet">{t("sums.cut", { raw: number(line.raw), score: number(line.score) })}</span>
      )}
      {line.treatment && (
        <span class="quiet">{t(`treatment.${line.treatment}`, { n: line.ageDays ?? 0 })}</span>
      )}
    </>
  );
}

function LeftOut({ line }: { line: Line }) {
  const before = part(line.shareBefore);
  const had = Number(line.shareBefore ?? 0) > 0;
  return (
    <>
      <LightMark light="GREY" word={t(`leftOut.${line.leftOut!}`)} />
      <span class="quiet">{t(had ? "sums.leftOut" : "sums.leftOutAll", { before })}</span>
    </>
  );
}

/** All that is confidential to the reader, as one line; or what the card held when it was scored. */
function OtherSum({ line }: { line: Line }) {
  const title = t(line.item === null ? "scores.confidential" : "sums.gone");
  return (
    <section class="card" aria-label={title}>
      <p class="sum">
        <span>
          <strong>{title}</strong>
          {line.item === null && <span class="quiet">{t("scores.confidentialHelp")}</span>}
          <span class="quiet">{t("sums.share", { share: part(line.share) })}</span>
        </span>
        <span class="figure-small">{line.contribution === null ? "–" : added(line.contribution)}</span>
      </p>
    </section>
  );
}

function Steps({ card, trace }: { card: ScorecardWhole; trace: Trace }) {
  return (
    <section class="card" aria-label={t("sums.beside")}>
      <header class="sum">
        <h2>{t("sums.beside")}</h2>
      </header>
      <ol class="rows items">
        {trace.steps.map((step, at) => (
          <li key={at} class="sum">
            <span>
              <strong>{t(`step.${step.kind}`)}</strong>
              <span class="quiet">{nameOfKey(card, step.key)}</span>
            </span>
            <span class="figure-small">{added(step.amount)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What a step is about: an item, a perspective or something beside them. */
function nameOfKey(card: ScorecardWhole, key: string | null): string | undefined {
  if (key === null) return undefined;
  const extra = card.extras.find((one) => one.id.endsWith(key));
  const perspective = card.perspectives.find((one) => one.code === key);
  const item = card.items.find((one) => one.id.endsWith(key));
  return extra?.title ?? (perspective ? nameOf(perspective) : item && titleOf(item));
}
