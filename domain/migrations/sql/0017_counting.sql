-- What is counted of the cascade of units, each with all units below it, on a date: the same functions for one unit that
-- somebody looks at and for all of a group at night. What it comes to is decided in domain/transmission.
--
-- `offset 0` has a step look its rows up by an index, as in 0011_teach_backs.sql; all other joins are of sets that were
-- found on the way, of which PostgreSQL believes that they are small. Without `enable_nestloop = off` it compares all with
-- all: eight times as long for 9,000 goals.

-- The day that an instant belongs to, by the group's own zone.
create function day_of(timestamptz) returns date language sql stable parallel safe as
  $$select ($1 at time zone t.zone)::date from tenant t where t.id = current_tenant()$$;

-- The units below others, themselves among them.
create function units_below(uuid[], date) returns table (unit_id uuid, below_id uuid)
  language sql stable parallel safe as $$
    select u.ancestor_id, u.descendant_id from unit_closure u
    where u.tenant_id = current_tenant() and u.ancestor_id = any($1) and u.valid_from <= $2 and $2 < u.valid_to
  $$;

-- The published strategy that is to arrive in a unit: that of the highest unit from it upwards that has one.
create function strategy_over(uuid, date) returns uuid language sql stable parallel safe as $$
  select s.id from unit_closure u
  join strategy s on s.tenant_id = current_tenant() and s.unit_id = u.ancestor_id and s.published_version is not null
  where u.tenant_id = current_tenant() and u.descendant_id = $1 and u.valid_from <= $2 and $2 < u.valid_to
  order by u.depth desc limit 1
$$;

-- The promised objectives of a cycle that belong to units below these, or to whom works there, with the strategic
-- objectives in force that they reach over agreed edges alone; whether nobody answers to their owner; and how they stand
-- to the intents that they inherit: null where none reaches them.
create function goals_below(units uuid[], of_cycle uuid, day date)
  returns table (id uuid, unit_id uuid, owner_id uuid, weight integer, aims uuid[], is_ground boolean, is_active boolean,
    is_faithful boolean)
  language plpgsql stable parallel safe rows 10000 set enable_nestloop = off as $$
