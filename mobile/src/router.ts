/** Paths of the app: plain history, no hashes; Today comes first, all other screens together. */
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { learn } from "./words/words";

export type Screen = ComponentType<{ id: string }>;
export type Tab = "today" | "goals" | "approve" | "inbox" | "me";

interface Route {
  pattern: RegExp;
  tab: Tab;
  load: () => Promise<{ default: Screen }>;
}

/** One of the screens that come together, with its words. */
const later = (name: keyof typeof import("./screens/later")): Route["load"] => async () => {
  const [screens] = await Promise.all([import("./screens/later"), learn()]);
  return { default: screens[name] };
};

const ROUTES: Route[] = [
  { pattern: /^\/$/, tab: "today", load: () => import("./screens/today") },
  { pattern: /^\/goals$/, tab: "goals", load: later("goals") },
  { pattern: /^\/goals\/new$/, tab: "goals", load: later("editor") },
  { pattern: /^\/goals\/([\w-]+)\/edit$/, tab: "goals", load: later("editor") },
  { pattern: /^\/goals\/([\w-]+)$/, tab: "goals", load: later("goal") },
  { pattern: /^\/scorecard(?:\/([\w-]+)(?:\/why)?)?$/, tab: "goals", load: later("scorecard") },
  { pattern: /^\/strategy(?:\/(?:aim\/|goal\/)?([\w-]+))?$/, tab: "goals", load: later("strategy") },
  { pattern: /^\/cascade\/([\w-]+)$/, tab: "goals", load: later("tree") },
  { pattern: /^\/approvals$/, tab: "approve", load: later("approvals") },
  { pattern: /^\/approvals\/([\w-]+)$/, tab: "approve", load: later("approval") },
  { pattern: /^\/slices\/([\w-]+)$/, tab: "approve", load: later("slice") },
  { pattern: /^\/recall$/, tab: "today", load: later("recall") },
  { pattern: /^\/inbox$/, tab: "inbox", load: later("inbox") },
  { pattern: /^\/me$/, tab: "me", load: later("me") },
];

export interface Place {
  path: string;
  /** What the address carries after `?`. */
  query: URLSearchParams;
}

export const place = signal<Place>(here());
/** How many steps lie behind us inside the app. */
let depth = 0;

function here(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

export function go(to: string): void {
  depth += 1;
  history.pushState({ depth }, "", to);
  arrive();
}

export function replacePlace(to: string): void {
  history.replaceState({ depth }, "", to);
  arrive();
}

/** Back inside the app, or to `otherwise` when we came from outside. */
export function back(otherwise: string): void {
  if (depth > 0) history.back();
  else replacePlace(otherwise);
}

function arrive(): void {
  place.value = here();
  scrollTo(0, 0);
}

export interface Found {
  tab: Tab;
  id: string;
  load: Route["load"];
}

export function find(path: string): Found {
  const route = ROUTES.find((one) => one.pattern.test(path)) ?? ROUTES[0]!;
  return { tab: route.tab, id: route.pattern.exec(path)?.[1] ?? "", load: route.load };
}

export function listen(): void {
  addEventListener("popstate", (event) => {
    depth = (event.state as { depth?: number } | null)?.depth ?? 0;
    place.value = here();
  });
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest("a");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!link || !plain || link.origin !== location.origin || link.target) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
