/** The frame of a screen: heading, optional way back, content. */
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { offline } from "../graph/query";
import { back } from "../router";
import { t } from "../words/words";
import { Icon } from "./icon";

interface PageProps {
  title: string;
  /** Where "back" leads when we came from outside; without it there is no way back. */
  up?: string;
  eyebrow?: ComponentChildren;
  aside?: ComponentChildren;
  children: ComponentChildren;
}

export function Page({ title, up, eyebrow, aside, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Catchball`;
  }, [title]);
  return (
    <div class="page">
      {offline.value && (
        <p class="banner" role="status">
          <Icon name="cloud" />
          {t("app.offline")}
        </p>
      )}
      <header class="head">
        {up && (
          <button class="round" aria-label={t("app.back")} onClick={() => back(up)}>
            <Icon name="back" />
          </button>
        )}
        <div class="head-words">
          {eyebrow && <p class="eyebrow">{eyebrow}</p>}
          <h1 tabIndex={-1}>{title}</h1>
        </div>
        {aside}
      </header>
      {children}
    </div>
  );
}
