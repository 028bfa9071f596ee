/** That a question about the strategy waits; whoever has no minute now is asked again tomorrow. */
import { useSignal } from "@preact/signals";
import { unsent } from "../session";
import { t } from "../words/words";

const LATER = "recallLater";
const today = () => new Date().toDateString();

export function RecallCard({ question }: { question: string }) {
  const later = useSignal(localStorage.getItem(LATER));
  if (later.value === today() || unsent.value.some((entry) => entry.subject === question)) return null;
  function putOff(): void {
    localStorage.setItem(LATER, today());
    later.value = today();
  }
  return (
    <section class="card pad" aria-labelledby="recall">
      <h2 id="recall">{t("today.recall")}</h2>
      <div class="actions">
        <button class="button small" onClick={putOff}>
          {t("today.later")}
        </button>
        <a class="button small primary" href="/recall">
          {t("today.minute")}
        </a>
      </div>
    </section>
  );
}
