/** Starts the app: looks, words, session, worker. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app";
import { type Entry, drop, onNews } from "./graph/outbox";
import { onOutdated } from "./graph/query";
import { toast } from "./parts/toast";
import { renewWorker, startWorker } from "./push";
import { go, listen } from "./router";
import { isWatched, me, readUnsent, resume, watch } from "./session";
import "./styles/tokens.css";
import "./styles/ground.css";
import "./styles/parts.css";
import "./styles/marks.css";
import "./styles/controls.css";
import "./styles/shell.css";
import "./styles/screens.css";
import "./styles/goals.css";
import "./styles/scores.css";
import "./styles/strategy.css";
import "./styles/writing.css";
import "./styles/deciding.css";
import "./styles/cascade.css";
import { theme, wear } from "./theme";
import { known, locale, speak, t } from "./words/words";

let attended: Promise<typeof import("./graph/live")> | undefined;

async function start(): Promise<void> {
  wear(theme.value);
  listen();
  watch();
  onNews(({ refused }) => refused && !isWatched(refused) && void tell(refused));
  onOutdated(() => void renewWorker());
  const resumed = resume();
  await Promise.all([speak(locale.value), readUnsent()]);
  const root = document.getElementById("app")!;
  root.replaceChildren();
  render(<App />, root);
  await resumed;
  await startWorker();
  effect(() => void attend());
  document.addEventListener("visibilitychange", () => void attend());
}

/** Listen to hints while somebody is signed in and looks. */
async function attend(): Promise<void> {
  const wanted = me.value !== "" && document.visibilityState === "visible";
  if (!wanted && !attended) return;
  attended ??= import("./graph/live");
  const live = await attended;
  if (wanted) live.listenLive();
  else live.hangUp();
}

/** An answer that came too late opens what it was about; any other refusal is told. */
async function tell(refused: Entry): Promise<void> {
  const { code, message, approval } = refused.refusal!;
  const late = ["stale_version", "objective_not_submitted", "alignment_settled"].includes(code);
  if (late && ["approve", "decline", "ask", "slice"].includes(refused.deed)) {
    await drop(refused.id!);
    return go(`${approval ? `/approvals/${approval}` : refused.look}?do=changed`);
  }
  const text = t("app.refused", { title: refused.title, reason: known(`refusal.${code}`) ?? message });
  toast({ text, action: { label: t("approve.open"), run: () => go("/me") } });
}

void start();
