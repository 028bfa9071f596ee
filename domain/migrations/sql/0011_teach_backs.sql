-- An intent said back in the words of who serves it, and what the line says to that. What is said anew while it waits
-- replaces what was said before.
create table teach_back (
  tenant_id uuid not null,
  id uuid not null,
  intent_id uuid not null,
  objective_id uuid not null,
  said_by_id uuid not null,
  words text not null check (words <> ''),
  said_at timestamptz not null,
  state text not null check (state in ('SAID', 'CONFIRMED', 'RETURNED', 'REPLACED')),
  answered_by_id uuid,
  answered_at timestamptz,
  answer text,
  primary key (tenant_id, id),
  foreign key (tenant_id, intent_id) references intent (tenant_id, id),
  foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  foreign key (tenant_id, said_by_id) references person (tenant_id, id),
  foreign key (tenant_id, answered_by_id) references person (tenant_id, id),
  check ((state in ('SAID', 'REPLACED')) = (answered_at is null)),
  check ((answered_at is null) = (answered_by_id is null)),
  check ((state = 'RETURNED') = (answer is not null))
);
create index teach_back_said on teach_back (tenant_id, objective_id, said_at, id);
-- One waits at a time, and what is confirmed is not said again.
create unique index teach_back_standing on teach_back (tenant_id, objective_id, intent_id)
  where state in ('SAID', 'CONFIRMED');
select fence_tenant('teach_back');
grant select, insert, update on teach_back to catchball_app;

-- Below, `offset 0` has each step look its rows up by an index, whatever PostgreSQL believes how many there are: what it
-- believes of a table that has just grown makes it compare all with all.

-- The strategic objectives whose intent an objective inherits, over agreed edges alone, with how far above they are.
create function intents_above(uuid) returns table (id uuid, level integer)
  language plpgsql stable parallel safe rows 5 as $$
#variable_conflict use_column
begin return query
    with recursive above (id, level) as (
      select $1, 1
      union
      select s.parent_id, a.level + 1 from above a cross join lateral (
        select o.parent_id from objective o
        where o.tenant_id = current_tenant() and o.id = a.id and o.parent_id is not null and o.approved_at is not null
        union all
        select l.parent_id from alignment l
        where l.tenant_id = current_tenant() and l.child_id = a.id and l.parent_id is not null
          and l.state = 'ACCEPTED' offset 0) s
      where a.level < 32)
    select g.id, min(a.level) from above a cross join lateral (
      select l.strategic_objective_id from alignment l
      where l.tenant_id = current_tenant() and l.child_id = a.id and l.strategic_objective_id is not null
        and l.state = 'ACCEPTED' offset 0) l
    join strategic_objective g on g.tenant_id = current_tenant() and g.id = l.strategic_objective_id
    where g.retired_at is null
      and exists (select from intent i where i.tenant_id = current_tenant() and i.strategic_objective_id = g.id)
    group by g.id; end$$;

-- The promised objectives that inherit the intent of a strategic objective, with how far below they are.
create function inheritors_of(uuid) returns table (id uuid, level integer)
  language plpgsql stable parallel safe as $$
#variable_conflict use_column
begin return query
    with recursive below (id, level) as (
      select l.child_id, 1 from alignment l
      where l.tenant_id = current_tenant() and l.strategic_objective_id = $1 and l.child_id is not null
        and l.state = 'ACCEPTED'
      union
      select s.id, b.level + 1 from below b cross join lateral (
        select o.id from objective o
        where o.tenant_id = current_tenant() and o.parent_id = b.id and o.approved_at is not null
        union all
        select l.child_id from alignment l
        where l.tenant_id = current_tenant() and l.parent_id = b.id and l.child_id is not null
          and l.state = 'ACCEPTED' offset 0) s
      where b.level < 32)
    select n.id, n.level from (select b.id, min(b.level) as level from below b group by b.id) n
    cross join lateral (
      select from objective o
      where o.tenant_id = current_tenant() and o.id = n.id and o.state = 'ACTIVE' offset 0) o; end$$;

-- How an objective stands to an intent: by the version and the state of what was said last, and the version that holds.
create function intent_state(integer, text, integer) returns text language sql immutable parallel safe as $$
  select case when $1 is null then 'UNSAID' when $1 < $3 then 'STALE' when $2 = 'CONFIRMED' then 'CURRENT' else $2 end
$$;

-- How every objective stands to the intent of every strategic objective, whether it inherits it or not: the intent that
-- holds, what was said of it last, and what that comes to.
create view inherited_intent with (security_invoker = true) as
select o.tenant_id, md5(o.id::text || g.id::text)::uuid as id, o.id as objective_id, g.id as strategic_objective_id,
  c.id as intent_id, t.id as teach_back_id,
  intent_state(t.version, t.state, c.version) as state
from objective o
join strategic_objective g on g.tenant_id = o.tenant_id
cross join lateral (
  select i.id, i.version from intent i where i.tenant_id = o.tenant_id and i.strategic_objective_id = g.id
  order by i.version desc limit 1) c
left join lateral (
  select b.id, b.state, i.version from teach_back b
  join intent i on i.tenant_id = b.tenant_id and i.id = b.intent_id and i.strategic_objective_id = g.id
  where b.tenant_id = o.tenant_id and b.objective_id = o.id and b.state <> 'REPLACED'
  order by i.version desc, b.said_at desc, b.id desc limit 1) t on true;
