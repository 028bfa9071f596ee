import { showDocs } from "/graphiql/docs.js";
import { words } from "/graphiql/words.js";

const $ = (id) => document.getElementById(id);
const example = "query Hello {\n  __typename\n}\n";
let running = null;

function label() {
  document.documentElement.lang = words.language;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = words[node.dataset.text];
  for (const node of document.querySelectorAll("[data-hint]")) node.placeholder = words[node.dataset.hint];
  for (const node of document.querySelectorAll("[data-label]")) node.ariaLabel = words[node.dataset.label];
}

function remember() {
  $("document").value = localStorage.getItem("graphiql.document") ?? example;
  $("variables").value = localStorage.getItem("graphiql.variables") ?? "{}";
  $("token").value = sessionStorage.getItem("graphiql.token") ?? "";
  for (const name of ["document", "variables"])
    $(name).addEventListener("input", () => localStorage.setItem(`graphiql.${name}`, $(name).value));
  $("token").addEventListener("change", () => {
    sessionStorage.setItem("graphiql.token", $("token").value.trim());
    loadDocs();
  });
}

export function send(request, signal, accept = "application/graphql-response+json") {
  const headers = {
    accept,
    "content-type": "application/json",
    "x-client-name": "graphiql",
    "x-catchball-cost": "1",
  };
  const token = $("token").value.trim();
  if (token) headers.authorization = `Bearer ${token}`;
  return fetch("/graphql", { method: "POST", headers, body: JSON.stringify(request), signal });
}

// The operation around the cursor, so that a page of several can be run one by one.
function chosenOperation(text, cursor) {
  const named = [...text.matchAll(/^\s*(query|mutation|subscription)\b[ \t]*(\w*)/gm)];
  return named.filter((match) => match.index <= cursor).at(-1) ?? named[0];
}

function readVariables() {
  const text = $("variables").value.trim();
  return text ? JSON.parse(text) : {};
}

async function run() {
  if (running) return running.abort();
  running = new AbortController();
  $("run").textContent = words.stop;
  $("status").textContent = "…";
  const started = performance.now();
  try {
    const query = $("document").value;
    const [, kind, operationName] = chosenOperation(query, $("document").selectionStart) ?? [];
    const request = { query, operationName: operationName || undefined, variables: readVariables() };
    const streams = kind === "subscription";
    const accept = streams ? "text/event-stream, application/graphql-response+json" : undefined;
    const response = await send(request, running.signal, accept);
    if (response.headers.get("content-type")?.startsWith("text/event-stream")) await follow(response);
    else show(await response.json(), response.status, performance.now() - started);
  } catch (error) {
    $("status").textContent = error.name === "AbortError" ? words.stopped : words.failed;
    if (error.name !== "AbortError") $("answer").textContent = String(error.message);
  } finally {
    running = null;
    $("run").textContent = words.run;
  }
}

function show(answer, status, milliseconds) {
  const cost = answer.extensions?.cost;
  const spent = cost ? ` · ${words.cost} ${cost.actualQueryCost}` : "";
  $("status").textContent = `${status} · ${milliseconds.toFixed(0)} ms${spent}`;
  $("answer").textContent = JSON.stringify(answer, null, 2);
}

async function follow(response) {
  $("answer").textContent = "";
  let events = 0;
  let rest = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks.filter((text) => text.startsWith("event: next"))) {
      events += 1;
      const answer = JSON.parse(block.slice(block.indexOf("data: ") + 6));
      $("answer").textContent = `${JSON.stringify(answer, null, 2)}\n\n${$("answer").textContent}`;
    }
    $("status").textContent = `${words.events} ${events}`;
  }
}

function editKeys(event) {
  const area = event.target;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  } else if (event.key === "Enter") {
    const line = area.value.slice(0, area.selectionStart).split("\n").at(-1);
    const opens = /[{([]\s*$/.test(line) ? "  " : "";
    event.preventDefault();
    area.setRangeText(`\n${/^\s*/.exec(line)[0]}${opens}`, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input"));
  }
}

function loadDocs() {
  showDocs({ send, docs: $("docs"), trail: $("trail"), search: $("search") });
}

label();
remember();
$("run").addEventListener("click", run);
for (const name of ["document", "variables"]) $(name).addEventListener("keydown", editKeys);
loadDocs();
