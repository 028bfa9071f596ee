/** Writing a goal: the sentence, the reason, the key results and their weights. */
import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { DraftObjective, EditObjective, Goal } from "../documents.gen";
import { type Entry, entries, lay, reachedVersion, replace } from "../graph/outbox";
import { offline, useQuery } from "../graph/query";
import { Field } from "../parts/field";
import { Icon } from "../parts/icon";
import { Page } from "../parts/page";
import { Sheet } from "../parts/sheet";
import { Loaded, Missing } from "../parts/states";
import { toast } from "../parts/toast";
import { Weight } from "../parts/weight";
import { WeightBar } from "../parts/weight-bar";
import { replacePlace } from "../router";
import { deliverNow, me, unsent } from "../session";
import { known, t } from "../words/words";
import {
  type Draft, type Problems, RESULTS_MAX, contentOf, draftOf, draftOfEntry, emptyDraft, emptyResult, evenOut,
  problemsOf, sumOf,
} from "./draft";
import { ResultFields } from "./result-fields";
import { SubmitSheet } from "./submit";

export default function EditorScreen({ id }: { id: string }) {
  return (
    <Page title={t(id ? "edit.title" : "edit.new")} up={id ? `/goals/${id}` : "/goals"}>
      {id ? <Existing id={id} /> : <Editor start={emptyDraft()} />}
    </Page>
  );
}

/** What this phone has not sent yet comes before what the server knows; neither replaces what is being written. */
function Existing({ id }: { id: string }) {
  const query = useQuery(Goal, { id });
  const start = useRef<Draft | undefined>(undefined);
  if (!start.current) {
    const waiting = waitingFor(id);
    if (waiting) start.current = draftOfEntry(waiting);
    else if (query.data?.objective) start.current = draftOf(query.data.objective);
  }
  if (start.current) return <Editor start={start.current} />;
  return <Loaded of={query}>{() => <Missing />}</Loaded>;
}

const waitingFor = (id: string): Entry | undefined =>
  unsent.value.findLast((entry) => entry.subject === id && (entry.deed === "draft" || entry.deed === "edit"));

function Editor({ start }: { start: Draft }) {
  const draft = useSignal(start);
  const checked = useSignal(false);
  const submitting = useSignal(false);
  const refusal = useSignal("");
  const problems = checked.value ? problemsOf(draft.value) : {};
  async function keep(): Promise<boolean> {
    checked.value = true;
    if (Object.keys(problemsOf(draft.value)).length > 0) return showFirstProblem();
    refusal.value = await save(draft);
    return refusal.value === "";
  }
  async function saveDraft(): Promise<void> {
    if (!(await keep())) return;
    toast({ text: t(offline.value ? "app.keptHere" : "edit.saved") });
    await leave(draft.value);
  }
  async function submit(): Promise<void> {
    if (sumOf(draft.value) !== 100) {
      checked.value = true;
      refusal.value = t("problem.weights");
    } else if (await keep()) submitting.value = true;
  }
  return (
    <form class="editor" onSubmit={(event) => event.preventDefault()}>
      <About draft={draft} problems={problems} />
      <KeyResults draft={draft} problems={problems} />
      <p class="problem" role="alert">
        {refusal.value}
      </p>
      <div class="actions">
        <button type="button" class="button" onClick={() => void saveDraft()}>
          {t("edit.save")}
        </button>
        <button type="button" class="button primary" onClick={() => void submit()}>
          <Icon name="send" />
          {t("edit.submit")}
        </button>
      </div>
      {submitting.value && (
        <Sheet title={t("edit.submitTitle")} onClose={() => (submitting.value = false)}>
          <SubmitSheet
            goal={{ ...draft.value, version: draft.value.version ?? 1 }}
            then={() => void leave(draft.value)}
          />
        </Sheet>
      )}
    </form>
  );
}

/** To the goal, unless something of it waits to be sent, so that the server cannot show it yet. */
async function leave({ id }: Draft): Promise<void> {
  const waits = (await entries()).some((entry) => entry.subject === id);
  replacePlace(waits ? "/goals" : `/goals/${id}`);
}

/** Bring the first field with a problem into view, once it is drawn. */
function showFirstProblem(): false {
  setTimeout(() => document.querySelector<HTMLElement>("[aria-invalid]")?.focus());
  return false;
}

/** Send, or keep for later; the sentence to show when it was refused. */
async function save(draft: Signal<Draft>): Promise<string> {
  const refusal = await deliverNow(await layDraft(draft.value));
  if (refusal?.code === "stale_version") return t("edit.stale");
  const version = reachedVersion(draft.value.id);
  if (version !== undefined) draft.value = { ...draft.value, version };
  return refusal ? (known(`refusal.${refusal.code}`) ?? refusal.message) : "";
}

async function layDraft(draft: Draft): Promise<Entry> {
  const { id, title, version } = draft;
  const content = contentOf(draft);
  const waiting = waitingFor(id);
  if (waiting && waiting.tries === 0) {
    const changed = { ...waiting, title, input: { ...waiting.input, ...content } };
    await replace(changed);
    return changed;
  }
  const what = { owner: me.value, subject: id, title, look: `/goals/${id}/edit` };
  if (version === undefined && !waiting) {
    return lay({ ...what, deed: "draft" }, DraftObjective, { input: { id, ...content } });
  }
  return lay({ ...what, deed: "edit" }, EditObjective, { input: { id, ...content, expectedVersion: version ?? 1 } });
}

interface Part {
  draft: Signal<Draft>;
  problems: Problems;
}

function About({ draft, problems }: Part) {
  const change = (part: Partial<Draft>) => (draft.value = { ...draft.value, ...part });
  const { title, why, weight } = draft.value;
  return (
    <section class="card pad">
      <Field
        label={t("edit.goal")}
        hint={t("edit.goalHint")}
        kind="text"
        value={title}
        problem={problems["title"]}
        onInput={(value) => change({ title: value.replace(/\n/g, " ") })}
      />
      <Field
        label={t("edit.why")}
        hint={t("edit.whyHint")}
        kind="text"
        value={why}
        charactersMax={2000}
        onInput={(value) => change({ why: value })}
      />
      <Weight label={t("edit.weight")} value={weight} onInput={(value) => change({ weight: value })} />
    </section>
  );
}

function KeyResults({ draft, problems }: Part) {
  const now = draft.value;
  const set = (results: Draft["results"]) => (draft.value = { ...draft.value, results });
  const add = () => set([...now.results, emptyResult(Math.max(1, 100 - sumOf(now)))]);
  return (
    <section aria-labelledby="how">
      <h2 id="how">{t("edit.keyResults")}</h2>
      {now.results.map((result, at) => (
        <ResultFields
          key={result.id}
          place={at + 1}
          result={result}
          problems={problems}
          onChange={(next) => set(draft.value.results.map((one) => (one.id === next.id ? next : one)))}
          {...(now.results.length > 1 && {
            onRemove: () => set(draft.value.results.filter((one) => one.id !== result.id)),
          })}
        />
      ))}
      {now.results.length < RESULTS_MAX && (
        <button type="button" class="button plain" onClick={add}>
          <Icon name="plus" />
          {t("edit.addKeyResult")}
        </button>
      )}
      <div class={sumOf(now) === 100 ? "weigh" : "weigh sticky-low"}>
        <WeightBar
          weights={now.results.map((one) => one.weight)}
          onEven={() => (draft.value = evenOut(draft.value))}
        />
      </div>
    </section>
  );
}