#variable_conflict use_column
begin return query
    with recursive place as materialized (select distinct b.below_id from units_below(units, day) b),
    mine as materialized (
      select o.* from place p cross join lateral (
        select o.id, o.unit_id, o.owner_id, o.weight, o.state from objective o
        where o.tenant_id = current_tenant() and o.unit_id = p.below_id and o.cycle_id = of_cycle
          and o.state in ('ACTIVE', 'ACHIEVED', 'MISSED') offset 0) o
      union
      select o.* from (
        select distinct e.person_id from place p join employment e on e.tenant_id = current_tenant()
          and e.unit_id = p.below_id and e.valid_from <= day and day < e.valid_to) w
      cross join lateral (
        select o.id, o.unit_id, o.owner_id, o.weight, o.state from objective o
        where o.tenant_id = current_tenant() and o.owner_id = w.person_id and o.cycle_id = of_cycle
          and o.state in ('ACTIVE', 'ACHIEVED', 'MISSED') offset 0) o),
    above (id) as (
      select m.id from mine m
      union
      select s.parent_id from above a cross join lateral (
        select o.parent_id from objective o
        where o.tenant_id = current_tenant() and o.id = a.id and o.parent_id is not null and o.approved_at is not null
        union all
        select l.parent_id from alignment l
        where l.tenant_id = current_tenant() and l.child_id = a.id and l.parent_id is not null
          and l.state = 'ACCEPTED' offset 0) s),
    edge as materialized (
      select distinct a.id, o.state <> 'ACTIVE' as is_over, s.parent_id, s.aim_id from above a
      cross join lateral (
        select o.state, o.parent_id, o.approved_at from objective o
        where o.tenant_id = current_tenant() and o.id = a.id offset 0) o
      cross join lateral (
        select o.parent_id, null::uuid as aim_id where o.parent_id is not null and o.approved_at is not null
        union all
        select l.parent_id, l.strategic_objective_id from alignment l
        where l.tenant_id = current_tenant() and l.child_id = a.id and l.state = 'ACCEPTED' offset 0) s),
    aim as materialized (
      select g.id, n.id as intent_id from strategic_objective g left join lateral (
        select i.id from intent i where i.tenant_id = current_tenant() and i.strategic_objective_id = g.id
        order by i.version desc limit 1) n on true
      where g.tenant_id = current_tenant() and g.retired_at is null),
    -- As in intent_fidelity: what is over is passed through, and so is what has no intent to say back.
    reached (aim_id, intent_id, id, is_faithful) as (
      select i.id, i.intent_id, e.id, k.is_so from edge e join aim i on i.id = e.aim_id
      cross join lateral (select e.is_over or i.intent_id is null or exists (
        select from teach_back b where b.tenant_id = current_tenant() and b.objective_id = e.id
          and b.intent_id = i.intent_id and b.state = 'CONFIRMED') as is_so offset 0) k
      union
      select r.aim_id, r.intent_id, e.id, r.is_faithful and k.is_so from reached r
      join edge e on e.parent_id = r.id
      cross join lateral (select e.is_over or r.intent_id is null or exists (
        select from teach_back b where b.tenant_id = current_tenant() and b.objective_id = e.id
          and b.intent_id = r.intent_id and b.state = 'CONFIRMED') as is_so offset 0) k),
    way as (
      select r.id, r.aim_id, r.intent_id, bool_or(r.is_faithful) as is_faithful from reached r group by 1, 2, 3),
    seen as (
      select w.id, array_agg(w.aim_id order by w.aim_id) as aims,
        bool_and(w.is_faithful) filter (where w.intent_id is not null) as is_faithful
      from way w group by w.id)
    select m.id, m.unit_id, m.owner_id, m.weight, coalesce(s.aims, '{}'),
      not exists (select from reporting_line l where l.tenant_id = current_tenant() and l.manager_id = m.owner_id
        and l.kind = 'LINE' and l.valid_from <= day and day < l.valid_to),
      m.state = 'ACTIVE', s.is_faithful
    from mine m left join seen s on s.id = m.id; end$$;

-- Who works in a unit, how many of them see the strategy over a goal of theirs, and the sum of the parts of their
-- weights that reach it; of the goals of its units, how many there are, reach nothing, run, and hang on intents that were
-- said back; which part of their weights each theme of its strategy gets, each owner counting once; and which weight of
-- its strategic objectives goals of the ground reach.
create function sight_below(units uuid[], of_cycle uuid, day date) returns table (unit_id uuid, found jsonb)
  language plpgsql stable parallel safe rows 1000 set enable_nestloop = off as $$
