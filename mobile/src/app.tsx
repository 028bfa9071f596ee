/** The shell: the screen of the address, five tabs, toasts. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Icon, type IconName } from "./parts/icon";
import { Skeleton } from "./parts/states";
import { Toasts } from "./parts/toast";
import { renewWorker } from "./push";
import { type Found, type Screen, type Tab, find, place } from "./router";
import { counts, decides, viewer } from "./session";
import { t } from "./words/words";

const TABS: { tab: Tab; path: string; icon: IconName }[] = [
  { tab: "today", path: "/", icon: "today" },
  { tab: "goals", path: "/goals", icon: "goals" },
  { tab: "approve", path: "/approvals", icon: "approve" },
  { tab: "inbox", path: "/inbox", icon: "inbox" },
  { tab: "me", path: "/me", icon: "me" },
];

const screens = new Map<Found["load"], Screen>();
const signInScreen = () => import("./screens/sign-in");

export function App() {
  if (!viewer.value) return <Chunk load={signInScreen} id="" at="sign-in" />;
  const found = find(place.value.path);
  return (
    <>
      <a class="skip" href="#content">
        {t("app.skip")}
      </a>
      <main id="content">
        <Chunk load={found.load} id={found.id} at={place.value.path} />
      </main>
      <Toasts />
      <Tabs now={found.tab} />
    </>
  );
}

/** A screen that is fetched when it is first needed. */
function Chunk({ load, id, at }: { load: Found["load"]; id: string; at: string }) {
  const arrived = useSignal(0);
  const Ready = screens.get(load);
  useEffect(() => {
    if (Ready) document.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
    else void fetchScreen(load).then(() => (arrived.value += 1));
  }, [load, at, arrived.value]);
  return Ready ? <Ready key={at} id={id} /> : <Skeleton />;
}

/** A chunk that is gone means that a newer app has replaced this one. */
async function fetchScreen(load: Found["load"]): Promise<void> {
  const module = await load().catch(renewWorker);
  if (module) screens.set(load, module.default);
}

function Tabs({ now }: { now: Tab }) {
  const waiting: Partial<Record<Tab, number>> = counts.value;
  const shown = TABS.filter(({ tab }) => tab !== "approve" || decides.value || now === "approve");
  return (
    <nav class="tabs">
      {shown.map(({ tab, path, icon }) => (
        <a key={tab} href={path} aria-current={tab === now ? "page" : undefined}>
          <Icon name={icon} />
          <span>{t(`tab.${tab}`)}</span>
          <Count of={waiting[tab] ?? 0} />
        </a>
      ))}
    </nav>
  );
}

function Count({ of }: { of: number }): ComponentChildren {
  return of > 0 && <b class="count">{of > 99 ? "99+" : of}</b>;
}
