/** An intent, and how it was heard: said back by the owner, confirmed or returned by who manages. */
import { useSignal } from "@preact/signals";
import type { GoalHead, Heard, IntentState, IntentWords } from "../documents.gen";
import { drop } from "../graph/outbox";
import { Field } from "../parts/field";
import { Mark, type Tone } from "../parts/mark";
import { Sheet } from "../parts/sheet";
import { ago, nameOf, t } from "../words/words";
import { answer, isAnswered, saidHere, sayBack } from "./say-back";

const CHARACTERS_MAX = 2000;
const SHAPES: Record<IntentState, [Tone, string]> = {
  UNSAID: ["quiet", "M3.5 8h9"],
  SAID: ["quiet", "M3 8h9M8.5 4.5 12 8l-3.5 3.5"],
  RETURNED: ["wait", "M7 4 3 8l4 4M3 8h10"],
  CURRENT: ["good", "M3 8.5 6.5 12 13 4.5"],
  STALE: ["wait", "M8 3 14 13H2zM8 7v2.5M8 11.3v.1"],
};

/** The most urgent first. */
export const SEVERITY: IntentState[] = ["RETURNED", "STALE", "UNSAID", "SAID", "CURRENT"];

export function StateOfIntent({ state }: { state: IntentState }) {
  const [tone, path] = SHAPES[state];
  return <Mark tone={tone} path={path} word={t(`said.${state}`)} />;
}

export function IntentCard({ intent }: { intent: IntentWords | null }) {
  if (!intent) return <p class="note">{t("aim.silent")}</p>;
  return (
    <div class="card pad">
      {(["why", "whatChanges", "willNotDo"] as const).map((part) => (
        <div key={part}>
          <h3>{t(`aim.${part}`)}</h3>
          <p class="pre">{intent[part]}</p>
        </div>
      ))}
      <p class="quiet">{t("aim.version", { version: intent.version, when: ago(intent.writtenAt) })}</p>
    </div>
  );
}

interface HeardProps {
  heard: Heard;
  goal: GoalHead;
  intent: string;
  /** Where the goal is not the subject of the screen. */
  titled?: boolean;
}

export function HeardCard({ heard, goal, intent, titled }: HeardProps) {
  return (
    <div class="card pad">
      {titled && (
        <a class="strong tap" href={`/goals/${goal.id}`}>
          {goal.title}
        </a>
      )}
      <span class="meta">
        <StateOfIntent state={heard.state} />
        {goal.owner && nameOf(goal.owner)}
      </span>
      <SaidSoFar heard={heard} goal={goal} />
      {heard.viewerCan.includes("SAY_BACK") && <Say heard={heard} goal={goal} intent={intent} />}
      {heard.teachBack && heard.viewerCan.includes("CONFIRM_SAY_BACK") && (
        <Answers said={heard.teachBack.id} goal={goal} />
      )}
    </div>
  );
}

function SaidSoFar({ heard: { teachBack: said, state }, goal }: { heard: Heard; goal: GoalHead }) {
  if (!said) return null;
  const name = said.answeredBy ? nameOf(said.answeredBy) : t("inbox.someone");
  return (
    <>
      {said.words && (
        <blockquote class="said pre">
          {said.words}
          <span class="quiet block">
            {goal.owner && nameOf(goal.owner)}, {ago(said.saidAt)}
          </span>
        </blockquote>
      )}
      {state === "RETURNED" && said.answer && (
        <blockquote class="note">
          <p class="eyebrow">{t("goal.asked", { name })}</p>
          <p class="pre">{said.answer}</p>
        </blockquote>
      )}
    </>
  );
}

/** My own words: to be written, or waiting to be sent. */
function Say({ heard, goal, intent }: HeardProps) {
  const words = useSignal("");
  const open = useSignal(heard.state !== "SAID");
  const missing = useSignal(false);
  /** The version that was on the screen when the first word was written; another may have come since. */
  const read = useSignal("");
  const waiting = saidHere(goal.id, intent);
  async function say(): Promise<void> {
    missing.value = words.value.trim() === "";
    if (missing.value) return;
    if (await sayBack(goal, read.value || intent, words.value.trim())) words.value = "";
    read.value = "";
  }
  function write(value: string): void {
    read.value ||= intent;
    words.value = value;
  }
  async function change(): Promise<void> {
    words.value = String(waiting!.input["words"]);
    open.value = true;
    await drop(waiting!.id!);
  }
  if (waiting) {
    return (
      <>
        <blockquote class="said pre">
          {String(waiting.input["words"])}
          <span class="quiet block">{t("app.waiting")}</span>
        </blockquote>
        <Plain words={t("say.change")} run={() => void change()} />
      </>
    );
  }
  if (!open.value) return <Plain words={t("say.again")} run={() => (open.value = true)} />;
  return (
    <>
      <Field
        label={t("say.title")}
        hint={t("say.hint")}
        kind="text"
        charactersMax={CHARACTERS_MAX}
        value={words.value}
        problem={missing.value ? "problem.words" : undefined}
        onInput={write}
      />
      <button class="button primary" onClick={() => void say()}>
        {t("say.send")}
      </button>
    </>
  );
}

function Plain({ words, run }: { words: string; run: () => void }) {
  return (
    <button class="button" onClick={run}>
      {words}
    </button>
  );
}

function Answers({ said, goal }: { said: string; goal: GoalHead }) {
  const returning = useSignal(false);
  if (isAnswered(said)) return <p class="quiet">{t("app.waiting")}</p>;
  return (
    <div class="actions">
      <Plain words={t("say.return")} run={() => (returning.value = true)} />
      <button class="button primary" onClick={() => void answer(said, goal)}>
        {t("say.confirm")}
      </button>
      {returning.value && (
        <Sheet title={t("say.return")} onClose={() => (returning.value = false)}>
          <Return said={said} goal={goal} then={() => (returning.value = false)} />
        </Sheet>
      )}
    </div>
  );
}

function Return({ said, goal, then }: { said: string; goal: GoalHead; then: () => void }) {
  const reason = useSignal("");
  const missing = useSignal(false);
  function send(): void {
    missing.value = reason.value.trim() === "";
    if (missing.value) return;
    then();
    void answer(said, goal, reason.value.trim());
  }
  return (
    <>
      <Field
        label={t("say.reason")}
        kind="text"
        charactersMax={CHARACTERS_MAX}
        value={reason.value}
        problem={missing.value ? "problem.reason" : undefined}
        onInput={(value) => (reason.value = value)}
      />
      <button class="button primary" onClick={send}>
        {t("approve.ask")}
      </button>
    </>
  );
}
