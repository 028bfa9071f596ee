/** A strategic objective: what it is for, how it was heard, what leads to it and what follows. */
import type { ComponentChildren } from "preact";
import { type Effect, StrategicObjective, type StrategicObjectiveData } from "../documents.gen";
import { useQuery } from "../graph/query";
import { Page } from "../parts/page";
import { Avatar } from "../parts/person";
import { Loaded, Missing } from "../parts/states";
import { nameOf, number, percent, t } from "../words/words";
import { HeardCard, IntentCard } from "./strategy-intent";
import { Links } from "./strategy-links";

type Aim = Extract<NonNullable<StrategicObjectiveData["node"]>, { __typename: "StrategicObjective" }>;
type Goals = StrategicObjectiveData["objectives"]["nodes"];

export function AimScreen({ id }: { id: string }) {
  const query = useQuery(StrategicObjective, { id });
  const node = query.data?.node;
  const aim = node?.__typename === "StrategicObjective" ? node : undefined;
  const unit = aim?.strategy?.unit;
  return (
    <Page
      title={aim ? titleOf(aim) : t("views.strategy")}
      up={unit ? `/strategy/${unit.id}` : "/strategy"}
      eyebrow={aim && [unit, aim.perspective, aim.theme].flatMap((one) => (one ? [nameOf(one)] : [])).join(" · ")}
    >
      <Loaded of={query}>
        {(data) => (aim ? <AimParts aim={aim} goals={data.objectives.nodes} /> : <Missing />)}
      </Loaded>
    </Page>
  );
}

const titleOf = ({ title, titleZh }: { title: string; titleZh: string | null }) => nameOf({ name: title, nameZh: titleZh });

function AimParts({ aim, goals }: { aim: Aim; goals: Goals }) {
  const waiting = aim.inheritors.nodes.filter((one) => one.viewerCan.includes("CONFIRM_SAY_BACK"));
  const mine = goals.flatMap((goal) =>
    goal.intents.filter((one) => one.strategicObjective?.id === aim.id).map((heard) => ({ goal, heard })),
  );
  return (
    <>
      <Facts aim={aim} />
      <IntentCard intent={aim.intent} />
      <Part title={t("aim.waits")} of={waiting}>
        {waiting.map(
          (heard) =>
            heard.objective && (
              <HeardCard key={heard.objective.id} heard={heard} goal={heard.objective} intent={aim.intent!.id} titled />
            ),
        )}
      </Part>
      <Part title={t("aim.mine")} of={aim.intent ? mine : []}>
        {mine.map(({ goal, heard }) => (
          <HeardCard key={goal.id} heard={heard} goal={goal} intent={aim.intent!.id} titled />
        ))}
      </Part>
      <LinkPart title={t("aim.causes")} links={aim.followsFrom} />
      <LinkPart title={t("aim.effects")} links={aim.leadsTo} />
    </>
  );
}

function Facts({ aim }: { aim: Aim }) {
  const { owner, longTermGoal: goal, levels } = aim;
  const below = levels.reduce((sum, level) => sum + level.objectives, 0);
  const understood = levels.reduce((sum, level) => sum + level.current, 0);
  return (
    <section class="hero">
      <div class="hero-words">
        {owner && (
          <p class="who">
            <Avatar person={owner} />
            {nameOf(owner)}
          </p>
        )}
        {aim.percent !== null && <p>{t("scores.weighs", { percent: percent(aim.percent) })}</p>}
        {goal && (
          <p>
            {t("aim.goal", {
              year: String(goal.targetYear),
              title: titleOf(goal),
              target: `${number(goal.target)} ${goal.unitOfMeasure}`,
            })}
          </p>
        )}
        {below > 0 && <p class="quiet">{t("aim.arrived", { n: understood, of: below })}</p>}
      </div>
    </section>
  );
}

function Part({ title, of, children }: { title: string; of: unknown[]; children: ComponentChildren }) {
  if (of.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function LinkPart({ title, links }: { title: string; links: Effect[] }) {
  const told = links.map((one) => ({ ...one, title: one.other ? titleOf(one.other) : "", aim: one.other?.id }));
  return (
    <Part title={title} of={told}>
      <div class="card">
        <Links links={told} />
      </div>
    </Part>
  );
}
