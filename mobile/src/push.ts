/** The service worker's registration, and Web Push for this browser. */
import { ForgetDevice, RegisterDevice } from "./documents.gen";
import { send } from "./graph/client";
import { go } from "./router";
import { tag } from "./words/words";

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

export type PushState = "on" | "off" | "denied" | "none" | "install";

/** The one address that may become a worker. */
function workerUrl(): string {
  const rules = {
    createScriptURL(url: string): string {
      if (url !== "/sw.js") throw new TypeError(url);
      return url;
    },
  };
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  return (types?.createPolicy("app", rules) ?? rules).createScriptURL("/sw.js");
}

/** Register the worker; it asks the page to open what a tapped notification is about. */
export async function startWorker(): Promise<void> {
  navigator.serviceWorker?.addEventListener("message", (event: MessageEvent<{ open?: string }>) => {
    if (event.data.open) go(event.data.open);
  });
  await navigator.serviceWorker?.register(workerUrl()).catch(() => undefined);
}

/** The server no longer knows this shell's documents: fetch the new shell, once a minute at most. */
export async function renewWorker(): Promise<void> {
  const last = Number(sessionStorage.getItem("renewed") ?? 0);
  if (Date.now() - last < 60_000) return;
  sessionStorage.setItem("renewed", String(Date.now()));
  await (await navigator.serviceWorker?.getRegistration())?.update().catch(() => undefined);
  location.reload();
}

export async function pushState(): Promise<PushState> {
  const apple = /iPhone|iPad/.test(navigator.userAgent);
  if (!("PushManager" in globalThis)) return apple ? "install" : "none";
  if (Notification.permission === "denied") return "denied";
  return (await subscription()) ? "on" : "off";
}

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Ask the person, subscribe, tell the server; false when any of them says no. */
export async function turnOn(pushKey: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const registration = await navigator.serviceWorker.ready;
  const made = await registration.pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey: pushKey })
    .catch(() => undefined);
  if (!made) return false;
  const { endpoint, keys } = made.toJSON();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const input = { endpoint: endpoint!, p256dh: keys!["p256dh"]!, auth: keys!["auth"]!, locale: tag(), zone };
  const { registerDevice } = await send(RegisterDevice, { input: { kind: "WEB_PUSH", ...input } });
  return registerDevice.__typename === "DeviceRegistered";
}

export async function turnOff(): Promise<void> {
  const made = await subscription();
  if (!made) return;
  await send(ForgetDevice, { input: { endpoint: made.endpoint } });
  await made.unsubscribe();
}
