// Prints what the server audit of graphql-http says of the address in the first argument.
import { auditServer } from "graphql-http";

const url = process.argv[2];
const headers = { "x-client-name": "audit", authorization: "Bearer developer" };

const results = await auditServer({
  url,
  fetchFn: (address, init = {}) =>
    fetch(address, { ...init, headers: { ...headers, ...init.headers } }),
});
const failures = [];
for (const { id, name, status, reason } of results) {
  if (status !== "ok") failures.push(`${id} ${name}: ${reason}`);
}
console.log(JSON.stringify({ passed: results.length - failures.length, failures }));
