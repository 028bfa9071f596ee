-- What serves what, beside the parent that an objective names itself: another objective, a key result of it, or a
-- strategic objective. A slice of a target is on its way down until the receiver has made it an objective of their own.
-- An alignment to the very parent that an objective names says more of that edge: how, how much, and whether it counts.
create table alignment (
  tenant_id uuid not null,
  id uuid not null,
  cycle_id uuid not null,
  parent_id uuid,
  parent_key_result_id uuid,
  strategic_objective_id uuid,
  child_id uuid,
  child_key_result_id uuid,
  receiver_id uuid,
  receiver_unit_id uuid,
  method text not null check (method in ('SHARED', 'SPLIT', 'WEIGHTED', 'QUALITATIVE')),
  state text not null check (state in (
    'DRAFT', 'PROPOSED_DOWN', 'PROPOSED_UP', 'COUNTER_PROPOSED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')),
  amount numeric,
  counter_amount numeric,
  -- Relative to 100, the weight of the parent that an objective names and of each edge of which nothing is said.
  weight integer check (weight between 0 and 1000),
  counted boolean not null,
  reason text,
  rounds integer not null default 0 check (rounds >= 0),
  version integer not null default 1 check (version >= 1),
  proposed_by_id uuid not null,
  proposed_at timestamptz not null,
  -- Whose turn it is; of what nobody in person has to answer, null.
  asked_id uuid,
  escalated_at timestamptz,
  decided_by_id uuid,
  decided_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, cycle_id) references cycle (tenant_id, id),
  foreign key (tenant_id, parent_id) references objective (tenant_id, id),
  foreign key (tenant_id, parent_key_result_id) references key_result (tenant_id, id),
  foreign key (tenant_id, strategic_objective_id) references strategic_objective (tenant_id, id),
  foreign key (tenant_id, child_id) references objective (tenant_id, id),
  foreign key (tenant_id, child_key_result_id) references key_result (tenant_id, id),
  foreign key (tenant_id, receiver_id) references person (tenant_id, id),
  foreign key (tenant_id, receiver_unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, proposed_by_id) references person (tenant_id, id),
  foreign key (tenant_id, asked_id) references person (tenant_id, id),
  foreign key (tenant_id, decided_by_id) references person (tenant_id, id),
  check ((parent_id is null) <> (strategic_objective_id is null)),
  check (parent_id <> child_id),
  check (child_id is not null or receiver_id is not null),
  check (method <> 'SPLIT' or (parent_key_result_id is not null and amount is not null)),
  check (method <> 'QUALITATIVE' or not counted)
);
create index alignment_child on alignment (tenant_id, child_id, proposed_at, id);
create index alignment_parent on alignment (tenant_id, parent_id, proposed_at, id);
create index alignment_receiver on alignment (tenant_id, receiver_id, proposed_at, id);
create index alignment_proposer on alignment (tenant_id, proposed_by_id, proposed_at, id);
create index alignment_sliced on alignment (tenant_id, parent_key_result_id);
create index alignment_slice_of on alignment (tenant_id, child_key_result_id);
create index alignment_strategic on alignment (tenant_id, strategic_objective_id, proposed_at, id);
create unique index alignment_one_slice on alignment (tenant_id, parent_key_result_id, receiver_id, receiver_unit_id)
  nulls not distinct where method = 'SPLIT' and state in ('DRAFT', 'PROPOSED_DOWN', 'COUNTER_PROPOSED', 'ACCEPTED');
create unique index alignment_one_edge on alignment (tenant_id, child_id, parent_id, strategic_objective_id)
  nulls not distinct where method <> 'SPLIT' and state in ('PROPOSED_DOWN', 'PROPOSED_UP', 'ACCEPTED');

-- How the target of a key result was thrown down: by which rule, what is held back, and why it need not add up.
create table target_split (
  tenant_id uuid not null,
  id uuid not null,
  key_result_id uuid not null,
  method text not null check (method in ('EQUAL', 'WEIGHT', 'HISTORY', 'CAPACITY', 'HYBRID', 'GIVEN')),
  state text not null check (state in ('DRAFT', 'PUBLISHED', 'CLOSED')),
  reserve numeric not null,
  is_whole boolean not null,
  waiver text,
  version integer not null check (version >= 1),
  thrown_by_id uuid not null,
  created_at timestamptz not null,
  published_at timestamptz,
  closed_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, key_result_id),
  foreign key (tenant_id, key_result_id) references key_result (tenant_id, id),
  foreign key (tenant_id, thrown_by_id) references person (tenant_id, id),
  check ((state = 'DRAFT') = (published_at is null)),
  check ((state = 'CLOSED') = (closed_at is not null))
);

