/** Where the lines of a strategy map run: from a cause to its effect, spread along the edges so that they stay apart. */
import type { LinkSign, StrategyMap } from "../documents.gen";

export type Link = StrategyMap["causalLinks"][number];
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}
export interface Line {
  id: string;
  sign: LinkSign;
  path: string;
  /** The tip of its arrow. */
  tip: string;
  /** "+6": the sign, and after how many months. */
  label: string;
  x: number;
  y: number;
  anchor: "start" | "end";
}
/** Down is 1: the line leaves below its box; up is -1. */
type Way = 1 | -1;
interface End {
  box: Box;
  way: Way;
  /** Where the other end is, from left to right. */
  toward: number;
  x: number;
}
interface Ends {
  link: Link;
  from: End;
  to: End;
}

/** The lines of all links whose both ends are on the map. */
export function draw(links: Link[], boxes: Map<string, Box>): Line[] {
  const all = links.flatMap((link) => {
    const from = boxes.get(link.cause?.id ?? "");
    const to = boxes.get(link.effect?.id ?? "");
    return from && to ? [ends(link, from, to)] : [];
  });
  spread(all.flatMap(({ from, to }) => [from, to]));
  return all.map(line);
}

/** Upwards from edge to edge, downwards the same; side by side, a bow below both. */
function ends(link: Link, from: Box, to: Box): Ends {
  const isAbove = to.top + to.height <= from.top;
  const isBelow = from.top + from.height <= to.top;
  return {
    link,
    from: { box: from, way: isAbove ? -1 : 1, toward: to.left, x: 0 },
    to: { box: to, way: isBelow ? -1 : 1, toward: from.left, x: 0 },
  };
}

function spread(all: End[]): void {
  for (const end of all) {
    const beside = all.filter((one) => one.box === end.box && one.way === end.way).sort((a, b) => a.toward - b.toward);
    end.x = end.box.left + (end.box.width * (beside.indexOf(end) + 1)) / (beside.length + 1);
  }
}

const edge = ({ box, way }: End) => (way > 0 ? box.top + box.height : box.top);

function line({ link, from, to }: Ends): Line {
  const [y1, y2] = [edge(from), edge(to)];
  const bend = Math.min(48, Math.max(20, Math.abs(y2 - y1) / 2));
  const curve = [from.x, y1 + from.way * bend, to.x, y2 + to.way * bend, to.x, y2].map(Math.round).join(" ");
  const [tipX, tipY] = [Math.round(to.x), Math.round(y2)];
  return {
    id: link.id,
    sign: link.sign,
    path: `M${Math.round(from.x)} ${Math.round(y1)}C${curve}`,
    tip: `M${tipX - 4} ${tipY + 6 * to.way}l4 ${-6 * to.way} 4 ${6 * to.way}`,
    label: `${link.sign === "POSITIVE" ? "+" : "−"}${link.lagMonths}`,
    x: tipX + 6 * to.way,
    y: tipY + (to.way > 0 ? 16 : -8),
    anchor: to.way > 0 ? "start" : "end",
  };
}
