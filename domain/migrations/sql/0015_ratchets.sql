-- How far targets must exceed those before them, who is exempt from it and why, and who contributed what.
alter table objective add difficulty integer check (difficulty between 1 and 5);
-- What the request rests on may end: an exemption in force when it was made.
alter table approval add holds_until date;
alter table key_result
  add continues_id uuid,
  add foreign key (tenant_id, continues_id) references key_result (tenant_id, id),
  add check (continues_id <> id);
create index key_result_continues on key_result (tenant_id, continues_id) where continues_id is not null;

-- Of a unit and all below it, until one below has its own.
create table ratchet_policy (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  version integer not null check (version >= 1),
  is_on boolean not null,
  growth_percent numeric not null check (growth_percent between 0 and 1000),
  cap_percent numeric not null check (cap_percent between 0 and 1000),
  target_weight integer not null check (target_weight between 0 and 1000),
  actual_weight integer not null check (actual_weight between 0 and 1000),
  saturation_percent numeric not null check (saturation_percent between 0 and 100),
  reason text not null check (reason <> ''),
  written_by_id uuid not null,
  written_at timestamptz not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  primary key (tenant_id, id),
  unique (tenant_id, unit_id, version),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, written_by_id) references person (tenant_id, id),
  check (valid_from < valid_to),
  check (target_weight + actual_weight > 0)
);
create index ratchet_policy_unit on ratchet_policy (tenant_id, unit_id, valid_from, id);
select keep_periods_apart('ratchet_policy', 'o.unit_id = w.unit_id');

-- What makes the figures of a key result comparable with those of later cycles.
create table target_adjustment (
  tenant_id uuid not null,
  id uuid not null,
  key_result_id uuid not null,
  kind text not null check (kind in ('ONE_OFF', 'SCOPE', 'CURRENCY', 'CALENDAR')),
  amount numeric,
  factor numeric check (factor between 0.01 and 100),
  reason text not null check (reason <> ''),
  evidence text not null check (evidence <> ''),
  declared_by_id uuid not null,
  declared_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, key_result_id) references key_result (tenant_id, id),
  foreign key (tenant_id, declared_by_id) references person (tenant_id, id),
  check ((amount is null) <> (factor is null))
);
create index target_adjustment_key_result on target_adjustment (tenant_id, key_result_id, declared_at, id);

create table target_exemption (
  tenant_id uuid not null,
  id uuid not null,
  objective_id uuid not null,
  previous_id uuid not null,
  title text not null check (title <> ''),
  unit_of_measure text not null check (unit_of_measure <> ''),
  previous_target numeric,
  lowest_target numeric not null,
  kind text not null check (kind in ('MARKET_SHOCK', 'SCOPE_CHANGE', 'SATURATION', 'HARVEST', 'REGULATION')),
  reason text not null check (reason <> ''),
  evidence text not null check (evidence <> ''),
  expires_on date not null,
  state text not null check (state in ('ASKED', 'GRANTED', 'CONFIRMED', 'DECLINED', 'WITHDRAWN')),
  version integer not null check (version >= 1),
  asked_by_id uuid not null,
  asked_at timestamptz not null,
  granted_by_id uuid,
  granted_at timestamptz,
  confirmed_by_id uuid,
  confirmed_at timestamptz,
  declined_by_id uuid,
  declined_at timestamptz,
  decision_note text,
  primary key (tenant_id, id),
  foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  foreign key (tenant_id, previous_id) references key_result (tenant_id, id),
  foreign key (tenant_id, asked_by_id) references person (tenant_id, id),
  foreign key (tenant_id, granted_by_id) references person (tenant_id, id),
  foreign key (tenant_id, confirmed_by_id) references person (tenant_id, id),
  foreign key (tenant_id, declined_by_id) references person (tenant_id, id),
  check ((state in ('GRANTED', 'CONFIRMED')) <= (granted_by_id is not null)),
  check ((state = 'CONFIRMED') = (confirmed_by_id is not null)),
  check ((state = 'DECLINED') = (declined_by_id is not null)),
  check (granted_by_id <> asked_by_id),
  check (confirmed_by_id <> asked_by_id),
  check (confirmed_by_id <> granted_by_id)
);
create unique index target_exemption_open on target_exemption (tenant_id, objective_id, previous_id)
  where state in ('ASKED', 'GRANTED');
create index target_exemption_objective on target_exemption (tenant_id, objective_id, asked_at, id);
create index target_exemption_previous on target_exemption (tenant_id, previous_id);
create index target_exemption_newest on target_exemption (tenant_id, asked_at, id);

