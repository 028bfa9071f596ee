-- Annual business plans: one group, one year, in numbered versions of which at most one is approved.
create table annual_plan (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  year integer not null check (year between 1900 and 2199),
  number integer not null check (number >= 1),
  name text not null check (name <> ''),
  name_zh text,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  starts_on date not null check (extract(day from starts_on) = 1),
  -- The tree of units of this day says which unit stands below which.
  tree_on date not null,
  state text not null check (state in ('DRAFT', 'SUBMITTED', 'APPROVED', 'SUPERSEDED')),
  version integer not null check (version >= 1),
  note text,
  created_by_id uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  submitted_by_id uuid,
  submitted_at timestamptz,
  approved_by_id uuid,
  approved_at timestamptz,
  superseded_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, year, unit_id, number),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, created_by_id) references person (tenant_id, id),
  foreign key (tenant_id, submitted_by_id) references person (tenant_id, id),
  foreign key (tenant_id, approved_by_id) references person (tenant_id, id),
  check ((state in ('APPROVED', 'SUPERSEDED')) = (approved_at is not null and approved_by_id is not null))
);
create unique index annual_plan_approved on annual_plan (tenant_id, year, unit_id) where state = 'APPROVED';

-- What a unit itself, without the units below it, plans for a month. PROFIT follows from REVENUE and COST.
create table plan_line (
  tenant_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  unit_id uuid not null,
  account text not null check (account in ('REVENUE', 'COST', 'PROFIT', 'VOLUME', 'HEADCOUNT')),
  unit_of_measure text not null check (unit_of_measure <> ''),
  period date not null check (extract(day from period) = 1),
  amount numeric not null,
  primary key (tenant_id, id),
  unique (tenant_id, plan_id, unit_id, account, unit_of_measure, period),
  foreign key (tenant_id, plan_id) references annual_plan (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id)
);

-- The year of a unit: what its own months come to, and what somebody says that it and all units below come to.
create table plan_total (
  tenant_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  unit_id uuid not null,
  account text not null check (account in ('REVENUE', 'COST', 'PROFIT', 'VOLUME', 'HEADCOUNT')),
  unit_of_measure text not null check (unit_of_measure <> ''),
  own numeric not null,
  stated numeric,
  primary key (tenant_id, id),
  unique (tenant_id, plan_id, unit_id, account, unit_of_measure),
  foreign key (tenant_id, plan_id) references annual_plan (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id)
);

-- Investments: what they ask for, what they fund, their flows by years, their gates and what became of them.
create table investment (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null check (name <> ''),
  name_zh text,
  unit_id uuid not null,
  owner_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  discount_rate numeric not null check (discount_rate > -1),
  asked numeric not null check (asked > 0),
  approved numeric check (approved > 0 and approved <= asked),
  state text not null check (state in ('PROPOSED', 'APPROVED', 'STOPPED', 'COMPLETED')),
  version integer not null check (version >= 1),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  approved_by_id uuid,
  approved_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, code),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, owner_id) references person (tenant_id, id),
  foreign key (tenant_id, approved_by_id) references person (tenant_id, id),
  check (state <> 'PROPOSED' or approved is null),
  check (state <> 'APPROVED' or approved is not null),
  check ((approved is null) = (approved_at is null) and (approved is null) = (approved_by_id is null))
);
create index investment_unit on investment (tenant_id, unit_id, code);

-- Negative when money goes out. Years without a gap from the first one, at whose end nothing is discounted.
create table investment_flow (
  tenant_id uuid not null,
  id uuid not null,
  investment_id uuid not null,
  kind text not null check (kind in ('PLANNED', 'ACTUAL')),
  year integer not null check (year between 1900 and 2299),
  amount numeric not null,
  primary key (tenant_id, id),
  unique (tenant_id, investment_id, kind, year),
  foreign key (tenant_id, investment_id) references investment (tenant_id, id)
);

create table funding (
  tenant_id uuid not null,
  id uuid not null,
  investment_id uuid not null,
  strategic_objective_id uuid not null,
  share numeric not null check (share > 0 and share <= 100),
  primary key (tenant_id, id),
  unique (tenant_id, investment_id, strategic_objective_id),
  foreign key (tenant_id, investment_id) references investment (tenant_id, id),
  foreign key (tenant_id, strategic_objective_id) references strategic_objective (tenant_id, id)
);
create index funding_objective on funding (tenant_id, strategic_objective_id, investment_id);

create table stage_gate (
  tenant_id uuid not null,
  id uuid not null,
  investment_id uuid not null,
  position integer not null check (position >= 1),
  name text not null check (name <> ''),
  name_zh text,
  due_on date,
  primary key (tenant_id, id),
  unique (tenant_id, investment_id, position),
  foreign key (tenant_id, investment_id) references investment (tenant_id, id)
);

create table gate_decision (
  tenant_id uuid not null,
  id uuid not null,
  gate_id uuid not null,
  number integer not null check (number >= 1),
  decision text not null check (decision in ('GO', 'HOLD', 'STOP', 'RECYCLE')),
  reason text not null check (reason <> ''),
  decided_by_id uuid not null,
  decided_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, gate_id, number),
  foreign key (tenant_id, gate_id) references stage_gate (tenant_id, id),
  foreign key (tenant_id, decided_by_id) references person (tenant_id, id)
);

