/** Queries that show the last known answer at once and the fresh one when it comes. */
import { type Signal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Document } from "../documents.gen";
import { FAULT, Rejected, SessionEnded, Unreachable, send } from "./client";
import { onNews } from "./outbox";
import { read, write } from "./store";

export interface State<Data> {
  data?: Data;
  /** Set when the newest attempt failed. */
  problem?: "offline" | "failed";
  loading: boolean;
}

interface Live {
  state: Signal<State<unknown>>;
  load: () => Promise<void>;
  /** Ask anew: an answer under way may have begun before what changed. */
  renew: () => void;
  users: number;
}

export const offline = signal(false);
const live = new Map<string, Live>();
let ended: () => void = () => undefined;
let outdated: () => void = () => undefined;

export function onSessionEnded(act: () => void): void {
  ended = act;
}

export function onOutdated(act: () => void): void {
  outdated = act;
}

/** The state of a query; every screen that asks the same shares it. */
export function useQuery<Data, Variables>(
  document: Document<Data, Variables>,
  variables: NoInfer<Variables>,
): State<Data> & { reload: () => Promise<void> } {
  const key = document + JSON.stringify(variables);
  const entry = useMemo(() => live.get(key) ?? begin(key, () => send(document, variables)), [key]);
  useEffect(() => {
    // News that came before this moment may have forgotten what nobody used yet.
    if (!live.has(key)) live.set(key, entry);
    entry.users += 1;
    void entry.load();
    return () => void (entry.users -= 1);
  }, [key]);
  return { ...(entry.state.value as State<Data>), reload: entry.load };
}

function begin(key: string, fetch: () => Promise<unknown>): Live {
  const state = signal<State<unknown>>({ loading: true });
  let running: Promise<void> | undefined;
  let again = false;
  const load = () => (running ??= refresh(key, state, fetch).finally(rest));
  const rest = () => {
    running = undefined;
    if (again) renew();
  };
  const renew = () => {
    again = running !== undefined;
    if (!again) void load();
  };
  const entry: Live = { state, users: 0, load, renew };
  live.set(key, entry);
  void remember(key, state);
  return entry;
}

async function remember(key: string, state: Signal<State<unknown>>): Promise<void> {
  const data = await read<unknown>("snapshots", key);
  if (data !== undefined && state.value.data === undefined) state.value = { ...state.value, data };
}

async function refresh(key: string, state: Signal<State<unknown>>, fetch: () => Promise<unknown>): Promise<void> {
  state.value = { ...state.value, loading: true };
  try {
    const data = await fetch();
    state.value = { data, loading: false };
    offline.value = false;
    await write("snapshots", data, key);
  } catch (error) {
    state.value = { ...state.value, loading: false, problem: judge(error) };
  }
}

/** Tell the app what a failed request means for the whole of it. */
export function judge(error: unknown): "offline" | "failed" {
  if (error instanceof SessionEnded) ended();
  if (error instanceof Rejected && error.code === "PERSISTED_DOCUMENT_NOT_FOUND") outdated();
  if (!(error instanceof Unreachable) || error.message === FAULT) return "failed";
  offline.value = true;
  return "offline";
}

/** Ask again for everything that is on the screen; forget what is not. */
export function refreshAll(): void {
  for (const [key, entry] of live) {
    if (entry.users > 0) entry.renew();
    else live.delete(key);
  }
}

export function forgetAll(): void {
  live.clear();
}

onNews((news) => news.kind === "changed" && refreshAll());
