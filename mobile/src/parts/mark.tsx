/** A word with a shape before it, so that colour alone never says anything. */
export type Tone = "quiet" | "wait" | "good" | "stop";

/** `path` draws the shape, 16 by 16. */
export function Mark({ tone, path, word, dashed }: { tone: Tone; path: string; word: string; dashed?: boolean }) {
  return (
    <span class={`mark mark-${tone}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true" class={dashed ? "dashed" : undefined}>
        <path d={path} />
      </svg>
      {word}
    </span>
  );
}
