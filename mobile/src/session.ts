/** Who is signed in on this page, and what belongs to that person on this phone. */
import { computed, signal } from "@preact/signals";
import { SignIn, SignOut, type SignInData, type ViewerCore, Who } from "./documents.gen";
import { SessionEnded, answered, dataOf, keepAccess, post, send } from "./graph/client";
import { type Deed, type Entry, announce, drop, entries, flush, onNews } from "./graph/outbox";
import { forgetAll, judge, onSessionEnded, refreshAll } from "./graph/query";
import { clear, write } from "./graph/store";

export const viewer = signal<ViewerCore | undefined>(remembered());
/** True when the session ended by itself, so that the sign-in screen can say so. */
export const endedItself = signal(false);
const watched = new Set<number>();
export const unsent = signal<Entry[]>([]);
export const me = computed(() => viewer.value?.person.id ?? "");
export const decides = computed(
  () => !!viewer.value && (viewer.value.roles.includes("MANAGER") || viewer.value.openApprovalCount > 0),
);

function remembered(): ViewerCore | undefined {
  const kept = localStorage.getItem("viewer");
  return kept ? (JSON.parse(kept) as ViewerCore) : undefined;
}

export function remember(next: ViewerCore | undefined): void {
  viewer.value = next;
  if (!next) return localStorage.removeItem("viewer");
  localStorage.setItem("viewer", JSON.stringify(next));
  void write("snapshots", next.person.id, "owner");
}

export type SignInProblem = Exclude<SignInData["signIn"], { __typename: "SignedIn" }>;

/** Sign in this browser; the answer is a problem or nothing. */
export async function signIn(login: string, password: string): Promise<SignInProblem | undefined> {
  const input = { login, password, device: { name: deviceName(), kind: "BROWSER" as const } };
  const result = dataOf<SignInData>(await post(SignIn, { input })).signIn;
  if (result.__typename !== "SignedIn") return result;
  keepAccess(result.accessToken);
  await welcome((await send(Who, {})).viewer);
  return undefined;
}

async function welcome(person: ViewerCore | null): Promise<void> {
  if (!person) return;
  if (localStorage.getItem("person") !== person.person.id) await clear("snapshots");
  localStorage.setItem("person", person.person.id);
  endedItself.value = false;
  forgetAll();
  remember(person);
  void deliver();
}

/** At the start: ask who I am behind the remembered answers, then send what waits. */
export async function resume(): Promise<void> {
  await recount();
  await deliver();
}

/** End the session here and on the server; unsent deeds and remembered answers go. */
export async function signOut(): Promise<void> {
  await answered(); // a question that the end overtakes would be refused
  await send(SignOut, {}).catch(() => undefined);
  await clear("snapshots");
  await clear("outbox");
  localStorage.removeItem("person");
  keepAccess(undefined);
  forgetAll();
  remember(undefined);
  announce({ kind: "outbox" });
}

/** Try to send what waits; when it cannot, the browser may do so later without us. */
export async function deliver(): Promise<void> {
  if (!me.value) return;
  try {
    await flush(me.value);
  } catch (error) {
    judge(error);
    if (!(error instanceof SessionEnded)) await askForSync();
  }
}

/** Send one deed while its screen waits; the refusal goes to that screen, not to everybody. */
export async function deliverNow(entry: Entry): Promise<Entry["refusal"]> {
  watched.add(entry.id!);
  await deliver();
  const left = (await entries()).find((one) => one.id === entry.id);
  watched.delete(entry.id!);
  if (left?.refusal) await drop(entry.id!);
  return left?.refusal;
}

/** True when a screen waits for this entry's answer itself. */
export const isWatched = (entry: Entry) => watched.has(entry.id!);

async function askForSync(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as
    | (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } })
    | undefined;
  await registration?.sync?.register("outbox").catch(() => undefined);
}

export async function readUnsent(): Promise<void> {
  unsent.value = await entries();
}

/** What can still be undone is sent at once when the page goes; a second sending changes nothing. */
function hurry(): void {
  const held = unsent.value.filter((entry) => entry.owner === me.value && entry.heldUntil > Date.now());
  for (const entry of held) void post(entry.documentId, { input: entry.input }, true).catch(() => undefined);
}

function deviceName(): string {
  const agent = navigator.userAgent;
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"].find((one) => agent.includes(one));
  const browser = ["Edg", "Firefox", "Chrome", "Safari"].find((one) => agent.includes(one));
  return `${browser === "Edg" ? "Edge" : (browser ?? "Browser")}, ${system ?? "unknown system"}`;
}

/** How many things wait, less those that are answered here and not sent yet. */
export const counts = computed(() => {
  const { openApprovalCount = 0, unreadCount = 0 } = viewer.value ?? {};
  const answered = unsent.value.filter((entry) => DECISIONS.has(entry.deed) && !entry.refusal).length;
  const read = unsent.value.filter((entry) => entry.deed === "read").flatMap((entry) => entry.subject.split(" "));
  return { approve: Math.max(0, openApprovalCount - answered), inbox: Math.max(0, unreadCount - read.length) };
});

const DECISIONS = new Set<Deed>(["approve", "decline", "ask"]);

/** Ask again who I am, and how much waits. */
async function recount(): Promise<void> {
  if (!viewer.value) return;
  try {
    const fresh = (await send(Who, {})).viewer;
    if (fresh && viewer.value) remember(fresh);
  } catch (error) {
    judge(error);
  }
}

export function watch(): void {
  onSessionEnded(() => {
    if (!viewer.value) return;
    endedItself.value = true;
    remember(undefined);
  });
  onNews((news) => {
    void readUnsent();
    if (news.kind === "changed") void recount();
  });
  addEventListener("online", () => void deliver().then(refreshAll));
  addEventListener("pagehide", hurry);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void deliver().then(refreshAll);
  });
}