#variable_conflict use_column
begin return query
    with below as materialized (select b.unit_id, b.below_id from units_below(units, day) b),
    goal as materialized (select g.* from goals_below(units, of_cycle, day) g),
    of_person as (
      select g.owner_id, bool_or(g.aims <> '{}') as sees,
        round(round(coalesce(sum(g.weight) filter (where g.aims <> '{}'), 0)::numeric, 60) / nullif(sum(g.weight), 0), 20)
          as part
      from goal g group by g.owner_id),
    people as (
      select w.unit_id, count(*) as people, count(*) filter (where p.sees) as seeing,
        coalesce(sum(p.part), 0) as weighed
      from (
        select distinct b.unit_id, e.person_id from below b join employment e on e.tenant_id = current_tenant()
          and e.unit_id = b.below_id and e.valid_from <= day and day < e.valid_to) w
      left join of_person p on p.owner_id = w.person_id group by w.unit_id),
    here as materialized (
      select b.unit_id, g.id, g.owner_id, g.aims, g.is_ground, g.is_active, g.is_faithful,
        round(round(g.weight::numeric, 60)
          / nullif(sum(g.weight) over (partition by b.unit_id, g.owner_id), 0), 20) as part
      from below b join goal g on g.unit_id = b.below_id),
    goals as (
      select h.unit_id, count(*) as goals, count(*) filter (where h.aims = '{}') as orphans,
        count(*) filter (where h.is_active) as active, count(*) filter (where h.is_active and h.is_faithful) as faithful,
        count(distinct h.owner_id) filter (where h.part is not null) as owners
      from here h group by h.unit_id),
    follows as materialized (
      select u.unit_id, strategy_over(u.unit_id, day) as strategy_id from unnest(units) u (unit_id)),
    aim as materialized (
      select f.unit_id, g.id, g.theme_id, g.weight from follows f join strategic_objective g
        on g.tenant_id = current_tenant() and g.strategy_id = f.strategy_id and g.retired_at is null),
    served as materialized (
      select h.unit_id, h.id, h.owner_id, a.id as aim_id, a.theme_id, h.is_ground,
        round(h.part / count(*) over (partition by h.unit_id, h.id), 20) as part
      from here h cross join lateral unnest(h.aims) x (id) join aim a on a.unit_id = h.unit_id and a.id = x.id),
    given as (select s.unit_id, s.theme_id, sum(s.part) as part from served s group by s.unit_id, s.theme_id),
    themes as (
      select f.unit_id, jsonb_agg(jsonb_build_array(t.id, t.name, t.name_zh, t.weight, coalesce(g.part, 0)::text)
        order by t.position, t.id) as themes
      from follows f join theme t on t.tenant_id = current_tenant() and t.strategy_id = f.strategy_id
        and t.retired_at is null
      left join given g on g.unit_id = f.unit_id and g.theme_id = t.id group by f.unit_id),
    reach as (
      select a.unit_id, count(*) as aims, sum(a.weight) as weight, sum(a.weight) filter (where s.aim_id is not null) as reached
      from aim a left join (
        select s.unit_id, s.aim_id from served s where s.is_ground group by 1, 2) s
        on s.unit_id = a.unit_id and s.aim_id = a.id
      group by a.unit_id),
    -- Both owners confirmed an interlock for a goal of one side: that is how they trade the two off.
    traded as materialized (
      select s.unit_id, s.aim_id, o.aim_id as other_id from interlock i
      join served s on s.id = i.objective_id and s.owner_id in (i.provider_id, i.receiver_id)
      join served o on o.unit_id = s.unit_id
        and o.owner_id = case when s.owner_id = i.provider_id then i.receiver_id else i.provider_id end
      where i.tenant_id = current_tenant() and i.cycle_id = of_cycle
        and i.status in ('CONFIRMED', 'DELIVERED', 'ACCEPTED', 'REJECTED')
      group by 1, 2, 3),
    held as materialized (select s.unit_id, s.aim_id from served s group by 1, 2),
    tension as (
      select a.unit_id, count(*) as links, count(*) filter (where l.sign = 'NEGATIVE' and not exists (
        select from traded t where t.unit_id = a.unit_id
          and (t.aim_id, t.other_id) in ((l.from_id, l.to_id), (l.to_id, l.from_id)))) as torn
      from held a join causal_link l on l.tenant_id = current_tenant() and l.from_id = a.aim_id
        and l.retired_at is null
      join held b on b.unit_id = a.unit_id and b.aim_id = l.to_id
      group by a.unit_id)
    select f.unit_id, jsonb_build_object(
      'has_strategy', f.strategy_id is not null,
      'people', coalesce(p.people, 0), 'seeing', coalesce(p.seeing, 0), 'weighed', coalesce(p.weighed, 0)::text,
      'goals', coalesce(g.goals, 0), 'orphans', coalesce(g.orphans, 0), 'active', coalesce(g.active, 0),
      'faithful', coalesce(g.faithful, 0), 'owners', coalesce(g.owners, 0), 'themes', coalesce(t.themes, '[]'),
      'aims', coalesce(r.aims, 0), 'aim_weight', coalesce(r.weight, 0), 'reached_weight', coalesce(r.reached, 0),
      'links', coalesce(n.links, 0), 'torn', coalesce(n.torn, 0))
    from follows f left join people p on p.unit_id = f.unit_id left join goals g on g.unit_id = f.unit_id
    left join themes t on t.unit_id = f.unit_id left join reach r on r.unit_id = f.unit_id
    left join tension n on n.unit_id = f.unit_id; end$$;

