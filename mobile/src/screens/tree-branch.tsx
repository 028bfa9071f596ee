/** One goal of the tree with what serves it; a level is asked for when it is opened. */
import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Branch as BranchDocument, type Graph as Answer, type GoalTreeData } from "../documents.gen";
import { useQuery } from "../graph/query";
import { Icon } from "../parts/icon";
import { StateMark } from "../parts/state";
import { nameOf, number, percent, t } from "../words/words";
import { above } from "./tree-keys";

export type Graph = Answer["graph"];
type Edge = Graph["edges"][number];
type Step = NonNullable<GoalTreeData["lineOfSight"]>["steps"][number];
type Goal = Step & Partial<Omit<Graph["nodes"][number], keyof Step>>;

/** What the whole tree knows: which places are not as they were at first, and where the focus is. */
export interface Held {
  turned: Signal<Set<string>>;
  reached: Signal<string | undefined>;
}

interface Place {
  held: Held;
  /** The ids from the top down to here. */
  at: string;
  level: number;
}

interface BranchProps extends Place {
  goal: Goal;
  /** How it serves the goal above it, as soon as that is known. */
  edge?: Edge | undefined;
  /** The goals from here down to the one that the screen is about; undefined beside that line. */
  way?: Goal[] | undefined;
  /** What is below it, or at least whether something is. */
  near: Graph | undefined;
}

export function Branch(props: BranchProps) {
  const { edge, way, near, at, held } = props;
  const goal = way?.length === 0 ? { ...props.goal, ...nodeOf(near, props.goal.objective) } : props.goal;
  const isParent = !!way?.length || (near?.edges ?? []).some((one) => one.parent === goal.objective);
  const turn = () => {
    held.reached.value = at;
    flip(held, at);
  };
  return (
    <Row
      {...props}
      isMine={way?.length === 0}
      open={isParent ? !!way !== held.turned.value.has(at) : undefined}
      turn={turn}
      href={goal.objective ? `/goals/${goal.objective}` : undefined}
      below={<Below {...props} />}
    >
      <Words goal={goal} edge={edge} />
    </Row>
  );
}

function flip({ turned }: Held, at: string): void {
  const next = new Set(turned.value);
  if (!next.delete(at)) next.add(at);
  turned.value = next;
}

interface RowProps extends Place {
  isMine?: boolean;
  /** Undefined where nothing is below. */
  open?: boolean | undefined;
  turn?: () => void;
  below?: ComponentChildren;
  /** Where its words lead. */
  href?: string | undefined;
  children: ComponentChildren;
}

function Row({ at, level, held, isMine, open, turn, below, href, children }: RowProps) {
  const id = useId();
  const isFirst = held.reached.value === undefined && isMine;
  return (
    <li role="none">
      <div
        role="treeitem"
        class="branch"
        aria-level={level}
        aria-expanded={open}
        aria-labelledby={id}
        aria-owns={open ? `${id}-below` : undefined}
        aria-current={isMine ? "true" : undefined}
        tabIndex={isFirst || held.reached.value === at ? 0 : -1}
        onFocus={() => (held.reached.value = at)}
      >
        {open === undefined ? (
          <i />
        ) : (
          <button tabIndex={-1} aria-expanded={open} aria-labelledby={id} onClick={turn}>
            <Icon name="next" />
          </button>
        )}
        {href ? (
          <a id={id} class="goal-words" tabIndex={-1} href={href}>
            {children}
          </a>
        ) : (
          <div id={id} class="goal-words">
            {children}
          </div>
        )}
      </div>
      {open && (
        <ul role="group" id={`${id}-below`}>
          {below}
        </ul>
      )}
    </li>
  );
}

function Words({ goal, edge }: { goal: Goal; edge: Edge | undefined }) {
  if (goal.title === null) return <span class="quiet">{t("tree.hidden")}</span>;
  const progress = goal.rolledUpProgress ?? goal.progress;
  return (
    <>
      <strong>{goal.title}</strong>
      <span class="meta">
        {goal.state && <StateMark state={goal.state} />}
        <b>{progress === null ? t("goal.noData") : percent(progress)}</b>
        <span>{nameOf({ name: goal.ownerName ?? "", nameZh: goal.ownerNameZh })}</span>
      </span>
      {edge && <span class="quiet">{serves(edge)}</span>}
      {goal.carried && (
        <span class="quiet">{t("tree.carried", { assigned: percent(goal.assigned!), carried: percent(goal.carried) })}</span>
      )}
    </>
  );
}