create table investment_review (
  tenant_id uuid not null,
  id uuid not null,
  investment_id uuid not null,
  number integer not null check (number >= 1),
  through_year integer not null,
  planned_value numeric not null,
  outlook_value numeric not null,
  findings text not null check (findings <> ''),
  reviewed_by_id uuid not null,
  reviewed_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, investment_id, number),
  foreign key (tenant_id, investment_id) references investment (tenant_id, id),
  foreign key (tenant_id, reviewed_by_id) references person (tenant_id, id)
);

-- Assumptions: what plans take for granted, within a range, and what leans on it.
create table assumption (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null check (name <> ''),
  name_zh text,
  kind text not null check (kind in (
    'FX', 'PRICE', 'COST', 'INTEREST', 'POLICY', 'DEMAND', 'VOLUME', 'CAPACITY', 'WORKFORCE', 'OTHER')),
  owner_id uuid not null,
  unit_of_measure text not null check (unit_of_measure <> ''),
  low numeric,
  high numeric,
  trigger text not null check (trigger <> ''),
  trigger_zh text,
  version integer not null check (version >= 1),
  is_broken boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  retired_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, code),
  foreign key (tenant_id, owner_id) references person (tenant_id, id),
  check (low is not null or high is not null),
  check (low <= high)
);

create table assumption_reading (
  tenant_id uuid not null,
  id uuid not null,
  assumption_id uuid not null,
  read_on date not null,
  value numeric not null,
  source text not null check (source <> ''),
  recorded_by_id uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, assumption_id) references assumption (tenant_id, id),
  foreign key (tenant_id, recorded_by_id) references person (tenant_id, id)
);
create index assumption_reading_day on assumption_reading (tenant_id, assumption_id, read_on, recorded_at, id);

-- What leans on an assumption: one target, of a plan perhaps only an account of a unit.
create table assumption_link (
  tenant_id uuid not null,
  id uuid not null,
  assumption_id uuid not null,
  strategic_objective_id uuid,
  plan_id uuid,
  unit_id uuid,
  account text check (account in ('REVENUE', 'COST', 'PROFIT', 'VOLUME', 'HEADCOUNT')),
  investment_id uuid,
  measure_id uuid,
  objective_id uuid,
  target_id uuid generated always as
    (coalesce(strategic_objective_id, plan_id, investment_id, measure_id, objective_id)) stored,
  linked_by_id uuid not null,
  linked_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, assumption_id) references assumption (tenant_id, id),
  foreign key (tenant_id, strategic_objective_id) references strategic_objective (tenant_id, id),
  foreign key (tenant_id, plan_id) references annual_plan (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, investment_id) references investment (tenant_id, id),
  foreign key (tenant_id, measure_id) references measure (tenant_id, id),
  foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  foreign key (tenant_id, linked_by_id) references person (tenant_id, id),
  check (num_nonnulls(strategic_objective_id, plan_id, investment_id, measure_id, objective_id) = 1),
  check (plan_id is not null or (unit_id is null and account is null)),
  check ((unit_id is null) = (account is null))
);
create index assumption_link_target on assumption_link (tenant_id, target_id);
create index assumption_link_assumption on assumption_link (tenant_id, assumption_id, linked_at, id);

create table revision_flag (
  tenant_id uuid not null,
  id uuid not null,
  assumption_id uuid not null,
  link_id uuid not null,
  reading_id uuid not null,
  version integer not null default 1 check (version >= 1),
  raised_at timestamptz not null,
  settled_at timestamptz,
  settled_by_id uuid,
  note text check (note <> ''),
  primary key (tenant_id, id),
  foreign key (tenant_id, assumption_id) references assumption (tenant_id, id),
  foreign key (tenant_id, link_id) references assumption_link (tenant_id, id),
  foreign key (tenant_id, reading_id) references assumption_reading (tenant_id, id),
  foreign key (tenant_id, settled_by_id) references person (tenant_id, id),
  check ((settled_at is null) = (settled_by_id is null) and (settled_at is null) = (note is null))
);
create unique index revision_flag_open on revision_flag (tenant_id, link_id) where settled_at is null;
create index revision_flag_raised on revision_flag (tenant_id, raised_at, id);
create index revision_flag_assumption on revision_flag (tenant_id, assumption_id, raised_at, id);

-- From which account of a unit's plan a strategic objective of that year is derived, and by which measure it is told.
create table derivation (
  tenant_id uuid not null,
  id uuid not null,
  strategic_objective_id uuid not null,
  year integer not null check (year between 1900 and 2199),
  unit_id uuid not null,
  account text not null check (account in ('REVENUE', 'COST', 'PROFIT', 'VOLUME', 'HEADCOUNT')),
  unit_of_measure text not null check (unit_of_measure <> ''),
  measure_id uuid,
  created_by_id uuid not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, strategic_objective_id) references strategic_objective (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, measure_id) references measure (tenant_id, id),
  foreign key (tenant_id, created_by_id) references person (tenant_id, id)
);
create unique index derivation_open on derivation
  (tenant_id, strategic_objective_id, year, unit_id, account, unit_of_measure) where ended_at is null;

select fence_tenant(t) from unnest(array[
  'annual_plan', 'plan_line', 'plan_total', 'investment', 'investment_flow', 'funding', 'stage_gate', 'gate_decision',
  'investment_review', 'assumption', 'assumption_reading', 'assumption_link', 'revision_flag',
  'derivation']::regclass[]) t;
grant select, insert, update on annual_plan, investment, assumption, assumption_link, revision_flag, derivation
  to catchball_app;
grant select, insert, update, delete on plan_line, plan_total, investment_flow, funding, stage_gate to catchball_app;
grant select, insert on gate_decision, investment_review, assumption_reading to catchball_app;
