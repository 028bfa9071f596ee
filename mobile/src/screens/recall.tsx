/** One question, one minute: what does our strategy want? First in my own words, then which priorities I meant. */
import { useSignal } from "@preact/signals";
import { Recall, type RecallData } from "../documents.gen";
import type { Entry } from "../graph/outbox";
import { offline, useQuery } from "../graph/query";
import { Field } from "../parts/field";
import { Page } from "../parts/page";
import { Loaded, Nothing } from "../parts/states";
import { unsent } from "../session";
import { day, nameOf, t } from "../words/words";
import { type Mark, mark, say } from "./recall-deeds";

type Question = NonNullable<RecallData["recallQuestion"]>;
const WORDS_MAX = 5;
const CHARACTERS_MAX = 80;

export default function RecallScreen() {
  const query = useQuery(Recall, {});
  const question = query.data?.recallQuestion;
  return (
    <Page title={t("recall.title")} eyebrow={question?.unit && nameOf(question.unit)} up="/">
      <Loaded of={query}>{() => (question ? <Step question={question} /> : <Thanks />)}</Loaded>
    </Page>
  );
}

/** What was said on this phone and waits for a connection is not asked again. */
function Step({ question }: { question: Question }) {
  const sent = useSignal("");
  const entry = unsent.value.find((one) => one.deed === "recall" && one.subject === question.id && !one.refusal);
  const isRefused = unsent.value.some((one) => one.subject === question.id && one.refusal);
  const finished = entry ? !asksOn(entry) : sent.value === "SAID";
  if (finished && !isRefused) return <Thanks waits />;
  const isUnderWay = entry ?? sent.value === question.state;
  if (isUnderWay && !isRefused) return <p class="note">{t(offline.value ? "recall.waits" : "app.loading")}</p>;
  const onSent = () => (sent.value = question.state);
  if (question.state === "SAID") return <Marks question={question} words={question.words ?? []} onSent={onSent} />;
  return <Words question={question} onSent={onSent} />;
}

/** Words are followed by the question what they meant; marks, or no words at all, end it. */
const asksOn = ({ input }: Entry) => ((input["words"] as string[] | undefined) ?? []).length > 0;

function Thanks({ waits }: { waits?: boolean }) {
  return <Nothing title={t("recall.thanks")} help={t(waits && offline.value ? "app.keptHere" : "recall.private")} />;
}

/** One more line appears when the last one is filled, up to five. */
function Words({ question, onSent }: { question: Question; onSent: () => void }) {
  const lines = useSignal<string[]>([""]);
  const said = lines.value.map((one) => one.trim()).filter(Boolean);
  const twice = new Set(said.map((one) => one.toLowerCase())).size < said.length;
  function write(at: number, word: string): void {
    const next = lines.value.map((one, place) => (place === at ? word : one));
    if (next.at(-1)?.trim() && next.length < WORDS_MAX) next.push("");
    lines.value = next;
  }
  function finish(event: Event): void {
    event.preventDefault();
    if (!twice) void say(question.id, said).then(onSent);
  }
  return (
    <form class="stack-form" onSubmit={finish}>
      <p>{t("recall.help")}</p>
      {lines.value.map((word, at) => (
        <Field
          key={at}
          label={t("recall.word", { n: at + 1 })}
          charactersMax={CHARACTERS_MAX}
          value={word}
          onInput={(value) => write(at, value)}
        />
      ))}
      {twice && <p class="problem">{t("recall.twice")}</p>}
      <button class="button primary wide">{t(said.length > 0 ? "recall.say" : "recall.nothing")}</button>
      <p class="quiet">
        {t("recall.private")} {t("recall.until", { day: day(question.closesAt) })}
      </p>
    </form>
  );
}

/** Word by word, one tap each; a priority that was taken is not offered again. */
function Marks({ question, words, onSent }: { question: Question; words: string[]; onSent: () => void }) {
  const chosen = useSignal<(string | undefined)[]>([]);
  const at = chosen.value.length;
  const word = words[at];
  function choose(priority?: string): void {
    chosen.value = [...chosen.value, priority];
    if (chosen.value.length < words.length) return;
    const marks = chosen.value.flatMap((one, place): Mark[] => (one ? [{ word: place + 1, priority: one }] : []));
    void mark(question.id, marks).then(onSent);
  }
  if (word === undefined) return <p class="note">{t("app.loading")}</p>;
  return (
    <>
      <p class="eyebrow">{t("recall.step", { at: at + 1, of: words.length })}</p>
      <h2>{t("recall.meant", { word })}</h2>
      <div class="choices">
        {question.priorities
          .filter((one) => !chosen.value.includes(one.id))
          .map((one) => (
            <button key={one.id} class="button" onClick={() => choose(one.id)}>
              {nameOf({ name: one.title, nameZh: one.titleZh })}
            </button>
          ))}
        <button class="button plain" onClick={() => choose()}>
          {t("recall.none")}
        </button>
        {at > 0 && (
          <button class="button plain" onClick={() => (chosen.value = chosen.value.slice(0, -1))}>
            {t("recall.back")}
          </button>
        )}
      </div>
    </>
  );
}