grant select on inherited_intent to catchball_app;

-- How many inheritors of an intent stand how on which level.
create function intent_levels(uuid) returns table (level integer, state text, number bigint)
  language plpgsql stable parallel safe rows 50 as $$
#variable_conflict use_column
begin return query
    select n.level, intent_state(t.version, t.state, c.version), count(*) from (
      select max(i.version) as version from intent i
      where i.tenant_id = current_tenant() and i.strategic_objective_id = $1) c
    cross join inheritors_of($1) n
    left join lateral (
      select b.state, i.version from teach_back b
      join intent i on i.tenant_id = b.tenant_id and i.id = b.intent_id and i.strategic_objective_id = $1
      where b.tenant_id = current_tenant() and b.objective_id = n.id and b.state <> 'REPLACED'
      order by i.version desc, b.said_at desc, b.id desc limit 1) t on true
    where c.version is not null
    group by 1, 2; end$$;

-- The promised objectives of a unit and all units below it on a date, and everything above them over agreed edges: a row
-- for each edge, and one for what has none.
create function intent_edges(uuid, date)
  returns table (id uuid, is_mine boolean, is_active boolean, parent_id uuid, aim_id uuid)
  language plpgsql stable parallel safe rows 20000 as $$
#variable_conflict use_column
begin return query
    with recursive mine as materialized (
      select o.id from unit_closure u cross join lateral (
        select o.id from objective o
        where o.tenant_id = current_tenant() and o.unit_id = u.descendant_id and o.state = 'ACTIVE' offset 0) o
      where u.tenant_id = current_tenant() and u.ancestor_id = $1 and u.valid_from <= $2 and $2 < u.valid_to),
    above (id) as (
      select m.id from mine m
      union
      select s.parent_id from above a cross join lateral (
        select o.parent_id from objective o
        where o.tenant_id = current_tenant() and o.id = a.id and o.parent_id is not null and o.approved_at is not null
        union all
        select l.parent_id from alignment l
        where l.tenant_id = current_tenant() and l.child_id = a.id and l.parent_id is not null
          and l.state = 'ACCEPTED' offset 0) s)
    select a.id, a.id in (select m.id from mine m), o.state = 'ACTIVE', s.parent_id, s.aim_id from above a
    cross join lateral (
      select o.state, case when o.approved_at is not null then o.parent_id end as parent_id from objective o
      where o.tenant_id = current_tenant() and o.id = a.id offset 0) o
    left join lateral (
      select o.parent_id, null::uuid as aim_id where o.parent_id is not null
      union all
      select l.parent_id, l.strategic_objective_id from alignment l
      where l.tenant_id = current_tenant() and l.child_id = a.id and l.state = 'ACCEPTED' offset 0) s on true; end$$;

-- How faithfully intents arrive in a unit and all units below it on a date: how many promised objectives there are, how
-- many of them an intent reaches, how many have said all of theirs back and were confirmed, and how many of those hang
-- on chains on which every promised objective above is confirmed as well. What is over on a chain is passed through.
create function intent_fidelity(uuid, date)
  returns table (objectives bigint, reached bigint, confirmed bigint, faithful bigint)
  language plpgsql stable parallel safe rows 1 as $$
#variable_conflict use_column
begin return query
    with recursive edge as materialized (
      select e.id, e.is_mine, e.is_active, e.parent_id, e.aim_id from intent_edges($1, $2) e),
    held as materialized (
      select g.id as aim_id, n.id as intent_id from strategic_objective g cross join lateral (
        select i.id from intent i where i.tenant_id = current_tenant() and i.strategic_objective_id = g.id
        order by i.version desc limit 1) n
      where g.tenant_id = current_tenant() and g.retired_at is null),
    settled (aim_id, intent_id, id, is_confirmed, is_faithful) as (
      select h.aim_id, h.intent_id, e.id, k.is_so, k.is_so from edge e
      join held h on h.aim_id = e.aim_id
      cross join lateral (select not e.is_active or exists (
        select from teach_back b where b.tenant_id = current_tenant() and b.objective_id = e.id
          and b.intent_id = h.intent_id and b.state = 'CONFIRMED') as is_so offset 0) k
      union
      select d.aim_id, d.intent_id, e.id, k.is_so, d.is_faithful and k.is_so from settled d
      join edge e on e.parent_id = d.id
      cross join lateral (select not e.is_active or exists (
        select from teach_back b where b.tenant_id = current_tenant() and b.objective_id = e.id
          and b.intent_id = d.intent_id and b.state = 'CONFIRMED') as is_so offset 0) k),
    by_intent as (
      select d.id, d.aim_id, bool_or(d.is_confirmed) as is_confirmed, bool_or(d.is_faithful) as is_faithful
      from settled d group by d.id, d.aim_id),
    of_each as (
      select p.id, true as is_reached, bool_and(p.is_confirmed) as is_confirmed, bool_and(p.is_faithful) as is_faithful
      from by_intent p group by p.id
      union all
      select e.id, false, false, false from edge e where e.is_mine),
    found as (
      select x.id, bool_or(x.is_reached) as is_reached, bool_or(x.is_confirmed) as is_confirmed,
        bool_or(x.is_faithful) as is_faithful
      from of_each x group by x.id having bool_or(not x.is_reached))
    select count(*), count(*) filter (where f.is_reached), count(*) filter (where f.is_confirmed),
      count(*) filter (where f.is_faithful)
    from found f; end$$;
