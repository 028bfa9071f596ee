-- By which rules scores are made: versions, each written once and in force for a period.
create table scoring_policy (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  version integer not null check (version >= 1),
  reason text not null check (reason <> ''),
  content jsonb not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  by_id uuid,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, version),
  foreign key (tenant_id, by_id) references person (tenant_id, id),
  check (valid_from < valid_to)
);
select keep_periods_apart('scoring_policy', 'true');

-- The scorecard of a unit, or of a person in a unit, for a cycle. It is scored by the policy it was published under.
create table scorecard (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  person_id uuid,
  cycle_id uuid not null,
  audience text not null check (audience in ('CHAIN', 'UNIT', 'GROUP')),
  state text not null check (state in ('DRAFT', 'PUBLISHED', 'CLOSED')),
  version integer not null check (version >= 1),
  difficulty numeric not null check (difficulty between 0.5 and 2),
  policy_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  published_at timestamptz,
  published_by_id uuid,
  closed_through date check (extract(day from closed_through) = 1),
  primary key (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, cycle_id) references cycle (tenant_id, id),
  foreign key (tenant_id, policy_id) references scoring_policy (tenant_id, id),
  foreign key (tenant_id, published_by_id) references person (tenant_id, id),
  check (person_id is null or audience = 'CHAIN'),
  check ((state = 'DRAFT') = (published_at is null)),
  check ((published_at is null) = (policy_id is null))
);
create unique index scorecard_of_unit on scorecard (tenant_id, unit_id, cycle_id) where person_id is null;
create unique index scorecard_of_person on scorecard (tenant_id, person_id, cycle_id);
create index scorecard_unit on scorecard (tenant_id, unit_id, cycle_id);
create index scorecard_updated on scorecard (tenant_id, updated_at, id);
create index scorecard_for_all on scorecard (tenant_id, audience, id) where person_id is null and audience = 'GROUP';
create index employment_position on employment (tenant_id, position_id, valid_from);

create table scorecard_perspective (
  tenant_id uuid not null,
  id uuid not null,
  scorecard_id uuid not null,
  perspective_id uuid not null,
  weight integer not null check (weight between 0 and 1000000),
  aggregation text check (aggregation in ('ARITHMETIC', 'GEOMETRIC', 'MINIMUM')),
  position integer not null check (position between 1 and 10),
  primary key (tenant_id, id),
  unique (tenant_id, scorecard_id, position) deferrable initially deferred,
  foreign key (tenant_id, scorecard_id) references scorecard (tenant_id, id),
  foreign key (tenant_id, perspective_id) references perspective (tenant_id, id)
);

-- What a scorecard counts: a measure, an objective with all that serves it, or the scorecard of a unit below. Score flows
-- into the item, never out of it.
create table scorecard_item (
  tenant_id uuid not null,
  id uuid not null,
  scorecard_id uuid not null,
  card_perspective_id uuid not null,
  position integer not null check (position between 1 and 40),
  title text not null check (title <> ''),
  title_zh text,
  kind text not null check (kind in ('MEASURE', 'OBJECTIVE', 'SCORECARD')),
  timing text not null check (timing in ('LEAD', 'LAG')),
  weight integer not null check (weight between 0 and 1000000),
  rule jsonb not null,
  gate jsonb,
  cap numeric,
  floor numeric,
  months text not null check (months in ('LATEST', 'SUM', 'MEAN')),
  baseline numeric,
  threshold numeric,
  target numeric,
  stretch numeric,
  measure_id uuid,
  objective_id uuid,
  of_scorecard_id uuid,
  strategic_objective_id uuid,
  serves_item_id uuid,
  position_kpi_id uuid,
  operational text check (operational <> ''),
  is_confidential boolean not null,
  primary key (tenant_id, id),
  unique (tenant_id, scorecard_id, position) deferrable initially deferred,
  foreign key (tenant_id, scorecard_id) references scorecard (tenant_id, id),
  foreign key (tenant_id, card_perspective_id) references scorecard_perspective (tenant_id, id)
    deferrable initially deferred,
  foreign key (tenant_id, measure_id) references measure (tenant_id, id),
  foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  foreign key (tenant_id, of_scorecard_id) references scorecard (tenant_id, id),
  foreign key (tenant_id, strategic_objective_id) references strategic_objective (tenant_id, id),
  foreign key (tenant_id, serves_item_id) references scorecard_item (tenant_id, id),
  check (measure_id is null or kind = 'MEASURE'),
  check ((objective_id is not null) = (kind = 'OBJECTIVE')),
  check ((of_scorecard_id is not null) = (kind = 'SCORECARD')),
  check (of_scorecard_id <> scorecard_id),
  check (serves_item_id <> id)
);
create index scorecard_item_perspective on scorecard_item (tenant_id, card_perspective_id, position);
create index scorecard_item_measure on scorecard_item (tenant_id, measure_id) where measure_id is not null;
create index scorecard_item_objective on scorecard_item (tenant_id, objective_id) where objective_id is not null;
create index scorecard_item_of on scorecard_item (tenant_id, of_scorecard_id) where of_scorecard_id is not null;
create index scorecard_item_serves on scorecard_item (tenant_id, serves_item_id) where serves_item_id is not null;

