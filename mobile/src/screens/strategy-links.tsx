/** Causal links in words: what the lines of the map say to the eye. */
import type { LinkSign } from "../documents.gen";
import { Mark } from "../parts/mark";
import { t } from "../words/words";

interface Told {
  id: string;
  title: string;
  /** Strategic objective to which the title leads. */
  aim?: string | undefined;
  sign: LinkSign;
  lagMonths: number;
  hypothesis: string;
}

export function Links({ links }: { links: Told[] }) {
  return (
    <ul class="rows">
      {links.map((link) => (
        <li key={link.id} class="pad">
          {link.aim ? (
            <a class="strong tap" href={`/strategy/aim/${link.aim}`}>
              {link.title}
            </a>
          ) : (
            <span class="strong">{link.title}</span>
          )}
          <span class="meta">
            {link.sign === "POSITIVE" ? (
              <Mark tone="good" path="M8 3v10M3 8h10" word={t("link.POSITIVE")} />
            ) : (
              <Mark tone="stop" path="M3 8h10" word={t("link.NEGATIVE")} />
            )}
            {link.lagMonths > 0 ? t("link.lag", { n: link.lagMonths }) : t("link.atOnce")}
          </span>
          <span class="quiet">{link.hypothesis}</span>
        </li>
      ))}
    </ul>
  );
}
