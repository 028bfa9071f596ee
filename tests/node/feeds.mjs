// Listens to a feed at the address in the first argument with the graphql-ws client: to two shapes of it on one socket,
// leaves, listens again, and is refused what is wrong. Prints what happened; somebody must tell news all the while.
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const client = createClient({
  url: process.argv[2],
  webSocketImpl: WebSocket,
  retryAttempts: 0,
  connectionParams: { authorization: "Bearer partner" },
});

async function first(request) {
  const answers = client.iterate(request);
  const { value } = await answers.next();
  await answers.return();
  return value;
}

const plain = { query: "subscription { news { topic } }" };
const renamed = { query: "subscription Mine($n: Int!) { mine: news { what: topic(copies: $n) __typename } }" };

const [one, other] = await Promise.all([first(plain), first({ ...renamed, variables: { n: 2 } })]);
const again = await first({ ...renamed, variables: { n: 1 } });
const coerced = await first(renamed);
await client.dispose();
console.log(JSON.stringify({ one, other, again, coerced: coerced.errors[0].extensions.code }));
process.exit(0);
