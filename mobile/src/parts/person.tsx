/** People as coloured initials: the colour follows from the id, so it is the same everywhere. */
import type { PersonName } from "../documents.gen";
import { locale } from "../words/words";

export function Avatar({ person, large }: { person: PersonName | null; large?: boolean }) {
  const sum = [...(person?.id ?? "")].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  const look = `avatar hue-${sum % 6}${large ? " avatar-large" : ""}`;
  return <span class={look} data-letters={person ? letters(person) : "·"} aria-hidden="true" />;
}

function letters(person: PersonName): string {
  return locale.value === "zh" && person.nameZh ? person.nameZh.slice(-2) : person.initials;
}
