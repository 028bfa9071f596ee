/** Sends trusted documents; the page and the worker each hold their own access token in memory. */
import { type Document, RefreshSession, type RefreshSessionData } from "../documents.gen";

/** No answer from the server, or one that asks to come back later. */
export class Unreachable extends Error {}
/** The refresh cookie is gone or ended: only a new sign-in helps. */
export class SessionEnded extends Error {}
/** The server understood and refuses this request for good. */
export class Rejected extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

interface Answer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
}

const LATER = new Set([408, 425, 429, 500, 502, 503, 504]);
/** A fault of the server's own: worth another try, but not for ever. */
export const FAULT = "INTERNAL_SERVER_ERROR";
const LATER_CODES = new Set(["THROTTLED", FAULT]);
let access: string | undefined;
let renewing: Promise<void> | undefined;
const underWay = new Set<Promise<unknown>>();

export function keepAccess(token: string | undefined): void {
  access = token;
}

/** A token for a socket: the one at hand, or a new one. */
export async function accessToken(): Promise<string | undefined> {
  if (!access) await renew();
  return access;
}

/** Waits until everything that was asked has been answered, or will not be. */
export async function answered(): Promise<void> {
  await Promise.allSettled(underWay);
}

/** One request; `keepalive` lets it outlive the page. */
export async function post(documentId: string, variables: unknown, keepalive = false): Promise<Answer> {
  const headers: Record<string, string> = {
    "content-type": "application/json",
    accept: "application/graphql-response+json, application/json",
    "x-client-name": "phone",
  };
  if (access) headers["authorization"] = `Bearer ${access}`;
  const body = JSON.stringify({ documentId, variables });
  const asked = fetch("/graphql", { method: "POST", headers, body, keepalive });
  underWay.add(asked);
  const response = await asked.catch(unreachable).finally(() => underWay.delete(asked));
  const answer = (await response.json().catch(unreachable)) as Answer;
  if (LATER.has(response.status) && !answer.data) throw new Unreachable(String(response.status));
  return answer;
}

/** Send once; with an expired access token, renew it by the cookie and send again. */
export async function send<Data, Variables>(
  document: Document<Data, Variables>,
  variables: NoInfer<Variables>,
): Promise<Data> {
  if (!access) await renew();
  let answer = await post(document, variables);
  if (codeOf(answer) === "UNAUTHENTICATED") {
    access = undefined;
    await renew();
    answer = await post(document, variables);
  }
  return dataOf<Data>(answer);
}

/** The answer's data; throws Rejected (or Unreachable) when there is none. */
export function dataOf<Data>(answer: Answer): Data {
  const error = answer.errors?.[0];
  if (answer.data && !error) return answer.data as Data;
  const code = codeOf(answer) ?? "UNEXPECTED";
  if (LATER_CODES.has(code)) throw new Unreachable(code);
  throw new Rejected(code, error?.message ?? code);
}

/** A new access token by the cookie, once for all who wait; throws SessionEnded. */
export function renew(): Promise<void> {
  renewing ??= ask().finally(() => (renewing = undefined));
  return renewing;
}

async function ask(): Promise<void> {
  const data = dataOf<RefreshSessionData>(await post(RefreshSession, { input: {} }));
  const result = data.refreshSession;
  if (result.__typename !== "SignedIn") throw new SessionEnded(result.message);
  access = result.accessToken;
}

const codeOf = (answer: Answer) => answer.errors?.[0]?.extensions?.code;

function unreachable(): never {
  throw new Unreachable("no answer");
}
