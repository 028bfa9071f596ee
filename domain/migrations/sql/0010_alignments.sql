-- What serves what, beside the parent that an objective names itself: another objective, a key result of it, or a
-- strategic objective. A slice of a target is on its way down until the receiver has made it an objective of their own.
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
    'PROPOSED_DOWN', 'PROPOSED_UP', 'COUNTER_PROPOSED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')),
  amount numeric,
  counter_amount numeric,
  weight integer check (weight between 0 and 1000),
  counted boolean not null,
  reason text,
  rounds integer not null default 0 check (rounds >= 0),
  version integer not null default 1 check (version >= 1),
  proposed_by_id uuid not null,
  proposed_at timestamptz not null,
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
  foreign key (tenant_id, decided_by_id) references person (tenant_id, id),
  check ((parent_id is null) <> (strategic_objective_id is null)),
  check (parent_id <> child_id),
  check (child_id is not null or receiver_id is not null),
  check (method <> 'SPLIT' or (parent_key_result_id is not null and amount is not null))
);
select fence_tenant('alignment');
grant select, insert, update on alignment to catchball_app;

-- Who serves whom, both ways of saying it together: the parent that an objective names, and alignments that have a child.
create view serving with (security_invoker = true) as
select tenant_id, id as child_id, parent_id, null::uuid as strategic_objective_id, 'WEIGHTED' as method, true as counted,
  approved_at is not null as is_agreed, null::uuid as alignment_id
from objective where parent_id is not null
union all
select tenant_id, child_id, parent_id, strategic_objective_id, method, counted, state = 'ACCEPTED', id
from alignment where child_id is not null;
grant select on serving to catchball_app;
