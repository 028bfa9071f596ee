/** The one-thumb button: a new goal. */
import { t } from "../words/words";
import { Icon } from "./icon";

export function AddGoal() {
  return (
    <a class="add" href="/goals/new" aria-label={t("today.add")}>
      <Icon name="plus" />
    </a>
  );
}
