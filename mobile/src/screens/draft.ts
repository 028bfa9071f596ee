/** A goal as it is being written: where it comes from, what is still wrong, what is sent. */
import type {
  Audience, DraftObjectiveInput, GoalData, KeyResultInput, KeyResultKind,
} from "../documents.gen";
import type { Entry } from "../graph/outbox";
import { uuid7 } from "../graph/uuid";
import type { Key } from "../words/en";

export interface ResultDraft {
  /** Made here, so that it stays the same before and after it was sent. */
  id: string;
  title: string;
  kind: KeyResultKind;
  unit: string;
  start: string;
  target: string;
  low: string;
  high: string;
  weight: number;
}

export interface Draft {
  id: string;
  title: string;
  why: string;
  weight: number;
  audience: Audience;
  parent: string | null;
  results: ResultDraft[];
  /** Undefined while the server does not know it. */
  version?: number;
}

export type Problems = Record<string, Key>;

/** Said of a milestone that is one step: the server wants a unit for everything. */
const ONE_STEP = { unit: "milestone", start: "0", target: "1" };
export const RESULTS_MAX = 10;

export const emptyResult = (weight: number): ResultDraft => ({
  id: `kr_${uuid7()}`, title: "", kind: "INCREASE", unit: "", start: "", target: "", low: "", high: "", weight,
});

export const emptyDraft = (): Draft => ({
  id: `obj_${uuid7()}`, title: "", why: "", weight: 20, audience: "CHAIN", parent: null, results: [emptyResult(100)],
});

type Known = NonNullable<GoalData["objective"]>;

/** The draft of a goal that the server knows. */
export function draftOf(goal: Known): Draft {
  const results = goal.keyResults.map((one) => ({ ...fieldsOf(one), id: one.id }));
  const { id, title, weight, audience, version } = goal;
  return { id, title, why: goal.why ?? "", weight, audience, parent: goal.parent?.id ?? null, results, version };
}

/** The draft of a goal that still waits on this phone. */
export function draftOfEntry(entry: Entry): Draft {
  const input = entry.input as unknown as DraftObjectiveInput;
  const results = input.keyResults.map((one) => ({
    ...fieldsOf(one),
    id: one.id ?? `kr_${uuid7()}`,
  }));
  const known = entry.input.expectedVersion;
  return {
    id: entry.subject,
    title: input.title,
    why: input.why ?? "",
    weight: input.weight,
    audience: input.audience ?? "CHAIN",
    parent: input.parent ?? null,
    results,
    ...(known === undefined ? {} : { version: known }),
  };
}

function fieldsOf(one: Omit<KeyResultInput, "id">) {
  const { title, kind, weight, unitOfMeasure: unit } = one;
  return {
    title, kind, weight, unit,
    start: one.start ?? "", target: one.target ?? "", low: one.low ?? "", high: one.high ?? "",
  };
}

/** What is sent; a field that does not belong to the kind is left out. */
export function contentOf(draft: Draft): Pick<
  DraftObjectiveInput, "title" | "why" | "weight" | "audience" | "parent" | "keyResults"
> {
  return {
    title: draft.title.trim(),
    why: draft.why.trim() || null,
    weight: draft.weight,
    audience: draft.audience,
    parent: draft.parent,
    keyResults: draft.results.map(resultInput),
  };
}

function resultInput({ id, title, kind, unit, weight, start, target, low, high }: ResultDraft): KeyResultInput {
  const known = { id, title: title.trim(), kind, weight };
  const measured = { ...known, unitOfMeasure: unit.trim() };
  return kind === "RANGE" ? { ...measured, low, high } : { ...measured, start, target };
}

/** What keeps the draft from being saved: field → sentence. Weights need not add up yet. */
export function problemsOf(draft: Draft): Problems {
  const problems: Problems = {};
  if (!draft.title.trim()) problems["title"] = "problem.title";
  for (const result of draft.results) {
    for (const [field, problem] of Object.entries(resultProblems(result))) {
      problems[`${result.id}.${field}`] = problem;
    }
  }
  return problems;
}

function resultProblems(result: ResultDraft): Problems {
  const problems: Problems = {};
  if (!result.title.trim()) problems["title"] = "problem.keyResultTitle";
  if (result.weight < 1) problems["weight"] = "problem.weightOne";
  if (!result.unit.trim()) problems["unit"] = "problem.unit";
  return { ...problems, ...wayProblems(result) };
}

function wayProblems(result: ResultDraft): Problems {
  const [from, to] = result.kind === "RANGE" ? (["low", "high"] as const) : (["start", "target"] as const);
  const problems: Problems = {};
  for (const field of [from, to]) if (!isNumber(result[field])) problems[field] = "problem.number";
  if (problems[from] || problems[to]) return problems;
  const [least, most] = [Number(result[from]), Number(result[to])];
  if ((result.kind === "INCREASE" || result.kind === "MILESTONE") && most <= least) return { [to]: "problem.increase" };
  if (result.kind === "DECREASE" && most >= least) return { [to]: "problem.decrease" };
  if (result.kind === "RANGE" && most <= least) return { [to]: "problem.range" };
  return {};
}

const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text.trim());

/** The same key result as another kind; a milestone begins as one step. */
export function asKind(result: ResultDraft, kind: KeyResultKind): ResultDraft {
  const isEmpty = result.target.trim() === "" && result.unit.trim() === "";
  return { ...result, kind, ...(kind === "MILESTONE" && isEmpty ? ONE_STEP : {}) };
}

export const sumOf = (draft: Draft) => draft.results.reduce((sum, one) => sum + one.weight, 0);

/** The same draft with weights as equal as whole numbers allow; the first ones take the rest. */
export function evenOut(draft: Draft): Draft {
  const count = draft.results.length;
  const each = Math.floor(100 / count);
  const rest = 100 - each * count;
  const results = draft.results.map((one, at) => ({ ...one, weight: each + (at < rest ? 1 : 0) }));
  return { ...draft, results };
}
