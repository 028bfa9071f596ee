// Drives the address in the first argument with the graphql-sse client. Prints what happened.
import { createClient } from "graphql-sse";

const url = process.argv[2];

async function read(request, authorization = "Bearer partner") {
  const connected = createClient({ url, retryAttempts: 0, headers: { authorization } });
  const received = [];
  try {
    for await (const answer of connected.iterate(request)) received.push(answer);
    return received;
  } catch (error) {
    return { received, status: error.response?.status ?? String(error) };
  } finally {
    connected.dispose();
  }
}

async function left() {
  const connected = createClient({
    url,
    retryAttempts: 0,
    headers: { authorization: "Bearer partner" },
  });
  const events = connected.iterate({ query: "subscription { forever }" });
  const { value } = await events.next();
  await events.return();
  connected.dispose();
  return value;
}

console.log(
  JSON.stringify({
    subscription: await read({ query: "subscription { count(to: 3) }" }),
    query: await read({ query: "{ hello }" }, "Bearer developer"),
    left: await left(),
    invalid: await read({ query: "subscription { unknown }" }),
    badToken: await read({ query: "subscription { count(to: 3) }" }, "Bearer wrong"),
  }),
);
process.exit(0);
