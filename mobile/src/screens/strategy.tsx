/** Strategy: the map of my unit or another, one of its strategic objectives, or what of it reaches a goal. */
import { MyPlace, UnitStrategy, type UnitStrategyData } from "../documents.gen";
import { useQuery } from "../graph/query";
import { Above } from "../parts/above";
import { Page } from "../parts/page";
import { Loaded, Missing, Nothing } from "../parts/states";
import { Views } from "../parts/views";
import { place } from "../router";
import { nameOf, t } from "../words/words";
import { AimScreen } from "./strategy-aim";
import { GoalIntentsScreen } from "./strategy-goal";
import { SEVERITY } from "./strategy-intent";
import { type Known, MapParts } from "./strategy-map";

/** The address says whose id it is; without one it is the map of my unit. */
export default function StrategyScreen({ id }: { id: string }) {
  const { path } = place.value;
  if (path.startsWith("/strategy/aim/")) return <AimScreen id={id} />;
  if (path.startsWith("/strategy/goal/")) return <GoalIntentsScreen id={id} />;
  return <OfUnit id={id} />;
}

function OfUnit({ id }: { id: string }) {
  const query = useQuery(MyPlace, {});
  const home = query.data?.home;
  const unit = id || home?.person.unit?.id;
  if (home && unit) return <Shown unit={unit} cycle={home.cycle?.id ?? ""} mine={!id} />;
  return (
    <Page title={t("views.strategy")}>
      <Views now="strategy" />
      <Loaded of={query}>{() => <Nothing title={t("strategy.empty")} help={t("strategy.noUnit")} />}</Loaded>
    </Page>
  );
}

function Shown({ unit, cycle, mine }: { unit: string; cycle: string; mine: boolean }) {
  const query = useQuery(UnitStrategy, { unit, cycle });
  const found = query.data?.unit;
  return (
    <Page title={found ? nameOf(found) : t("views.strategy")} {...(mine ? {} : { up: "/strategy" })}>
      <Views now="strategy" />
      <Loaded of={query}>
        {(data) => {
          if (!data.unit) return <Missing />;
          const { strategy } = data.unit;
          return strategy ? <MapParts map={strategy} knownOf={(aim) => knownOf(data, aim)} /> : <Empty unit={data.unit} cycle={cycle} />;
        }}
      </Loaded>
    </Page>
  );
}

function Empty({ unit, cycle }: { unit: NonNullable<UnitStrategyData["unit"]>; cycle: string }) {
  return (
    <Nothing title={t("strategy.empty")} help={t("strategy.emptyHelp", { name: nameOf(unit) })}>
      <Above
        unit={unit.id}
        cycle={cycle}
        look={(above) => above.strategy && `/strategy/${above.id}`}
        words={(name) => t("strategy.above", { name })}
      />
    </Nothing>
  );
}

/** What the scorecard of the unit and my goals say about a strategic objective, the most urgent first. */
function knownOf(data: UnitStrategyData, aim: string): Known {
  const items = data.unit?.scorecard?.items ?? [];
  const measured = items.filter((item) => item.strategicObjective?.id === aim);
  const heard = data.objectives.nodes.flatMap((goal) => goal.intents).filter((one) => one.strategicObjective?.id === aim);
  return {
    lights: measured.flatMap((item) => item.score?.light ?? []),
    heard: heard.map((one) => one.state).sort((a, b) => SEVERITY.indexOf(a) - SEVERITY.indexOf(b)),
  };
}
