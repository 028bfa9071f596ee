-- A round asks the people of a unit and of all units below it what the strategy wants. Its answers count when it is over,
-- so that nobody learns from two looks what was answered in between.
create table recall_round (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  cycle_id uuid not null,
  strategy_id uuid not null,
  about text not null check (about in ('OBJECTIVES', 'THEMES')),
  k integer not null check (k between 1 and 5),
  quarter date not null check (quarter = date_trunc('quarter', quarter::timestamp)),
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  asked integer not null check (asked >= 1),
  asked_by_id uuid not null,
  primary key (tenant_id, id),
  unique (tenant_id, unit_id, quarter),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, cycle_id) references cycle (tenant_id, id),
  foreign key (tenant_id, strategy_id) references strategy (tenant_id, id),
  foreign key (tenant_id, asked_by_id) references person (tenant_id, id),
  check (opens_at < closes_at)
);
create index recall_round_newest on recall_round (tenant_id, opens_at, id);

-- What is shown after the words, by its position: the k priorities of the first ranks, which count, and those behind them,
-- in the words of that day.
create table recall_priority (
  tenant_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  position integer not null check (position between 1 and 12),
  rank integer not null check (rank between 1 and 12),
  strategic_objective_id uuid,
  theme_id uuid,
  title text not null check (title <> ''),
  title_zh text,
  primary key (tenant_id, id),
  unique (tenant_id, round_id, position),
  unique (tenant_id, round_id, rank),
  foreign key (tenant_id, round_id) references recall_round (tenant_id, id),
  foreign key (tenant_id, strategic_objective_id) references strategic_objective (tenant_id, id),
  foreign key (tenant_id, theme_id) references theme (tenant_id, id),
  check ((strategic_objective_id is null) <> (theme_id is null))
);

-- Who was asked, in which unit they worked on that day, and the words they said: once a quarter for each person.
create table recall_question (
  tenant_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  person_id uuid not null,
  unit_id uuid not null,
  quarter date not null,
  words text[] check (cardinality(words) between 0 and 5),
  said_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, person_id, quarter),
  unique (tenant_id, round_id, person_id),
  foreign key (tenant_id, round_id) references recall_round (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  check ((words is null) = (said_at is null))
);

-- Which priority a person meant by which of their words: a word means one at most, and a priority is named once.
create table recall_mark (
  tenant_id uuid not null,
  id uuid not null,
  question_id uuid not null,
  word integer not null check (word between 1 and 5),
  priority_id uuid not null,
  primary key (tenant_id, id),
  unique (tenant_id, question_id, word),
  unique (tenant_id, question_id, priority_id),
  foreign key (tenant_id, question_id) references recall_question (tenant_id, id),
  foreign key (tenant_id, priority_id) references recall_priority (tenant_id, id)
);

-- A finished answer, with the id of its question: the share of the k priorities that was named.
create table recall_answer (
  tenant_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  person_id uuid not null,
  unit_id uuid not null,
  recalled numeric not null check (recalled between 0 and 1),
  answered_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, round_id, person_id),
  foreign key (tenant_id, id) references recall_question (tenant_id, id),
  foreign key (tenant_id, round_id) references recall_round (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id)
);

