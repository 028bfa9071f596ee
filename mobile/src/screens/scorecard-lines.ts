/** What the lines of a trace say together, and how their numbers are written. */
import type { ScorecardWhole } from "../documents.gen";
import { number, nameOf, tag, t } from "../words/words";

export type Item = ScorecardWhole["items"][number];
export type Perspective = Omit<ScorecardWhole["perspectives"][number], "items"> & { items: Item[] };
export type Trace = NonNullable<NonNullable<ScorecardWhole["score"]>["trace"]>;
export type Line = Trace["items"][number];

/** The perspectives of a card with all that is known of their items. */
export function perspectivesOf(card: ScorecardWhole): Perspective[] {
  return card.perspectives.map((one) => {
    const within = new Set(one.items.map((item) => item.id));
    return { ...one, items: card.items.filter((item) => within.has(item.id)) };
  });
}

export const titleOf = ({ title, titleZh }: Item) => nameOf({ name: title ?? t("scores.confidential"), nameZh: titleZh });

/** Of values newest first with gaps: what is known, oldest first. */
export const known = (values: (string | null)[]) => values.filter((one) => one !== null).reverse();

/** "October 2026" of the first day of a month. */
export const monthOf = (period: string) =>
  new Intl.DateTimeFormat(tag(), { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(period));

/** How many days have passed since the end of a month. */
export function ageOf(period: string, now: number = Date.now()): number {
  const [year, month] = period.split("-").map(Number) as [number, number];
  return Math.max(0, Math.floor((now - Date.UTC(year, month, 1)) / 86_400_000));
}

/** What was read of an item, in the unit of what it counts. */
export function read(item: Pick<Item, "kind" | "measure">, value: string | null): string {
  if (value === null) return "–";
  if (item.kind === "SCORECARD") return t("scores.points", { n: Number(value) });
  const unit = item.kind === "OBJECTIVE" ? "%" : (item.measure?.unitOfMeasure ?? "");
  return `${number(value)} ${unit}`.trim();
}

/** "37.5%": percents of a trace keep their two digits. */
export const part = (value: string | null) =>
  new Intl.NumberFormat(tag(), { style: "percent", maximumFractionDigits: 2 }).format(Number(value ?? 0) / 100);

const amounts = (sign: "exceptZero" | "auto") =>
  new Intl.NumberFormat(tag(), { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: sign });

/** "+8.33": what a line adds, always with two digits, so that a column can be added up by hand. */
export const added = (value: string | number) => amounts("exceptZero").format(Number(value));
export const total = (value: string | number) => amounts("auto").format(Number(value));

/** The sum of amounts of two digits, exact: they are added as whole hundredths. */
export function sum(lines: Line[]): number {
  return lines.reduce((hundredths, line) => hundredths + Math.round(100 * Number(line.contribution ?? 0)), 0) / 100;
}
