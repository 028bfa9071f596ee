/** What is said and meant goes through the outbox: a minute without a connection is not lost. */
import { AnswerRecall, MarkRecall } from "../documents.gen";
import { lay } from "../graph/outbox";
import { deliver, me } from "../session";
import { t } from "../words/words";

export interface Mark {
  /** The place of the word, from 1. */
  word: number;
  priority: string;
}

const about = (question: string) => ({
  deed: "recall" as const, owner: me.value, subject: question, title: t("recall.title"), look: "/recall",
});

export async function say(question: string, words: string[]): Promise<void> {
  await lay(about(question), AnswerRecall, { input: { question, words } });
  await deliver();
}

export async function mark(question: string, marks: Mark[]): Promise<void> {
  await lay(about(question), MarkRecall, { input: { question, marks } });
  await deliver();
}
