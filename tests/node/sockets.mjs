// Drives the socket of the address in the first argument with the graphql-ws client, then by hand
// where that client would never break the protocol. Prints what happened.
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const url = process.argv[2];

// The client leaves the promise of a refused connection unhandled once it has told its subscriber.
process.on("unhandledRejection", () => {});

function client(options = {}) {
  return createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: "Bearer partner" },
    ...options,
  });
}

function subscribe(connected, request) {
  return new Promise((resolve) => {
    const received = [];
    connected.subscribe(request, {
      next: (answer) => received.push(answer),
      error: (error) =>
        resolve({
          received,
          error: Array.isArray(error) ? error[0].extensions.code : [error.code, error.reason],
        }),
      complete: () => resolve({ received }),
    });
  });
}

async function once(request, options) {
  const connected = client(options);
  try {
    return await subscribe(connected, request);
  } finally {
    connected.dispose();
  }
}

async function multiplexed() {
  const connected = client();
  const ended = await Promise.all(
    [2, 3, 4].map((to) =>
      subscribe(connected, { query: "subscription($to: Int!) { count(to: $to) }", variables: { to } }),
    ),
  );
  await connected.dispose();
  return ended.map(({ received }) => received.length);
}

async function unsubscribed() {
  const connected = client();
  const events = connected.iterate({ query: "subscription { forever }" });
  const first = await events.next();
  await events.return();
  const after = await subscribe(connected, { query: "subscription { count(to: 1) }" });
  await connected.dispose();
  return [first.value, after];
}

// Sends raw messages one after the other and tells with what code the server closed.
function raw(messages, protocol = "graphql-transport-ws", headers = {}) {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, protocol, { headers });
    const received = [];
    socket.on("open", () => messages.forEach((message) => socket.send(message)));
    socket.on("message", (data) => {
      const message = JSON.parse(data);
      if (message.type !== "next") received.push(message.type);
      if (message.type === "pong") socket.close(1000);
    });
    socket.on("unexpected-response", (_, response) => resolve({ refused: response.statusCode }));
    socket.on("close", (code, reason) => resolve({ code, reason: String(reason), received }));
    socket.on("error", () => {});
  });
}

const init = JSON.stringify({
  type: "connection_init",
  payload: { Authorization: "Bearer partner" },
});
const forever = (id) =>
  JSON.stringify({ id, type: "subscribe", payload: { query: "subscription { forever }" } });
const count = { query: "subscription { count(to: 2) }" };

const checks = {
  subscription: () => once(count),
  variables: () =>
    once({ query: "subscription($to: Int!) { count(to: $to) }", variables: { to: 1 } }),
  multiplexed,
  unsubscribed,
  masked: async () => {
    const { received } = await once({ query: "subscription { breaks }" });
    const [first, second] = received;
    return [first, second.errors[0].message, second.errors[0].extensions.code];
  },
  coercion: async () => {
    const { received } = await once({ query: "subscription($to: Int!) { count(to: $to) }" });
    return received.map((answer) => answer.errors[0].extensions.code);
  },
  query: () => once({ query: "{ hello }" }),
  mutation: () => once({ query: "mutation { touch }" }),
  syntaxError: () => once({ query: "subscription {" }),
  invalid: () => once({ query: "subscription { unknown }" }),
  freeTextOfAnApp: () => once(count, { connectionParams: { authorization: "Bearer app" } }),
  trustedIdOfAnApp: () =>
    once(
      { query: "", documentId: process.argv[3], variables: { to: 2 } },
      { connectionParams: { authorization: "Bearer app" } },
    ),
  badToken: () => once(count, { connectionParams: { authorization: "Bearer wrong" } }),
  expired: () => once({ query: "subscription { forever }" }, {
    connectionParams: { authorization: "Bearer short" },
  }),
  ping: () => raw([init, JSON.stringify({ type: "ping" })]),
  pingBeforeInit: () => raw([JSON.stringify({ type: "ping" })]),
  notJson: () => raw(["{"]),
  notAnObject: () => raw(["1"]),
  unknownType: () => raw([init, JSON.stringify({ type: "nonsense" })]),
  withoutId: () => raw([init, JSON.stringify({ type: "subscribe", payload: {} })]),
  beforeInit: () => raw([forever("1")]),
  sameId: () => raw([init, forever("1"), forever("1")]),
  secondInit: () => raw([init, init]),
  initTimeout: () => raw([]),
  otherProtocol: () => raw([], []),
  foreignOrigin: () => raw([init], undefined, { origin: "https://evil.example" }),
  tooMany: async () => {
    const many = Array.from({ length: 21 }, (_, number) => forever(String(number)));
    const { received } = await raw([init, ...many, JSON.stringify({ type: "ping" })]);
    return received.filter((type) => type === "error").length;
  },
};

const ended = await Promise.all(
  Object.entries(checks).map(async ([name, check]) => [
    name,
    await check().catch((error) => ({ thrown: String(error.reason ?? error) })),
  ]),
);
console.log(JSON.stringify(Object.fromEntries(ended)));
process.exit(0);
