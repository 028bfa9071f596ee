/** The service worker: the shell offline, pushes with their buttons, the outbox when no page is open. */
import { ApproveObjective } from "./documents.gen";
import { SessionEnded, Unreachable, send } from "./graph/client";
import { type Entry, announce, flush } from "./graph/outbox";
import { read, write } from "./graph/store";

declare const self: ServiceWorkerGlobalScope;
declare const SHELL: { files: string[]; version: string };

/** A declarative web push message: browsers that know it show it without us. */
interface Message {
  notification: {
    title: string;
    body?: string;
    tag?: string;
    lang?: string;
    dir?: NotificationDirection;
    navigate?: string;
    actions?: { action: string; title: string }[];
    data?: Omit<About, "navigate">;
  };
}

interface About {
  kind?: string;
  /** Id of the objective that the message is about. */
  subject?: string;
  version?: number | null;
  navigate: string;
}

const shell = SHELL;
const CACHE = `shell-${shell.version}`;
const FALLBACK = "/index.html";

self.addEventListener("install", (event) => {
  event.waitUntil(precache().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldShells().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) return;
  if (mode === "navigate" && !isServers(pathname)) event.respondWith(shellFirst(FALLBACK, event.request));
  else if (shell.files.includes(pathname)) event.respondWith(shellFirst(pathname, event.request));
});

self.addEventListener("push", (event) => {
  event.waitUntil(show(event.data?.json() as Message));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(answer(event.action, event.notification.data as About));
});

(self as EventTarget).addEventListener("sync", (event) => {
  (event as ExtendableEvent).waitUntil(deliver());
});

/** Addresses that the server answers itself, such as the page for developers. */
const isServers = (path: string) => /^\/(graphql|oauth|healthz|readyz|metrics)\b/.test(path);

async function precache(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(shell.files);
}

async function forgetOldShells(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
}

async function shellFirst(path: string, request: Request): Promise<Response> {
  return (await caches.match(path, { cacheName: CACHE })) ?? fetch(request);
}

async function show({ notification }: Message): Promise<void> {
  const { title, navigate = "/inbox", data, ...options } = notification;
  await self.registration.showNotification(title, {
    ...options,
    icon: "/icon-192.png",
    data: { ...data, navigate },
  });
  announce({ kind: "changed" });
}

/** A tap on a button or on the message; declining needs words, so that it opens the app. */
async function answer(action: string, about: About): Promise<void> {
  const path = new URL(about.navigate, self.location.origin);
  if (action === "DECLINE") path.searchParams.set("do", "decline");
  if (action !== "APPROVE" || !about.subject || !about.version) return open(path);
  if (await approve(about.subject, about.version, path)) return;
  path.searchParams.set("do", "changed");
  await open(path);
}

/** Approve without opening the app; false when the person has to look. */
async function approve(objective: string, version: number, path: URL): Promise<boolean> {
  // The same key for the same wish: a retry after a lost answer changes nothing.
  const input = { id: objective, expectedVersion: version, idempotencyKey: `approve-${objective}-${version}` };
  try {
    const { approveObjective } = await send(ApproveObjective, { input });
    announce({ kind: "changed" });
    return approveObjective.__typename === "Objective";
  } catch (error) {
    return error instanceof Unreachable && keep(input, path.pathname);
  }
}

/** Without a connection the approval waits in the outbox, if we know whose it is. */
async function keep(input: Entry["input"] & { id: string }, look: string): Promise<boolean> {
  const owner = await person();
  if (!owner) return false;
  const now = Date.now();
  const what = { deed: "approve", owner, subject: input.id, title: "", look } as const;
  const entry: Entry = { ...what, documentId: ApproveObjective, input, madeAt: now, heldUntil: now, tries: 0 };
  await write("outbox", entry);
  announce({ kind: "outbox" });
  await (self.registration as Syncing).sync?.register("outbox").catch(() => undefined);
  return true;
}

type Syncing = ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };

/** Whose phone this is; the page writes it down. */
const person = () => read<string>("snapshots", "owner");

async function deliver(): Promise<void> {
  try {
    await flush((await person()) ?? "");
  } catch (error) {
    if (!(error instanceof SessionEnded)) throw error;
  }
}

/** Bring the app, and never another site, to the path; a browser may refuse to bring it to the front. */
async function open(path: URL): Promise<void> {
  const within = path.pathname + path.search;
  const [page] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  page?.postMessage({ open: within });
  await (page ? page.focus() : self.clients.openWindow(within)).catch(() => undefined);
}
