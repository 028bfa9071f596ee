-- Cycles, objectives with their versions, key results, check-ins, approvals; measures and actuals.
create table cycle (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  name text not null check (name <> ''),
  name_zh text,
  starts_on date not null,
  ends_on date not null,
  closed_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, starts_on),
  check (starts_on <= ends_on)
);

create table measure (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null check (name <> ''),
  name_zh text,
  unit_of_measure text not null check (unit_of_measure <> ''),
  unit_id uuid not null,
  low numeric,
  high numeric,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, code),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  check (low < high)
);
create index measure_unit on measure (tenant_id, unit_id, code);

create table actual (
  tenant_id uuid not null,
  id uuid not null,
  measure_id uuid not null,
  period date not null check (extract(day from period) = 1),
  value numeric not null,
  client_id uuid,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, measure_id, period),
  foreign key (tenant_id, measure_id) references measure (tenant_id, id),
  foreign key (tenant_id, client_id) references client (tenant_id, id)
);

create table objective (
  tenant_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  unit_id uuid not null,
  cycle_id uuid not null,
  parent_id uuid,
  title text not null check (title <> ''),
  why text,
  audience text not null check (audience in ('CHAIN', 'UNIT', 'GROUP')),
  weight integer not null check (weight between 0 and 100),
  state text not null check (state in (
    'DRAFT', 'SUBMITTED', 'INFORMATION_REQUESTED', 'DECLINED', 'ACTIVE', 'ACHIEVED', 'MISSED', 'CANCELLED', 'ARCHIVED')),
  version integer not null check (version >= 1),
  version_hash text not null,
  progress numeric,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  submitted_at timestamptz,
  approved_at timestamptz,
  closed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, owner_id) references person (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, cycle_id) references cycle (tenant_id, id),
  foreign key (tenant_id, parent_id) references objective (tenant_id, id),
  check (parent_id <> id)
);
create index objective_owner on objective (tenant_id, owner_id, cycle_id, created_at, id);
create index objective_unit on objective (tenant_id, unit_id, created_at, id);
create index objective_parent on objective (tenant_id, parent_id, created_at, id);
create index objective_newest on objective (tenant_id, created_at, id);
create index objective_updated on objective (tenant_id, updated_at, id);
create index objective_title on objective (tenant_id, title, id);
create index objective_for_all on objective (tenant_id, id) where audience = 'GROUP' and approved_at is not null;

create table objective_version (
  tenant_id uuid not null,
  objective_id uuid not null,
  version integer not null,
  version_hash text not null,
  content jsonb not null,
  by_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, objective_id, version),
  foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  foreign key (tenant_id, by_id) references person (tenant_id, id)
);

create table key_result (
  tenant_id uuid not null,
  id uuid not null,
  objective_id uuid not null,
  position integer not null check (position between 1 and 10),
  title text not null check (title <> ''),
  kind text not null check (kind in ('INCREASE', 'DECREASE', 'RANGE', 'MILESTONE')),
  unit_of_measure text not null check (unit_of_measure <> ''),
  weight integer not null check (weight between 1 and 100),
  start numeric,
  target numeric,
  low numeric,
  high numeric,
  current numeric,
  progress numeric,
  measure_id uuid,
  latest_check_in_id uuid,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, objective_id, position) deferrable initially deferred,
  foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  foreign key (tenant_id, measure_id) references measure (tenant_id, id),
  check (kind = 'RANGE' or (start is not null and target is not null and start <> target)),
  check (kind <> 'RANGE' or (low is not null and high is not null and low <= high)),
  check (kind <> 'INCREASE' or target > start),
  check (kind <> 'DECREASE' or target < start)
);
create index key_result_measure on key_result (tenant_id, measure_id) where measure_id is not null;

create table check_in (
  tenant_id uuid not null,
  id uuid not null,
  objective_id uuid not null,
  key_result_id uuid not null,
  source text not null check (source in ('PERSON', 'PARTNER')),
  author_id uuid,
  client_id uuid,
  value numeric not null,
  confidence integer check (confidence between 0 and 10),
  note text,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  foreign key (tenant_id, key_result_id) references key_result (tenant_id, id),
  foreign key (tenant_id, author_id) references person (tenant_id, id),
  foreign key (tenant_id, client_id) references client (tenant_id, id),
  check ((source = 'PERSON') = (author_id is not null)),
  check ((source = 'PARTNER') = (client_id is not null))
);
create index check_in_key_result on check_in (tenant_id, key_result_id, recorded_at, id);
create index check_in_objective on check_in (tenant_id, objective_id, recorded_at, id);

create table approval (
  tenant_id uuid not null,
  id uuid not null,
  objective_id uuid not null,
  approver_id uuid not null,
  requested_by_id uuid not null,
  requested_at timestamptz not null,
  version integer not null,
  version_hash text not null,
  state text not null check (state in ('OPEN', 'APPROVED', 'DECLINED', 'INFORMATION_REQUESTED', 'WITHDRAWN')),
  note text,
  changes jsonb not null,
  decided_by_id uuid,
  decided_at timestamptz,
  decision_note text,
  primary key (tenant_id, id),
  foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  foreign key (tenant_id, approver_id) references person (tenant_id, id),
  foreign key (tenant_id, requested_by_id) references person (tenant_id, id),
  foreign key (tenant_id, decided_by_id) references person (tenant_id, id),
  check ((state = 'OPEN') = (decided_at is null))
);
create unique index approval_open on approval (tenant_id, objective_id) where state = 'OPEN';
create index approval_objective on approval (tenant_id, objective_id, requested_at, id);
create index approval_queue on approval (tenant_id, approver_id, state, requested_at, id);
create index approval_decided on approval (tenant_id, approver_id, decided_at);
create index approval_decider on approval (tenant_id, decided_by_id, decided_at);

select fence_tenant(t) from unnest(array[
  'cycle', 'measure', 'actual', 'objective', 'objective_version', 'key_result', 'check_in', 'approval']::regclass[]) t;
grant select, insert, update, delete on cycle, measure, objective, key_result, approval to catchball_app;
grant select, insert on actual, objective_version, check_in to catchball_app;
