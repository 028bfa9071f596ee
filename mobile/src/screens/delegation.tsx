/** Who decides in my place while I am away, and for whom I do. */
import { useSignal } from "@preact/signals";
import { DelegateApprovals, EndDelegation, FindPeople, type FindPeopleData, type PersonName } from "../documents.gen";
import { send } from "../graph/client";
import { judge } from "../graph/query";
import { uuid7 } from "../graph/uuid";
import { Panel } from "../parts/panel";
import { Avatar } from "../parts/person";
import { Sheet } from "../parts/sheet";
import { toast } from "../parts/toast";
import { me } from "../session";
import { day, known, locale, nameOf, t } from "../words/words";
import type { Mine } from "./me";

type Delegation = Mine["delegations"]["nodes"][number];
type Found = FindPeopleData["people"]["nodes"][number];

export function Delegations({ mine, reload }: { mine: Mine; reload: () => Promise<void> }) {
  const asking = useSignal(false);
  const given = mine.delegations.nodes;
  if (!mine.roles.includes("MANAGER") && given.length === 0) return null;
  return (
    <Panel title={t("me.delegation")}>
      {given.length === 0 && <p class="quiet">{t("me.delegationNone")}</p>}
      <ul class="rows">
        {given.map((one) => (
          <Given key={one.id} delegation={one} reload={reload} />
        ))}
      </ul>
      <button class="button" onClick={() => (asking.value = true)}>
        {t("me.delegate")}
      </button>
      {asking.value && (
        <Sheet title={t("me.delegate")} onClose={() => (asking.value = false)}>
          <DelegationForm reload={reload} />
        </Sheet>
      )}
    </Panel>
  );
}

function Given({ delegation, reload }: { delegation: Delegation; reload: () => Promise<void> }) {
  const mineToEnd = delegation.from?.id === me.value;
  const other = mineToEnd ? delegation.to : delegation.from;
  const words = mineToEnd ? "me.delegationTo" : "me.delegationFrom";
  const [from, to] = [day(delegation.startsOn), day(delegation.endsOn)];
  return (
    <li class="between">
      <Avatar person={other} />
      <span class="row-words">
        {t(words, { name: other ? nameOf(other) : t("inbox.someone"), from, to })}
        {delegation.reason && <span class="quiet">{delegation.reason}</span>}
      </span>
      {mineToEnd && (
        <button class="button small" onClick={() => void end(delegation.id).then(reload)}>
          {t("me.delegationEnd")}
        </button>
      )}
    </li>
  );
}

async function end(id: string): Promise<void> {
  await send(EndDelegation, { input: { id, idempotencyKey: uuid7() } }).catch((error: unknown) =>
    toast({ text: t(judge(error) === "offline" ? "signIn.offline" : "app.failed") }),
  );
}

const isoDay = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

function DelegationForm({ reload }: { reload: () => Promise<void> }) {
  const to = useSignal<PersonName | undefined>(undefined);
  const problem = useSignal("");
  async function hand(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    if (!to.value) return void (problem.value = t("me.delegateTo"));
    problem.value = await delegate(to.value.id, new FormData(form));
    if (problem.value) return;
    form.closest("dialog")?.close();
    toast({ text: t("me.delegated") });
    await reload();
  }
  return (
    <form onSubmit={(event) => void hand(event)}>
      <Search chosen={to.value} pick={(person) => (to.value = person)} />
      <div class="two">
        <label class="field">
          <span>{t("me.delegateFrom")}</span>
          <input type="date" name="startsOn" required value={isoDay(0)} />
        </label>
        <label class="field">
          <span>{t("me.delegateUntil")}</span>
          <input type="date" name="endsOn" required value={isoDay(7)} />
        </label>
      </div>
      <label class="field">
        <span>{t("me.delegateReason")}</span>
        <input name="reason" maxLength={200} />
      </label>
      <p class="problem" role="alert">
        {problem.value}
      </p>
      <button class="button primary wide">{t("me.delegateSave")}</button>
    </form>
  );
}

/** The sentence to show when it was refused, or nothing. */
async function delegate(to: string, form: FormData): Promise<string> {
  const startsOn = String(form.get("startsOn"));
  const endsOn = String(form.get("endsOn"));
  const input = { to, startsOn, endsOn, reason: String(form.get("reason")) || null, idempotencyKey: uuid7() };
  try {
    const { delegateApprovals: result } = await send(DelegateApprovals, { input });
    return result.__typename === "Delegation" ? "" : (known(`refusal.${result.code}`) ?? result.message);
  } catch (error) {
    return t(judge(error) === "offline" ? "signIn.offline" : "app.failed");
  }
}

function Search({ chosen, pick }: { chosen: PersonName | undefined; pick: (person: Found) => void }) {
  const found = useSignal<Found[] | undefined>(undefined);
  async function search(text: string): Promise<void> {
    if (text.trim().length < 1) return;
    found.value = await send(FindPeople, { search: text.trim() }).then(
      (data) => data.people.nodes.filter((one) => one.id !== me.value),
      (error: unknown) => (judge(error), []),
    );
  }
  return (
    <div class="field">
      <label>
        <span>{t("me.delegateTo")}</span>
        <input type="search" placeholder={t("me.delegateSearch")} onInput={(event) => void search(event.currentTarget.value)} />
      </label>
      {found.value?.length === 0 && <p class="quiet">{t("me.delegateNobody")}</p>}
      <div class="quick">
        {found.value?.map((person) => (
          <button
            key={person.id}
            type="button"
            class="chip"
            aria-pressed={chosen?.id === person.id}
            onClick={() => pick(person)}
          >
            {nameOf(person)}
            <span class="quiet"> {(locale.value === "zh" && person.positionTitleZh) || person.positionTitle}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
