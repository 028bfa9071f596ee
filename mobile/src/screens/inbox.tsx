/** The inbox: every answer and every question, newest first. */
import { useSignal } from "@preact/signals";
import { Inbox, type InboxData } from "../documents.gen";
import { send } from "../graph/client";
import { judge, useQuery } from "../graph/query";
import { InboxRow, markRead } from "../parts/inbox-row";
import { Page } from "../parts/page";
import { Loaded, Nothing } from "../parts/states";
import { unsent } from "../session";
import { t } from "../words/words";

type Leaf = InboxData["inbox"];
type Item = Leaf["nodes"][number];

export default function InboxScreen() {
  const query = useQuery(Inbox, { after: null });
  const older = useSignal<Leaf[]>([]);
  const leaves = query.data ? [query.data.inbox, ...older.value] : [];
  const items = leaves.flatMap((leaf) => leaf.nodes);
  const read = readHere();
  const unread = items.filter((item) => item.readAt === null && !read.has(item.id)).map((item) => item.id);
  return (
    <Page
      title={t("inbox.title")}
      aside={
        unread.length > 0 && (
          <button class="link" onClick={() => void markRead(unread, t("inbox.title"))}>
            {t("inbox.readAll")}
          </button>
        )
      }
    >
      <Loaded of={query}>{() => <Items items={items} read={read} />}</Loaded>
      <Older leaves={leaves} onMore={(leaf) => (older.value = [...older.value, leaf])} />
    </Page>
  );
}

function Items({ items, read }: { items: Item[]; read: Set<string> }) {
  if (items.length === 0) return <Nothing title={t("inbox.empty")} help={t("inbox.emptyHelp")} />;
  return (
    <>
      <Group title={t("inbox.today")} items={items.filter(isOfToday)} read={read} />
      <Group title={t("inbox.earlier")} items={items.filter((item) => !isOfToday(item))} read={read} />
    </>
  );
}

function Older({ leaves, onMore }: { leaves: Leaf[]; onMore: (leaf: Leaf) => void }) {
  const last = leaves.at(-1)?.pageInfo;
  if (!last?.hasNextPage) return null;
  async function more(): Promise<void> {
    try {
      onMore((await send(Inbox, { after: last!.endCursor })).inbox);
    } catch (error) {
      judge(error);
    }
  }
  return (
    <button class="button" onClick={() => void more()}>
      {t("inbox.more")}
    </button>
  );
}

const isOfToday = (item: Item) => new Date(item.createdAt).toDateString() === new Date().toDateString();

/** What is read on this phone, though the server may not know yet. */
function readHere(): Set<string> {
  return new Set(unsent.value.filter((entry) => entry.deed === "read").flatMap((entry) => entry.subject.split(" ")));
}

function Group({ title, items, read }: { title: string; items: Item[]; read: Set<string> }) {
  if (items.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <div class="card rows">
        {items.map((item) => (
          <InboxRow key={item.id} item={item} readHere={read.has(item.id)} />
        ))}
      </div>
    </section>
  );
}
