/** Light, dark, or as the phone has it. */
import { signal } from "@preact/signals";

export type Theme = "auto" | "light" | "dark";

export const theme = signal<Theme>((localStorage.getItem("theme") as Theme | null) ?? "auto");

export function wear(next: Theme): void {
  theme.value = next;
  localStorage.setItem("theme", next);
  if (next === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = next;
}
