/** English words that only later screens need. */
import { cascadeEn } from "./cascade-en";
import { scoresEn } from "./scores-en";
import { strategyEn } from "./strategy-en";

export const laterEn = { ...cascadeEn, ...scoresEn, ...strategyEn };

export type LaterKey = keyof typeof laterEn;
export type LaterWords = Record<LaterKey, string>;
