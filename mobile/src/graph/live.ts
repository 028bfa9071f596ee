/** While the app is looked at, the server hints over a socket that something changed. */
import { Hints } from "../documents.gen";
import { accessToken } from "./client";
import { announce } from "./outbox";

const FIRST_PAUSE_MILLISECONDS = 2_000;
const LONGEST_PAUSE_MILLISECONDS = 60_000;

let socket: WebSocket | undefined;
let wanted = false;
let pause = FIRST_PAUSE_MILLISECONDS;
let hasListened = false;

/** Listen until told to stop; calling it again changes nothing. */
export function listenLive(): void {
  wanted = true;
  void connect();
}

/** Stop listening, as when the person signs out or looks elsewhere. */
export function hangUp(): void {
  wanted = false;
  socket?.close();
}

async function connect(): Promise<void> {
  if (socket || !wanted) return;
  const token = await accessToken().catch(() => undefined);
  if (!token || socket || !wanted) return;
  const opened = new WebSocket(location.origin.replace("http", "ws") + "/graphql", "graphql-transport-ws");
  socket = opened;
  const tell = (message: object) => opened.send(JSON.stringify(message));
  opened.onopen = () => tell({ type: "connection_init", payload: { authorization: `Bearer ${token}` } });
  opened.onmessage = (event: MessageEvent<string>) => hear(JSON.parse(event.data) as { type: string }, tell);
  opened.onclose = () => {
    socket = undefined;
    setTimeout(() => void connect(), pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS);
  };
}

function hear({ type }: { type: string }, tell: (message: object) => void): void {
  if (type === "ping") tell({ type: "pong" });
  if (type === "next") announce({ kind: "changed" });
  if (type !== "connection_ack") return;
  pause = FIRST_PAUSE_MILLISECONDS;
  tell({ id: "hints", type: "subscribe", payload: { documentId: Hints } });
  // What was hinted at while nobody listened is never hinted at again.
  if (hasListened) announce({ kind: "changed" });
  hasListened = true;
}
