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

-- The strategic objectives whose intent an objective inherits, over agreed edges alone, with how far above they are.
create function intents_above(uuid) returns table (id uuid, level integer)
  language plpgsql stable parallel safe as $$
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
          and l.state = 'ACCEPTED') s
      where a.level < 32)
    select g.id, min(a.level) from above a cross join lateral (
      select l.strategic_objective_id from alignment l
      where l.tenant_id = current_tenant() and l.child_id = a.id and l.strategic_objective_id is not null
        and l.state = 'ACCEPTED') l
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
          and l.state = 'ACCEPTED') s
      where b.level < 32)
    select o.id, min(b.level) from below b
    join objective o on o.tenant_id = current_tenant() and o.id = b.id and o.state = 'ACTIVE'
    group by o.id; end$$;

-- How every objective stands to the intent of every strategic objective, whether it inherits it or not: the intent that
-- holds, what was said of it last, and what that comes to.
create view inherited_intent with (security_invoker = true) as
select o.tenant_id, md5(o.id::text || g.id::text)::uuid as id, o.id as objective_id, g.id as strategic_objective_id,
  c.id as intent_id, t.id as teach_back_id,
  case when t.id is null then 'UNSAID' when t.version < c.version then 'STALE'
    when t.state = 'CONFIRMED' then 'CURRENT' else t.state end as state
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
  language plpgsql stable parallel safe as $$
#variable_conflict use_column
begin return query
    select n.level, h.state, count(*) from inheritors_of($1) n
    join inherited_intent h on h.tenant_id = current_tenant() and h.objective_id = n.id
      and h.strategic_objective_id = $1
    group by n.level, h.state; end$$;

-- How faithfully intents arrive in a unit and all units below it on a date: how many promised objectives there are, how
-- many of them an intent reaches, how many have said all of theirs back and were confirmed, and how many of those hang
-- on chains on which every promised objective above is confirmed as well. What is over on a chain is passed through.
create function intent_fidelity(uuid, date)
  returns table (objectives bigint, reached bigint, confirmed bigint, faithful bigint)
  language plpgsql stable parallel safe as $$
#variable_conflict use_column
begin return query
    with recursive mine as materialized (
      select o.id from unit_closure u
      join objective o on o.tenant_id = current_tenant() and o.unit_id = u.descendant_id and o.state = 'ACTIVE'
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
          and l.state = 'ACCEPTED') s),
    edge as materialized (
      select a.id as child_id, o.state, s.parent_id, s.aim_id from above a
      join objective o on o.tenant_id = current_tenant() and o.id = a.id
      cross join lateral (
        select o.parent_id, null::uuid as aim_id where o.parent_id is not null and o.approved_at is not null
        union all
        select l.parent_id, l.strategic_objective_id from alignment l
        where l.tenant_id = current_tenant() and l.child_id = a.id and l.state = 'ACCEPTED') s),
    held as materialized (
      select distinct on (i.strategic_objective_id) i.strategic_objective_id as aim_id, i.id as intent_id from intent i
      join strategic_objective g on g.tenant_id = current_tenant() and g.id = i.strategic_objective_id
      where i.tenant_id = current_tenant() and g.retired_at is null
      order by i.strategic_objective_id, i.version desc),
    settled (aim_id, intent_id, id, is_confirmed, is_faithful) as (
      select h.aim_id, h.intent_id, e.child_id, k.is_so, k.is_so from edge e
      join held h on h.aim_id = e.aim_id
      cross join lateral (select e.state <> 'ACTIVE' or exists (
        select from teach_back b where b.tenant_id = current_tenant() and b.objective_id = e.child_id
          and b.intent_id = h.intent_id and b.state = 'CONFIRMED') as is_so) k
      union
      select d.aim_id, d.intent_id, e.child_id, k.is_so, d.is_faithful and k.is_so from settled d
      join edge e on e.parent_id = d.id
      cross join lateral (select e.state <> 'ACTIVE' or exists (
        select from teach_back b where b.tenant_id = current_tenant() and b.objective_id = e.child_id
          and b.intent_id = d.intent_id and b.state = 'CONFIRMED') as is_so) k),
    by_intent as (
      select d.id, d.aim_id, bool_or(d.is_confirmed) as is_confirmed, bool_or(d.is_faithful) as is_faithful
      from settled d group by d.id, d.aim_id),
    of_each as (
      select p.id, bool_and(p.is_confirmed) as is_confirmed, bool_and(p.is_faithful) as is_faithful
      from by_intent p group by p.id)
    select count(*), count(x.id), count(*) filter (where x.is_confirmed), count(*) filter (where x.is_faithful)
    from mine m left join of_each x on x.id = m.id; end$$;
