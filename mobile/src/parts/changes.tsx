/** What differs from the version that was decided last: old and new per field. */
import type { ApprovalCard } from "../documents.gen";
import { known, number, percent, t } from "../words/words";

type Change = ApprovalCard["changes"][number];

/** The changes by key result; those of the goal itself stand without a name. */
export function Changes({ changes }: { changes: Change[] }) {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const subject = change.keyResult ?? "";
    groups.set(subject, [...(groups.get(subject) ?? []), change]);
  }
  return (
    <div class="changes">
      {[...groups].map(([subject, within]) => (
        <div key={subject}>
          {subject && <h3>{subject}</h3>}
          <dl>
            {within.map((change) => (
              <ChangeRow key={change.field} change={change} />
            ))}
          </dl>
        </div>
      ))}
    </div>
  );
}

function ChangeRow({ change: { field, before, after } }: { change: Change }) {
  return (
    <div class="change">
      <dt>{known(`field.${field}`) ?? field}</dt>
      <dd>
        {before !== null && <del>{shown(field, before)}</del>}
        <ins>{shown(field, after)}</ins>
      </dd>
    </div>
  );
}

/** Numbers, weights and enums in the reader's language; any other text as it is. */
function shown(field: string, value: string | null): string {
  if (value === null) return t("approve.nothing");
  if (field.endsWith("weight")) return percent(value);
  if (/\.(start|target|low|high)$/.test(field)) return number(value);
  return known(`${field.replace("keyResult.", "")}.${value}`) ?? value;
}