-- The targets that promised objectives below these units threw down, each with its weight among the targets of its
-- objective times that of the objective; its level below the target at the top, and what it weighs beside that; the units
-- from which it was itself thrown down; and the parts of it that are assigned and carried, and how many times it is with
-- the lowest slices. `carried` and `leaves` come from the lowest upwards: domain/objectives/cascading/coverage.py.
create function targets_below(units uuid[], of_cycle uuid, day date)
  returns table (id uuid, unit_id uuid, weight numeric, level integer, height numeric, from_units uuid[],
    assigned numeric, carried numeric, leaves numeric)
  language plpgsql stable parallel safe rows 1000 set enable_nestloop = off as $$
#variable_conflict use_column
begin return query
    with recursive place as materialized (select distinct b.below_id from units_below(units, day) b),
    mine as materialized (
      select k.id, o.unit_id from place p
      cross join lateral (
        select o.id, o.unit_id from objective o
        where o.tenant_id = current_tenant() and o.unit_id = p.below_id and o.cycle_id = of_cycle
          and o.state in ('ACTIVE', 'ACHIEVED', 'MISSED') offset 0) o
      cross join lateral (
        select k.id from key_result k
        where k.tenant_id = current_tenant() and k.objective_id = o.id and k.target <> 0 offset 0) k
      where exists (
        select from alignment a where a.tenant_id = current_tenant() and a.parent_key_result_id = k.id
          and a.method = 'SPLIT' and a.state in ('PROPOSED_DOWN', 'COUNTER_PROPOSED', 'ACCEPTED'))),
    down (id, at) as (
      select m.id, 0 from mine m
      union
      select a.child_key_result_id, d.at + 1 from down d cross join lateral (
        select a.child_key_result_id from alignment a
        where a.tenant_id = current_tenant() and a.parent_key_result_id = d.id and a.method = 'SPLIT'
          and a.state = 'ACCEPTED' and a.child_key_result_id is not null offset 0) a
      where d.at < 32),
    placed as materialized (select d.id, max(d.at) as at from down d group by d.id),
    cut as materialized (
      select p.id, p.at, a.amount, k.target,
        case when a.state = 'ACCEPTED' then a.child_key_result_id end as child_id
      from placed p
      cross join lateral (
        select a.amount, a.state, a.child_key_result_id from alignment a
        where a.tenant_id = current_tenant() and a.parent_key_result_id = p.id and a.method = 'SPLIT'
          and a.state in ('PROPOSED_DOWN', 'COUNTER_PROPOSED', 'ACCEPTED') offset 0) a
      cross join lateral (
        select k.target from key_result k
        where k.tenant_id = current_tenant() and k.id = p.id and k.target <> 0 offset 0) k),
    upwards (at, ids, carried, leaves) as (
      select max(c.at) + 1, '{}'::uuid[], '{}'::numeric[], '{}'::numeric[] from cut c
      union all
      select u.at - 1, f.ids, f.carried, f.leaves from upwards u cross join lateral (
        select array_agg(b.id) as ids, array_agg(b.carried) as carried, array_agg(b.leaves) as leaves from (
          select c.id,
            least(1, greatest(0, round(round(sum(c.amount * case when c.child_id is null then 0
              else coalesce(n.carried, 1) end), 60) / c.target, 20))) as carried,
            round(round(sum(c.amount * coalesce(n.leaves, 1)), 60) / c.target, 20) as leaves
          from cut c left join unnest(u.ids, u.carried, u.leaves) n (id, carried, leaves) on n.id = c.child_id
          where c.at = u.at - 1 group by c.id, c.target
          union all
          select n.* from unnest(u.ids, u.carried, u.leaves) n (id, carried, leaves)) b) f
      where u.at > 0),
    found as (
      select n.* from upwards u cross join lateral unnest(u.ids, u.carried, u.leaves) n (id, carried, leaves)
      where u.at = 0),
    thrown as (
      select c.id, round(round(sum(c.amount), 60) / c.target, 20) as assigned from cut c group by c.id, c.target),
    upper as materialized (
      select m.id, a.parent_key_result_id as from_id from mine m cross join lateral (
        select a.parent_key_result_id from alignment a
        where a.tenant_id = current_tenant() and a.child_key_result_id = m.id and a.method = 'SPLIT'
          and a.state = 'ACCEPTED' offset 0) a),
    up (id, top_id, steps) as (
      select m.id, m.id, 0 from mine m
      union
      select u.id, a.parent_key_result_id, u.steps + 1 from up u cross join lateral (
        select a.parent_key_result_id from alignment a
        where a.tenant_id = current_tenant() and a.child_key_result_id = u.top_id and a.method = 'SPLIT'
          and a.state = 'ACCEPTED' offset 0) a
      where u.steps < 32),
    top as (select distinct on (u.id) u.id, u.top_id, u.steps from up u order by u.id, u.steps desc, u.top_id),
    froms as (
      select u.id, array_agg(distinct o.unit_id) as units from upper u
      join key_result k on k.tenant_id = current_tenant() and k.id = u.from_id
      join objective o on o.tenant_id = current_tenant() and o.id = k.objective_id group by u.id),
    weighed as (
      select w.id, k.target, round(round((o.weight * k.weight)::numeric, 60) / s.whole, 20) as weight
      from (select m.id from mine m union select t.top_id from top t) w
      join key_result k on k.tenant_id = current_tenant() and k.id = w.id
      join objective o on o.tenant_id = current_tenant() and o.id = k.objective_id
      cross join lateral (
        select sum(x.weight) as whole from key_result x
        where x.tenant_id = current_tenant() and x.objective_id = o.id offset 0) s)
    select m.id, m.unit_id, w.weight, t.steps + 1, round(round(x.weight * w.target, 60) / x.target, 20),
      coalesce(r.units, '{}'), n.assigned, f.carried, f.leaves
    from mine m join found f on f.id = m.id join thrown n on n.id = m.id join top t on t.id = m.id
    join weighed w on w.id = m.id join weighed x on x.id = t.top_id and x.target <> 0
    left join froms r on r.id = m.id; end$$;