-- What the test said of a target as it was submitted; of what was refused nothing is kept.
create table exceed_test (
  tenant_id uuid not null,
  id uuid not null,
  objective_id uuid not null,
  key_result_id uuid not null,
  previous_id uuid not null,
  version integer not null check (version >= 1),
  position integer not null check (position between 1 and 10),
  outcome text not null check (outcome in ('PASS', 'SATURATED_MAINTAIN', 'EXEMPT')),
  ground text not null check (ground in ('EXCEEDS', 'AT_THE_LIMIT', 'EXEMPTED')),
  target numeric,
  previous_target numeric,
  minimum numeric,
  is_strict boolean,
  reference numeric,
  baseline numeric,
  counted numeric,
  guidance numeric,
  is_new_level boolean,
  bonus_cap integer check (bonus_cap between 3 and 6),
  policy_id uuid not null,
  exemption_id uuid,
  tested_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, key_result_id, version),
  foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  foreign key (tenant_id, key_result_id) references key_result (tenant_id, id) on delete cascade,
  foreign key (tenant_id, previous_id) references key_result (tenant_id, id),
  foreign key (tenant_id, policy_id) references ratchet_policy (tenant_id, id),
  foreign key (tenant_id, exemption_id) references target_exemption (tenant_id, id),
  check ((outcome = 'EXEMPT') = (exemption_id is not null))
);
create index exceed_test_objective on exceed_test (tenant_id, objective_id, version, position);
create index exceed_test_previous on exceed_test (tenant_id, previous_id);

-- Who contributed what to a joint result: one statement for an objective, as it was proposed or agreed last.
create table contribution_statement (
  tenant_id uuid not null,
  id uuid not null,
  objective_id uuid not null,
  method text not null check (method in ('AGREED', 'DRIVER', 'SHAPLEY')),
  state text not null check (state in ('PROPOSED', 'AGREED')),
  version integer not null check (version >= 1),
  driver text check (driver <> ''),
  groups jsonb,
  proposed_by_id uuid not null,
  proposed_at timestamptz not null,
  agreed_by_id uuid,
  agreed_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, objective_id),
  foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  foreign key (tenant_id, proposed_by_id) references person (tenant_id, id),
  foreign key (tenant_id, agreed_by_id) references person (tenant_id, id),
  check ((state = 'AGREED') = (agreed_by_id is not null)),
  check ((agreed_by_id is null) = (agreed_at is null)),
  check (agreed_by_id <> proposed_by_id),
  check ((method = 'DRIVER') = (driver is not null)),
  check ((method = 'SHAPLEY') = (groups is not null))
);
create table contribution (
  tenant_id uuid not null,
  id uuid not null,
  statement_id uuid not null,
  position integer not null check (position between 1 and 50),
  person_id uuid,
  unit_id uuid,
  share numeric not null check (share between 0 and 100 and share = round(share, 2)),
  amount numeric check (amount >= 0),
  evidence text not null check (evidence <> ''),
  primary key (tenant_id, id),
  unique (tenant_id, statement_id, position) deferrable initially deferred,
  unique (tenant_id, statement_id, person_id),
  unique (tenant_id, statement_id, unit_id),
  foreign key (tenant_id, statement_id) references contribution_statement (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  check ((person_id is null) <> (unit_id is null))
);
create index contribution_person on contribution (tenant_id, person_id, id);
create index contribution_unit on contribution (tenant_id, unit_id, id);

-- Agreed shares add up to exactly 100, whoever wrote them.
create function refuse_other_than_100() returns trigger language plpgsql as $$
declare
  changed jsonb := to_jsonb(coalesce(new, old));
  tenant uuid := changed ->> 'tenant_id';
  statement uuid := changed ->> tg_argv[0];
begin
  if exists (select from contribution_statement where tenant_id = tenant and id = statement and state = 'AGREED')
    and (select sum(share) from contribution where tenant_id = tenant and statement_id = statement) is distinct from 100
  then
    raise check_violation using message = 'agreed shares do not add up to 100';
  end if;
  return null;
end $$;
create constraint trigger agreed_is_100 after insert or update on contribution_statement
  deferrable initially deferred for each row when (new.state = 'AGREED') execute function refuse_other_than_100('id');
create constraint trigger agreed_is_100 after insert or update or delete on contribution
  deferrable initially deferred for each row execute function refuse_other_than_100('statement_id');

select fence_tenant(t) from unnest(array[
  'ratchet_policy', 'target_adjustment', 'target_exemption', 'exceed_test', 'contribution_statement',
  'contribution']::regclass[]) t;
grant select, insert, update on ratchet_policy, target_exemption, contribution_statement to catchball_app;
grant select, insert on target_adjustment, exceed_test to catchball_app;
grant select, insert, delete on contribution to catchball_app;
