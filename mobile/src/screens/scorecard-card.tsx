/** The card itself: the whole, its perspectives, and what each of them counts. */
import { useSignal } from "@preact/signals";
import type { ScorecardWhole } from "../documents.gen";
import { Icon } from "../parts/icon";
import { LightMark } from "../parts/light";
import { Ring } from "../parts/ring";
import { Sheet } from "../parts/sheet";
import { Sparkline } from "../parts/sparkline";
import { nameOf, number, percent, t } from "../words/words";
import { Facts } from "./scorecard-item";
import { type Item, type Line, type Perspective, ageOf, known, monthOf, perspectivesOf, read, titleOf } from "./scorecard-lines";

export function CardParts({ card, why }: { card: ScorecardWhole; why: string }) {
  const traced = card.score?.trace;
  return (
    <>
      <Whole card={card} />
      {traced && (
        <a class="button primary" href={why}>
          {t("scores.why")}
          <Icon name="next" />
        </a>
      )}
      {perspectivesOf(card).map((one) => (
        <PerspectivePart
          key={one.code}
          perspective={one}
          score={traced?.perspectives.find((line) => line.perspective === one.code)?.score ?? null}
          lines={traced?.items ?? []}
        />
      ))}
    </>
  );
}

function Whole({ card }: { card: ScorecardWhole }) {
  const { score } = card;
  if (!score) return <p class="note">{t("scores.draft")}</p>;
  const asOf = t("scores.asOf", { month: monthOf(score.period) });
  return (
    <section class="hero">
      <ScoreRing value={score.value} size="large" />
      <div class="hero-words">
        <LightMark light={score.light} />
        {score.grade && <h2>{t("scores.grade", { grade: score.grade })}</h2>}
        {score.value === null && <p>{t(`status.${score.status}`)}</p>}
        <p class="quiet">
          {asOf} · {t(score.final ? "scores.final" : "scores.open")}
        </p>
        <Sparkline title={t("scores.trend")} values={known(card.scores.map((one) => one.value))} />
        {Number(score.covered) < 100 && (
          <p class="quiet">{t("scores.covered", { percent: percent(score.covered) })}</p>
        )}
      </div>
    </section>
  );
}

function ScoreRing({ value, size }: { value: string | null; size?: "large" }) {
  const text = value === null ? "–" : number(value);
  const label = value === null ? t("scores.noScore") : t("scores.ring", { value: text });
  return <Ring progress={value} text={text} size={size ?? "small"} label={label} />;
}

function PerspectivePart(props: { perspective: Perspective; score: string | null; lines: Line[] }) {
  const { perspective, score, lines } = props;
  const name = nameOf(perspective);
  return (
    <section class="card" aria-label={name}>
      <header class="goal-link">
        <ScoreRing value={score} />
        <div class="goal-words">
          <h2>{name}</h2>
          <p class="quiet">{t("scores.weighs", { percent: percent(perspective.percent) })}</p>
        </div>
      </header>
      <ul class="rows items">
        {perspective.items.map((item) => (
          <li key={item.id}>
            {item.title === null ? (
              <Hidden item={item} />
            ) : (
              <ItemRow item={item} line={lines.find((line) => line.item === item.id)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What counts without being shown; it says so, and what it weighs. */
function Hidden({ item }: { item: Item }) {
  return (
    <div class="item">
      <span class="between">
        <strong>{t("scores.confidential")}</strong>
        <Icon name="lock" />
      </span>
      <span class="quiet">
        {t("scores.weighs", { percent: percent(item.percent) })} · {t("scores.confidentialHelp")}
      </span>
    </div>
  );
}

function ItemRow({ item, line }: { item: Item; line: Line | undefined }) {
  const open = useSignal(false);
  return (
    <>
      <button class="item" onClick={() => (open.value = true)}>
        <span class="between">
          <strong>{titleOf(item)}</strong>
          <Sparkline title={titleOf(item)} values={known(item.scores.map((one) => one.reading))} />
        </span>
        <span class="between">
          <span>
            <b class="figure-small">{read(item, line?.value ?? null)}</b>{" "}
            {item.target !== null && <span class="quiet">{t("scores.target", { target: read(item, item.target) })}</span>}
          </span>
          <ItemLight item={item} line={line} />
        </span>
        <span class="quiet">
          {t("scores.weighs", { percent: percent(item.percent) })}
          <Age item={item} />
        </span>
      </button>
      {open.value && (
        <Sheet title={titleOf(item)} onClose={() => (open.value = false)}>
          <Facts item={item} />
        </Sheet>
      )}
    </>
  );
}

/** Grey says whether nothing came, or nothing recent; a figure left out says why. */
function ItemLight({ item, line }: { item: Item; line: Line | undefined }) {
  const fresh = item.measure?.freshness;
  if (fresh?.newestPeriod && fresh.isStale) return <LightMark light="GREY" word={t("scores.outdated")} />;
  if (line?.leftOut) return <LightMark light="GREY" word={t(`leftOut.${line.leftOut}`)} />;
  return <LightMark light={item.score?.light ?? null} />;
}

function Age({ item }: { item: Item }) {
  const fresh = item.measure?.freshness;
  if (!fresh?.newestPeriod) return null;
  return <> · {t("scores.upTo", { month: monthOf(fresh.newestPeriod), n: ageOf(fresh.newestPeriod) })}</>;
}
