/** One item down to its facts: the rule, then month by month the figure, where it came from, and who told it. */
import { ItemFacts, type ItemFactsData } from "../documents.gen";
import { useQuery } from "../graph/query";
import { Loaded, Missing } from "../parts/states";
import { ago, nameOf, number, t } from "../words/words";
import { type Item, monthOf, read } from "./scorecard-lines";

type Known = Extract<NonNullable<ItemFactsData["node"]>, { __typename: "ScorecardItem" }>;
type Measure = NonNullable<Known["measure"]>;
type Figure = Measure["actuals"]["nodes"][number];

export function Facts({ item }: { item: Item }) {
  const query = useQuery(ItemFacts, { id: item.id });
  return (
    <Loaded of={query}>
      {({ node }) => (node?.__typename === "ScorecardItem" ? <Found item={item} known={node} /> : <Missing />)}
    </Loaded>
  );
}

function Found({ item, known }: { item: Item; known: Known }) {
  return (
    <>
      <p>
        {ruleOf(item, known)} {t(`months.${known.months}`)}
      </p>
      {known.measure && <Months measure={known.measure} />}
      {known.objective && <Open to={`/goals/${known.objective.id}`} words={t("figures.openGoal")} />}
      {known.ofScorecard && <Open to={`/scorecard/${known.ofScorecard.id}`} words={t("figures.openCard")} />}
    </>
  );
}

function ruleOf(item: Item, { ruleKind, baseline, target }: Known): string {
  if (ruleKind === "RANGE" || ruleKind === "BINARY") return t(`rule.${ruleKind}`);
  const straight = ruleKind === "LARGER_BETTER" || ruleKind === "SMALLER_BETTER";
  if (!straight || target === null) return t("rule.OTHER");
  const worth = { target: read(item, target), baseline: read(item, baseline) };
  return t(Number(baseline ?? 0) === 0 && ruleKind === "LARGER_BETTER" ? "rule.upTo" : "rule.line", worth);
}

function Open({ to, words }: { to: string; words: string }) {
  return (
    <a class="button" href={to}>
      {words}
    </a>
  );
}

function Months({ measure }: { measure: Measure }) {
  const { owner, actuals, formula, unitOfMeasure } = measure;
  return (
    <>
      {owner && <p class="quiet">{t("figures.owner", { name: nameOf(owner) })}</p>}
      {formula && <p class="said">{formula}</p>}
      {actuals.nodes.length === 0 && <p class="quiet">{t("figures.empty")}</p>}
      <ol class="history" aria-label={t("figures.title")}>
        {actuals.nodes.map((one) => (
          <li key={one.id}>
            <p>
              <b class="figure-small">{one.value === null ? "–" : `${number(one.value)} ${unitOfMeasure}`}</b>
              {monthOf(one.period)}
            </p>
            <p class="meta">
              <span>{originOf(one)}</span>
              <time dateTime={one.recordedAt}>{ago(one.recordedAt)}</time>
              {one.revision > 1 && <span>{t("figures.corrected")}</span>}
            </p>
            {one.reason && <p class="said pre">{one.reason}</p>}
          </li>
        ))}
      </ol>
    </>
  );
}

/** "Lin Mei, by hand": who told it, or which system or file. */
function originOf({ source, recordedBy, client, fileName }: Figure): string {
  const who = recordedBy ? nameOf(recordedBy) : (client ?? "");
  return [who, fileName ?? t(`source.${source}`)].filter(Boolean).join(" · ");
}
