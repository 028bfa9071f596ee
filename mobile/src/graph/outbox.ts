/** What the person did and the server has not answered yet, in the order it was done. */
import type { Document } from "../documents.gen";
import { FAULT, Rejected, Unreachable, send } from "./client";
import { all, remove, write } from "./store";
import { uuid7 } from "./uuid";

export type Deed =
  | "draft" | "edit" | "submit" | "withdraw" | "checkIn" | "approve" | "decline" | "ask" | "read"
  | "sayBack" | "confirm" | "giveBack" | "slice" | "recall";

export interface Entry {
  id?: number;
  deed: Deed;
  /** Person who did it; nobody else's session may send it. */
  owner: string;
  /** Objective or key result that it changes. */
  subject: string;
  title: string;
  /** Address of the screen that shows what it is about. */
  look: string;
  documentId: string;
  input: Record<string, unknown> & { idempotencyKey: string; expectedVersion?: number };
  madeAt: number;
  /** Epoch milliseconds; an entry that can still be undone is not sent before. */
  heldUntil: number;
  tries: number;
  refusal?: Refusal;
}

export interface Refusal {
  code: string;
  message: string;
  /** The approval that stands now, when the refused one is out of date. */
  approval?: string;
}

export interface News {
  kind: "outbox" | "changed";
  refused?: Entry;
}

interface Result {
  __typename: string;
  code?: string;
  message?: string;
  version?: number;
  current?: { approval: { id: string } | null } | null;
}
type Intent<Input> = Omit<Input, "idempotencyKey"> & { expectedVersion?: number };

export const channel = new BroadcastChannel("catchball");
/** How often a deed is sent that the server stumbles over, before the person has to decide. */
const TRIES_MAX = 8;
const reached = new Map<string, number>();
const listeners = new Set<(news: News) => void>();
channel.onmessage = (event: MessageEvent<News>) => tell(event.data);

export function onNews(listener: (news: News) => void): void {
  listeners.add(listener);
}

function tell(news: News): void {
  for (const listener of listeners) listener(news);
}

export function announce(news: News): void {
  tell(news);
  channel.postMessage(news);
}

/** Lay a deed into the outbox; `holdMilliseconds` is how long it can be undone. */
export async function lay<Input extends { idempotencyKey: string }>(
  what: Pick<Entry, "deed" | "owner" | "subject" | "title" | "look">,
  document: Document<unknown, { input: Input }>,
  { input, holdMilliseconds = 0 }: { input: Intent<Input>; holdMilliseconds?: number },
): Promise<Entry> {
  const now = Date.now();
  const entry: Entry = {
    ...what,
    documentId: document,
    input: { ...input, ...versionFor(what.subject, input.expectedVersion), idempotencyKey: uuid7(now) },
    madeAt: now,
    heldUntil: now + holdMilliseconds,
    tries: 0,
  };
  entry.id = (await write("outbox", entry)) as number;
  announce({ kind: "outbox" });
  return entry;
}

/** A deed of ours may have moved the version on since the screen was drawn. */
function versionFor(subject: string, seen: number | undefined): { expectedVersion?: number } {
  return seen === undefined ? {} : { expectedVersion: Math.max(seen, reached.get(subject) ?? 0) };
}

/** The version that our own last deed made of a subject; undefined when there was none. */
export const reachedVersion = (subject: string) => reached.get(subject);

/** Change an entry that was never sent: a later wish of the same person for the same thing. */
export async function replace(entry: Entry): Promise<void> {
  await write("outbox", entry);
  announce({ kind: "outbox" });
}

export async function drop(id: number): Promise<void> {
  await remove("outbox", id);
  announce({ kind: "outbox" });
}

export const entries = () => all<Entry>("outbox");

/** Send what may be sent, in order; page and worker never do it at the same time. */
export function flush(owner: string): Promise<void> {
  return navigator.locks.request("outbox", () => drain(owner));
}

async function drain(owner: string): Promise<void> {
  const skipped = new Set<number>();
  for (;;) {
    const now = Date.now();
    const next = (await entries()).find(
      (entry) => entry.owner === owner && !entry.refusal && entry.heldUntil <= now && !skipped.has(entry.id!),
    );
    if (!next) return;
    skipped.add(next.id!);
    await settle(next);
  }
}

async function settle(entry: Entry): Promise<void> {
  await write("outbox", { ...entry, tries: entry.tries + 1 });
  const result = await attempt(entry);
  if (result.code) return refuse(entry, result as Result & { code: string });
  await remove("outbox", entry.id!);
  if (result.version !== undefined) await rebase(entry.subject, result.version);
  announce({ kind: "changed" });
}

async function attempt(entry: Entry): Promise<Result> {
  try {
    const data = await send(entry.documentId as Document<Record<string, Result>, unknown>, { input: entry.input });
    return Object.values(data)[0]!;
  } catch (error) {
    const isHopeless = error instanceof Unreachable && error.message === FAULT && entry.tries >= TRIES_MAX;
    if (isHopeless) return { __typename: "Rejected", code: FAULT.toLowerCase() };
    if (!(error instanceof Rejected)) throw error;
    if (error.code === "PERSISTED_DOCUMENT_NOT_FOUND") throw new Unreachable(error.code);
    return { __typename: "Rejected", code: error.code, message: error.message };
  }
}

async function refuse(entry: Entry, result: Result & { code: string }): Promise<void> {
  const { code, message = "", current } = result;
  const refusal = { code, message, ...(current?.approval ? { approval: current.approval.id } : {}) };
  const refused = { ...entry, refusal };
  await write("outbox", refused);
  announce({ kind: "changed", refused });
}

/** Later wishes for the same objective build upon the version that this one made. */
async function rebase(subject: string, version: number): Promise<void> {
  reached.set(subject, version);
  for (const entry of await entries()) {
    const follows = entry.subject === subject && !entry.refusal && entry.tries === 0;
    if (follows && entry.input.expectedVersion !== undefined) {
      await write("outbox", { ...entry, input: { ...entry.input, expectedVersion: version } });
    }
  }
}
