/** Who asks for approval, since when, and with which words. */
import type { ApprovalCard } from "../documents.gen";
import { ago, nameOf, t } from "../words/words";
import { Avatar } from "./person";

export const isFirst = (approval: ApprovalCard) => approval.changes.every((change) => change.before === null);

export function Asker({ approval }: { approval: ApprovalCard }) {
  const person = approval.requestedBy;
  const changed = isFirst(approval) ? t("approve.first") : t("approve.changes", { n: approval.changes.length });
  return (
    <>
      <div class="who">
        <Avatar person={person} />
        <span class="grow">
          <b>{person ? nameOf(person) : t("inbox.someone")}</b>
          <span class="quiet block">
            {changed} · {ago(approval.requestedAt)}
          </span>
        </span>
      </div>
      {approval.note && <p class="said pre">{approval.note}</p>}
    </>
  );
}
