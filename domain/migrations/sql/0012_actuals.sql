-- Actuals: where they come from, what they are worth, and corrections. A row of `actual` still is only ever added: the
-- highest revision of a month counts. A value is null only where a formula came to none, and `missing` says why.
alter table measure
  add owner_id uuid,
  add provider_id uuid,
  add lag_days integer not null default 15 check (lag_days between 0 and 366),
  add formula text check (formula <> ''),
  add formula_at timestamptz,
  add missing_inputs text not null default 'BLANK' check (missing_inputs in ('BLANK', 'ZERO', 'NOT_APPLICABLE')),
  add version integer not null default 1 check (version >= 1),
  add foreign key (tenant_id, owner_id) references person (tenant_id, id),
  add foreign key (tenant_id, provider_id) references person (tenant_id, id),
  add check ((formula is null) = (formula_at is null));

-- Which measures the formula of a measure names.
create table measure_input (
  tenant_id uuid not null,
  measure_id uuid not null,
  input_id uuid not null,
  primary key (tenant_id, measure_id, input_id),
  foreign key (tenant_id, measure_id) references measure (tenant_id, id),
  foreign key (tenant_id, input_id) references measure (tenant_id, id),
  check (measure_id <> input_id)
);
create index measure_input_use on measure_input (tenant_id, input_id);

-- A file of figures; the same file is known again by its hash.
create table actual_file (
  tenant_id uuid not null,
  id uuid not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  name text not null,
  read_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, sha256)
);

alter table actual
  alter value drop not null,
  add revision integer not null default 1 check (revision >= 1),
  add source text check (source in ('PARTNER', 'CSV', 'HAND', 'FORMULA')),
  add quality text not null default 'OK' check (quality in ('OK', 'ESTIMATED', 'DISPUTED', 'CORRECTED')),
  add missing text check (
    missing in ('INPUT_MISSING', 'NOT_APPLICABLE', 'DIVIDED_BY_ZERO', 'TOO_LARGE', 'IMPLAUSIBLE')),
  add person_id uuid,
  add approved_by_id uuid,
  add file_id uuid,
  add file_row integer check (file_row >= 2),
  add reason text check (reason <> ''),
  add is_after_closing boolean not null default false,
  drop constraint actual_tenant_id_measure_id_period_key,
  add unique (tenant_id, measure_id, period, revision),
  add foreign key (tenant_id, person_id) references person (tenant_id, id),
  add foreign key (tenant_id, approved_by_id) references person (tenant_id, id),
  add foreign key (tenant_id, file_id) references actual_file (tenant_id, id);
do $$
declare
  one uuid;
begin
  for one in select id from tenant loop
    perform set_config('app.tenant_id', one::text, true);
    update actual set source = case when client_id is null then 'HAND' else 'PARTNER' end where tenant_id = one;
  end loop;
end $$;
alter table actual
  alter source set not null,
  add check ((value is null) = (missing is not null)),
  add check (value is not null or source = 'FORMULA'),
  add check ((file_id is null) = (file_row is null));

-- What each month of a measure has come to: its newest revision, which has no value where a formula came to none.
create view current_actual with (security_invoker = true) as
select a.* from actual a
where not exists (
  select from actual n
  where n.tenant_id = a.tenant_id and n.measure_id = a.measure_id and n.period = a.period and n.revision > a.revision);

-- Out of which actuals a formula computed one.
create table actual_input (
  tenant_id uuid not null,
  actual_id uuid not null,
  input_id uuid not null,
  primary key (tenant_id, actual_id, input_id),
  foreign key (tenant_id, actual_id) references actual (tenant_id, id),
  foreign key (tenant_id, input_id) references actual (tenant_id, id)
);

-- A correction, with the revision that it was meant for: 0 where the month had none.
create table adjustment (
  tenant_id uuid not null,
  id uuid not null,
  measure_id uuid not null,
  period date not null check (extract(day from period) = 1),
  revision integer not null check (revision >= 0),
  value numeric not null,
  quality text not null check (quality in ('OK', 'ESTIMATED', 'DISPUTED', 'CORRECTED')),
  reason text not null check (reason <> ''),
  is_after_closing boolean not null,
  proposed_by_id uuid,
  client_id uuid,
  proposed_at timestamptz not null,
  state text not null check (state in ('PROPOSED', 'APPLIED', 'DECLINED', 'WITHDRAWN')),
  decided_by_id uuid,
  decided_at timestamptz,
  answer text check (answer <> ''),
  actual_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, measure_id) references measure (tenant_id, id),
  foreign key (tenant_id, proposed_by_id) references person (tenant_id, id),
  foreign key (tenant_id, client_id) references client (tenant_id, id),
  foreign key (tenant_id, decided_by_id) references person (tenant_id, id),
  foreign key (tenant_id, actual_id) references actual (tenant_id, id),
  check (num_nonnulls(proposed_by_id, client_id) = 1),
  check ((state = 'PROPOSED') = (decided_at is null)),
  check ((state = 'APPLIED') = (actual_id is not null)),
  check (state <> 'APPLIED' or not is_after_closing or decided_by_id is not null),
  check (decided_by_id <> proposed_by_id or state = 'WITHDRAWN')
);
create unique index adjustment_open on adjustment (tenant_id, measure_id, period) where state = 'PROPOSED';
create index adjustment_state on adjustment (tenant_id, state, proposed_at, id);
create index adjustment_proposed on adjustment (tenant_id, proposed_at, id);

select fence_tenant(t) from unnest(array[
  'measure_input', 'actual_file', 'actual_input', 'adjustment']::regclass[]) t;
grant select, insert, delete on measure_input to catchball_app;
grant select, insert on actual_file, actual_input to catchball_app;
grant select, insert, update on adjustment to catchball_app;
grant select on current_actual to catchball_app;

-- What a formula or a file says moves key results, and neither a person nor a client said it.
alter table check_in
  drop constraint check_in_source_check,
  add constraint check_in_source_check check (source in ('PERSON', 'PARTNER', 'MEASURE'));
