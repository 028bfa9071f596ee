// PostGraphile as its documentation recommends: the Amber preset, keys that the tables lack as smart tags, and
// computed columns by functions. No sign-in and no rights. DATABASE_URL and CATCHBALL_PORT say where.
import { createServer } from "node:http";
import { makePgService } from "postgraphile/adaptors/pg";
import { postgraphile } from "postgraphile";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { jsonPgSmartTags } from "postgraphile/utils";

const port = Number(process.env.CATCHBALL_PORT);
const references = {
  "public.key_result": [
    "(tenant_id, latest_check_in_id) references public.check_in (tenant_id, id)|@fieldName latestCheckIn",
  ],
  "public.inbox_item": [
    "(tenant_id, subject_id) references public.objective (tenant_id, id)|@fieldName objective",
    "(tenant_id, approval_id) references public.approval (tenant_id, id)|@fieldName approval",
  ],
};
const tags = jsonPgSmartTags({
  version: 1,
  config: {
    class: Object.fromEntries(
      Object.entries(references).map(([table, foreignKey]) => [table, { tags: { foreignKey } }]),
    ),
    attribute: { "public.objective.state": { tags: { behavior: "+attribute:filterBy +filterBy" } } },
  },
});
const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [tags],
  pgServices: [
    makePgService({ connectionString: process.env.DATABASE_URL, schemas: ["public", "rival"], poolSize: 4 }),
  ],
  grafserv: { port, host: "127.0.0.1", graphqlPath: "/graphql", graphiql: false },
};
const server = createServer();
await postgraphile(preset).createServ(grafserv).addTo(server);
server.listen(port, "127.0.0.1");
