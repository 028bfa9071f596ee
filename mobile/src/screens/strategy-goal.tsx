/** The intents that a goal inherits, and how they were heard: where the inbox leads. */
import { GoalIntents } from "../documents.gen";
import { useQuery } from "../graph/query";
import { Page } from "../parts/page";
import { Loaded, Missing, Nothing } from "../parts/states";
import { nameOf, t } from "../words/words";
import { HeardCard, IntentCard } from "./strategy-intent";

export function GoalIntentsScreen({ id }: { id: string }) {
  const query = useQuery(GoalIntents, { id });
  const goal = query.data?.objective;
  return (
    <Page title={goal?.title ?? t("views.strategy")} up={`/goals/${id}`} eyebrow={goal?.owner && nameOf(goal.owner)}>
      <Loaded of={query}>{() => !goal && <Missing />}</Loaded>
      {goal?.intents.length === 0 && <Nothing title={t("say.none")} help={t("say.noneHelp")} />}
      {goal?.intents.map(
        (heard) =>
          heard.strategicObjective && (
            <section key={heard.strategicObjective.id}>
              <a class="serves" href={`/strategy/aim/${heard.strategicObjective.id}`}>
                <h2>{nameOf({ name: heard.strategicObjective.title, nameZh: heard.strategicObjective.titleZh })}</h2>
              </a>
              <IntentCard intent={heard.intent} />
              {heard.intent && <HeardCard heard={heard} goal={goal} intent={heard.intent.id} />}
            </section>
          ),
      )}
    </Page>
  );
}
