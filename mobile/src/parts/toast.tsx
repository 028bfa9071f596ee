/** One short message at a time, above the tabs; it may offer one thing to do. */
import { signal } from "@preact/signals";

export interface Toast {
  text: string;
  action?: { label: string; run: () => void };
}

const shown = signal<Toast | undefined>(undefined);
let timer: ReturnType<typeof setTimeout> | undefined;

export const TOAST_MILLISECONDS = 5000;

export function toast(next: Toast): void {
  clearTimeout(timer);
  shown.value = next;
  timer = setTimeout(() => (shown.value = undefined), TOAST_MILLISECONDS);
}

export function hideToast(): void {
  clearTimeout(timer);
  shown.value = undefined;
}

export function Toasts() {
  const now = shown.value;
  return (
    <div class="toasts" role="status">
      {now && (
        <div class="toast" key={now.text}>
          <span>{now.text}</span>
          {now.action && (
            <button onClick={() => (hideToast(), now.action?.run())}>{now.action.label}</button>
          )}
        </div>
      )}
    </div>
  );
}