-- The same for each unit: of the targets that were not thrown down from within it, how many there are, how much of them
-- is assigned, carried, and comes to in the lowest slices; and level by level below the top what is lost.
create function thrown_below(units uuid[], of_cycle uuid, day date) returns table (unit_id uuid, found jsonb)
  language plpgsql stable parallel safe rows 1000 set enable_nestloop = off as $$
#variable_conflict use_column
begin return query
    with below as materialized (select b.unit_id, b.below_id from units_below(units, day) b),
    target as materialized (select t.* from targets_below(units, of_cycle, day) t),
    here as materialized (
      select b.unit_id, t.weight, t.level, t.height, t.assigned, t.carried, t.leaves, not exists (
        select from below p where p.unit_id = b.unit_id and p.below_id = any(t.from_units)) as is_top
      from below b join target t on t.unit_id = b.below_id),
    tops as (
      select h.unit_id, count(*) as targets, sum(h.weight) as weight, sum(h.weight * h.assigned) as assigned,
        sum(h.weight * h.carried) as carried, sum(h.weight * h.leaves) as leaves
      from here h where h.is_top group by h.unit_id),
    levels as (
      select l.unit_id, jsonb_agg(jsonb_build_array(l.level, l.targets, l.height::text, l.kept::text) order by l.level)
        as levels
      from (
        select h.unit_id, h.level, count(*) as targets, sum(h.height) as height,
          sum(h.height * least(1, h.assigned)) as kept
        from here h group by h.unit_id, h.level) l
      group by l.unit_id)
    select u.unit_id, jsonb_build_object('targets', coalesce(t.targets, 0), 'weight', coalesce(t.weight, 0)::text,
      'assigned', coalesce(t.assigned, 0)::text, 'carried', coalesce(t.carried, 0)::text,
      'leaves', coalesce(t.leaves, 0)::text, 'levels', coalesce(l.levels, '[]'))
    from unnest(units) u (unit_id) left join tops t on t.unit_id = u.unit_id
    left join levels l on l.unit_id = u.unit_id; end$$;

