/** One labelled input with its problem beside it. */
import { useId } from "preact/hooks";
import { type Key, t } from "../words/words";

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  problem?: Key | undefined;
  hint?: string;
  /** Numbers get the keyboard with digits; text may run over several lines. */
  kind?: "line" | "text" | "number";
  charactersMax?: number;
}

export function Field({ label, value, onInput, problem, hint, kind = "line", charactersMax = 200 }: FieldProps) {
  const id = useId();
  const shared = {
    value,
    placeholder: hint ?? "",
    maxLength: charactersMax,
    "aria-invalid": problem ? ("true" as const) : undefined,
    "aria-describedby": problem ? id : undefined,
  };
  return (
    <div class="field">
      <label>
        <span>{label}</span>
        {kind === "text" ? (
          <textarea {...shared} rows={2} onInput={(event) => onInput(event.currentTarget.value)} />
        ) : (
          <input
            {...shared}
            inputMode={kind === "number" ? "decimal" : "text"}
            onInput={(event) => onInput(decimal(event.currentTarget.value, kind))}
          />
        )}
      </label>
      {problem && (
        <p class="problem" id={id}>
          {t(problem)}
        </p>
      )}
    </div>
  );
}

const decimal = (text: string, kind: string) => (kind === "number" ? text.replace(",", ".").trim() : text);
