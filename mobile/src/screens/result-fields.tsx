/** The fields of one key result; which ones, depends on its kind. */
import type { KeyResultKind } from "../documents.gen";
import { Field } from "../parts/field";
import { Icon } from "../parts/icon";
import { Weight } from "../parts/weight";
import { t } from "../words/words";
import { type Problems, type ResultDraft, asKind } from "./draft";

const KINDS: KeyResultKind[] = ["INCREASE", "DECREASE", "RANGE", "MILESTONE"];

interface ResultProps {
  place: number;
  result: ResultDraft;
  problems: Problems;
  onChange: (next: ResultDraft) => void;
  onRemove?: () => void;
}

export function ResultFields({ place, result, problems, onChange, onRemove }: ResultProps) {
  const change = (part: Partial<ResultDraft>) => onChange({ ...result, ...part });
  return (
    <fieldset class="card pad">
      <div class="between">
        <legend class={`legend w${((place - 1) % 5) + 1}`}>{t("edit.keyResult", { n: place })}</legend>
        {onRemove && (
          <button type="button" class="round" aria-label={t("edit.remove", { n: place })} onClick={onRemove}>
            <Icon name="trash" />
          </button>
        )}
      </div>
      <Field
        label={t("field.keyResult.title")}
        hint={t("edit.keyResultHint")}
        value={result.title}
        problem={problems[`${result.id}.title`]}
        onInput={(title) => change({ title })}
      />
      <div class="segments four" role="group" aria-label={t("edit.kind")}>
        {KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={result.kind === kind}
            onClick={() => onChange(asKind(result, kind))}
          >
            {t(`kind.${kind}`)}
          </button>
        ))}
      </div>
      <Way result={result} problems={problems} change={change} />
      <Weight label={t("edit.krWeight")} value={result.weight} onInput={(weight) => change({ weight })} />
    </fieldset>
  );
}

interface WayProps {
  result: ResultDraft;
  problems: Problems;
  change: (part: Partial<ResultDraft>) => void;
}

function Way({ result, problems, change }: WayProps) {
  const [from, to] = result.kind === "RANGE" ? (["low", "high"] as const) : (["start", "target"] as const);
  return (
    <div class="three">
      {([from, to] as const).map((field) => (
        <Field
          key={field}
          label={t(`edit.${field}`)}
          kind="number"
          value={result[field]}
          problem={problems[`${result.id}.${field}`]}
          onInput={(value) => change({ [field]: value })}
        />
      ))}
      <Field
        label={t("edit.unit")}
        hint={t("edit.unitHint")}
        charactersMax={40}
        value={result.unit}
        problem={problems[`${result.id}.unit`]}
        onInput={(unit) => change({ unit })}
      />
    </div>
  );
}