-- The recall of each unit: the newest round that is over and asked it, its own before those of units above, with how many
-- of the unit answered and the sum of what they recalled. Units are as they were when the round was opened.
create function recall_below(units uuid[], of_cycle uuid, now timestamptz) returns table (unit_id uuid, found jsonb)
  language plpgsql stable parallel safe rows 1000 set enable_nestloop = off as $$
#variable_conflict use_column
begin return query
    with asked as materialized (
      select distinct on (u.descendant_id) u.descendant_id as unit_id, r.id, d.day
      from recall_round r cross join day_of(r.opens_at) d (day)
      join unit_closure u on u.tenant_id = current_tenant() and u.ancestor_id = r.unit_id
        and u.descendant_id = any(units) and u.valid_from <= d.day and d.day < u.valid_to
      where r.tenant_id = current_tenant() and r.cycle_id = of_cycle and r.closes_at <= now
      order by u.descendant_id, r.quarter desc, u.depth, r.id)
    select a.unit_id, jsonb_build_object('round', a.id, 'answers', count(w.id),
      'total', coalesce(sum(w.recalled), 0)::text)
    from asked a
    left join unit_closure b on b.tenant_id = current_tenant() and b.ancestor_id = a.unit_id
      and b.valid_from <= a.day and a.day < b.valid_to
    left join recall_answer w on w.tenant_id = current_tenant() and w.round_id = a.id and w.unit_id = b.descendant_id
    group by a.unit_id, a.id; end$$;

-- All units that a round asked, each with the unit above and how many answered in it: what may be told is decided by
-- all of them together.
create function recall_cells(of_round uuid) returns jsonb language sql stable parallel safe as $$
  select coalesce(jsonb_agg(jsonb_build_array(u.descendant_id, p.parent_id, coalesce(n.answers, 0))), '[]')
  from recall_round r cross join day_of(r.opens_at) d (day)
  join unit_closure u on u.tenant_id = current_tenant() and u.ancestor_id = r.unit_id
    and u.valid_from <= d.day and d.day < u.valid_to
  left join unit_term p on p.tenant_id = current_tenant() and p.unit_id = u.descendant_id
    and p.valid_from <= d.day and d.day < p.valid_to
  left join (
    select a.unit_id, count(*) as answers from recall_answer a
    where a.tenant_id = current_tenant() and a.round_id = of_round group by 1) n on n.unit_id = u.descendant_id
  where r.tenant_id = current_tenant() and r.id = of_round
$$;

-- What units below give or are given by others: how much of what was identified both sides confirmed, by weight; of
-- what was kept or broken by now (interlocks/rules.py), how much was kept, within a unit and from one unit to another.
create function interlocks_below(units uuid[], of_cycle uuid, day date, now date) returns table (unit_id uuid, found jsonb)
  language plpgsql stable parallel safe rows 1000 set enable_nestloop = off as $$