-- What somebody promises to somebody, of another unit or of the same: an output, until a date, measured by criteria.
-- Identified is what was not withdrawn; covered of it is what both sides confirmed; kept is what was accepted and had
-- been delivered by its date.
create table interlock (
  tenant_id uuid not null,
  id uuid not null,
  cycle_id uuid not null,
  provider_unit_id uuid not null,
  provider_id uuid not null,
  receiver_unit_id uuid not null,
  receiver_id uuid not null,
  objective_id uuid,
  output text not null check (output <> ''),
  output_zh text,
  criteria text not null check (criteria <> ''),
  criteria_zh text,
  due_on date not null,
  weight integer not null check (weight between 1 and 1000),
  status text not null check (status in (
    'PROPOSED', 'CONFIRMED', 'DELIVERED', 'ACCEPTED', 'REJECTED', 'DECLINED', 'WITHDRAWN')),
  version integer not null check (version >= 1),
  proposed_by_id uuid not null,
  proposed_at timestamptz not null,
  provider_confirmed_by_id uuid,
  provider_confirmed_at timestamptz,
  receiver_confirmed_by_id uuid,
  receiver_confirmed_at timestamptz,
  -- The last delivery; and the day on which what was accepted had been delivered.
  delivered_by_id uuid,
  delivered_at timestamptz,
  delivered_on date,
  deliveries integer not null check (deliveries >= 0),
  -- The last word on it: accepted, rejected, declined, withdrawn.
  settled_by_id uuid,
  settled_at timestamptz,
  reason text check (reason <> ''),
  primary key (tenant_id, id),
  foreign key (tenant_id, cycle_id) references cycle (tenant_id, id),
  foreign key (tenant_id, provider_unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, provider_id) references person (tenant_id, id),
  foreign key (tenant_id, receiver_unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, receiver_id) references person (tenant_id, id),
  foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  foreign key (tenant_id, proposed_by_id) references person (tenant_id, id),
  foreign key (tenant_id, provider_confirmed_by_id) references person (tenant_id, id),
  foreign key (tenant_id, receiver_confirmed_by_id) references person (tenant_id, id),
  foreign key (tenant_id, delivered_by_id) references person (tenant_id, id),
  foreign key (tenant_id, settled_by_id) references person (tenant_id, id),
  check (provider_id <> receiver_id),
  check ((provider_confirmed_by_id is null) = (provider_confirmed_at is null)),
  check ((receiver_confirmed_by_id is null) = (receiver_confirmed_at is null)),
  check (provider_confirmed_by_id <> receiver_confirmed_by_id),
  check ((status in ('CONFIRMED', 'DELIVERED', 'ACCEPTED', 'REJECTED'))
    <= (provider_confirmed_at is not null and receiver_confirmed_at is not null)),
  check ((deliveries = 0) = (delivered_at is null) and (delivered_at is null) = (delivered_on is null)
    and (delivered_at is null) = (delivered_by_id is null)),
  check ((status in ('DELIVERED', 'ACCEPTED', 'REJECTED')) <= (delivered_at is not null)),
  check ((settled_at is null) = (settled_by_id is null)),
  check ((status in ('ACCEPTED', 'REJECTED', 'DECLINED', 'WITHDRAWN')) <= (settled_at is not null)),
  check ((status in ('REJECTED', 'DECLINED', 'WITHDRAWN')) <= (reason is not null)),
  check (status <> 'ACCEPTED' or settled_by_id <> delivered_by_id)
);
create index interlock_provider on interlock (tenant_id, provider_id, due_on, id);
create index interlock_receiver on interlock (tenant_id, receiver_id, due_on, id);
create index interlock_proposer on interlock (tenant_id, proposed_by_id);
create index interlock_provider_unit on interlock (tenant_id, provider_unit_id, due_on, id);
create index interlock_receiver_unit on interlock (tenant_id, receiver_unit_id, due_on, id);
create index interlock_objective on interlock (tenant_id, objective_id, due_on, id);
create index interlock_due on interlock (tenant_id, due_on, id);

-- What was done with an interlock, step by step, written once.
create table interlock_step (
  tenant_id uuid not null,
  id uuid not null,
  interlock_id uuid not null,
  kind text not null check (kind in (
    'PROPOSED', 'AMENDED', 'CONFIRMED', 'DECLINED', 'DELIVERED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN', 'HANDED_OVER')),
  status text not null,
  by_id uuid not null,
  at timestamptz not null,
  words text check (words <> ''),
  primary key (tenant_id, id),
  foreign key (tenant_id, interlock_id) references interlock (tenant_id, id),
  foreign key (tenant_id, by_id) references person (tenant_id, id)
);
create index interlock_step_interlock on interlock_step (tenant_id, interlock_id, at, id);

select fence_tenant(t) from unnest(array[
  'recall_round', 'recall_priority', 'recall_question', 'recall_mark', 'recall_answer', 'interlock',
  'interlock_step']::regclass[]) t;
grant select, insert on recall_round, recall_priority, recall_mark, recall_answer, interlock_step to catchball_app;
grant select, insert, update on recall_question, interlock to catchball_app;
