/** A whole percentage from 0 to 100, by slider. */
export function Weight(props: { label: string; value: number; onInput: (value: number) => void }) {
  return (
    <label class="weight">
      <span class="between">
        <span class="strong">{props.label}</span>
        <b class="figure-small">{props.value}</b>
      </span>
      <input
        type="range"
        min={0}
        max={100}
        value={props.value}
        onInput={(event) => props.onInput(Number(event.currentTarget.value))}
      />
    </label>
  );
}
