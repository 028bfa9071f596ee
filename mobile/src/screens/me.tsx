/** Me: language, look, notifications, devices, what is not sent, who stands in for me. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ChangeSettings, EndSession, Me, type MeData } from "../documents.gen";
import { send } from "../graph/client";
import { drop } from "../graph/outbox";
import { judge, useQuery } from "../graph/query";
import { uuid7 } from "../graph/uuid";
import { Icon } from "../parts/icon";
import { Page } from "../parts/page";
import { Panel } from "../parts/panel";
import { Avatar } from "../parts/person";
import { Loaded } from "../parts/states";
import { toast } from "../parts/toast";
import { type PushState, pushState, turnOff, turnOn } from "../push";
import { deliver, signOut, unsent, viewer } from "../session";
import { type Theme, theme, wear } from "../theme";
import { LOCALES, ago, known, locale, nameOf, speak, t, tag } from "../words/words";
import { Delegations } from "./delegation";

declare const VERSION: string;

export type Mine = NonNullable<MeData["viewer"]>;
const THEMES: Theme[] = ["auto", "light", "dark"];

export default function MeScreen() {
  const query = useQuery(Me, {});
  return (
    <Page title={t("me.title")}>
      <Profile mine={query.data?.viewer ?? undefined} />
      <Looks />
      <Unsent />
      <Loaded of={query}>
        {(data) =>
          data.viewer && (
            <>
              <Push pushKey={data.viewer.pushKey} />
              <Delegations mine={data.viewer} reload={query.reload} />
              <Devices sessions={data.viewer.sessions.nodes} reload={query.reload} />
            </>
          )
        }
      </Loaded>
      <button class="button wide" onClick={() => void leave()}>
        {t("me.signOut")}
      </button>
      <p class="quiet centre">{t("me.version", { version: VERSION })}</p>
    </Page>
  );
}

function Profile({ mine }: { mine: Mine | undefined }) {
  const person = viewer.value!.person;
  const { positionTitle, positionTitleZh, unit } = mine?.person ?? {};
  const position = (locale.value === "zh" && positionTitleZh) || positionTitle;
  return (
    <div class="who">
      <Avatar person={person} large />
      <span class="grow">
        <strong class="lead">{nameOf(person)}</strong>
        {position && <span class="quiet block">{position}</span>}
        {unit && <span class="quiet block">{nameOf(unit)}</span>}
      </span>
    </div>
  );
}

function Looks() {
  return (
    <div class="card pad">
      <Choice
        title={t("me.language")}
        now={locale.value}
        options={LOCALES.map((one) => [one.locale, one.name])}
        pick={(next) => void changeLanguage(next)}
      />
      <Choice title={t("me.theme")} now={theme.value} options={THEMES.map((one) => [one, t(`me.${one}`)])} pick={wear} />
    </div>
  );
}

interface ChoiceProps<Value> {
  title: string;
  now: Value;
  options: [Value, string][];
  pick: (value: Value) => void;
}

function Choice<Value extends string>({ title, now, options, pick }: ChoiceProps<Value>) {
  return (
    <div class="field">
      <span>{title}</span>
      <div class="segments" role="group" aria-label={title}>
        {options.map(([value, name]) => (
          <button key={value} aria-pressed={value === now} onClick={() => pick(value)}>
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}

async function changeLanguage(next: "en" | "zh"): Promise<void> {
  await speak(next);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  await send(ChangeSettings, { input: { locale: tag(), zone, idempotencyKey: uuid7() } }).catch(judge);
}

const PUSH_WORDS = {
  on: "me.pushOn", off: "me.pushPrimer", denied: "me.pushDenied", none: "me.pushNone", install: "me.pushInstall",
} as const;

function Push({ pushKey }: { pushKey: string }) {
  const state = useSignal<PushState | undefined>(undefined);
  const look = async () => void (state.value = await pushState());
  useEffect(() => void look(), []);
  async function change(act: () => Promise<boolean | void>): Promise<void> {
    if ((await act().catch(() => false)) === false) toast({ text: t("me.pushFailed") });
    await look();
  }
  if (!state.value) return null;
  return (
    <Panel title={t("me.push")}>
      <p class="quiet">{t(PUSH_WORDS[state.value])}</p>
      {state.value === "off" && (
        <button class="button primary" onClick={() => void change(() => turnOn(pushKey))}>
          <Icon name="bell" />
          {t("me.pushAllow")}
        </button>
      )}
      {state.value === "on" && (
        <button class="button" onClick={() => void change(turnOff)}>
          {t("me.pushStop")}
        </button>
      )}
    </Panel>
  );
}

function Unsent() {
  const waiting = unsent.value.filter((entry) => entry.heldUntil <= Date.now());
  if (waiting.length === 0) return null;
  return (
    <Panel title={t("me.unsent")}>
      <ul class="rows">
        {waiting.map((entry) => (
          <li key={entry.id} class="between">
            <span class="row-words">
              <a class="clip" href={entry.look}>
                {t(`deed.${entry.deed}`)} · {entry.title}
              </a>
              <span class={entry.refusal ? "problem" : "quiet"}>
                {entry.refusal
                  ? (known(`refusal.${entry.refusal.code}`) ?? entry.refusal.message)
                  : t("me.unsentWaiting")}
              </span>
            </span>
            <button class="button small" onClick={() => void drop(entry.id!)}>
              {t("me.unsentDrop")}
            </button>
          </li>
        ))}
      </ul>
      <button class="button" onClick={() => void deliver()}>
        {t("me.unsentSend")}
      </button>
    </Panel>
  );
}

interface DevicesProps {
  sessions: Mine["sessions"]["nodes"];
  reload: () => Promise<void>;
}

function Devices({ sessions, reload }: DevicesProps) {
  async function end(id: string): Promise<void> {
    try {
      await send(EndSession, { input: { id } });
      toast({ text: t("me.ended") });
      await reload();
    } catch (error) {
      toast({ text: t(judge(error) === "offline" ? "signIn.offline" : "app.failed") });
    }
  }
  return (
    <Panel title={t("me.devices")}>
      <ul class="rows">
        {sessions.map((session) => (
          <li key={session.id} class="between">
            <Icon name="phone" />
            <span class="row-words">
              <span class="clip">{session.name}</span>
              <span class="quiet">
                {session.current ? t("me.thisDevice") : t("me.lastSeen", { when: ago(session.lastSeenAt) })}
              </span>
            </span>
            {!session.current && (
              <button
                class="button small"
                aria-label={t("me.endDevice", { name: session.name })}
                onClick={() => void end(session.id)}
              >
                {t("me.end")}
              </button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

async function leave(): Promise<void> {
  const lost = unsent.value.length;
  if (lost > 0 && !confirm(t("me.signOutUnsent", { n: lost }))) return;
  await turnOff().catch(() => undefined);
  await signOut();
}
