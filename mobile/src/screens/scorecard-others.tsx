/** The scorecards around one: my own, of the units above and below. */
import { OtherScorecards, type OtherScorecardsData, type ScorecardHead } from "../documents.gen";
import { useQuery } from "../graph/query";
import { Icon } from "../parts/icon";
import { LightMark } from "../parts/light";
import { Loaded } from "../parts/states";
import { nameOf, number, t } from "../words/words";

type Unit = NonNullable<OtherScorecardsData["unit"]>;
type Place = Pick<Unit, "id" | "name" | "nameZh" | "scorecard">;

export function Others({ unit, cycle, now }: { unit: string; cycle: string; now: string | undefined }) {
  const query = useQuery(OtherScorecards, { unit, cycle });
  return (
    <Loaded of={query}>
      {({ home, unit: here }) => (
        <>
          {home?.person.scorecard && <Group title={t("scores.mine")} now={now} places={[home.person]} />}
          {home?.person.unit && home.person.unit.id !== unit && (
            <Group title={t("scores.myUnit")} now={now} places={[home.person.unit]} />
          )}
          {here?.parent && <Group title={t("scores.above")} now={now} places={[here.parent]} />}
          {here && <Group title={t("scores.here")} now={now} places={[here]} />}
          {here && <Group title={t("scores.below")} now={now} places={here.children.nodes} />}
        </>
      )}
    </Loaded>
  );
}

function Group({ title, places, now }: { title: string; places: Place[]; now: string | undefined }) {
  if (places.length === 0) return null;
  return (
    <section aria-label={title}>
      <p class="eyebrow">{title}</p>
      <ul class="card rows">
        {places.map((one) => (
          <li key={one.id}>
            <Choice name={nameOf(one)} card={one.scorecard} now={now} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Choice({ name, card, now }: { name: string; card: ScorecardHead | null; now: string | undefined }) {
  const words = <span class="row-words strong">{name}</span>;
  if (!card) {
    return (
      <span class="row">
        {words}
        <span class="quiet">{t("scores.none")}</span>
      </span>
    );
  }
  const how = (
    <>
      {words}
      <span class="row-end">
        <b class="figure-small">{card.score?.value ? number(card.score.value) : "–"}</b>
        {card.score && <LightMark light={card.score.light} />}
      </span>
    </>
  );
  if (card.id === now) return <span class="row">{how}</span>;
  return (
    <a class="row" href={`/scorecard/${card.id}`}>
      {how}
      <Icon name="next" />
    </a>
  );
}
