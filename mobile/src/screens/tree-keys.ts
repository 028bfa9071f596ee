/** The keys of a tree: up and down along what is shown, sideways to open and close, Enter to go there. */

/** The place that the one in which this element stands is below of. */
export const above = (within: Element) => within.closest("ul")?.closest("li")?.querySelector<HTMLElement>("[role=treeitem]");

export function steer(tree: HTMLElement, event: KeyboardEvent): void {
  const items = [...tree.querySelectorAll<HTMLElement>("[role=treeitem]")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const now = items[at];
  if (!now) return;
  const key = logical(event.key);
  const isOpen = now.ariaExpanded;
  const to: Record<string, HTMLElement | undefined | null> = {
    ArrowDown: items[at + 1],
    ArrowUp: items[at - 1],
    Home: items[0],
    End: items.at(-1),
    ArrowRight: isOpen === "true" ? items[at + 1] : null,
    ArrowLeft: isOpen === "true" ? null : above(now),
  };
  if (key in to) to[key]?.focus();
  if ((key === "ArrowRight" && isOpen === "false") || (key === "ArrowLeft" && isOpen === "true")) press(now, "button");
  if (key === "Enter" || key === " ") press(now, "a, .link");
  if (key in to || key === "Enter" || key === " ") event.preventDefault();
}

/** Where one writes from right to left, a step in is a step to the left. */
function logical(key: string): string {
  if (document.dir !== "rtl") return key;
  return key === "ArrowLeft" ? "ArrowRight" : key === "ArrowRight" ? "ArrowLeft" : key;
}

const press = (item: HTMLElement, what: string) => item.querySelector<HTMLElement>(what)?.click();
