/** What a goal serves, up to the strategy, and what serves it: an outline with my path open. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { GoalTree, type GoalTreeData } from "../documents.gen";
import { useQuery } from "../graph/query";
import { Icon } from "../parts/icon";
import { Page } from "../parts/page";
import { Loaded, Missing } from "../parts/states";
import { nameOf, t } from "../words/words";
import { Branch } from "./tree-branch";
import { steer } from "./tree-keys";

type Line = NonNullable<GoalTreeData["lineOfSight"]>;
type Below = NonNullable<GoalTreeData["cascade"]>;

export default function TreeScreen({ id }: { id: string }) {
  const query = useQuery(GoalTree, { id });
  return (
    <Page title={t("tree.title")} eyebrow={query.data?.lineOfSight?.steps[0]?.title} up={`/goals/${id}`}>
      <Loaded of={query}>
        {({ lineOfSight, cascade }) =>
          lineOfSight && cascade ? <Outline key={id} line={lineOfSight} below={cascade} /> : <Missing />
        }
      </Loaded>
    </Page>
  );
}

function Outline({ line, below }: { line: Line; below: Below }) {
  const [top, ...way] = [...line.steps].reverse();
  const held = { turned: useSignal(new Set<string>()), reached: useSignal<string | undefined>(undefined) };
  const tree = useRef<HTMLUListElement>(null);
  const steers = (event: KeyboardEvent) => steer(tree.current!, event);
  return (
    <>
      <Strategy of={line.strategicObjective} />
      <ul class="card tree" role="tree" aria-label={t("tree.title")} ref={tree} onKeyDown={steers}>
        {top && <Branch goal={top} way={way} near={below.graph} held={held} at="" level={1} />}
      </ul>
    </>
  );
}

/** Where the line ends; a goal that serves no strategic objective is told so. */
function Strategy({ of }: { of: Line["strategicObjective"] }) {
  if (!of) return <p class="note">{t("tree.noStrategy")}</p>;
  return (
    <p class="serves">
      <Icon name="serves" />
      <span>
        <span class="eyebrow">{t("tree.strategy")}</span>
        {nameOf({ name: of.title, nameZh: of.titleZh })}
      </span>
    </p>
  );
}
