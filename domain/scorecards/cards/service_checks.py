"""What cannot be seen in a card alone: circles of cards, units that are not below, and what would count twice."""

from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import circles, clock
from domain.kernel.errors import InvalidInput
from domain.kernel.work import Work
from domain.objectives import roll_up
from domain.scorecards.cards import rules
from domain.scorecards.cards.errors import ScorecardCircle

if TYPE_CHECKING:
    import asyncpg

CARDS_MAX = 200
"""How many cards above one are looked at for what would count twice in them."""


async def refuse_strangers(work: Work, card_id: UUID) -> None:
    """InvalidInput unless the cards that count here are of the same cycle, and of units or persons in or below."""
    row = await work.connection.fetchrow(
        """select i.position from scorecard_item i
           join scorecard k on k.tenant_id = i.tenant_id and k.id = i.scorecard_id
           join scorecard b on b.tenant_id = i.tenant_id and b.id = i.of_scorecard_id
           where i.tenant_id = $1 and i.scorecard_id = $2 and (b.cycle_id <> k.cycle_id or k.person_id is not null
             or not exists (select from unit_closure c where c.tenant_id = $1 and c.ancestor_id = k.unit_id
               and c.descendant_id = b.unit_id and c.valid_from <= $3 and $3 < c.valid_to))
           order by i.position limit 1""",
        work.actor.tenant_id,
        card_id,
        clock.today(work.actor.zone),
    )
    if row is not None:
        raise InvalidInput(
            "In a unit's scorecard those of the same cycle in or below the unit can count.",
            field=f"items.{row['position'] - 1}.ofScorecard",
        )


async def refuse_circles(work: Work, card_id: UUID) -> None:
    """ScorecardCircle, by the names of the units on the way round."""
    rows = await work.connection.fetch(
        f"""with recursive below (scorecard_id, of_scorecard_id, level) as (
              select scorecard_id, of_scorecard_id, 1 from scorecard_item
              where tenant_id = $1 and scorecard_id = $2 and of_scorecard_id is not null
              union
              select i.scorecard_id, i.of_scorecard_id, b.level + 1 from below b
              join scorecard_item i on i.tenant_id = $1 and i.scorecard_id = b.of_scorecard_id
              where i.of_scorecard_id is not null and b.level <= {rules.LEVELS_MAX})
            select distinct scorecard_id, of_scorecard_id, level from below order by level, scorecard_id""",
        work.actor.tenant_id,
        card_id,
    )
    path = circles.find((row["scorecard_id"], row["of_scorecard_id"]) for row in rows)
    if path:
        raise ScorecardCircle(await _names(work, path))
    if any(row["level"] > rules.LEVELS_MAX for row in rows):
        raise InvalidInput(f"Scorecards count in one another over {rules.LEVELS_MAX} levels at most.", field="items")


async def _names(work: Work, cards: tuple[UUID, ...]) -> list[str]:
    rows = await work.connection.fetch(
        """select k.id, coalesce(p.name, u.code) as name from scorecard k
           join unit u on u.tenant_id = k.tenant_id and u.id = k.unit_id
           left join person p on p.tenant_id = k.tenant_id and p.id = k.person_id
           where k.tenant_id = $1 and k.id = any($2)""",
        work.actor.tenant_id,
        list(cards),
    )
    names = {row["id"]: row["name"] for row in rows}
    return [names[card] for card in cards]


async def refuse_counting_twice(work: Work, card_id: UUID) -> None:
    """CountedTwice when a measure, an objective or a card reaches this card, or one above it, on two ways."""
    rows = await work.connection.fetch(_REACHED, work.actor.tenant_id, card_id)
    by_card: dict[UUID, list[asyncpg.Record]] = {}
    for row in rows:
        by_card.setdefault(row["card_id"], []).append(row)
    for found in by_card.values():
        rules.check_counted_once(
            [(row["item_id"], (row["source"], row["source_id"]), row["name"]) for row in found],
            {row["item_id"]: row["title"] for row in found},
        )


_REACHED = f"""
with recursive cards (card_id, level) as (
  select $2::uuid, 1
  union
  select i.scorecard_id, c.level + 1 from cards c
  join scorecard_item i on i.tenant_id = $1 and i.of_scorecard_id = c.card_id
  join scorecard k on k.tenant_id = $1 and k.id = i.scorecard_id and k.state = 'PUBLISHED'
  where c.level <= {rules.LEVELS_MAX}
), reached (card_id, item_id, measure_id, objective_id, of_scorecard_id, level) as (
  select i.scorecard_id, i.id, i.measure_id, i.objective_id, i.of_scorecard_id, 1
  from (select distinct card_id from cards limit {CARDS_MAX}) c
  join scorecard_item i on i.tenant_id = $1 and i.scorecard_id = c.card_id and i.weight > 0
  union
  select r.card_id, r.item_id, i.measure_id, i.objective_id, i.of_scorecard_id, r.level + 1 from reached r
  join scorecard_item i on i.tenant_id = $1 and i.scorecard_id = r.of_scorecard_id and i.weight > 0
  where r.level <= {rules.LEVELS_MAX}
), goals (card_id, item_id, objective_id, level) as (
  select card_id, item_id, objective_id, 1 from reached where objective_id is not null
  union
  select g.card_id, g.item_id, s.child_id, g.level + 1 from goals g
  join serving s on s.tenant_id = $1 and s.parent_id = g.objective_id and s.counted and s.is_agreed
  where g.level <= {roll_up.LEVELS_MAX}
), found (card_id, item_id, source, source_id) as (
  select card_id, item_id, 'measure', measure_id from reached where measure_id is not null
  union
  select card_id, item_id, 'scorecard', of_scorecard_id from reached where of_scorecard_id is not null
  union
  select card_id, item_id, 'objective', objective_id from goals
  union
  select g.card_id, g.item_id, 'measure', k.measure_id from goals g
  join key_result k on k.tenant_id = $1 and k.objective_id = g.objective_id and k.measure_id is not null
)
select f.*, i.title, m.code as name from found f
join scorecard_item i on i.tenant_id = $1 and i.id = f.item_id
left join measure m on m.tenant_id = $1 and m.id = f.source_id and f.source = 'measure'
order by i.position, f.source, f.source_id"""
"""What counts in the items of a card and of all cards above it, on whatever way: by cards below, by objectives that
serve objectives, and by the measures that their key results are tied to."""
