/** A titled card. */
import type { ComponentChildren } from "preact";

export function Panel(props: { title: string; children: ComponentChildren }) {
  return (
    <section class="card pad" aria-label={props.title}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}
