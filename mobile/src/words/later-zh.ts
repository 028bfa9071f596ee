/** Simplified Chinese words that only later screens need. */
import { cascadeZh } from "./cascade-zh";
import type { LaterWords } from "./later-en";
import { scoresZh } from "./scores-zh";
import { strategyZh } from "./strategy-zh";

export const laterZh = { ...cascadeZh, ...scoresZh, ...strategyZh } satisfies LaterWords;