-- What was said of an alignment, turn by turn.
create table alignment_turn (
  tenant_id uuid not null,
  id uuid not null,
  alignment_id uuid not null,
  number integer not null check (number >= 1),
  act text not null check (act in ('PROPOSE', 'ACCEPT', 'DECLINE', 'COUNTER', 'ACCEPT_COUNTER', 'INSIST', 'WITHDRAW')),
  by_id uuid not null,
  at timestamptz not null,
  amount numeric,
  reason text,
  resources text,
  primary key (tenant_id, id),
  unique (tenant_id, alignment_id, number),
  foreign key (tenant_id, alignment_id) references alignment (tenant_id, id),
  foreign key (tenant_id, by_id) references person (tenant_id, id)
);
select fence_tenant(t) from unnest(array['alignment', 'target_split', 'alignment_turn']::regclass[]) t;
grant select, insert, update on alignment, target_split to catchball_app;
grant select, insert on alignment_turn to catchball_app;

-- Who serves whom, both ways of saying it together: the parent that an objective names, and alignments that have a child.
create view serving with (security_invoker = true) as
select tenant_id, id as child_id, parent_id, null::uuid as strategic_objective_id, 'WEIGHTED' as method, true as counted,
  approved_at is not null as is_agreed, null::uuid as alignment_id
from objective where parent_id is not null
union all
select tenant_id, child_id, parent_id, strategic_objective_id, method, counted, state = 'ACCEPTED', id
from alignment where child_id is not null and state <> 'DRAFT';
grant select on serving to catchball_app;

-- An objective and what serves it, however far below, each once at its shortest way; circles end by themselves.
create function objectives_below(of_tenant uuid, root uuid, levels integer, most integer)
returns table (id uuid, depth integer) language sql stable parallel safe as $$
  with recursive below (id, depth) as (
    select root, 0
    union
    select s.id, b.depth + 1 from below b cross join lateral (
      select o.id from objective o where o.tenant_id = of_tenant and o.parent_id = b.id
      union all
      select a.child_id from alignment a where a.tenant_id = of_tenant and a.parent_id = b.id and a.child_id is not null
        and a.state in ('PROPOSED_DOWN', 'PROPOSED_UP', 'COUNTER_PROPOSED', 'ACCEPTED')) s
    where b.depth < levels)
  select b.id, min(b.depth) from below b group by b.id order by 2, 1 limit most
$$;

-- The edges above an objective, however far, each once with its shortest distance: what it serves, what that serves, up
-- to strategic objectives; by agreed edges alone, or by those that wait for an answer, too.
create function serving_above(of_tenant uuid, leaf uuid, levels integer, only_agreed boolean)
returns table (child_id uuid, parent_id uuid, strategic_objective_id uuid, level integer)
language sql stable parallel safe as $$
  with recursive above (child_id, parent_id, strategic_objective_id, level) as (
    select null::uuid, leaf, null::uuid, 0
    union
    select b.parent_id, s.parent_id, s.strategic_objective_id, b.level + 1
    from above b cross join lateral (
      select o.parent_id, null::uuid as strategic_objective_id, o.approved_at is not null as is_agreed
      from objective o where o.tenant_id = of_tenant and o.id = b.parent_id and o.parent_id is not null
      union all
      select a.parent_id, a.strategic_objective_id, a.state = 'ACCEPTED'
      from alignment a where a.tenant_id = of_tenant and a.child_id = b.parent_id
        and a.state in ('PROPOSED_DOWN', 'PROPOSED_UP', 'COUNTER_PROPOSED', 'ACCEPTED')) s
    where b.level < levels and b.parent_id is not null and (s.is_agreed or not only_agreed))
  select a.child_id, a.parent_id, a.strategic_objective_id, min(a.level)
  from above a where a.child_id is not null group by 1, 2, 3 order by 4, 1, 2, 3 limit 5000
$$;

-- The slices below a key result that are prepared or thrown down and not refused, however far.
create function slices_below(of_tenant uuid, top uuid, levels integer, most integer)
returns table (key_result_id uuid, child_key_result_id uuid, amount numeric, state text)
language sql stable parallel safe as $$
  with recursive below (id, key_result_id, child_key_result_id, amount, state, level) as (
    select null::uuid, null::uuid, top, null::numeric, null::text, 0
    union
    select a.id, a.parent_key_result_id, a.child_key_result_id, a.amount, a.state, b.level + 1
    from below b join alignment a on a.tenant_id = of_tenant and a.parent_key_result_id = b.child_key_result_id
      and a.method = 'SPLIT' and a.state in ('DRAFT', 'PROPOSED_DOWN', 'COUNTER_PROPOSED', 'ACCEPTED')
    where b.level < levels)
  select distinct on (b.id) b.key_result_id, b.child_key_result_id, b.amount, b.state
  from below b where b.id is not null limit most
$$;
grant execute on function objectives_below, serving_above, slices_below to catchball_app;
