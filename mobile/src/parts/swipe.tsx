/** A card that can be pushed to either end; the buttons inside do the same. */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

const FAR_PIXELS = 96;
/** Chromium loses the next tap when the touched card goes away at once. */
const SETTLE_MILLISECONDS = 80;

interface SwipeProps {
  /** Pushed to the end of the line (right, in English). */
  onEnd: () => void;
  /** Pushed to its start. */
  onStart: () => void;
  children: ComponentChildren;
}

export function Swipe({ onEnd, onStart, children }: SwipeProps) {
  const card = useRef<HTMLDivElement>(null);
  const from = useRef<number | undefined>(undefined);
  function move(event: PointerEvent): void {
    if (from.current === undefined) return;
    const way = event.clientX - from.current;
    if (Math.abs(way) > 12) card.current?.setPointerCapture(event.pointerId);
    draw(way);
  }
  function end(event: PointerEvent): void {
    if (from.current === undefined) return;
    const way = (event.clientX - from.current) * (document.dir === "rtl" ? -1 : 1);
    const far = event.type === "pointerup" && Math.abs(way) >= FAR_PIXELS;
    from.current = undefined;
    draw(0);
    if (far) setTimeout(way > 0 ? onEnd : onStart, SETTLE_MILLISECONDS);
  }
  function draw(way: number): void {
    const style = card.current!.style;
    style.transform = way ? `translateX(${way}px) rotate(${way / 60}deg)` : "";
    card.current!.dataset["way"] = Math.abs(way) < FAR_PIXELS ? "" : way > 0 ? "end" : "start";
  }
  return (
    <div
      ref={card}
      class="swipe"
      onPointerDown={(event) => event.pointerType !== "mouse" && (from.current = event.clientX)}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
    >
      {children}
    </div>
  );
}
