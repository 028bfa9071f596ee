/** Check-in: value, confidence, note; two taps when nothing changed. */
import { useSignal } from "@preact/signals";
import { CheckIn, type KeyResultCore } from "../documents.gen";
import { lay } from "../graph/outbox";
import { offline } from "../graph/query";
import { isOneStep, wayOf } from "./measure";
import { toast } from "./toast";
import { deliver, me } from "../session";
import { t } from "../words/words";

export function CheckInSheet({ keyResult }: { keyResult: KeyResultCore }) {
  const value = useSignal(keyResult.current ?? keyResult.start ?? keyResult.low ?? "0");
  const confidence = useSignal(keyResult.latestCheckIn?.confidence ?? 7);
  const note = useSignal<string | undefined>(undefined);
  const right = value.value.trim() !== "" && Number.isFinite(Number(value.value));
  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!right) return;
    (event.currentTarget as HTMLElement).closest("dialog")?.close();
    await report(keyResult, {
      value: value.value.trim(),
      confidence: confidence.value,
      note: note.value?.trim() || null,
    });
  }
  return (
    <form class="check-in" onSubmit={(event) => void save(event)}>
      <p class="lead">{keyResult.title}</p>
      <p class="quiet">{wayOf(keyResult)}</p>
      <Value keyResult={keyResult} value={value} />
      {!right && <p class="problem">{t("problem.number")}</p>}
      <Confidence confidence={confidence} />
      {note.value === undefined ? (
        <button type="button" class="button plain" onClick={() => (note.value = "")}>
          {t("checkIn.addNote")}
        </button>
      ) : (
        <label class="field">
          <span>{t("checkIn.note")}</span>
          <textarea
            rows={3}
            maxLength={2000}
            placeholder={t("checkIn.noteHint")}
            value={note.value}
            onInput={(event) => (note.value = event.currentTarget.value)}
          />
        </label>
      )}
      <button class="button primary wide">{t("checkIn.save")}</button>
    </form>
  );
}

interface Held<Value> {
  value: Value;
}

function Value({ keyResult, value }: { keyResult: KeyResultCore; value: Held<string> }) {
  if (isOneStep(keyResult)) {
    return (
      <label class="switch">
        <span>{t("checkIn.done")}</span>
        <input
          type="checkbox"
          role="switch"
          checked={Number(value.value) >= 1}
          onChange={(event) => (value.value = event.currentTarget.checked ? "1" : "0")}
        />
      </label>
    );
  }
  const { low, high, step } = scale(keyResult);
  return (
    <fieldset class="value">
      <legend>{t("checkIn.now")}</legend>
      <label class="figure">
        <input
          aria-label={t("checkIn.value")}
          inputMode="decimal"
          value={value.value}
          onInput={(event) => (value.value = event.currentTarget.value.replace(",", "."))}
        />
        <span>{keyResult.unitOfMeasure}</span>
      </label>
      <input
        type="range"
        aria-label={t("checkIn.value")}
        min={low}
        max={high}
        step={step}
        value={Number(value.value) || 0}
        onInput={(event) => (value.value = event.currentTarget.value)}
      />
    </fieldset>
  );
}

/** The slider's ends reach a fifth beyond start and target; a hundred or so steps between. */
function scale({ kind, start, target, low, high, current }: KeyResultCore) {
  const marks = [start, target, low, high, current].filter((one) => one !== null).map(Number);
  const [least, most] = [Math.min(...marks), Math.max(...marks)];
  const room = (most - least || Math.abs(most) || 1) / 5;
  const step = kind === "MILESTONE" ? 1 : 10 ** Math.floor(Math.log10((most - least || 1) / 50));
  const snap = (value: number) => Number((Math.round(value / step) * step).toFixed(6));
  const floor = least >= 0 ? Math.max(0, least - room) : least - room;
  return { low: snap(floor), high: snap(most + room), step };
}

function Confidence({ confidence }: { confidence: Held<number> }) {
  const word = confidence.value <= 3 ? "low" : confidence.value <= 6 ? "mid" : "high";
  return (
    <fieldset class="value">
      <legend>{t("checkIn.confidence")}</legend>
      <output>
        <b>{confidence.value}</b> {t(`checkIn.${word}`)}
      </output>
      <input
        type="range"
        aria-label={t("checkIn.confidence")}
        min={0}
        max={10}
        value={confidence.value}
        onInput={(event) => (confidence.value = Number(event.currentTarget.value))}
      />
    </fieldset>
  );
}

async function report(
  keyResult: KeyResultCore,
  said: { value: string; confidence: number; note: string | null },
): Promise<void> {
  const what = {
    deed: "checkIn" as const, owner: me.value, subject: keyResult.id, title: keyResult.title, look: "/goals",
  };
  await lay(what, CheckIn, { input: { keyResult: keyResult.id, ...said } });
  await deliver();
  toast({ text: offline.value ? t("app.keptHere") : t("checkIn.saved") });
}