-- What is undertaken so that an item is reached.
create table initiative (
  tenant_id uuid not null,
  id uuid not null,
  scorecard_id uuid not null,
  item_id uuid,
  position integer not null check (position between 1 and 40),
  title text not null check (title <> ''),
  title_zh text,
  owner_id uuid,
  starts_on date,
  due_on date,
  state text not null check (state in ('PLANNED', 'RUNNING', 'DONE', 'STOPPED')),
  primary key (tenant_id, id),
  unique (tenant_id, scorecard_id, position) deferrable initially deferred,
  foreign key (tenant_id, scorecard_id) references scorecard (tenant_id, id),
  foreign key (tenant_id, item_id) references scorecard_item (tenant_id, id) deferrable initially deferred,
  foreign key (tenant_id, owner_id) references person (tenant_id, id),
  check (starts_on <= due_on)
);

-- Outside of the weighted base: points, or what takes the score away. It counts from its month on, until withdrawn.
create table scorecard_extra (
  tenant_id uuid not null,
  id uuid not null,
  scorecard_id uuid not null,
  kind text not null check (kind in ('BONUS', 'PENALTY', 'VETO')),
  period date not null check (extract(day from period) = 1),
  title text not null check (title <> ''),
  points numeric check (points > 0),
  ceiling text check (ceiling <> ''),
  evidence text not null check (evidence <> ''),
  by_id uuid not null,
  at timestamptz not null,
  withdrawn_by_id uuid,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, scorecard_id) references scorecard (tenant_id, id),
  foreign key (tenant_id, by_id) references person (tenant_id, id),
  foreign key (tenant_id, withdrawn_by_id) references person (tenant_id, id),
  check ((kind = 'VETO') = (points is null)),
  check (ceiling is null or kind = 'VETO'),
  check ((withdrawn_at is null) = (withdrawn_by_id is null))
);
create index scorecard_extra_card on scorecard_extra (tenant_id, scorecard_id, period, id);

-- What the incumbents of a position are measured by.
create table position_kpi (
  tenant_id uuid not null,
  id uuid not null,
  position_id uuid not null,
  perspective_id uuid not null,
  position integer not null check (position between 1 and 7),
  title text not null check (title <> ''),
  title_zh text,
  timing text not null check (timing in ('LEAD', 'LAG')),
  weight integer not null check (weight between 1 and 1000000),
  rule jsonb not null,
  months text not null check (months in ('LATEST', 'SUM', 'MEAN')),
  measure_id uuid,
  strategic_objective_id uuid,
  operational text check (operational <> ''),
  written_by_id uuid,
  written_at timestamptz not null,
  retired_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, position_id) references position (tenant_id, id),
  foreign key (tenant_id, perspective_id) references perspective (tenant_id, id),
  foreign key (tenant_id, measure_id) references measure (tenant_id, id),
  foreign key (tenant_id, strategic_objective_id) references strategic_objective (tenant_id, id),
  foreign key (tenant_id, written_by_id) references person (tenant_id, id)
);
create unique index position_kpi_current on position_kpi (tenant_id, position_id, position) where retired_at is null;
alter table scorecard_item
  add foreign key (tenant_id, position_kpi_id) references position_kpi (tenant_id, id);

-- The score of a card as of a month, with the way it came about; and of each of its items, with what was read of it.
create table score (
  tenant_id uuid not null,
  id uuid not null,
  scorecard_id uuid not null,
  period date not null check (extract(day from period) = 1),
  status text not null,
  value numeric,
  covered numeric not null,
  grade text,
  light text,
  trace jsonb not null,
  policy_id uuid not null,
  computed_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, scorecard_id, period),
  foreign key (tenant_id, scorecard_id) references scorecard (tenant_id, id),
  foreign key (tenant_id, policy_id) references scoring_policy (tenant_id, id)
);
create table item_score (
  tenant_id uuid not null,
  id uuid not null,
  scorecard_id uuid not null,
  item_id uuid not null,
  period date not null check (extract(day from period) = 1),
  state text not null,
  reading numeric,
  value numeric,
  light text,
  primary key (tenant_id, id),
  unique (tenant_id, item_id, period),
  foreign key (tenant_id, scorecard_id) references scorecard (tenant_id, id),
  foreign key (tenant_id, item_id) references scorecard_item (tenant_id, id)
);

-- What a closed month was scored from and what came of it, as bytes: replayed, they come out the same.
create table closed_score (
  tenant_id uuid not null,
  scorecard_id uuid not null,
  period date not null,
  inputs text not null,
  inputs_hash text not null,
  outcome text not null,
  closed_by_id uuid,
  closed_at timestamptz not null,
  primary key (tenant_id, scorecard_id, period),
  foreign key (tenant_id, scorecard_id, period) references score (tenant_id, scorecard_id, period),
  foreign key (tenant_id, closed_by_id) references person (tenant_id, id)
);

-- On which day everything was last scored anew.
create table score_proof (
  tenant_id uuid primary key references tenant (id),
  proved_on date not null
);

select fence_tenant(t) from unnest(array[
  'score_proof', 'scoring_policy', 'scorecard', 'scorecard_perspective', 'scorecard_item', 'initiative', 'scorecard_extra',
  'position_kpi', 'score', 'item_score', 'closed_score']::regclass[]) t;
grant select, insert, update on score_proof, scoring_policy, scorecard, scorecard_extra, position_kpi, score to catchball_app;
grant select, insert, update, delete on scorecard_perspective, scorecard_item, initiative, item_score to catchball_app;
grant select, insert on closed_score to catchball_app;
