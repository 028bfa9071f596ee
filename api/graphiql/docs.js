import { words } from "/graphiql/words.js";

const typeDepth = 7;
const found = 40;
const typeFields = "kind name " + "ofType { kind name ".repeat(typeDepth) + "}".repeat(typeDepth);
const inputFields = `name description defaultValue type { ${typeFields} }`;
const query = `query Schema {
  __schema {
    queryType { name } mutationType { name } subscriptionType { name }
    types {
      kind name description
      fields(includeDeprecated: true) {
        name description isDeprecated deprecationReason
        args { ${inputFields} } type { ${typeFields} }
      }
      inputFields { ${inputFields} }
      enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
      possibleTypes { name }
    }
  }
}`;

function element(tag, text = "", className = "") {
  const node = document.createElement(tag);
  node.textContent = text;
  if (className) node.className = className;
  return node;
}

export async function showDocs({ send, docs, trail, search }) {
  const response = await send({ query });
  const schema = (await response.json()).data?.__schema;
  docs.replaceChildren(element("p", schema ? "" : words.noDocs));
  search.hidden = !schema;
  trail.replaceChildren();
  if (schema) new Explorer(schema, { docs, trail, search }).open(null);
}

class Explorer {
  constructor(schema, { docs, trail, search }) {
    this.roots = ["queryType", "mutationType", "subscriptionType"].map((kind) => schema[kind]?.name);
    this.types = new Map(schema.types.map((type) => [type.name, type]));
    this.docs = docs;
    this.trail = trail;
    search.oninput = () => (search.value.trim() ? this.find(search.value.trim()) : this.open(null));
  }

  open(name) {
    const home = this.link(words.schema, null);
    this.trail.replaceChildren(home, ...(name ? [` › ${name}`] : []));
    this.docs.replaceChildren(...(name ? this.type(this.types.get(name)) : this.overview()));
    this.docs.parentElement.scrollTop = 0;
  }

  overview() {
    const names = [...this.types.keys()].filter((name) => !name.startsWith("__")).sort();
    const ordered = [...this.roots.filter(Boolean), ...names.filter((name) => !this.roots.includes(name))];
    return [this.list(ordered.map((name) => [[this.link(name, name)], this.types.get(name)]))];
  }

  find(text) {
    const wanted = text.toLowerCase();
    const hits = [];
    for (const type of this.types.values()) {
      if (type.name.startsWith("__")) continue;
      if (type.name.toLowerCase().includes(wanted)) hits.push([[this.link(type.name, type.name)], type]);
      for (const member of type.fields ?? type.inputFields ?? type.enumValues ?? [])
        if (member.name.toLowerCase().includes(wanted))
          hits.push([[this.link(type.name, type.name), ".", member.name], member]);
    }
    const shown = hits.slice(0, found);
    this.docs.replaceChildren(shown.length ? this.list(shown) : element("p", words.nothing));
  }

  type(type) {
    const parts = [element("h3", type.name), element("p", type.description ?? "")];
    const members = type.fields ?? type.inputFields ?? type.enumValues ?? [];
    parts.push(this.list(members.map((member) => [this.signature(member), member])));
    if (type.possibleTypes?.length) {
      parts.push(element("p", words.implementedBy));
      parts.push(this.list(type.possibleTypes.map(({ name }) => [[this.link(name, name)], this.types.get(name)])));
    }
    return parts;
  }

  signature(member) {
    const parts = [element("span", member.name, member.isDeprecated ? "old" : "")];
    if (member.args?.length)
      parts.push("(", ...member.args.flatMap((arg, place) => [place ? ", " : "", ...this.signature(arg)]), ")");
    if (member.type) parts.push(": ", ...this.reference(member.type));
    if (member.defaultValue != null) parts.push(` = ${member.defaultValue}`);
    return parts;
  }

  reference(type) {
    if (type.kind === "NON_NULL") return [...this.reference(type.ofType), "!"];
    if (type.kind === "LIST") return ["[", ...this.reference(type.ofType), "]"];
    return [this.link(type.name, type.name)];
  }

  list(rows) {
    const list = element("dl");
    for (const [term, { description, deprecationReason }] of rows) {
      const name = element("dt");
      name.append(...term);
      list.append(name);
      if (description) list.append(element("dd", description));
      if (deprecationReason) list.append(element("dd", `${words.old} ${deprecationReason}`));
    }
    return list;
  }

  link(text, name) {
    const button = element("button", text);
    button.type = "button";
    button.onclick = () => this.open(name);
    return button;
  }
}
