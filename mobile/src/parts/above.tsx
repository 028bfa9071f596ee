/** The nearest unit above that has what is missing here. */
import { type UnitAbove, UnitsAbove, type UnitsAboveData } from "../documents.gen";
import { useQuery } from "../graph/query";
import { nameOf } from "../words/words";
import { Icon } from "./icon";

type Parent = UnitAbove & { parent?: Parent | null };
type Unit = NonNullable<UnitsAboveData["unit"]>;

/** `look` is the address of what a unit has, or nothing where it has none; `words` name it. */
export function Above(props: {
  unit: string;
  cycle: string;
  look: (unit: UnitAbove) => string | null | undefined;
  words: (name: string) => string;
}) {
  const query = useQuery(UnitsAbove, { unit: props.unit, cycle: props.cycle });
  const found = nearest(query.data?.unit, props.look);
  if (!found) return null;
  return (
    <a class="button primary" href={props.look(found)!}>
      {props.words(nameOf(found))}
      <Icon name="next" />
    </a>
  );
}

function nearest(unit: Unit | null | undefined, look: (unit: UnitAbove) => string | null | undefined) {
  let above = unit?.parent as Parent | null | undefined;
  while (above && !look(above)) above = above.parent;
  return above;
}
