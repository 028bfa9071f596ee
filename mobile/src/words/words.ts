/** The chosen language: its words, and how it writes numbers, dates and names. */
import { signal } from "@preact/signals";
import type { Key as FirstKey, Words as FirstWords } from "./en";
import type { LaterKey, LaterWords } from "./later-en";

export type Locale = "en" | "zh";
export const LOCALES: { locale: Locale; tag: string; name: string }[] = [
  { locale: "en", tag: "en", name: "English" },
  { locale: "zh", tag: "zh-CN", name: "简体中文" },
];

export type Key = FirstKey | LaterKey;
type Words = FirstWords & Partial<LaterWords>;

const load: Record<Locale, () => Promise<FirstWords>> = {
  en: () => import("./en").then((module) => module.en),
  zh: () => import("./zh").then((module) => module.zh),
};

/** Words that only later screens need; the router has them learnt together with the first such screen. */
const loadLater: Record<Locale, () => Promise<LaterWords>> = {
  en: () => import("./later-en").then((module) => module.laterEn),
  zh: () => import("./later-zh").then((module) => module.laterZh),
};
let isLater = false;

export const locale = signal<Locale>(preferred());
const words = signal<Words | undefined>(undefined);

function preferred(): Locale {
  const kept = localStorage.getItem("locale");
  if (kept === "en" || kept === "zh") return kept;
  return navigator.language.startsWith("zh") ? "zh" : "en";
}

export const tag = () => LOCALES.find((one) => one.locale === locale.value)!.tag;

/** Show the app in a language; resolves when its words are here. */
export async function speak(next: Locale): Promise<void> {
  const [first, later] = await Promise.all([load[next](), isLater ? loadLater[next]() : {}]);
  words.value = { ...first, ...later };
  locale.value = next;
  localStorage.setItem("locale", next);
  document.documentElement.lang = tag();
}

/** From now on the words of later screens are known as well, in every language. */
export async function learn(): Promise<void> {
  if (isLater) return;
  isLater = true;
  await speak(locale.value).catch((fault: unknown) => {
    isLater = false;
    throw fault;
  });
}

/** The words of a key; `n` picks the plural form, `{name}` is filled from `values`. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const forms = (words.value?.[key] ?? "").split("|");
  const one = typeof values["n"] === "number" && new Intl.PluralRules(tag()).select(values["n"]) === "one";
  const form = (one ? forms[0] : forms[forms.length - 1]) ?? "";
  return form.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === "number" ? number(value) : (value ?? "");
  });
}

/** Words for a code that the server may extend; undefined when this app does not know it. */
export function known(key: string, values: Record<string, string | number> = {}): string | undefined {
  return words.value && key in words.value ? t(key as Key, values) : undefined;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(digits: number): Intl.NumberFormat {
  const key = tag() + digits;
  const found = formatters.get(key) ?? new Intl.NumberFormat(tag(), { maximumFractionDigits: digits });
  formatters.set(key, found);
  return found;
}

/** A decimal (as the API writes it, or a number) in the language's writing, at most two digits. */
export const number = (value: string | number) => formatter(2).format(value as number);

/** A whole percent: "62%". */
export const percent = (value: string | number) =>
  new Intl.NumberFormat(tag(), { style: "percent", maximumFractionDigits: 0 }).format(Number(value) / 100);

export const day = (at: string) =>
  new Intl.DateTimeFormat(tag(), { day: "numeric", month: "short" }).format(new Date(at));

export const fullDay = (at: Date) =>
  new Intl.DateTimeFormat(tag(), { weekday: "long", day: "numeric", month: "long" }).format(at);

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [["minute", 60], ["hour", 3600], ["day", 86400]];

/** "3 hours ago"; a date from a week on. */
export function ago(at: string, now: number = Date.now()): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  if (Math.abs(seconds) >= 7 * 86400) return day(at);
  const [unit, size] = STEPS.findLast(([, limit]) => Math.abs(seconds) >= limit) ?? ["minute", 60];
  return new Intl.RelativeTimeFormat(tag(), { numeric: "auto", style: "short" }).format(
    Math.round(seconds / size), unit,
  );
}

interface Named {
  name: string;
  nameZh: string | null;
}

/** A person's, unit's or cycle's name in the chosen language. */
export const nameOf = (who: Named) => (locale.value === "zh" && who.nameZh) || who.name;
