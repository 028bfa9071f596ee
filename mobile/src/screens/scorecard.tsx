/** A scorecard, of my unit unless the address names one, and why it scores what it scores. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { MyPlace, type MyPlaceData, Scorecard, type ScorecardWhole, UnitScorecard } from "../documents.gen";
import { useQuery } from "../graph/query";
import { Above } from "../parts/above";
import { Icon } from "../parts/icon";
import { Page } from "../parts/page";
import { Sheet } from "../parts/sheet";
import { Loaded, Missing, Nothing } from "../parts/states";
import { Views } from "../parts/views";
import { place } from "../router";
import { nameOf, t } from "../words/words";
import { CardParts } from "./scorecard-card";
import { Others } from "./scorecard-others";
import { Why } from "./scorecard-why";

type Home = NonNullable<MyPlaceData["home"]>;

/** `id` is that of a scorecard, or empty for the one of my unit; `why` stands behind either. */
export default function ScorecardScreen({ id }: { id: string }) {
  return id && id !== "why" ? <ById id={id} /> : <OfMyUnit />;
}

function ById({ id }: { id: string }) {
  const query = useQuery(Scorecard, { id });
  return (
    <Shown card={query.data?.scorecard} path={`/scorecard/${id}`}>
      <Loaded of={query}>{(data) => !data.scorecard && <Missing />}</Loaded>
    </Shown>
  );
}

function OfMyUnit() {
  const query = useQuery(MyPlace, {});
  const home = query.data?.home;
  if (home?.cycle && home.person.unit) return <Known home={home} unit={home.person.unit.id} cycle={home.cycle.id} />;
  return (
    <Shown path="/scorecard">
      <Loaded of={query}>{() => <Nothing title={t("scores.empty")} help={t("scores.noCycle")} />}</Loaded>
    </Shown>
  );
}

function Known({ home, unit, cycle }: { home: Home; unit: string; cycle: string }) {
  const query = useQuery(UnitScorecard, { unit, cycle });
  const name = nameOf(home.person.unit!);
  return (
    <Shown card={query.data?.unit?.scorecard} path="/scorecard" near={{ unit, cycle, name }}>
      <Loaded of={query}>
        {(data) =>
          !data.unit?.scorecard && (
            <Nothing title={t("scores.empty")} help={t("scores.emptyHelp", { name })}>
              <Above
                unit={unit}
                cycle={cycle}
                look={({ scorecard }) => scorecard && `/scorecard/${scorecard.id}`}
                words={(above) => t("scores.openAbove", { name: above })}
              />
            </Nothing>
          )
        }
      </Loaded>
    </Shown>
  );
}

interface ShownProps {
  card?: ScorecardWhole | null | undefined;
  path: string;
  /** Where we are while there is no card. */
  near?: { unit: string; cycle: string; name: string };
  children: ComponentChildren;
}

/** The card or the reasons for its score; before there is one, what the children say. */
function Shown({ card, path, near, children }: ShownProps) {
  if (card && place.value.path.endsWith("/why")) return <Why card={card} up={path} />;
  const unit = card?.unit?.id ?? near?.unit;
  const cycle = card?.cycle?.id ?? near?.cycle;
  const owner = card?.person ?? card?.unit;
  return (
    <Page
      title={owner ? nameOf(owner) : (near?.name ?? t("views.scorecard"))}
      eyebrow={card?.cycle && nameOf(card.cycle)}
      {...(path === "/scorecard" ? {} : { up: "/scorecard" })}
      aside={unit && cycle && <Choose unit={unit} cycle={cycle} now={card?.id} />}
    >
      <Views now="scorecard" />
      {card ? <CardParts card={card} why={`${path}/why`} /> : children}
    </Page>
  );
}

function Choose({ unit, cycle, now }: { unit: string; cycle: string; now: string | undefined }) {
  const open = useSignal(false);
  return (
    <>
      <button class="round" aria-label={t("scores.others")} onClick={() => (open.value = true)}>
        <Icon name="swap" />
      </button>
      {open.value && (
        <Sheet title={t("scores.others")} onClose={() => (open.value = false)}>
          <Others unit={unit} cycle={cycle} now={now} />
        </Sheet>
      )}
    </>
  );
}