#variable_conflict use_column
begin return query
    with below as materialized (select b.unit_id, b.below_id from units_below(units, day) b),
    pact as materialized (
      select i.id, i.weight, i.provider_unit_id, i.receiver_unit_id,
        i.status in ('CONFIRMED', 'DELIVERED', 'ACCEPTED', 'REJECTED') as is_confirmed,
        i.status = 'ACCEPTED' and i.delivered_on <= i.due_on as is_kept,
        case when i.status in ('CONFIRMED', 'REJECTED') then i.due_on < now
          when i.status in ('DELIVERED', 'ACCEPTED') then i.status = 'ACCEPTED' or i.delivered_on > i.due_on
          else false end as is_settled,
        i.provider_unit_id <> i.receiver_unit_id as is_across
      from interlock i
      where i.tenant_id = current_tenant() and i.cycle_id = of_cycle and i.status <> 'WITHDRAWN'),
    here as (
      select b.unit_id, p.id from below b join pact p on p.provider_unit_id = b.below_id
      union
      select b.unit_id, p.id from below b join pact p on p.receiver_unit_id = b.below_id)
    select h.unit_id, jsonb_build_object('identified', count(*), 'weight', sum(p.weight),
      'confirmed_weight', coalesce(sum(p.weight) filter (where p.is_confirmed), 0),
      'due_inside', count(*) filter (where p.is_settled and not p.is_across),
      'kept_inside', count(*) filter (where p.is_kept and not p.is_across),
      'due_across', count(*) filter (where p.is_settled and p.is_across),
      'kept_across', count(*) filter (where p.is_kept and p.is_across))
    from here h join pact p on p.id = h.id group by h.unit_id; end$$;

-- The weights that the unit's own scorecard gives its perspectives, and how each was scored month by month.
create function card_weights(units uuid[], of_cycle uuid) returns table (unit_id uuid, found jsonb)
  language plpgsql stable parallel safe rows 1000 as $$
#variable_conflict use_column
begin return query
    select c.unit_id, jsonb_build_object(
      'weights', (
        select jsonb_agg(jsonb_build_array(p.code, p.name, p.name_zh, x.weight) order by x.position)
        from scorecard_perspective x join perspective p on p.tenant_id = current_tenant() and p.id = x.perspective_id
        where x.tenant_id = current_tenant() and x.scorecard_id = c.id),
      'months', (
        select jsonb_agg((select jsonb_object_agg(l.line ->> 'key', l.line ->> 'score')
          from jsonb_array_elements(s.trace -> 'perspectives') l (line)) order by s.period)
        from score s where s.tenant_id = current_tenant() and s.scorecard_id = c.id and s.value is not null))
    from scorecard c where c.tenant_id = current_tenant() and c.unit_id = any(units) and c.cycle_id = of_cycle
      and c.person_id is null and c.state <> 'DRAFT'; end$$;

-- All of it together.
create function cascade_below(units uuid[], of_cycle uuid, day date, now timestamptz)
  returns table (unit_id uuid, found jsonb) language sql stable parallel safe rows 1000 as $$
    select s.unit_id, jsonb_build_object('sight', s.found, 'thrown', t.found, 'recall', r.found, 'interlocks', i.found,
      'card', c.found)
    from sight_below(units, of_cycle, day) s
    left join thrown_below(units, of_cycle, day) t on t.unit_id = s.unit_id
    left join recall_below(units, of_cycle, now) r on r.unit_id = s.unit_id
    left join interlocks_below(units, of_cycle, day, day_of(now)) i on i.unit_id = s.unit_id
    left join card_weights(units, of_cycle) c on c.unit_id = s.unit_id
  $$;
grant execute on function day_of, units_below, strategy_over, goals_below, sight_below, targets_below, thrown_below,
  recall_below, recall_cells, interlocks_below, card_weights, cascade_below to catchball_app;
