/** One inbox item: who, what, about which goal, when; a tap reads it and leads there. */
import { type InboxRow as Item, MarkRead } from "../documents.gen";
import { lay } from "../graph/outbox";
import { deliver, me } from "../session";
import { ago, nameOf, t } from "../words/words";
import { Avatar } from "./person";

export function InboxRow({ item, readHere }: { item: Item; readHere: boolean }) {
  const name = item.actor ? nameOf(item.actor) : t("inbox.someone");
  const unread = item.readAt === null && !readHere;
  return (
    <a class="row" href={targetOf(item)} onClick={() => unread && void markRead([item.id], item.objective?.title ?? "")}>
      <Avatar person={item.actor} />
      <span class="row-words">
        <span class={unread ? "strong" : undefined}>{t(`inbox.${item.kind}`, { name })}</span>
        {item.objective && <span class="quiet clip">{item.objective.title}</span>}
      </span>
      <span class="row-end">
        <time dateTime={item.createdAt}>{ago(item.createdAt)}</time>
        {unread && <i class="dot" role="img" aria-label={t("inbox.unread")} />}
      </span>
    </a>
  );
}

function targetOf(item: Item): string {
  if (item.kind === "APPROVAL_REQUESTED" && item.approval) return `/approvals/${item.approval.id}`;
  if (item.kind === "RECALL_ASKED") return "/recall";
  if (/^(TARGET|ALIGNMENT)_/.test(item.kind)) return `/slices/${item.id}`;
  if (!item.objective) return "/inbox";
  return `${INTENTS.has(item.kind) ? "/strategy/goal" : "/goals"}/${item.objective.id}`;
}

const INTENTS = new Set<string>(["INTENT_CHANGED", "INTENT_SAID_BACK", "SAY_BACK_RETURNED"]);

export async function markRead(ids: string[], title: string): Promise<void> {
  const what = { deed: "read" as const, owner: me.value, subject: ids.join(" "), title, look: "/inbox" };
  await lay(what, MarkRead, { input: { ids } });
  await deliver();
}