/** "A slice of 30 · counts 50%": how a goal serves the one above, and what of it counts there. */
function serves({ method, amount, state, counted, share }: Edge): string {
  const how = t(`method.${method}`, { amount: amount === null ? "" : number(amount) });
  if (state !== "ACCEPTED") return `${how} · ${t(`alignment.${state}`)}`;
  return `${how} · ${counted && share ? t("tree.counts", { share: percent(share) }) : t("tree.shown")}`;
}

/** On my line only the next step is shown, until somebody asks for the others beside it. */
function Below(props: BranchProps) {
  const { goal, way, near, at, held } = props;
  const all = !way?.length || held.turned.value.has(`${at}+`);
  if (all && way?.length === 0 && near) return <Served {...props} graph={near} all />;
  if (goal.objective && (all || way?.length === 1)) return <Asked {...props} all={all} />;
  return <Served {...props} graph={undefined} all={all} />;
}

function Asked(props: BranchProps & { all: boolean }) {
  const { data, problem } = useQuery(BranchDocument, { id: props.goal.objective! });
  const word = problem === "offline" ? t("app.neverSeen") : t(problem ? "app.failed" : "app.loading");
  return <Served {...props} graph={data?.cascade?.graph} word={data ? undefined : word} />;
}

interface ServedProps extends BranchProps {
  graph: Graph | undefined;
  all: boolean;
  /** Why there is no more than the line itself. */
  word?: string | undefined;
}

function Served({ goal, way, graph, all, word, at, level, held, near }: ServedProps) {
  const next = way?.[0];
  const edges = (graph?.edges ?? []).filter((one) => one.parent === goal.objective);
  const others = edges.filter((one) => one.child === null || one.child !== next?.objective);
  const place = (id: string) => ({ held, at: `${at}/${id}`, level: level + 1 });
  return (
    <>
      {next && (
        <Branch
          {...place(next.objective ?? "")}
          goal={{ ...next, ...nodeOf(graph, next.objective) }}
          edge={edges.find((one) => one.child !== null && one.child === next.objective)}
          way={way.slice(1)}
          near={near}
        />
      )}
      {all &&
        others.map((one) => {
          const id = one.child ?? one.alignment!;
          return <Other key={id} {...place(id)} edge={one} graph={graph!} />;
        })}
      {all && graph && !graph.complete && <Remark {...place("…")}>{t("tree.more")}</Remark>}
      {word && <Remark {...place("!")}>{word}</Remark>}
      {!all && goal.objective && (!graph || others.length > 0) && (
        <Remark {...place("+")}>
          <button class="link" tabIndex={-1} onClick={(event) => (leave(event), flip(held, `${at}+`))}>
            {graph ? t("tree.others", { n: others.length }) : t("tree.othersSome")}
          </button>
        </Remark>
      )}
    </>
  );
}

const nodeOf = (graph: Graph | undefined, id: string | null) => graph?.nodes.find((one) => one.objective === id);

/** What is about to go hands the focus to the goal above it. */
const leave = (event: Event) => above(event.currentTarget as Element)?.focus({ preventScroll: true });

function Other({ edge, graph, ...place }: Place & { edge: Edge; graph: Graph }) {
  const goal = nodeOf(graph, edge.child);
  if (goal) return <Branch {...place} goal={goal} edge={edge} near={graph} />;
  return (
    <Row {...place} href={edge.alignment ? `/slices/${edge.alignment}` : undefined}>
      <span class="quiet">{serves(edge)}</span>
    </Row>
  );
}

function Remark({ children, ...place }: Place & { children: ComponentChildren }) {
  return (
    <Row {...place}>
      <span class="quiet">{children}</span>
    </Row>
  );
}
