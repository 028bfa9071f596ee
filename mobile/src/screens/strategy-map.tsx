/** The map itself: a row for each perspective, a card for each strategic objective, lines from causes to effects. */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { IntentState, ScoreLight, StrategyMap } from "../documents.gen";
import { LightMark } from "../parts/light";
import { nameOf, percent, t } from "../words/words";
import { StateOfIntent } from "./strategy-intent";
import { type Box, type Line, draw } from "./strategy-lines";
import { Links } from "./strategy-links";

type Aim = StrategyMap["strategicObjectives"][number];
/** What else is known of a strategic objective: the lights of what measures it, and how my goals heard it. */
export interface Known {
  lights: ScoreLight[];
  heard: IntentState[];
}

export function MapParts({ map, knownOf }: { map: StrategyMap; knownOf: (aim: string) => Known }) {
  const titles = new Map(map.strategicObjectives.map((aim) => [aim.id, titleOf(aim)]));
  const links = map.causalLinks.flatMap((link) => {
    const [cause, effect] = [titles.get(link.cause?.id ?? ""), titles.get(link.effect?.id ?? "")];
    return cause && effect ? [{ ...link, title: `${cause} → ${effect}` }] : [];
  });
  return (
    <>
      {map.vision && <p class="lead">{nameOf({ name: map.vision, nameZh: map.visionZh })}</p>}
      <Drawing map={map} knownOf={knownOf} />
      {links.length > 0 && (
        <>
          <p class="quiet">{t("strategy.legend")}</p>
          <details class="card">
            <summary class="row strong">{t("strategy.links", { n: links.length })}</summary>
            <Links links={links} />
          </details>
        </>
      )}
    </>
  );
}

const titleOf = ({ title, titleZh }: Aim) => nameOf({ name: title, nameZh: titleZh });

function Drawing({ map, knownOf }: { map: StrategyMap; knownOf: (aim: string) => Known }) {
  const root = useRef<HTMLDivElement>(null);
  const lines = useSignal<Line[]>([]);
  useLayoutEffect(() => {
    const look = new ResizeObserver(() => (lines.value = draw(map.causalLinks, boxesOf(root.current!))));
    look.observe(root.current!);
    return () => look.disconnect();
  }, [map]);
  return (
    <div class="map" ref={root}>
      {rowsOf(map).map(([id, name, aims]) => (
        <section key={id} aria-label={name}>
          <h2>{name}</h2>
          <ul>
            {aims.map((aim) => (
              <li key={aim.id} data-aim={aim.id}>
                <AimCard aim={aim} known={knownOf(aim.id)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <svg aria-hidden="true">
        {lines.value.map((line) => (
          <g key={line.id} class={line.sign === "NEGATIVE" ? "minus" : undefined}>
            <path d={line.path} />
            <path d={line.tip} />
            <text x={line.x} y={line.y} text-anchor={line.anchor}>
              {line.label}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

/** Where each card stands within the drawing. */
function boxesOf(root: HTMLElement): Map<string, Box> {
  const origin = root.getBoundingClientRect();
  return new Map(
    [...root.querySelectorAll<HTMLElement>("[data-aim]")].map((one) => {
      const { left, top, width, height } = one.getBoundingClientRect();
      return [one.dataset["aim"]!, { left: left - origin.left, top: top - origin.top, width, height }];
    }),
  );
}

/** The perspectives that the map fills, in the order of the group: id, name, what stands in it. */
function rowsOf(map: StrategyMap): [string, string, Aim[]][] {
  const perspectives = new Map(map.strategicObjectives.flatMap(({ perspective: one }) => (one ? [[one.id, one]] : [])));
  return [...perspectives.values()]
    .sort((a, b) => a.position - b.position)
    .map((one) => [one.id, nameOf(one), map.strategicObjectives.filter((aim) => aim.perspective?.id === one.id)]);
}

function AimCard({ aim, known: { lights, heard } }: { aim: Aim; known: Known }) {
  return (
    <a class="card" href={`/strategy/aim/${aim.id}`}>
      <strong>{titleOf(aim)}</strong>
      <span class="quiet">
        {aim.percent !== null && percent(aim.percent)}
        {aim.theme && ` · ${nameOf(aim.theme)}`}
      </span>
      {lights.length === 1 && <LightMark light={lights[0]!} />}
      {lights.length > 1 && <LightMark light={worst(lights)} word={onTarget(lights)} />}
      {heard[0] && <StateOfIntent state={heard[0]} />}
    </a>
  );
}

const SEVERITY: ScoreLight[] = ["RED", "AMBER", "GREEN", "GREY"];
const worst = (lights: ScoreLight[]) => SEVERITY.find((one) => lights.includes(one))!;
const onTarget = (lights: ScoreLight[]) =>
  t("strategy.onTarget", { n: lights.filter((one) => one === "GREEN").length, of: lights.length });
